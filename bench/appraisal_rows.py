"""Rows of fifteen years of appraisal at the made school of `bench.strategy_rows`, for `bench.appraisal_lists`."""

import random
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from bench.strategy_rows import STAFF, YEARS

AIMS, LINES, SUPPORTS, PRACTICES, SPAN = 4, 10, 40, 40, 12
SIZES = {
    "staff": STAFF, "years of appraisal": YEARS, "objectives a year": AIMS, "lines of history a year": LINES,
    "people to each appraiser": SPAN, "supports a year": SUPPORTS, "excellent practices a year": PRACTICES,
}  # fmt: skip


def cycles(cast: Any, chance: random.Random) -> None:
    """Make two groups a year with everybody in one of them: all complete, but for this year's."""
    from headship.appraisal.models import StaffCycle, StaffPart, StaffYear

    people, made = _people(cast), []
    for starts_in in _years():
        days = {"objectives_by": date(starts_in, 11, 30), "half_by": date(starts_in + 1, 3, 1),
                "review_by": date(starts_in + 1, 9, 30), "statement_by": date(starts_in + 1, 10, 31)}  # fmt: skip
        for number, name in enumerate(("Teachers", "Support staff")):
            group = StaffCycle.objects.create(
                school=cast.school, once=uuid4(), starts_in=starts_in, name=name, moderated=True,
                organiser=cast.people["senior_leader"], **days,
            )  # fmt: skip
            StaffPart.objects.bulk_create(
                StaffPart(cycle=group, number=each, name=part, weight=weight)
                for each, (part, weight) in enumerate((("Objectives", 60), ("Professional standards", 40)), 1)
            )
            made += [_year(cast, group, people, at, chance) for at in range(len(people)) if (at % 3 == 2) == number]
    years = StaffYear.objects.bulk_create(made)
    _fill(cast, years, chance)


def _year(cast: Any, group: Any, people: Sequence[Any], at: int, chance: random.Random) -> Any:
    """Return somebody's year: the cast's deputy appraises the first, and of the others each twelfth the next eleven."""
    from headship.appraisal.models import StaffYear

    over, first = group.starts_in < _years()[-1], at // SPAN * SPAN
    leader = cast.people["senior_leader"] if first == 0 else people[first]
    appraiser = cast.people["headteacher"] if at == first or leader == people[at] else leader
    state = "complete" if over else chance.choice(["aiming", "set", "reviewed"])
    done = date(group.starts_in + 1, 10, 20) if over else None
    set_on = None if state == "aiming" else date(group.starts_in, 11, 10)
    return StaffYear(
        school=cast.school, cycle=group, person=people[at], appraiser=appraiser, starts_in=group.starts_in,
        ends_on=date(group.starts_in + 1, 8, 31), state=state, set_on=set_on, first_set_on=set_on, half_on=done,
        reviewed_on=done or (set_on if state == "reviewed" else None), given_on=done, completed_on=done,
    )  # fmt: skip


def _fill(cast: Any, years: Sequence[Any], chance: random.Random) -> None:
    """Write objectives, ratings, a statement, a history and a kept copy into each year."""
    from django.utils import timezone

    from headship.appraisal.models import (
        StaffChange,
        StaffCopy,
        StaffObjective,
        StaffPart,
        StaffRating,
        StaffReflection,
        StaffStatement,
    )

    now, this, parts = timezone.now(), _years()[-1], list(StaffPart.objects.order_by("number"))
    of = {each.pk: [part for part in parts if part.cycle_id == each.cycle_id] for each in years}
    done = [each for each in years if each.completed_on]
    rated = [each for each in years if each.reviewed_on]
    reached = ["met"] * 6 + ["partly"] * 2 + ["not_met"]
    StaffObjective.objects.bulk_create(
        (StaffObjective(year=each, once=uuid4(), words=f"Objective {number} of the year", measure="Seen " * 12,
                        reached=chance.choice(reached) if each.reviewed_on else "", assessment="How it went. " * 12)
         for each in years for number in range(AIMS)), batch_size=2_000,
    )  # fmt: skip
    StaffRating.objects.bulk_create(
        (StaffRating(year=each, part=part, reached=chance.choice(reached), words="Why. " * 12)
         for each in rated for part in of[each.pk]), batch_size=2_000,
    )  # fmt: skip
    StaffStatement.objects.bulk_create(
        StaffStatement(year=each, halfway="At mid-year " * 20, overall="Over the year " * 40, needs="To learn " * 10,
                       action=chance.choice(["", "A course"]))
        for each in done
    )  # fmt: skip
    StaffReflection.objects.bulk_create(
        StaffReflection(year=each, words="As I see it " * 40, shown_on=each.completed_on) for each in done
    )
    StaffChange.objects.bulk_create(
        (StaffChange(year=each, at=now - timedelta(days=365 * (this - each.starts_in) + 30),
                     by=cast.people["headteacher"], words="Something was done")
         for each in years for _ in range(LINES)), batch_size=2_000,
    )  # fmt: skip
    StaffCopy.objects.bulk_create(
        StaffCopy(year=each, number=1, made_on=each.completed_on, locked=True, lines="[]", salt="s", seal="s")
        for each in done
    )


def of_the_head(cast: Any, chance: random.Random) -> None:
    """Make a year of the headteacher's for each, with a panel, an adviser, objectives and what was said."""
    from django.utils import timezone

    from headship.appraisal.models import HeadChange, HeadMember, HeadNote, HeadObjective, HeadStatement, HeadYear

    chair = cast.people["chair"]
    taking_part = ((chair, "panel"), (cast.people["governor"], "panel"), (cast.people["external_adviser"], "adviser"))
    for starts_in in _years():
        over, began, done = starts_in < _years()[-1], date(starts_in, 9, 1), date(starts_in + 1, 12, 1)
        year = HeadYear.objects.create(
            school=cast.school, once=uuid4(), head=cast.people["headteacher"], starts_in=starts_in, starts_on=began,
            ends_on=date(starts_in + 1, 8, 31), state="agreed" if over else "set", meeting="The autumn meeting",
            appointed_on=began, recorded_by=chair, told_on=began, set_on=began, half_on=done if over else None,
            met_on=done if over else None, given_on=done if over else None, agreed_on=done if over else None,
        )  # fmt: skip
        HeadMember.objects.bulk_create(
            HeadMember(year=year, person=person, part=part, since=began) for person, part in taking_part
        )
        HeadObjective.objects.bulk_create(
            HeadObjective(year=year, once=uuid4(), words=f"Objective {number}", pupils="More of them read",
                          measure="Seen so", reached="met" if over else "", assessment="How it went " * 20)
            for number in range(AIMS)
        )  # fmt: skip
        HeadNote.objects.bulk_create(
            HeadNote(year=year, once=uuid4(), kind=kind, on=began, words="What was said " * 60, by=chair)
            for kind in ("advice", "halfway", "meeting")
        )
        HeadStatement.objects.create(year=year, standards="Against the standards " * 60, needs="To learn", action="So")
        HeadChange.objects.bulk_create(
            HeadChange(year=year, at=timezone.now(), by=chair, words="Something was done") for _ in range(30)
        )


def supports(cast: Any, chance: random.Random) -> None:
    """Make supports with their reviews and timelines: all over, but for this year's."""
    from django.utils import timezone

    from headship.appraisal.models import Support, SupportLine, SupportReview

    people, now = _people(cast), timezone.now()
    made = Support.objects.bulk_create(
        Support(school=cast.school, once=uuid4(), person=chance.choice(people), supporter=cast.people["senior_leader"],
                standing="ended_well" if year < _years()[-1] else chance.choice(["offered", "running"]),
                offered_on=date(year, 10, 1), accepted_on=date(year, 10, 3),
                ended_on=date(year + 1, 3, 1) if year < _years()[-1] else None)
        for year in _years() for _ in range(SUPPORTS)
    )  # fmt: skip
    SupportReview.objects.bulk_create(
        SupportReview(support=each, due_on=each.offered_on + timedelta(days=42 * number),
                      held_on=each.offered_on + timedelta(days=42 * number) if each.ended_on or number == 1 else None)
        for each in made for number in range(1, 4)
    )  # fmt: skip
    SupportLine.objects.bulk_create(
        SupportLine(support=each, once=uuid4(), number=number, kind=kind, on=each.offered_on, at=now,
                    by=each.supporter, said="What was said " * 20)
        for each in made for number, kind in enumerate(("offer", "aims", "help", "review", "help"), 1)
    )  # fmt: skip


def practices(cast: Any, chance: random.Random) -> None:
    """Make excellent practice, of which nine of ten are shown."""
    from headship.appraisal.models import ExcellentPractice

    people = _people(cast)
    ExcellentPractice.objects.bulk_create(
        ExcellentPractice(school=cast.school, once=uuid4(), person=chance.choice(people), seen_by=chance.choice(people),
                          words="What they do so well that others may come and see it",
                          state=chance.choice(["agreed"] * 9 + ["asked"]), asked_on=date(year, 11, 1))
        for year in _years() for _ in range(PRACTICES)
    )  # fmt: skip


def named(cast: Any) -> dict[str, int]:
    """Return the keys that addresses of pages name: this year's group, a year of appraisal, the head's, a support."""
    from headship.appraisal.models import HeadYear, StaffCycle, StaffYear, Support

    theirs = StaffYear.objects.filter(appraiser=cast.people["senior_leader"], completed_on__isnull=False)
    return {
        "group": StaffCycle.objects.get(name="Teachers", starts_in=_years()[-1]).pk,
        "old_group": StaffCycle.objects.get(name="Teachers", starts_in=_years()[0]).pk,
        "year": theirs.latest("pk").pk,
        "head_year": HeadYear.objects.latest("pk").pk,
        "support": Support.objects.filter(standing="running").latest("offered_on").pk,
        "last": _years()[-2],
    }


def _years() -> Sequence[int]:
    from django.utils import timezone

    from headship.schools.calendar_dates import year_of

    this = year_of(timezone.localdate())
    return range(this - YEARS + 1, this + 1)


def _people(cast: Any) -> Sequence[Any]:
    from headship.people.models import Person

    made = Person.objects.filter(name__startswith="Made Person").order_by("pk")
    return [cast.people["teacher"], *made]
