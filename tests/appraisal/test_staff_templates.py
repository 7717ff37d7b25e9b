"""Templates of appraisal: kept, changed, begun from; objectives put to many in one go; they name nobody."""

import re
from datetime import date
from uuid import uuid4

import pytest

from headship.appraisal import staff_template_actions as actions
from headship.appraisal.models import (
    StaffCycle,
    StaffObjective,
    StaffTemplate,
    StaffTemplateObjective,
    StaffTemplatePart,
)
from headship.appraisal.staff_objective_actions import Aimed
from headship.appraisal.staff_template_actions import Kept
from headship.core.errors import Refused, Stale, Unusable
from headship.core.models import AuditEvent
from headship.evidence.models import Entry
from headship.policy.loader import YearDay
from tests.appraisal.staff_flow import AT, PARTS, THIS, a_cycle, aim, long_ago, objectives_set, put_in
from tests.appraisal.test_staff_cycles import url

USUAL = (YearDay(10, 31), YearDay(2, 28), YearDay(7, 15), YearDay(10, 31))
RECALL = "Every lesson opens with recall"
TYPED = {"name": "Teachers", "parts": "Objectives 60\nProfessional standards 40", "objectives_by": "31 October",
         "half_by": "28 February", "review_by": "15 July", "statement_by": "31 October", "moderated": "on",
         "appeals": "yes", "appeal_days": 10}  # fmt: skip
ALL = {StaffTemplate, StaffTemplatePart, StaffTemplateObjective}


def kept(name="Teachers", **more):
    return Kept(**{"name": name, "days": USUAL, "parts": list(PARTS), **more})


def a_template(cast, who="headteacher", **more):
    key = actions.keep_template(by=cast.scope(who), at=AT, once=uuid4(), kept=kept(**more))
    return StaffTemplate.objects.get(pk=key)


def an_objective(cast, of, words=RECALL, measure="We look in books", who="headteacher"):
    key = actions.add_template_objective(
        by=cast.scope(who), at=AT, once=uuid4(), template=of.pk, aimed=Aimed(words, measure)
    )
    return StaffTemplateObjective.objects.get(pk=key)


def put(cast, cycle, rows, years, who="headteacher"):
    """Put objectives to people, and return how many more there are."""
    before = StaffObjective.objects.count()
    actions.put_to_many(
        by=cast.scope(who),
        at=AT,
        once=uuid4(),
        cycle=cycle.pk,
        objectives=[(each.pk, each.version) for each in rows],
        years=[each.pk for each in years],
    )
    return StaffObjective.objects.count() - before


def test_a_template_is_typed_found_and_begun_from(cast):
    client = cast.client("headteacher")
    empty = client.get(url("staff-templates")).text
    assert "This page will show the templates" in empty
    assert url("staff-templates") in client.get(url("staff-appraisal")).text
    assert 'value="31 October"' in client.get(url("staff-template-new")).text
    answer = client.post(url("staff-template-new"), TYPED | {"once": uuid4()})
    of = StaffTemplate.objects.get()
    assert answer.headers["Location"] == url("staff-template", template=of.pk)
    assert (of.half_by, of.moderated, of.appeal_days) == ("02-28", True, 10)
    told = client.get(url("staff-template", template=of.pk)).text
    for words in ("28 February", "Objectives: 60 of 100", "within 10 days", "None yet."):
        assert words in told
    begin = url("staff-template-begin", template=of.pk, starts_in=THIS + 1)
    assert begin in told
    page = client.get(begin).text
    assert f'name="starts_in" type="radio" value="{THIS + 1}"' in page
    assert (typed(page, "half_by_year"), typed(page, "statement_by_year")) == (str(THIS + 2), str(THIS + 2))
    assert (typed(page, "objectives_by_year"), typed(page, "half_by_day")) == (str(THIS + 1), "28")
    assert not StaffCycle.objects.exists()
    assert url("staff-template-begin", template=of.pk, starts_in=THIS) in client.get(url("staff-cycle-new")).text
    assert client.get(url("staff-template-begin", template=of.pk, starts_in=THIS - 1)).status_code == 404


def typed(page, name):
    """Return what stands in a field of a page."""
    (field,) = re.findall(rf'<input[^>]*name="{name}"[^>]*>', page)
    return re.search('value="([^"]*)"', field)[1]


def begun(client, of, **more):
    """Send the form that begins a cycle from a template, as it stands on the page."""
    at = url("staff-template-begin", template=of.pk, starts_in=THIS)
    page = client.get(at).text
    sent = {"name": typed(page, "name"), "starts_in": THIS, "once": uuid4(), "organiser": "", "parts": TYPED["parts"]}
    sent["appeals"] = "no"
    sent |= {field: typed(page, field) for field in re.findall('name="([a-z_]+_by_(?:day|month|year))"', page)}
    assert TYPED["parts"] in page
    return client.post(at, sent | more)


def test_a_cycle_begins_with_what_the_template_holds_and_is_evidence_as_any(cast):
    client, of = cast.client("headteacher"), a_template(cast)
    assert not Entry.objects.filter(kind="appraisal.staff_cycle").exists()
    answer = begun(client, of)
    made = StaffCycle.objects.get()
    assert answer.headers["Location"] == url("staff-members", cycle=made.pk)
    assert list(made.parts.order_by("number").values_list("name", "weight")) == list(PARTS)
    assert made.half_by == date(THIS + 1, 2, 28)
    assert Entry.objects.filter(kind="appraisal.staff_cycle").count() == 1
    assert "There is a cycle of that name in this year already" in begun(client, of).text
    told = client.get(url("staff-template", template=of.pk)).text
    assert f"Teachers, {THIS}/{(THIS + 1) % 100:02}, is set up." in told
    assert url("staff-template-begin", template=of.pk, starts_in=THIS) not in told
    answer = begun(client, of, name="Others", parts="Objectives 60\nStandards 37")
    assert "The weights come to 97" in answer.text
    assert "Standards 37" in answer.text
    assert StaffCycle.objects.count() == 1


def test_a_template_is_kept_from_a_cycle_with_nothing_about_anybody(cast):
    cycle = a_cycle(cast, organiser=cast.people["senior_leader"].pk, appeal_days=7, moderated=True)
    aim(cast, put_in(cast, cycle), words="Hari reads aloud")
    client = cast.client("headteacher")
    at = url("staff-cycle-template", cycle=cycle.pk)
    assert at in client.get(url("staff-cycle", cycle=cycle.pk)).text
    page = client.get(at).text
    assert "Hari" not in page
    assert (typed(page, "name"), typed(page, "half_by")) == ("Teachers", "28 February")
    answer = client.post(at, TYPED | {"appeal_days": typed(page, "appeal_days"), "once": uuid4()})
    assert answer.status_code == 302
    of = StaffTemplate.objects.get()
    assert (of.name, of.statement_by, of.appeal_days, of.moderated) == ("Teachers", "10-31", 7, True)
    assert not of.objectives.exists()
    keys = {field.name for model in ALL for field in model._meta.get_fields() if field.is_relation}
    assert keys == {"school", "template", "parts", "objectives"}, "A template leads to nobody."


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({"parts": [("Objectives", 60), ("Standards", 37)]}, "The weights come to 97: they must make 100"),
        ({"name": "teachers"}, "There is a template called teachers already"),
        ({"name": "Others", "days": (USUAL[0], USUAL[2], USUAL[1], USUAL[3])}, "must follow one another"),
        ({"name": "For Hari Teacher-Example"}, "names nobody: leave Hari Teacher-Example out"),
        ({"name": "Others", "parts": [("hari teacher-example", 100)]}, "names nobody"),
    ],
)
def test_what_cannot_be_a_template_is_said_and_nothing_is_kept(cast, more, told):
    a_template(cast)
    with pytest.raises(Unusable, match=told):
        a_template(cast, **more)
    assert StaffTemplate.objects.count() == 1


def test_what_was_typed_stays_in_the_form(cast):
    client = cast.client("headteacher")
    form = TYPED | {"once": uuid4()}
    answer = client.post(url("staff-template-new"), form | {"parts": "Objectives 60\nStandards 37"})
    assert "The weights come to 97" in answer.text
    assert "Standards 37" in answer.text
    answer = client.post(url("staff-template-new"), form | {"half_by": "31 February"})
    assert "Mid-year review by: write a day and a month, such as 31 October" in answer.text
    assert "31 February" in answer.text
    assert not StaffTemplate.objects.exists()


def test_the_same_form_sent_twice_is_one(cast):
    by, once = cast.scope("headteacher"), uuid4()
    keys = {actions.keep_template(by=by, at=AT, once=once, kept=kept()) for _ in range(2)}
    assert len(keys) == 1
    of = keys.pop()
    same = {"by": by, "at": AT, "once": once, "template": of, "aimed": Aimed(RECALL)}
    assert len({actions.add_template_objective(**same) for _ in range(2)}) == 1


def test_of_two_windows_the_second_is_told_and_reads_its_own_words(cast):
    client, of = cast.client("headteacher"), a_template(cast)
    at = url("staff-template-change", template=of.pk)
    assert client.post(at, TYPED | {"version": of.version, "appeal_days": 5, "once": uuid4()}).status_code == 302
    answer = client.post(at, TYPED | {"version": of.version, "name": "The other window", "once": uuid4()})
    assert answer.status_code == 409
    assert "The other window" in answer.text
    of.refresh_from_db()
    assert (of.name, of.appeal_days) == ("Teachers", 5)
    one = an_objective(cast, of)
    at = url("staff-template-aim-change", template=of.pk, common=one.pk)
    assert client.post(at, {"words": "One window", "version": 1, "once": uuid4()}).status_code == 302
    answer = client.post(at, {"words": "Second window", "version": 1, "once": uuid4()})
    assert answer.status_code == 409
    assert "Second window" in answer.text


def test_nobody_takes_away_what_another_window_just_added(cast):
    of, by = a_template(cast), cast.scope("headteacher")
    an_objective(cast, of)
    with pytest.raises(Stale):
        actions.drop_template(by=by, at=AT, template=of.pk, version=of.version)
    client = cast.client("headteacher")
    page = client.get(url("staff-template-drop", template=of.pk)).text
    assert "Its objectives go with it" in page
    client.post(url("staff-template-drop", template=of.pk), {"version": typed(page, "version")})
    assert not any(model.objects.exists() for model in ALL)


def test_changed_or_taken_away_what_began_from_it_stays(cast):
    of, by = a_template(cast), cast.scope("headteacher")
    one, year = an_objective(cast, of), put_in(cast, a_cycle(cast))
    assert put(cast, year.cycle, [one], [year]) == 1
    actions.change_template_objective(
        by=by, at=AT, template=of.pk, objective=one.pk, version=1, aimed=Aimed("Every lesson ends with recall")
    )
    client, at = cast.client("headteacher"), url("staff-template-aim-drop", template=of.pk, common=one.pk)
    assert client.post(at, {"version": 1}).status_code == 409
    assert client.post(at, {"version": 2}).status_code == 302
    assert not StaffTemplateObjective.objects.exists()
    of.refresh_from_db()
    with pytest.raises(Stale):
        actions.drop_template_objective(by=by, at=AT, template=of.pk, objective=an_objective(cast, of).pk, version=7)
    of.refresh_from_db()
    actions.change_template(by=by, at=AT, template=of.pk, version=of.version, kept=kept(parts=[("All", 100)]))
    assert year.cycle.parts.count() == 2
    assert [each.words for each in StaffObjective.objects.all()] == [RECALL]


def test_several_objectives_are_put_to_many_in_one_go(cast):
    of, cycle = a_template(cast), a_cycle(cast, organiser=cast.people["senior_leader"].pk)
    rows = [an_objective(cast, of), an_objective(cast, of, "Books are marked within a week", "")]
    years = [put_in(cast, cycle), put_in(cast, cycle, "office"), put_in(cast, cycle, "support_staff")]
    aim(cast, years[0], words=RECALL)
    client = cast.client("senior_leader")
    at = url("staff-put", cycle=cycle.pk)
    assert at in client.get(url("staff-cycle", cycle=cycle.pk)).text
    page = client.get(at).text
    assert f"Teachers: {RECALL}" in page
    assert "Seen by: We look in books" in page
    sent = {"objectives": [f"{each.pk}-1" for each in rows], "years": [each.pk for each in years[:2]], "once": uuid4()}
    answer = client.post(at, sent, follow=True)
    assert "Put to 2 people." in answer.text
    found = {each.pk: set(each.objectives.values_list("words", flat=True)) for each in years}
    both = {each.words for each in rows}
    assert found == {years[0].pk: both, years[1].pk: both, years[2].pk: set()}
    client.post(at, sent)
    assert StaffObjective.objects.count() == 4
    assert years[1].changes.filter(words="An objective for many was added").count() == 2


def test_what_changed_meanwhile_or_is_set_is_put_to_nobody(cast):
    of, cycle = a_template(cast), a_cycle(cast)
    one, year = an_objective(cast, of), put_in(cast, cycle)
    elsewhere = put_in(cast, a_cycle(cast, name="Others"), "office")
    StaffTemplateObjective.objects.update(version=2)
    with pytest.raises(Unusable, match="have changed meanwhile"):
        put(cast, cycle, [one], [year])
    one.refresh_from_db()
    with pytest.raises(Unusable, match="Choose at least one objective"):
        put(cast, cycle, [], [year])
    with pytest.raises(Unusable, match="is not in Teachers"):
        put(cast, cycle, [one], [year, elsewhere])
    aim(cast, year, words="Their own")
    objectives_set(cast, year)
    with pytest.raises(Unusable, match="are set already"):
        put(cast, cycle, [one], [year])
    assert not StaffObjective.objects.filter(words=RECALL).exists()
    long_ago(year)
    with pytest.raises(Unusable, match="is over"):
        put(cast, cycle, [one], [year])


def test_an_objective_of_a_template_names_nobody_and_stands_once(cast):
    of = a_template(cast)
    with pytest.raises(Unusable, match="names nobody: leave Hari Teacher-Example out"):
        an_objective(cast, of, "hari teacher-example learns to wait")
    with pytest.raises(Unusable, match="names nobody"):
        an_objective(cast, of, measure="Hari Teacher-Example says so")
    an_objective(cast, of)
    with pytest.raises(Unusable, match="holds that objective already"):
        an_objective(cast, of, RECALL.upper())
    assert of.objectives.count() == 1


def test_the_headteacher_alone_keeps_templates_and_organisers_put_their_objectives_to_their_own_group(cast):
    of, mine = a_template(cast), a_cycle(cast, organiser=cast.people["senior_leader"].pk)
    one, year = an_objective(cast, of), put_in(cast, mine)
    for who in ("senior_leader", "middle_leader", "chair", "administrator"):
        with pytest.raises(Refused):
            a_template(cast, who, name="Theirs")
        with pytest.raises(Refused):
            actions.drop_template(by=cast.scope(who), at=AT, template=of.pk, version=of.version)
        assert cast.client(who).get(url("staff-templates")).status_code == 403
    assert put(cast, mine, [one], [year], "senior_leader") == 1
    assert cast.client("middle_leader").get(url("staff-put", cycle=mine.pk)).status_code == 404
    assert not StaffTemplate.objects.exclude(pk=of.pk).exists()


def test_another_schools_template_is_none_here(cast):
    theirs = a_template(cast, "other_headteacher")
    one = an_objective(cast, theirs, who="other_headteacher")
    year = put_in(cast, a_cycle(cast))
    with pytest.raises(Unusable, match="have changed meanwhile"):
        put(cast, year.cycle, [one], [year])
    assert cast.client("headteacher").get(url("staff-template", template=theirs.pk)).status_code == 404
    assert a_template(cast).name == theirs.name


def test_the_schools_own_log_does_not_tell_and_no_words_stand_in_the_installations(cast):
    one = an_objective(cast, a_template(cast))
    told = list(AuditEvent.objects.filter(action__endswith="template_objective").values_list("chain", flat=True))
    assert told == [0]
    assert (
        one.words
        not in b"".join(bytes(each) for each in AuditEvent.objects.values_list("canonical", flat=True)).decode()
    )
