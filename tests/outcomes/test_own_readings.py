"""What the profile is told of a school's own results: the newest of each year, hidden where few, gone when undone."""

import pytest
from django.urls import reverse
from django.utils import timezone

from headship.core.models import AuditEvent
from headship.core.scope import installation_scope
from headship.evidence import actions as evidence
from headship.evidence.models import Reading
from headship.outcomes import own_readings, pupil_actions
from headship.outcomes.pupil_brought import Brought, Sat, bounds_of
from headship.schools.calendar_dates import year_of
from headship.standards import actions as standards
from tests import cast as everybody
from tests.cast import Cast
from tests.outcomes.test_pupil_actions import previewed, taken

AT = timezone.now()
YEAR = year_of(timezone.localdate(AT))
LOW, HIGH = [90.0, 92.0, 94.0, 96.0, 98.0, 100.0], [100.0, 102.0, 104.0, 106.0, 108.0, 110.0]


@pytest.fixture
def cast(db: None) -> Cast:
    standards.load_shipped(by=installation_scope(AT), at=AT)
    return everybody.build()


def file(
    disadvantaged: list[float], others: list[float], *, year: int = YEAR, name: str = "Key stage 2 tests"
) -> Brought:
    """Return a file of a year 6 that sat mathematics."""
    scores = {f"{number:064x}": {"maths": each} for number, each in enumerate([*disadvantaged, *others])}
    known = {
        key: {"year_group": "Year 6", "disadvantaged": number < len(disadvantaged)} for number, key in enumerate(scores)
    }
    return Brought("A table", year, known, (Sat(name, "ks2_scaled", bounds_of(year)[0].isoformat(), scores),))


def told(cast: Cast) -> dict[tuple[str, int], Reading]:
    return {(each.measure, each.year): each for each in Reading.objects.filter(school=cast.school)}


def test_results_taken_in_are_read_with_their_interval(cast: Cast):
    taken(cast.scope("headteacher"), file(LOW, HIGH))
    found = told(cast)
    assert set(found) == {("outcomes.gap", YEAR), ("outcomes.mean", YEAR)}
    gap, mean = found["outcomes.gap", YEAR], found["outcomes.mean", YEAR]
    assert (gap.value, gap.low, gap.high, gap.count) == (-10.0, -14.8, -5.2, 12)
    assert (gap.reference, gap.reference_words, gap.method) == (0.0, "no gap", "disadvantage-gap")
    assert gap.words == "Mathematics: Disadvantaged pupils were 10.0 points below others (between 5.2 and 14.8)"
    assert gap.source == f"Our own results: Key stage 2 tests, Year 6, {YEAR}/{(YEAR + 1) % 100:02}"
    assert (mean.value, mean.count, mean.reference, mean.reference_words) == (100.0, 12, 100.0, "the standard")
    assert (mean.low, mean.high) == (96.0, 104.0)
    assert mean.words == "Mathematics: 100.0 points (between 96.0 and 104.0)"


@pytest.mark.parametrize(("few", "others"), [(LOW[:5], HIGH), (LOW, HIGH[:5]), ([], HIGH)])
def test_a_gap_of_few_is_too_few_to_tell_and_no_number_of_it_is_stored(cast: Cast, few, others):
    taken(cast.scope("headteacher"), file(few, others))
    gap = told(cast)["outcomes.gap", YEAR]
    assert (gap.value, gap.low, gap.high, gap.reference, gap.count) == (None,) * 5
    assert gap.words == "Mathematics: Disadvantaged pupils: too few to tell"


def test_a_mean_of_few_is_too_few_to_tell(cast: Cast):
    taken(cast.scope("headteacher"), file(LOW[:2], HIGH[:3]))
    mean = told(cast)["outcomes.mean", YEAR]
    assert (mean.value, mean.low, mean.high, mean.reference, mean.count) == (None,) * 5
    assert mean.words == "Mathematics: too few to tell"


def test_undoing_leaves_no_reading_of_what_is_gone_and_reads_what_stands_anew(cast: Cast):
    scope = cast.scope("headteacher")
    first = taken(scope, file(LOW, HIGH, year=YEAR - 1))
    second = taken(scope, file(LOW, HIGH))
    assert {year for _, year in told(cast)} == {YEAR - 1, YEAR}
    pupil_actions.undo_pupils(by=scope, at=timezone.now(), batch_id=second.pk)
    assert {year for _, year in told(cast)} == {YEAR - 1}
    pupil_actions.undo_pupils(by=scope, at=timezone.now(), batch_id=first.pk)
    assert told(cast) == {}
    assert AuditEvent.objects.filter(action="evidence.store_readings").count() == 4
    assert AuditEvent.objects.filter(action="outcomes.undo_pupils").count() == 2


def test_changed_results_are_read_anew_and_undone_as_they_were(cast: Cast):
    scope = cast.scope("headteacher")
    taken(scope, file(LOW, HIGH))
    changed = taken(scope, file([each - 5 for each in LOW], HIGH))
    assert told(cast)["outcomes.gap", YEAR].value == -15.0
    pupil_actions.undo_pupils(by=scope, at=timezone.now(), batch_id=changed.pk)
    assert told(cast)["outcomes.gap", YEAR].value == -10.0


def test_a_preview_is_not_read(cast: Cast):
    previewed(cast.scope("headteacher"), file(LOW, HIGH))
    assert told(cast) == {}


def test_three_years_are_kept_and_other_schools_and_measures_left_alone(cast: Cast):
    taken(cast.scope("other_headteacher"), file(LOW, HIGH))
    absence = own_readings.Reading("schools.absence_pct", YEAR, "5%", "DfE", 5.0)
    evidence.store_readings(by=cast.scope("headteacher"), at=AT, readings=[absence])
    for back in (3, 2, 1, 0):
        taken(cast.scope("headteacher"), file(LOW, HIGH, year=YEAR - back))
    assert {year for measure, year in told(cast) if measure == "outcomes.gap"} == {YEAR - 2, YEAR - 1, YEAR}
    assert told(cast)["schools.absence_pct", YEAR].value == 5.0
    assert Reading.objects.filter(school=cast.other).count() == 2


def test_the_newest_of_a_years_assessments_is_read(cast: Cast):
    taken(cast.scope("headteacher"), file(LOW, HIGH, name="Autumn mock"))
    later = file(LOW[::-1], [each + 3 for each in HIGH])
    sat = later.sat[0]
    day = bounds_of(YEAR)[0].replace(day=2).isoformat()
    taken(
        cast.scope("headteacher"), Brought("A table", YEAR, later.known, (Sat(sat.name, sat.scale, day, sat.scores),))
    )
    gap = told(cast)["outcomes.gap", YEAR]
    assert (gap.value, "Key stage 2 tests" in gap.source) == (-13.0, True)


@pytest.mark.parametrize("persona", ["headteacher", "teacher", "governor"])
def test_the_profile_shows_it_with_its_method_to_staff_and_governors(cast: Cast, persona: str):
    taken(cast.scope("headteacher"), file(LOW, HIGH))
    page = cast.client(persona).get(reverse("characteristic", kwargs={"urn": everybody.OWN, "code": "2.1"})).text
    assert "Disadvantaged pupils were 10.0 points below others" in page
    assert reverse("method", kwargs={"method": "disadvantage-gap"}) in page
    assert (
        "Disadvantage gap in our newest results"
        in cast.client(persona).get(reverse("profile", kwargs={"urn": everybody.OWN})).text
    )


@pytest.mark.parametrize("persona", ["external_adviser", "other_teacher"])
def test_who_may_not_see_results_reads_none_on_the_profile(cast: Cast, persona: str):
    taken(cast.scope("headteacher"), file(LOW, HIGH))
    for name, rest in (("profile", {}), ("characteristic", {"code": "2.1"})):
        reply = cast.client(persona).get(reverse(name, kwargs={"urn": everybody.OWN, **rest}))
        assert reply.status_code in {403, 404}
