"""Who is asked in a large school: page by page, by group, as last time; no tick is lost, a team is spelt once."""

import re

import pytest

from headship.voice import actions, asking_queries, queries
from headship.voice.models import Invitation, Survey
from headship.voice.people_forms import PAGE
from tests.cast import Cast
from tests.voice import flow


@pytest.fixture
def draft(cast: Cast) -> Survey:
    return flow.begin(cast)


def page_of(survey: Survey, cast: Cast) -> str:
    return f"/schools/{cast.school.urn}/surveys/{survey.pk}/people"


def fields(html: str) -> dict[str, str]:
    """Return what a browser would send of the page of people as it stands, without any button."""
    form = html.split('<form method="post" novalidate>')[1].split("</form>", maxsplit=1)[0]
    sent = {}
    for box in re.findall(r"<input[^>]*>", form):
        found = dict(re.findall(r'([a-z-]+)="([^"]*)"', box))
        if found.get("type") != "checkbox" or " checked" in box:
            sent[found["name"]] = found.get("value", "")
    for name, options in re.findall(r'<select[^>]*name="([^"]*)"[^>]*>(.*?)</select>', form, re.DOTALL):
        chosen = re.search(r'<option value="([^"]*)"[^>]*selected', options)
        sent[name] = chosen[1] if chosen else re.findall(r'value="([^"]*)"', options)[0]
    return sent


def asked_of(survey: Survey) -> dict[str, dict[str, str]]:
    return dict(survey.invitations.exclude(person=None).values_list("person__name", "groups"))


@pytest.mark.parametrize("count", [400, 1000])
def test_everybody_of_a_large_school_is_asked_page_by_page_and_by_group(cast, draft, count):
    flow.staff(cast, count)
    head, here = cast.client("headteacher"), page_of(draft, cast)
    everybody = asking_queries.people_to_ask(cast.scope("headteacher"), draft)
    assert len(everybody) >= count
    # By hand: tick all on each page and go on to the next, as the buttons do.
    address, walked = here, 0
    while True:
        page = head.get(address).content.decode()
        sent = fields(page)
        keys = [name.removeprefix("group-") for name in sent if name.startswith("group-")]
        assert len(keys) <= PAGE
        walked += len(keys)
        sent |= {f"ask-{key}": "on" for key in keys} | {f"team-{key}": "Maths" for key in keys[:1]}
        onward = re.search(r'value="(page-\d+)"[^>]*>Save, then on to', page)
        given = head.post(address, sent | {"go": onward[1] if onward else ""})
        assert given.status_code == 302
        if onward is None:
            break
        address = given["Location"]
    assert walked == len(everybody)
    assert len(asked_of(draft)) == len(everybody)
    assert queries.group_sizes(draft)["Team"] == {"Maths": -(-len(everybody) // PAGE)}
    # By group: none of the teachers, then all again; others and their ticks stay.
    teachers = [each for each in everybody if each.post == "Teachers"]
    for go, left in (("none-Teachers", len(everybody) - len(teachers)), ("all-Teachers", len(everybody))):
        head.post(here, fields(head.get(here).content.decode()) | {"go": go})
        assert len(asked_of(draft)) == left, go


def test_ticks_on_other_pages_stay_and_a_button_saves_the_ticks_beside_it(cast, draft):
    people = flow.staff(cast, 120, "support_staff")
    head, here = cast.client("headteacher"), page_of(draft, cast)
    first = fields(head.get(here).content.decode())
    mine = next(each for each in people if f"group-{each.pk}" in first)
    head.post(here, first | {f"ask-{mine.pk}": "on", "go": "page-2"})
    second = fields(head.get(f"{here}?page=2").content.decode())
    other = next(each for each in people if f"group-{each.pk}" in second)
    assert f"group-{mine.pk}" not in second
    head.post(f"{here}?page=2", second | {f"ask-{other.pk}": "on", "find": "teach", "go": "find"})
    assert set(asked_of(draft)) == {mine.name, other.name}
    found = head.get(f"{here}?find=PLAIN+support_staff+119").content.decode()
    assert [name for name in fields(found) if name.startswith("group-")] == [f"group-{people[119].pk}"]


def test_a_team_is_one_however_it_is_written_and_what_was_typed_last_counts(cast, draft):
    people = flow.staff(cast, 6)
    groups = flow.asked(people[:3], "Teachers", "maths") | flow.asked(people[3:], "Teachers", " MATHS")
    actions.ask_people(by=cast.scope("headteacher"), at=flow.AT, survey=draft.pk, version=1, people=groups)
    assert queries.group_sizes(draft)["Team"] == {"maths": 6}
    head, here = cast.client("headteacher"), page_of(draft, cast)
    page = head.get(here).content.decode()
    assert '<option value="maths">' in page
    head.post(here, fields(page) | {f"team-{people[5].pk}": "Maths"})
    assert queries.group_sizes(draft)["Team"] == {"Maths": 6}


def test_a_team_typed_for_somebody_who_is_not_ticked_is_not_lost(cast, draft):
    (one,) = flow.staff(cast, 1)
    head, here = cast.client("headteacher"), page_of(draft, cast)
    sent = fields(head.get(here).content.decode()) | {f"team-{one.pk}": "Maths"}
    given = head.post(here, sent).content.decode()
    assert f"Tick {one.name}, too, or leave the team as it was." in given
    assert fields(given)[f"team-{one.pk}"] == "Maths"
    assert head.post(here, sent | {f"ask-{one.pk}": "on"}).status_code == 302
    assert asked_of(draft)[one.name] == {"Post": "Teachers", "Team": "Maths"}


def test_whoever_saves_second_keeps_the_ticks_and_is_told(cast, draft):
    one, two = flow.staff(cast, 2)
    head, here = cast.client("headteacher"), page_of(draft, cast)
    sent = fields(head.get(here).content.decode())
    head.post(here, sent | {f"ask-{one.pk}": "on"})
    second = head.post(here, sent | {f"ask-{two.pk}": "on"})
    assert second.status_code == 409
    again = fields(second.content.decode())
    assert again[f"ask-{two.pk}"] == "on"
    assert set(asked_of(draft)) == {one.name}
    assert head.post(here, again).status_code == 302
    assert set(asked_of(draft)) == {two.name}


def test_the_same_people_and_teams_as_last_time(cast, draft):
    people = flow.staff(cast, 8)
    flow.ask(cast, flow.begin(cast, title="Before"), flow.asked(people, "Teachers", "Science"))
    people[0].posts.update(ends_on=flow.TODAY.replace(year=flow.TODAY.year - 1))
    (new,) = flow.staff(cast, 1, "office")
    head, here = cast.client("headteacher"), page_of(draft, cast)
    page = head.get(here).content.decode()
    assert "You asked people by name in “Before”" in page
    given = head.post(here, fields(page) | {f"ask-{new.pk}": "on", "go": "same"})
    assert (given.status_code, given["Location"].split("?")[0]) == (302, here)
    assert asked_of(draft) == {each.name: {"Post": "Teachers", "Team": "Science"} for each in people[1:]} | {
        new.name: {"Post": "Support staff"}
    }


def test_whom_others_asked_is_not_told(cast):
    flow.ask(cast, flow.begin(cast, title="The head's own"), flow.asked(flow.staff(cast, 6), "Teachers", "Science"))
    deputys = flow.begin(cast, "senior_leader")
    assert asking_queries.last_asked(cast.scope("senior_leader"), deputys) is None
    page = cast.client("senior_leader").get(page_of(deputys, cast)).content.decode()
    assert "last time" not in page
    assert "Science" not in page


def test_feedback_is_offered_by_how_somebody_stands_to_its_owner(cast):
    flow.staff(cast, 2, "governor")
    survey = flow.begin(cast, instrument="headteacher_360", visibility="private")
    head, here = cast.client("headteacher"), page_of(survey, cast)
    head.post(here, fields(head.get(here).content.decode()) | {"go": "all-Governors"})
    groups = set(survey.invitations.values_list("groups__Post", flat=True))
    assert groups == {"governor"}
    assert Invitation.objects.filter(survey=survey).count() >= 2
