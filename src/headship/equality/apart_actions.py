"""Writes of what staff say of themselves: said, taken back, gone with whoever leaves, and released once a year."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import uuid4

from django.db.models import Q
from django.utils import timezone

from headship.analysis.fairness import TOO_FEW, Compared, GroupShare, Outcome
from headship.analysis.fairness_years import CHANGED, Again, compared_again
from headship.core import actions, belt
from headship.core.actions import action
from headship.core.errors import Stale, Unusable, require
from headship.core.pages import academic_year
from headship.core.roles import STAFF
from headship.core.scope import Place, Scope, installation_scope
from headship.equality import apart_queries as queries
from headship.equality import rules
from headship.equality.apart_models import FairnessCounted, FairnessRelease, FairnessShown, SaidOfSelf
from headship.people.leavers import ERASED
from headship.people.models import Post
from headship.schools.calendar_dates import year_of
from headship.schools.models import School

LEAST = 5  # people that anything released rests on
THEIRS = "that somebody answered, and when, is theirs alone: a log is read by others"
MADE = "This year was compared already. What was shown stands; it is not worked out again."


@action("equality.say_of_self", audited=False, because=THEIRS)
def say_of_self(*, by: Scope, at: datetime, said: Mapping[str, str]) -> None:
    """Keep what somebody says of themselves. What they do not say, or no longer, is deleted. Errors: Unusable."""
    require(rules.say_of_self(by))
    School.objects.select_for_update().get(pk=by.school_id)  # one at a time: one row of each
    offered = {code: queries.choices(each) for code, each in queries.asked(timezone.localdate(at)).items()}
    given = {code: choice for code, choice in said.items() if choice}
    if any(choice not in offered.get(code, ()) for code, choice in given.items()):
        raise Unusable("Choose one of the answers, or say that you would rather not.")
    mine = SaidOfSelf.objects.filter(school_id=by.school_id, person_id=by.person_id)
    mine.exclude(asked__in=given).delete()
    stands = dict(mine.values_list("asked", "said"))
    for code, choice in given.items():
        if stands.get(code) != choice:
            mine.filter(asked=code).delete()
            mine.create(school_id=by.school_id, person_id=by.person_id, asked=code, said=choice, mark=uuid4())


@action("equality.forget_leavers", audited=False, because=THEIRS)
def forget_leavers(*, by: Scope, at: datetime) -> None:
    """Delete what those said of themselves who hold no post on the staff here any more, or were erased."""
    today = timezone.localdate(at)
    on_staff = Post.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=today), role__in=STAFF)
    said = SaidOfSelf.objects.filter(school_id=by.school_id)
    here = on_staff.filter(school_id=by.school_id).exclude(person__name=ERASED).values("person_id")
    said.exclude(person_id__in=here).delete()


def forget(at: datetime) -> str:
    """Do so at every school; say nothing of how many: the list is read."""
    with belt.within(installation_scope(at)):
        schools = list(School.objects.filter(joined_at__isnull=False).order_by("pk"))
    for each in schools:
        itself = Scope(0, 0, "Headship itself", at, Place("school", each.pk, each.urn, each.name))
        forget_leavers(by=itself, at=at)
    return "What staff said of themselves was deleted where they have left."


@action("equality.release_fairness")
def release_fairness(
    *, by: Scope, at: datetime, starts_in: int, people: Sequence[int], holds: Mapping[Outcome, Sequence[bool | None]]
) -> int:
    """Compare a finished year by what staff said of themselves: once, kept as it is shown and never worked out again.

    `people` (N,) of the year, `holds` (N,) of each what is looked at. Errors: Stale where it was done.
    """
    require(rules.release(by))
    School.objects.select_for_update().get(pk=by.school_id)  # two who press at once come one after the other
    today = timezone.localdate(at)
    require(rules.release_year(starts_in, this_year=year_of(today)))
    if FairnessRelease.objects.filter(school_id=by.school_id, starts_in=starts_in).exists():
        raise Stale(MADE)
    before, last = queries.earlier(by), queries.last_shown(by)
    found = compared_again(queries.answers(by, people), holds, before, least=LEAST)
    made = FairnessRelease.objects.create(
        school_id=by.school_id, starts_in=starts_in, made_on=today, by_id=by.person_id
    )
    for (code, outcome), each in found.compared.items():
        FairnessShown.objects.bulk_create(_lines(made, code, outcome, each, last.get(code)))
    FairnessCounted.objects.bulk_create(_counted(made, found))
    actions.audit(f"equality.FairnessRelease:{made.pk}", starts_in=starts_in)
    return made.pk


def _lines(
    made: FairnessRelease, code: str, outcome: Outcome, found: Compared, last: int | None
) -> list[FairnessShown]:
    """Return what is shown of a comparison: its groups in the order they are asked in, or why there are none.

    A group that is not shown is not named: that somebody said it is told by nothing.
    """
    at = {"release": made, "asked": code, "outcome": outcome}
    shown = {each.group: each for each in found.groups if each.share is not None}
    if not shown:
        changed = last is not None and any(each.words == CHANGED for each in found.groups)
        why = f"Too few changed since {academic_year(last or 0)} to show it again." if changed else TOO_FEW
        return [FairnessShown(**at, words=why)]
    offered = queries.choices(queries.asked(made.made_on)[code])
    return [_line(at, shown[choice]) for choice in offered if choice in shown]


def _line(at: Mapping[str, object], each: GroupShare) -> FairnessShown:
    assert each.share is not None  # only those that have one are lines
    assert each.others is not None  # it stands with it
    own, others = each.share, each.others
    return FairnessShown(
        **at,
        group=each.group,
        words=each.words,
        share=own.value,
        low=own.low,
        high=own.high,
        count=own.n,
        others_share=others.value,
        others_low=others.low,
        others_high=others.high,
        others_count=others.n,
    )


def _counted(made: FairnessRelease, found: Again) -> list[FairnessCounted]:
    """Return whose answers were counted in what is shown, by their marks, and what held of them."""
    held: dict[tuple[str, str], dict[str, bool]] = {}
    for (code, outcome), each in found.shown.items():
        for mark in each.counted:
            held.setdefault((code, mark), {})[outcome.value] = mark in each.held
    rows = sorted(held.items(), key=lambda row: row[0])  # by their marks, which are random: in no one's order
    return [FairnessCounted(release=made, asked=code, mark=mark, held=told) for (code, mark), told in rows]
