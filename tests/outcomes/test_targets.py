"""Targets: who sets them, what may come of them as a distribution, what came, and what nobody is shown."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID, uuid4

import numpy as np
import pytest
from django.db.models import Value
from django.db.models.functions import Concat
from django.http import Http404
from django.urls import reverse
from django.utils import timezone

from headship.analysis import targets as analysis
from headship.core.errors import Refused, Stale, Unusable
from headship.core.models import AuditEvent
from headship.core.scope import installation_scope
from headship.evidence.models import Entry
from headship.outcomes import target_actions as actions
from headship.outcomes import target_pages as pages
from headship.outcomes import target_queries as queries
from headship.outcomes import target_rules as rules
from headship.outcomes import target_words as words
from headship.outcomes import waiting
from headship.outcomes.held import Held
from headship.outcomes.models import Assessment, PupilYear, Scores, Target
from headship.outcomes.subjects import SUBJECTS
from headship.outcomes.target_choices import Kind
from headship.outcomes.target_outlook import Unknown, Verdict
from headship.people import holders
from headship.schools.calendar_dates import bounds, year_of
from headship.standards import actions as standards
from tests import cast as everybody
from tests.cast import Cast
from tests.outcomes import rows

AT = timezone.now()
TODAY = timezone.localdate(AT)
YEAR = year_of(TODAY)
URL = {"urn": everybody.OWN}


@pytest.fixture
def cast(db: None) -> Cast:
    standards.load_shipped(by=installation_scope(AT), at=AT)
    return everybody.build()


def aimed(cast: Cast, **changed: object) -> actions.Aimed:
    told = actions.Aimed(
        year=YEAR,
        year_group="Year 6",
        subject="maths",
        group="",
        assessment=rows.KS2,
        kind=Kind.STANDARD,
        standard=100.0,
        aim=20.0,
        due_on=date(YEAR + 1, 7, 10),
        review_on=None,
        owner=cast.people["middle_leader"].pk,
        why="The last two years were 18 and 19",
    )
    return replace(told, **changed)


def put(cast: Cast, persona: str = "headteacher", once: UUID | None = None, **changed: object) -> int:
    """Set a target, before any results that are here came."""
    here = list(Assessment.objects.values_list("pk", "name"))
    Assessment.objects.update(name=Concat("name", Value(" to come")))
    key = actions.set_target(by=cast.scope(persona), at=AT, once=once or uuid4(), aimed=aimed(cast, **changed))
    for each, name in here:
        Assessment.objects.filter(pk=each).update(name=name)
    return key


def stand(cast: Cast, key: int, persona: str = "headteacher"):
    scope = cast.scope(persona)
    target = queries.target(scope, key)
    assert target is not None
    (found,) = queries.stand(scope, [target])
    return found


def earlier(cast: Cast, year: int = YEAR - 1, reached: int = 18, missed: int = 10, **more: int) -> None:
    rows.cohort(cast.school, year, [105.0] * reached + [95.0] * missed, **more)


def this_year(cast: Cast, count: int = 30, **more: int):
    found = rows.pupils(cast.school, count)
    rows.known(cast.school, found, YEAR, **more)
    return found


def test_a_target_is_set_recorded_as_evidence_without_its_aim_and_audited_once(cast: Cast):
    key = put(cast)
    found = Target.objects.get()
    assert (found.pk, found.owner, found.aim) == (key, cast.people["middle_leader"], 20.0)
    entry = Entry.objects.get()
    assert (entry.kind, entry.words, entry.visibility, entry.source) == (
        "outcomes.target",
        "Set a target for Year 6: Mathematics",
        "staff",
        f"outcomes.Target:{key}",
    )
    told = AuditEvent.objects.filter(action="outcomes.set_target")
    assert [(each.chain, each.person_id) for each in told] == [(cast.school.id, cast.people["headteacher"].id)]


def test_the_same_form_sent_twice_sets_one_target(cast: Cast):
    once = uuid4()
    assert put(cast, once=once) == put(cast, once=once)
    assert (Target.objects.count(), Entry.objects.count()) == (1, 1)


@pytest.mark.parametrize("persona", ["headteacher", "senior_leader", "middle_leader"])
def test_these_set_targets(cast: Cast, persona: str):
    assert Target.objects.get(pk=put(cast, persona)).set_by == cast.people[persona]


@pytest.mark.parametrize("persona", ["teacher", "business_manager", "office", "chair", "governor", "authority_leader"])
def test_the_others_are_told_who_does(cast: Cast, persona: str):
    with pytest.raises(Refused, match="Targets are set by"):
        put(cast, persona)
    assert Target.objects.count() == 0


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"subject": "alchemy"}, "Choose the subject from the list"),
        ({"group": "sex:none"}, "Choose the group of pupils from the list"),
        ({"year_group": " "}, "Say which year group"),
        ({"standard": None}, "Say which score counts"),
        ({"aim": 20.5}, "whole number of pupils"),
        ({"aim": 0.0}, "whole number of pupils"),
        ({"aim": float("nan")}, "plain numbers"),
        ({"aim": float("inf")}, "plain numbers"),
        ({"kind": Kind.MEAN, "aim": float("nan")}, "plain numbers"),
        ({"standard": float("inf")}, "plain numbers"),
        ({"due_on": date(YEAR + 1, 9, 1)}, "The results must be due between"),
        ({"due_on": date(YEAR, 8, 31)}, "The results must be due between"),
    ],
)
def test_what_cannot_be_a_target_is_refused(cast: Cast, changed: dict[str, object], sentence: str):
    with pytest.raises(Unusable, match=sentence):
        put(cast, **changed)
    assert Target.objects.count() == 0


@pytest.mark.parametrize("persona", ["governor", "leaver", "other_teacher", "external_adviser"])
def test_only_staff_who_work_here_today_answer_for_a_target(cast: Cast, persona: str):
    with pytest.raises(Unusable, match="somebody with a post here"):
        put(cast, owner=cast.people[persona].pk)


def test_a_changed_target_keeps_its_history_and_has_its_evidence_anew(cast: Cast):
    key = put(cast)
    by = cast.scope("senior_leader")
    actions.change_target(by=by, at=AT, target=key, version=1, aimed=aimed(cast, aim=22.0, kind=Kind.MEAN))
    now = Target.objects.get()
    assert (now.version, now.aim, now.standard) == (2, 22.0, None)
    assert [each.words for each in queries.changes(now)] == [
        "Set",
        "Changed what is counted, the score to reach, the aim",
    ]
    assert Entry.objects.filter(withdrawn_at=None).count() == 1
    assert Entry.objects.count() == 2
    with pytest.raises(Stale):
        actions.change_target(by=by, at=AT, target=key, version=1, aimed=aimed(cast))
    with pytest.raises(Http404):
        actions.change_target(by=cast.scope("other_headteacher"), at=AT, target=key, version=2, aimed=aimed(cast))


@pytest.mark.parametrize(
    "changed",
    [{"standard": 101.0}, {"aim": 21.0}, {"group": "sex:female"}, {"kind": Kind.MEAN}, {"subject": "reading"}],
)
def test_once_results_are_here_nobody_tries_out_other_aims(cast: Cast, changed: dict[str, object]):
    key = put(cast)
    earlier(cast, year=YEAR)
    by = cast.scope("headteacher")
    for set_or_change in (
        lambda: actions.set_target(by=by, at=AT, once=uuid4(), aimed=aimed(cast, **changed)),
        lambda: actions.change_target(by=by, at=AT, target=key, version=1, aimed=aimed(cast, **changed)),
        lambda: actions.change_target(
            by=by, at=AT, target=key, version=1, aimed=aimed(cast, assessment="Another", **changed)
        ),
    ):
        with pytest.raises(Unusable, match="These results are here already"):
            set_or_change()
    assert (Target.objects.count(), Target.objects.get().version) == (1, 1)


def test_once_results_are_here_who_answers_for_it_and_why_may_still_change(cast: Cast):
    key = put(cast)
    earlier(cast, year=YEAR)
    owner = cast.people["teacher"].pk
    again = aimed(cast, owner=owner, why="Handed over", review_on=TODAY + timedelta(days=9))
    actions.change_target(by=cast.scope("headteacher"), at=AT, target=key, version=1, aimed=again)
    assert Target.objects.get().owner_id == owner
    key = put(cast, year=YEAR + 1, due_on=date(YEAR + 2, 7, 1))
    assert Target.objects.get(pk=key).year == YEAR + 1


def test_the_form_says_so_before_anything_is_sent_on(cast: Cast):
    key = put(cast)
    this_year(cast)
    earlier(cast, year=YEAR)
    page = cast.client("headteacher")
    address = reverse("target-change", kwargs={**URL, "target": key})
    told = {
        "year": YEAR, "year_group": "Year 6", "group": "", "subject": "maths", "assessment": rows.KS2,
        "kind": "standard", "standard": "100", "aim": "21",
        "due_on_day": "10", "due_on_month": "7", "due_on_year": YEAR + 1,
        "owner": cast.people["middle_leader"].pk, "why": "", "version": 1, "once": uuid4(),
    }  # fmt: skip
    refused = page.post(address, told)
    assert (refused.status_code, "These results are here already" in refused.content.decode()) == (200, True)
    assert page.post(address, {**told, "aim": "20"}).status_code == 302


def test_who_answers_for_it_looks_at_it_and_others_who_set_none_do_not(cast: Cast):
    key = put(cast, owner=cast.people["teacher"].pk)
    again = TODAY + timedelta(days=30)
    actions.review_target(
        by=cast.scope("teacher"), at=AT, target=key, version=1, words="Two more are close", review_on=again
    )
    now = Target.objects.get()
    assert (now.review_on, now.version) == (again, 2)
    assert [each.words for each in queries.changes(now)][-1] == "Looked at: Two more are close"
    with pytest.raises(Refused, match="looked at by who answers for it"):
        actions.review_target(
            by=cast.scope("support_staff"), at=AT, target=key, version=2, words="Fine", review_on=None
        )


def test_a_withdrawn_target_leaves_the_list_and_the_profile_and_cannot_be_changed(cast: Cast):
    key = put(cast)
    actions.withdraw_target(by=cast.scope("headteacher"), at=AT, target=key, version=1, because="The tests changed")
    assert list(queries.standing(cast.scope("headteacher"))) == []
    assert Entry.objects.filter(withdrawn_at=None).count() == 0
    page = pages.target_page(cast.scope("chair"), Target.objects.get())
    assert (page.withdrawn, page.finding, page.history[-1].words) == (True, "Withdrawn", "Withdrawn: The tests changed")
    for change in (rules.change_target, rules.review_target):
        assert change(cast.scope("headteacher"), queries.facts(Target.objects.get())) == rules.WITHDRAWN


def test_the_owner_is_told_on_today_when_a_look_is_due(cast: Cast):
    put(cast, review_on=TODAY + timedelta(days=14))
    put(cast, review_on=TODAY + timedelta(days=15))
    put(cast, review_on=None)
    put(cast, review_on=TODAY, owner=cast.people["teacher"].pk)
    told = [each for each in waiting.next_actions(cast.scope("middle_leader")) if each.due_on]
    assert [(each.words, each.due_on) for each in told] == [
        ("Look at your target for Year 6: Mathematics", TODAY + timedelta(days=14))
    ]
    assert list(waiting.next_actions(cast.scope("operator", ""))) == []


def test_the_chance_comes_of_how_the_last_cohorts_did(cast: Cast):
    this_year(cast)
    earlier(cast, YEAR - 1, 18, 10)
    earlier(cast, YEAR - 2, 20, 9)
    earlier(cast, YEAR - 3, 15, 12)
    earlier(cast, YEAR - 4, 1, 30)  # too long ago
    rows.sat(cast.school, rows.pupils(cast.school, 9), YEAR - 1, [90.0] * 9, name="Other tests")
    found = stand(cast, put(cast)).outlook
    wanted = analysis.how_many_alike(30, reached=53.0, missed=31.0, target=20)
    assert (found.n, found.found) == (30, wanted)
    assert (found.rests.years, found.rests.pupils, found.rests.before) == ((YEAR - 1, YEAR - 2, YEAR - 3), 84, "")


def test_where_all_reached_it_before_half_a_pupil_did_not(cast: Cast):
    this_year(cast)
    earlier(cast, reached=28, missed=0)
    found = stand(cast, put(cast)).outlook.found
    assert found == analysis.how_many_alike(30, reached=28.0, missed=0.5, target=20)


def test_pupils_own_earlier_scores_speak_where_an_earlier_cohort_has_both(cast: Cast):
    numbers = np.random.default_rng(3)
    now = this_year(cast)
    mock = numbers.normal(98, 6, 30).round().tolist()
    rows.sat(cast.school, now, YEAR, mock, name=rows.MOCK, taken_on=date(YEAR, 11, 1))
    then = numbers.normal(98, 6, 28).round()
    later = then + 4 + numbers.normal(0, 3, 28).round()
    before = rows.cohort(cast.school, YEAR - 1, later.tolist())
    rows.sat(cast.school, before, YEAR - 1, then.tolist(), name=rows.MOCK, taken_on=date(YEAR - 1, 11, 1))
    found = stand(cast, put(cast)).outlook
    assert (found.rests.before, found.rests.pupils, found.rests.years) == (rows.MOCK, 28, (YEAR - 1,))
    assert found.n == found.found.n == 30
    assert found.found.mean != pytest.approx(30 * (later >= 100).mean(), abs=0.01)  # these pupils, not the last ones
    mean = stand(cast, put(cast, kind=Kind.MEAN, aim=102.0)).outlook.found
    assert mean.mean == pytest.approx(later.mean() + np.polyfit(then, later, 1)[0] * (np.mean(mock) - then.mean()))


def test_a_mean_of_earlier_cohorts_is_as_wide_as_they_differ(cast: Cast):
    this_year(cast)
    earlier(cast, YEAR - 1, 20, 10)
    earlier(cast, YEAR - 2, 10, 20)
    found = stand(cast, put(cast, kind=Kind.MEAN, aim=100.0)).outlook.found
    assert found.mean == 100.0
    assert found.value == 0.5
    assert found.spread > np.std([101 + 2 / 3, 98 + 1 / 3], ddof=1)


@pytest.mark.parametrize(
    ("disadvantaged", "unknown"), [(5, Unknown.SMALL), (6, None), (24, None), (25, Unknown.SMALL), (0, Unknown.NOBODY)]
)
def test_neither_a_small_group_nor_one_that_leaves_few_out_has_a_chance(cast: Cast, disadvantaged: int, unknown):
    this_year(cast, disadvantaged=disadvantaged)
    earlier(cast, disadvantaged=20)
    found = stand(cast, put(cast, group="disadvantaged:yes", aim=3.0)).outlook
    assert (found.unknown, found.small) == (unknown, unknown == Unknown.SMALL)
    assert (found.found is None) == (unknown is not None)


SECRET = "4 of the five are close"


@pytest.mark.parametrize("persona", ["headteacher", "senior_leader", "middle_leader"])
def test_those_who_set_targets_see_the_aim_of_a_small_one_and_not_its_chance(cast: Cast, persona: str):
    key = small(cast)
    answer = cast.client(persona).get(reverse("target", kwargs={**URL, "target": key})).text
    assert "At least 4 pupils reach 100" in answer
    assert SECRET in answer
    assert "What may come" not in answer
    assert "in 10" not in answer


@pytest.mark.parametrize("persona", ["teacher", "business_manager", "chair", "governor", "clerk", "authority_leader"])
def test_nobody_else_sees_the_aim_the_words_or_any_count_of_a_small_one(cast: Cast, persona: str):
    key = small(cast)
    client, program = cast.client(persona), cast.program(persona)
    page = client.get(reverse("target", kwargs={**URL, "target": key}))
    listed = client.get(reverse("targets", kwargs=URL))
    assert (page.status_code, listed.status_code) == (200, 200)
    told = program.get(f"/api/v1/schools/{everybody.OWN}/targets/{key}").json()
    assert [told[name] for name in ("aim", "chance", "middle_half", "nine_in_ten", "actual")] == [None] * 5
    assert (told["why"], told["verdict"]) == ("", "hidden")
    for text in (page.text, listed.text):
        assert "few pupils" in text or "too few to tell" in text.lower()
        assert SECRET not in text
        for number in ("at least 4", "At least 4", "of 5", "4 pupils", "3 of"):
            assert number not in text
    assert "Not shown: it is about few pupils" in page.text


def small(cast: Cast) -> int:
    """Set a target about five pupils of thirty, whose results are in."""
    found = this_year(cast, disadvantaged=5)
    rows.sat(cast.school, found, YEAR, [105.0] * 3 + [95.0] * 27)
    earlier(cast, disadvantaged=20)
    key = put(cast, group="disadvantaged:yes", aim=4.0, why=SECRET)
    actions.review_target(by=cast.scope("middle_leader"), at=AT, target=key, version=1, words=SECRET, review_on=None)
    return key


def test_too_few_earlier_pupils_are_too_few_to_tell(cast: Cast):
    this_year(cast)
    earlier(cast, reached=3, missed=2)
    found = stand(cast, put(cast))
    assert found.outlook.unknown == Unknown.NO_EARLIER
    assert words.finding(found, hidden=False) == "Too few to tell"
    earlier(cast, YEAR - 2, reached=1, missed=0)
    assert stand(cast, found.target.pk).outlook.rests.pupils == 6


@pytest.mark.parametrize(("group", "aim", "small"), [("", 6.0, False), ("", 5.0, True), ("sex:female", 20.0, True)])
def test_while_the_pupils_are_not_known_a_group_may_be_a_small_one(cast: Cast, group, aim, small):
    found = stand(cast, put(cast, group=group, aim=aim)).outlook
    assert (found.small, found.unknown) == (small, Unknown.SMALL if small else Unknown.NO_PUPILS)


@pytest.mark.parametrize(
    ("reached", "missed", "lacking", "verdict", "said"),
    [
        (20, 10, 0, Verdict.MET, "Met: 20 of 30 pupils with a result reached 100"),
        (19, 11, 0, Verdict.NOT_MET, "Not met: 19 of 30 pupils with a result reached 100"),
        (20, 8, 2, Verdict.MET, "Met: 20 of 28 pupils with a result reached 100; some pupils have no result"),
        (18, 10, 2, Verdict.CANNOT_TELL,
         "Cannot tell: 18 of 28 pupils with a result reached 100; some pupils have no result, enough to turn it"),
        (17, 11, 2, Verdict.NOT_MET, "Not met: 17 of 28 pupils with a result reached 100; some pupils have no result"),
    ],
)  # fmt: skip
def test_what_came_is_told_with_the_actual_figure(cast: Cast, reached, missed, lacking, verdict, said):  # noqa: PLR0917  # its parameters
    found = this_year(cast)
    rows.sat(cast.school, found, YEAR, [100.0] * reached + [99.0] * missed + [None] * lacking)
    came = stand(cast, put(cast))
    assert (came.actual.verdict, words.finding(came, hidden=False)) == (verdict, said)


@pytest.mark.parametrize(
    ("score", "aim", "lacking", "verdict"),
    [
        (104.0, 104.0, 0, Verdict.MET),
        (104.0, 104.1, 0, Verdict.NOT_MET),
        (104.0, 103.0, 2, Verdict.CANNOT_TELL),
        (104.0, 102.4, 2, Verdict.MET),
        (104.0, 105.1, 2, Verdict.NOT_MET),
    ],
)
def test_a_mean_is_met_where_no_score_to_come_could_turn_it(cast: Cast, score, aim, lacking, verdict):
    found = this_year(cast)
    rows.sat(cast.school, found, YEAR, [score] * (30 - lacking) + [None] * lacking)
    came = stand(cast, put(cast, kind=Kind.MEAN, aim=aim)).actual
    assert (came.verdict, came.value, came.lacking) == (verdict, 104.0, lacking)


def test_results_of_fewer_than_are_shown_stay_hidden(cast: Cast):
    found = this_year(cast)
    rows.sat(cast.school, found, YEAR, [105.0] * 5 + [None] * 25)
    assert stand(cast, put(cast)).actual.verdict == Verdict.HIDDEN


def test_another_schools_pupils_results_and_targets_count_for_nothing(cast: Cast):
    this_year(cast)
    rows.cohort(cast.other, YEAR - 1, [120.0] * 40)
    rows.known(cast.other, rows.pupils(cast.other, 9), YEAR)
    key = put(cast)
    assert stand(cast, key).outlook.n == 30
    assert stand(cast, key).outlook.unknown == Unknown.NO_EARLIER
    assert queries.target(cast.scope("other_headteacher"), key) is None


def test_other_year_groups_subjects_and_pupils_not_known_are_left_out(cast: Cast):
    this_year(cast)
    rows.known(cast.school, rows.pupils(cast.school, 7), YEAR, year_group="Year 5")
    earlier(cast)
    rows.sat(cast.school, rows.pupils(cast.school, 3), YEAR - 1, [120.0] * 3)  # nothing is known of them
    five = rows.pupils(cast.school, 4)
    rows.known(cast.school, five, YEAR - 1, year_group="Year 5")
    rows.sat(cast.school, five, YEAR - 1, [120.0] * 4)
    found = stand(cast, put(cast)).outlook
    assert (found.n, found.rests.pupils) == (30, 28)
    assert stand(cast, put(cast, subject="reading")).outlook.unknown == Unknown.NO_EARLIER


def test_the_page_tells_the_chance_in_words_with_what_it_rests_on(cast: Cast):
    this_year(cast)
    earlier(cast)
    key = put(cast)
    answer = cast.client("governor").get(reverse("target", kwargs={**URL, "target": key})).text
    for told in (
        "About 5 in 10 that at least 20 of 30 pupils reach 100; most likely ",
        "It rests on how 28 pupils of",
        "It cannot know what you will do differently",
        "The same as a table",
        "Middle leader",
        "app-outlook__aim",
    ):
        assert told in answer, told
    assert "Gwen" not in answer  # the board gets no name of a middle leader
    assert (
        "Gwen Middle-Example, middle leader"
        in cast.client("teacher").get(reverse("target", kwargs={**URL, "target": key})).text
    )


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_as_much_for_three_targets_as_for_one(cast: Cast, django_assert_num_queries, count: int):
    this_year(cast)
    earlier(cast)
    for _ in range(count):
        put(cast)
    scope = cast.scope("headteacher")
    with django_assert_num_queries(5):
        page = pages.targets_page(scope)
    assert len(page.rows) == count
    assert page.title == f"Targets: {count} set, results still to come"


def test_the_form_sets_a_target_and_says_what_is_wrong(cast: Cast):
    this_year(cast)
    earlier(cast)
    client, url = cast.client("headteacher"), reverse("target-set", kwargs=URL)
    form = {
        "year": YEAR, "year_group": "Year 6", "group": "", "subject": "maths", "assessment": rows.KS2,
        "kind": "standard", "standard": "100", "aim": "20", "due_on_day": 10, "due_on_month": 7,
        "due_on_year": YEAR + 1, "owner": cast.people["teacher"].pk, "why": "", "once": str(uuid4()),
    }  # fmt: skip
    wrong = client.post(url, {**form, "aim": "20.5", "standard": "", "due_on_year": YEAR + 2})
    assert wrong.status_code == 200
    for told in ("a whole number, 1 or more", "Enter the score that counts", "The results must be due between"):
        assert told in wrong.text
    assert client.post(url, form).status_code == 302
    made = Target.objects.get()
    assert (made.owner, made.due_on, made.aim) == (cast.people["teacher"], date(YEAR + 1, 7, 10), 20.0)
    change = reverse("target-change", kwargs={**URL, "target": made.pk})
    assert client.post(change, {**form, "aim": "21", "version": 1}).status_code == 302
    review = reverse("target-review", kwargs={**URL, "target": made.pk})
    assert client.post(review, {"words": "Going well", "version": 2}).status_code == 302
    past = client.post(
        review, {"words": "x", "version": 3, "review_on_day": 1, "review_on_month": 1, "review_on_year": 2020}
    )
    assert "still to come" in past.text
    withdraw = reverse("target-withdraw", kwargs={**URL, "target": made.pk})
    assert client.post(withdraw, {"because": "Said twice", "version": 3}).status_code == 302
    assert Target.objects.get().withdrawn_at is not None


def test_a_school_without_results_is_told_to_bring_them_first(cast: Cast):
    answer = cast.client("headteacher").get(reverse("targets", kwargs=URL))
    assert "bring in the last ones first" in answer.text
    assert (Assessment.objects.count(), PupilYear.objects.count(), Scores.objects.count()) == (0, 0, 0)


def test_programs_set_read_change_and_withdraw(cast: Cast):
    this_year(cast)
    earlier(cast)
    program, url = cast.program("headteacher"), f"/api/v1/schools/{everybody.OWN}/targets"
    body = {
        "year": YEAR, "year_group": "Year 6", "subject": "maths", "assessment": rows.KS2, "kind": "standard",
        "standard": 100, "aim": 20, "due_on": f"{YEAR + 1}-07-10", "owner": cast.people["teacher"].pk,
    }  # fmt: skip
    made = program.post(url, body, content_type="application/json", headers={"Idempotency-Key": str(uuid4())})
    assert made.status_code == 201
    told = program.get(f"{url}/{made.json()['id']}")
    assert told.json()["chance"] == round(stand(cast, made.json()["id"]).outlook.found.value, 2)
    assert program.get(url).json()["total"] == 1
    assert bounds(YEAR)[0] <= date.fromisoformat(told.json()["due_on"]) <= bounds(YEAR)[1]


# ── beside the page of groups ───────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("unknown", "small"), [(2, True), (6, False), (0, False)])
def test_a_group_that_the_page_of_groups_hides_is_small(cast: Cast, unknown: int, small):
    found = this_year(cast, 20 + unknown, sex="female")
    PupilYear.objects.filter(pupil__in=found[10:]).update(sex="male")
    PupilYear.objects.filter(pupil__in=found[20:]).update(sex="")
    assert stand(cast, put(cast, group="sex:female", aim=3.0)).outlook.small is small


def test_a_result_is_hidden_where_it_leaves_few_with_a_result(cast: Cast):
    found = this_year(cast, 30, disadvantaged=10)
    rows.sat(cast.school, found[:20], YEAR, [105.0] * 20)
    key = put(cast, group="disadvantaged:yes", aim=3.0)
    assert stand(cast, key).actual.value == 10
    Scores.objects.filter(pupil__in=found[15:]).delete()
    assert stand(cast, key).actual.verdict is Verdict.HIDDEN


def test_an_earlier_cohort_whose_group_leaves_few_out_says_nothing(cast: Cast):
    this_year(cast, disadvantaged=10)
    earlier(cast, reached=8, missed=3, disadvantaged=8)
    assert stand(cast, put(cast, group="disadvantaged:yes", aim=3.0)).outlook.unknown is Unknown.NO_EARLIER


def test_own_earlier_scores_are_not_asked_where_they_leave_few_out(cast: Cast):
    now = this_year(cast, 20, disadvantaged=10)
    then = earlier_with_both(cast)
    rows.sat(cast.school, now[:20], YEAR, [float(90 + place) for place in range(20)], name=rows.MOCK,
             taken_on=date(YEAR, 11, 5))  # fmt: skip
    key = put(cast, group="disadvantaged:yes", aim=3.0)
    assert stand(cast, key).outlook.rests.before == rows.MOCK
    Scores.objects.filter(pupil__in=now[14:]).exclude(pupil__in=then).delete()
    assert stand(cast, key).outlook.rests.before == ""


def earlier_with_both(cast: Cast) -> list:
    """Make a cohort of last year with a mock and the tests."""
    then = rows.cohort(cast.school, YEAR - 1, [float(95 + place % 9) for place in range(24)], disadvantaged=12)
    mock = [float(92 + place % 11) for place in range(24)]
    rows.sat(cast.school, then, YEAR - 1, mock, name=rows.MOCK, taken_on=date(YEAR - 1, 11, 5))
    return then


def test_programs_are_given_a_mean_as_the_page_prints_it(cast: Cast):
    found = this_year(cast, 7)
    rows.sat(cast.school, found, YEAR, [100.0] * 6 + [101.0])
    key = put(cast, kind=Kind.MEAN, standard=None, aim=100.0)
    told = cast.program("governor").get(f"/api/v1/schools/{everybody.OWN}/targets/{key}").json()
    assert told["actual"] == 100.1


def test_what_has_results_here_is_offered_first_and_reception_begins_the_years():
    known = {2025: {key: {"year_group": each} for key, each in enumerate(("Year 10", "Reception", "Year 6", ""))}}
    found = Held([], known, {1: {7: {"maths": 100.0}, 8: {"phonics": 30.0}}})
    assert found.year_groups == ["Reception", "Year 6", "Year 10"]
    assert [code for code, _ in found.subjects[:3]] == ["phonics", "maths", "reading"]
    assert found.subjects[1] == ("maths", "Mathematics")
    assert {code for code, _ in found.subjects} == set(SUBJECTS)


def test_posts_of_one_person_read_as_one_phrase():
    assert holders._in_words(["School business manager", "Office"]) == "School business manager and office"


def test_a_mean_aimed_at_reads_as_a_sentence(cast: Cast):
    this_year(cast)
    earlier(cast)
    put(cast, kind=Kind.MEAN, standard=None, aim=101.0)
    (row,) = pages.targets_page(cast.scope("headteacher")).rows
    assert " in 10 that the mean is at least 101; most likely " in row.finding
    assert row.facts.startswith("Aim: a mean of at least 101. ")
