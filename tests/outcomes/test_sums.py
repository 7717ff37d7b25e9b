"""Sums that schools share with their trust: what leaves, that nobody reads them there, what a model makes of them."""

import io
import re
from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import docx
import numpy as np
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from headship.analysis import value_added
from headship.core import belt
from headship.core.errors import Refused, Stale, Unusable
from headship.core.models import AuditEvent
from headship.core.scope import Place, Scope, installation_scope
from headship.evidence.models import Entry
from headship.outcomes import pupil_actions, sum_model, sum_offers
from headship.outcomes import sum_actions as actions
from headship.outcomes import sum_queries as queries
from headship.outcomes.models import Assessment, PupilYear, Scores, SharedSums
from headship.outcomes.pupil_brought import Brought, Sat
from headship.people.models import Pupil
from headship.schools.models import School, Trust
from headship.standards import actions as standards
from tests import cast as everybody
from tests.cast import PERSONAS, Cast
from tests.outcomes import rows as made_up

pytestmark = pytest.mark.django_db
AT = timezone.now()
YEAR = 2025
SCHOOLS, PUPILS = 12, 24
NOT_HEADS = sorted(
    name
    for name, (_, posts) in PERSONAS.items()
    if "own" in {at for at, _ in posts} and name not in {"headteacher", "leaver"}
)


@pytest.fixture
def cast() -> Cast:
    standards.load_shipped(by=installation_scope(AT), at=AT)
    return everybody.build()


def results(
    school: School, scores: list[float | None], priors: list[float | None], subject: str = "maths"
) -> Assessment:
    """Let a year 11 with prior attainment sit its GCSEs."""
    found = made_up.pupils(school, len(scores))
    PupilYear.objects.bulk_create(
        PupilYear(school=school, pupil=pupil, year=YEAR, year_group="Year 11", prior=prior)
        for pupil, prior in zip(found, priors, strict=True)
    )
    return made_up.sat(school, found, YEAR, scores, "GCSE", subject, "gcse")


def drawn(number: int, pupils: int = PUPILS) -> tuple[list[float | None], list[float | None]]:
    """Draw a school's grades and prior attainment: schools differ by half a grade or so."""
    rng = np.random.default_rng(number)
    prior = np.clip((104 + 6 * rng.normal(size=pupils)).round(), 80, 120)
    grades = 5 + 0.11 * (prior - 104) + 0.6 * rng.normal() + rng.normal(size=pupils)
    return list(np.clip(grades.round(), 0, 9)), list(prior)


def at(cast: Cast, school: School) -> Scope:
    """Return the headteacher's scope, were they head of another school."""
    return replace(cast.scope("headteacher"), place=Place("school", school.pk, school.urn, school.name))


def share(cast: Cast, school: School, sat: Assessment) -> int:
    by = at(cast, school)
    with belt.within(by):
        return actions.share_sums(by=by, at=AT, assessment=sat.pk, year_group="Year 11")


def schools_of(cast: Cast, count: int) -> list[School]:
    more = [
        School(urn=880000 + n, name=f"Hidden Name {n}", trust=cast.trust, status="Open", joined_at=AT)
        for n in range(count - 1)
    ]
    return [cast.school, *School.objects.bulk_create(more)]


def shared_by(cast: Cast, count: int) -> None:
    """Let schools of the trust share, the own school first."""
    SharedSums.objects.bulk_create(
        SharedSums(
            school=school, trust=cast.trust, year=YEAR, assessment="GCSE", scale="gcse", year_group="Year 11",
            by_subject={"maths": value_added.sums_of(*map(np.array, reversed(drawn(number)))).tolist()},
            made_at=AT, shared_by=cast.people["headteacher"], shared_at=AT,
        )
        for number, school in enumerate(schools_of(cast, count))
    )  # fmt: skip


def page(cast: Cast, who: str = "trust_leader", **asked: str) -> str:
    return cast.client(who).get(reverse("trust-value-added", kwargs={"trust": everybody.TRUST_UID}, query=asked)).text


def pooled(schools: list[School]) -> value_added.ValueAdded:
    """Fit the model to the pupils' own rows."""
    prior, grades, school = [], [], []
    for place, each in enumerate(schools):
        known = dict(PupilYear.objects.filter(school=each).values_list("pupil_id", "prior"))
        for pupil, by_subject in Scores.objects.filter(assessment__school=each).values_list("pupil_id", "by_subject"):
            prior.append(known[pupil])
            grades.append(by_subject["maths"])
            school.append(place)
    columns = np.array(grades), np.array(prior)[:, None], np.array(school)
    return value_added.fit(value_added.statistics_of(*columns, ["prior attainment"]))


def test_twelve_schools_sums_say_exactly_what_their_pupils_rows_say(cast: Cast):
    schools = schools_of(cast, SCHOOLS)
    for number, school in enumerate(schools):
        share(cast, school, results(school, *drawn(number)))
    with belt.within(cast.scope("trust_leader")):
        rows = queries.together(cast.scope("trust_leader"))
    found = sum_model.of(sorted(rows, key=lambda each: [s.pk for s in schools].index(each.school_id)), "maths")
    wanted = pooled(schools)
    assert found.fitted is not None
    for name in ("fixed", "fixed_errors", "covariance", "residual", "effects", "errors", "log_likelihood"):
        np.testing.assert_allclose(getattr(found.fitted, name), getattr(wanted, name), rtol=1e-9, atol=1e-9)
    below, like, above = found.apart
    assert below + like + above == SCHOOLS
    assert found.marks[:, 1] == pytest.approx(np.floor(wanted.intervals[:, 0] / found.step) * found.step)


def test_the_trust_sees_marks_and_no_sum_and_no_name(cast: Cast):
    shared_by(cast, SCHOOLS)
    text = page(cast)
    assert "of 12 schools cannot be told from the average" in text
    assert "12 of the 13 schools of your trust that use Headship share it, about 290 pupils" in text
    assert "app-caterpillar__ours" not in text
    assert "Hidden Name" not in text
    for row in SharedSums.objects.all():
        for value in row.by_subject["maths"][1:]:
            assert f"{value:g}" not in text
            assert f"{value:,.0f}" not in text


def test_fewer_than_ten_say_so_and_how_many(cast: Cast):
    shared_by(cast, 9)
    text = page(cast)
    assert "Too few schools share this to say anything" in text
    assert "9 of the 10 schools of your trust that use Headship share it." in text
    assert "Ask headteachers to open Pupils, then Value added" in text
    assert "app-caterpillar" not in text
    assert "Variance" not in text


def test_nothing_shared_says_whom_to_ask(cast: Cast):
    assert "Of the 2 schools of your trust that use Headship, none shares anything yet." in page(cast)


def test_a_head_sees_their_own_school_marked_and_nobody_elses(cast: Cast):
    shared_by(cast, SCHOOLS)
    mine = SharedSums.objects.get(school=cast.school)
    client = cast.client("headteacher")
    text = client.get(reverse("value-added-standing", kwargs={"urn": everybody.OWN, "shared": mine.pk})).text
    assert "app-caterpillar__ours" in text
    assert "Our school " in text
    assert "Hidden Name" not in text
    theirs = SharedSums.objects.exclude(school=cast.school).first()
    assert theirs is not None
    url = reverse("value-added-standing", kwargs={"urn": everybody.OWN, "shared": theirs.pk})
    assert client.get(url).status_code == 404


def test_one_pupil_more_moves_no_mark_by_more_than_a_step(cast: Cast):
    shared_by(cast, SCHOOLS)
    rows = list(SharedSums.objects.order_by("school_id"))
    before = sum_model.of(rows, "maths")
    for row, score in ((rows[0], 4.0), (rows[5], 6.0)):
        sums = row.by_subject["maths"]
        x = 104.0
        row.by_subject = {
            "maths": [a + b for a, b in zip(sums, (1, x, score, x * x, x * score, score**2), strict=True)]
        }
        after = sum_model.of(rows, "maths")
        assert after.step == before.step == 0.1
        assert np.abs(after.marks - before.marks).max() <= before.step * 1.001
        row.by_subject = {"maths": sums}


def test_equal_marks_stand_in_no_order_of_schools(cast: Cast):
    shared_by(cast, SCHOOLS)
    rows = list(SharedSums.objects.order_by("school_id"))
    found, turned = sum_model.of(rows, "maths"), sum_model.of(rows[::-1], "maths")
    np.testing.assert_allclose(found.marks[found.order], turned.marks[turned.order], atol=1e-9)


def test_prior_attainment_on_two_scales_is_told_and_not_put_together(cast: Cast):
    shared_by(cast, SCHOOLS)
    rows = list(SharedSums.objects.order_by("school_id"))
    sums = value_added.sums_of(np.array([1.0, 2.0, 4.0] * 4), np.array([3.0, 5.0, 6.0] * 4))
    rows[3].by_subject = {"maths": sums.tolist()}
    found = sum_model.of(rows, "maths")
    assert (found.fitted, found.why_not) == (None, sum_model.TWO_SCALES)


# ── what leaves a school ────────────────────────────────────────────────────────────────────────────────────────────


def test_what_is_shared_are_six_sums_of_pupils_with_both(cast: Cast):
    scores = [*map(float, [4, 5, 6, 7, 3, 5, 6, 8, 2, 5, 4]), None, 9.0]
    priors = [*map(float, range(95, 106)), 110.0, None]
    share(cast, cast.school, results(cast.school, scores, priors))
    row = SharedSums.objects.get()
    x, y = np.array(priors[:11]), np.array(scores[:11])
    assert row.by_subject == {"maths": [11, x.sum(), y.sum(), x @ x, x @ y, y @ y]}
    assert (row.trust, row.assessment, row.year, row.year_group) == (cast.trust, "GCSE", YEAR, "Year 11")


@pytest.mark.parametrize(
    ("scores", "priors", "may"),
    [
        ([4.0, 5.0] * 5, [100.0, 101.0, 103.0, 104.0, 105.0] * 2, True),
        ([4.0, 5.0] * 4 + [4.0], [100.0, 101.0, 103.0] * 3, False),
        ([4.0] * 10, [100.0, 101.0, 103.0, 104.0, 105.0] * 2, False),
        ([4.0, 5.0] * 5, [100.0] * 10, False),
        ([4.0, 5.0] * 5, [2.5, 3.0] * 5, False),
    ],
)
def test_few_pupils_or_all_alike_or_another_scale_may_not_be_shared(cast: Cast, scores, priors, may):
    sat = results(cast.school, scores, priors)
    (offer,) = sum_offers.offers(cast.scope("headteacher"), date(2026, 11, 1))
    assert (list(offer.by_subject), offer.kept_back) == ((["maths"], 0) if may else ([], 1))
    if not may:
        with pytest.raises(Unusable, match="Nothing was shared"):
            share(cast, cast.school, sat)


def test_sums_of_three_pupils_would_tell_their_grades():
    """The control of the floor: three pupils' grades and prior attainment follow from the sums, so few do not leave."""
    x, y = np.array([98.0, 104.0, 111.0]), np.array([3.0, 6.0, 8.0])
    n, sx, sy, sxx, sxy, syy = value_added.sums_of(x, y)
    grid = [(a, b) for a in range(80, 121) for b in range(10)]
    found = []
    for place, (a, b) in enumerate(grid):
        for c, d in grid[place:]:
            e, f = sx - a - c, sy - b - d
            if a * a + c * c + e * e == sxx and b * b + d * d + f * f == syy and a * b + c * d + e * f == sxy:
                found.append(sorted([(a, b), (c, d), (int(e), int(f))]))
    assert n == 3
    assert {str(each) for each in found} == {"[(98, 3), (104, 6), (111, 8)]"}


def test_a_school_without_a_trust_has_nobody_to_share_with(cast: Cast):
    sat = results(cast.other, *drawn(1))
    with pytest.raises(Refused, match="no trust"):
        share(cast, cast.other, sat)
    text = cast.client("other_headteacher").get(reverse("value-added", kwargs={"urn": everybody.OTHER})).text
    assert "names no trust for this school" in text
    assert "Share these sums" not in text


@pytest.mark.parametrize("persona", NOT_HEADS)
def test_only_the_headteacher_shares_and_takes_back(cast: Cast, persona: str):
    sat = results(cast.school, *drawn(1))
    key = share(cast, cast.school, sat)
    for what in (
        lambda: actions.share_sums(by=cast.scope(persona, "own"), at=AT, assessment=sat.pk, year_group="Year 11"),
        lambda: actions.take_back_sums(by=cast.scope(persona, "own"), at=AT, shared=key),
    ):
        with pytest.raises(Refused, match="headteacher's to decide"):
            what()


def test_taken_back_nothing_is_left_and_everything_is_told_once(cast: Cast):
    sat = results(cast.school, *drawn(1))
    key = share(cast, cast.school, sat)
    assert share(cast, cast.school, sat) == key
    entry = Entry.objects.get(withdrawn_at=None)
    assert (entry.kind, entry.visibility) == ("outcomes.shared", "governors")
    by = cast.scope("headteacher")
    actions.take_back_sums(by=by, at=AT, shared=key)
    assert SharedSums.objects.count() == Entry.objects.filter(withdrawn_at=None).count() == 0
    with pytest.raises(Stale, match="taken back already"):
        actions.take_back_sums(by=by, at=AT, shared=key)
    told = AuditEvent.objects.filter(chain=cast.school.pk, action__contains="sums").order_by("number")
    assert [each.action for each in told] == ["outcomes.share_sums"] * 2 + ["outcomes.take_back_sums"]


def test_sums_are_made_anew_when_results_are_brought_and_undone(cast: Cast):
    sat = results(cast.school, *drawn(1))
    share(cast, cast.school, sat)
    before = SharedSums.objects.get().by_subject
    by = cast.scope("headteacher")
    pupil = Pupil.objects.filter(school=cast.school).first()
    assert pupil is not None
    sitting = Sat("GCSE", "gcse", sat.taken_on.isoformat(), {pupil.key_hash: {"maths": 0.0}})
    told = Brought("A table", YEAR, {pupil.key_hash: {"year_group": "Year 11", "prior": 120.0}}, (sitting,))
    batch = pupil_actions.preview_pupils(by=by, at=AT, name="a.csv", fingerprint="f" * 64, brought=told)
    pupil_actions.take_pupils(by=by, at=AT, batch_id=batch.pk)
    row, (offer,) = SharedSums.objects.get(), sum_offers.offers(by, date(2026, 11, 1))
    assert row.by_subject != before
    assert row.by_subject == {code: list(each) for code, each in offer.by_subject.items()}
    pupil_actions.undo_pupils(by=by, at=AT + timedelta(hours=1), batch_id=batch.pk)
    again = SharedSums.objects.get()
    assert (again.by_subject, again.made_at) == (before, AT + timedelta(hours=1))


def test_of_results_that_are_gone_nothing_is_shared_and_the_choice_stands(cast: Cast):
    by = cast.scope("headteacher")
    grades, priors = drawn(3)
    keys = [uuid4().hex * 2 for _ in grades]
    known = {key: {"year_group": "Year 11", "prior": prior} for key, prior in zip(keys, priors, strict=True)}
    sitting = Sat("GCSE", "gcse", "2026-06-01", {key: {"maths": g} for key, g in zip(keys, grades, strict=True)})
    batch = pupil_actions.preview_pupils(
        by=by, at=AT, name="a.csv", fingerprint="f" * 64, brought=Brought("A table", YEAR, known, (sitting,))
    )
    pupil_actions.take_pupils(by=by, at=AT, batch_id=batch.pk)
    share(cast, cast.school, Assessment.objects.get())
    assert SharedSums.objects.get().by_subject["maths"][0] == PUPILS
    pupil_actions.undo_pupils(by=by, at=AT, batch_id=batch.pk)
    assert SharedSums.objects.get().by_subject == {}
    text = cast.client("headteacher").get(reverse("value-added", kwargs={"urn": everybody.OWN})).text
    assert "At present nothing is shared." in text


# ── who reads what ──────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_trust_reads_what_is_shared_with_it_changes_nothing_and_reaches_no_pupil(cast: Cast):
    share(cast, cast.school, results(cast.school, *drawn(1)))
    with belt.within(cast.scope("trust_leader")):
        assert SharedSums.objects.count() == 1
        assert SharedSums.objects.update(year=1999) == 0
        assert SharedSums.objects.all()._raw_delete(connection.alias) == 0
        assert (Scores.objects.count(), PupilYear.objects.count(), Assessment.objects.count()) == (0, 0, 0)
    other = Trust.objects.create(uid=everybody.TRUST_UID + 1, name="Another Trust")
    place = Place("trust", other.pk, other.uid, other.name)
    with belt.within(replace(cast.scope("trust_leader"), place=place)):
        assert SharedSums.objects.count() == 0
    with belt.within(cast.scope("other_headteacher")):
        assert SharedSums.objects.count() == 0
    assert SharedSums.objects.get().year == YEAR


@pytest.mark.parametrize("changed", [{"trust": None}, {"joined_at": None}])
def test_a_school_that_left_the_trust_is_not_among_them(cast: Cast, changed):
    shared_by(cast, SCHOOLS)
    School.objects.filter(pk=cast.school.pk).update(**changed)
    with belt.within(cast.scope("trust_leader")):
        assert len(queries.together(cast.scope("trust_leader"))) == SCHOOLS - 1


def test_a_leader_of_the_trust_is_offered_nothing_they_cannot_open(cast: Cast):
    client = cast.client("trust_leader")
    home = reverse("trust", kwargs={"trust": everybody.TRUST_UID})
    offered = set(re.findall(r'href="(/[^"#]*)"', client.get(home).text)) - {reverse("account_logout")}
    assert {home, reverse("trust-value-added", kwargs={"trust": everybody.TRUST_UID})} <= offered
    pages = {each for each in offered if not each.startswith("/static/")}
    assert {each: client.get(each).status_code for each in pages} == dict.fromkeys(pages, 200) | {"/": 302}


def test_another_name_or_year_is_not_put_together(cast: Cast):
    shared_by(cast, SCHOOLS)
    rows = SharedSums.objects.order_by("pk")
    SharedSums.objects.filter(pk__in=[each.pk for each in rows[:3]]).update(assessment="Mock")
    text = page(cast)
    assert "Too few schools share this to say anything" in text
    assert "Mock, Year 11, 2025/26" in text
    asked = {"year": str(YEAR), "assessment": "mock", "scale": "gcse", "group": "11", "subject": "maths"}
    assert "3 of the 13 schools" in page(cast, **asked)


def test_the_switch_shares_shows_and_takes_back(cast: Cast):
    sat = results(cast.school, *drawn(1))
    client = cast.client("headteacher")
    url, share_url, back = (
        reverse(name, kwargs={"urn": everybody.OWN})
        for name in ("value-added", "value-added-share", "value-added-take-back")
    )
    text = client.get(url).text
    assert "We share no sums with our trust" in text
    assert "One subject could be shared." in text
    assert client.post(share_url, {}).status_code == client.post(back, {}).status_code == 400
    assert client.post(share_url, {"assessment": sat.pk, "year_group": "Year 11"}).status_code == 302
    shared = client.get(url).text
    assert "Shared with Example Valley Trust since" in shared
    assert f"{SharedSums.objects.get().by_subject['maths'][1]:,.0f}" in shared
    assert client.post(share_url, {"assessment": sat.pk + 1, "year_group": "Year 11"}).status_code == 409
    assert client.post(back, {"shared": SharedSums.objects.get().pk}).status_code == 302
    assert SharedSums.objects.count() == 0


@pytest.mark.parametrize("count", [1, 3])
def test_offers_take_three_queries_however_many(cast: Cast, count: int):
    for number in range(count):
        found = made_up.pupils(cast.school, 12)
        made_up.sat(cast.school, found, YEAR - number % 2, [4.0] * 12, f"Test {number}", "maths", "gcse")
    with CaptureQueriesContext(
        connection,
    ) as told:
        sum_offers.offers(cast.scope("headteacher"), date(2026, 11, 1))
    assert len([each for each in told if "outcomes_" in each["sql"]]) == 3


def test_programs_get_what_the_pages_say(cast: Cast):
    shared_by(cast, SCHOOLS)
    own = cast.program("headteacher").get(f"/api/v1/schools/{everybody.OWN}/shared-sums").json()["items"]
    held = SharedSums.objects.get(school=cast.school).by_subject["maths"]
    names = ("pupils", "x", "y", "x_squared", "x_times_y", "y_squared")
    assert [[each[name] for name in names] for each in own] == [held]
    (told,) = cast.program("trust_leader").get(f"/api/v1/trusts/{everybody.TRUST_UID}/value-added").json()["items"]
    assert (told["schools"], told["subject"]) == (12, "maths")
    assert told["below"] + told["like_average"] + told["above"] == 12
    assert f"{told['between']:.0%} lies between schools" in page(cast)
    hidden = SharedSums.objects.filter(school__name__startswith="Hidden").values_list("pk", flat=True)
    SharedSums.objects.filter(pk__in=list(hidden[:3])).delete()
    (few,) = cast.program("trust_leader").get(f"/api/v1/trusts/{everybody.TRUST_UID}/value-added").json()["items"]
    assert (few["schools"], few["below"], few["between"], few["slope"]) == (9, None, None, None)


@pytest.mark.parametrize("who", ["trust_leader", "headteacher"])
def test_documents_say_the_same(cast: Cast, who: str):
    shared_by(cast, SCHOOLS)
    mine = SharedSums.objects.get(school=cast.school)
    url = {
        "trust_leader": reverse("trust-value-added-document", kwargs={"trust": everybody.TRUST_UID}),
        "headteacher": reverse("value-added-standing-document", kwargs={"urn": everybody.OWN, "shared": mine.pk}),
    }[who]
    client = cast.client(who)
    assert client.get(f"{url}?as=pdf").content.startswith(b"%PDF-")
    document = docx.Document(io.BytesIO(client.get(f"{url}?as=word").content))
    text = "\n".join(each.text for each in document.paragraphs)
    assert "of 12 schools cannot be told from the average" in text
    assert ("Our school " in text) == (who == "headteacher")
    assert "Hidden Name" not in text
