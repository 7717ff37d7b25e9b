"""Reads of headteachers' appraisals: never a line of content that the reader may not know of."""

from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, F, Max, OuterRef, Prefetch, Q, QuerySet
from django.utils import timezone

from headship.appraisal import head_rules as rules
from headship.appraisal import own_rule_queries, own_rules
from headship.appraisal.head_choices import OVER, HeadState, Part, Said, Section
from headship.appraisal.head_rules import Facts
from headship.appraisal.models import (
    HeadAppeal,
    HeadChange,
    HeadCopy,
    HeadEvidence,
    HeadMember,
    HeadNote,
    HeadObjective,
    HeadReflection,
    HeadStatement,
    HeadYear,
)
from headship.appraisal.own_rules import Ruled
from headship.core import belt
from headship.core.roles import STAFF, Role
from headship.core.scope import Scope
from headship.core.together import asked_once
from headship.people.models import Post
from headship.schools.calendar_dates import year_of
from headship.schools.models import School
from headship.standards import queries as standards
from headship.standards.models import Characteristic


@dataclass(frozen=True, slots=True)
class Whole:
    """A year with all of it that its reader may read; what they may not is empty."""

    year: HeadYear
    facts: Facts
    sections: frozenset[Section]
    members: Sequence[HeadMember]
    objectives: Sequence[HeadObjective]
    notes: Sequence[HeadNote]
    evidence: Sequence[HeadEvidence]
    reflection: HeadReflection | None
    statement: HeadStatement | None
    copies: Sequence[HeadCopy]
    appeals: Sequence[HeadAppeal]
    changes: Sequence[HeadChange]
    ruled: Ruled
    left: frozenset[int] = frozenset()

    @property
    def advised(self) -> bool:
        """Whether any advice of the adviser is noted that the reader may read."""
        return any(each.kind == Said.ADVICE for each in self.notes)

    @property
    def adviser_asked(self) -> bool:
        """Whether advice is asked: by the rule that holds, or since somebody is named who advises."""
        return self.ruled.adviser.value or bool(self.serving(Part.ADVISER))

    @property
    def due_on(self) -> date:
        """The day by which its statement is due."""
        return rules.statement_by(self.year.ends_on, self.ruled)

    def serving(self, *parts: Part) -> list[HeadMember]:
        """Return who takes part now and whose post still fits, all or in these parts: whoever left does not count."""
        return [each for each in self.of(*(parts or Part)) if each.pk not in self.left]

    def of(self, *parts: Part) -> list[HeadMember]:
        """Return those who take part now as one of these."""
        return [each for each in self.members if each.part in parts and each.ended_on is None]


@dataclass(frozen=True, slots=True)
class Offered:
    """Who may be chosen: headteachers, governors who are not on the staff, external advisers, leaders of the trust."""

    heads: Sequence[tuple[int, str]]
    governors: Sequence[tuple[int, str]]
    advisers: Sequence[tuple[int, str]]
    trust: Sequence[tuple[int, str]]


def source(year: int) -> str:
    """Return how evidence and the audit name a year."""
    return f"appraisal.HeadYear:{year}"


def years(scope: Scope) -> QuerySet[HeadYear]:
    """Return the school's years, newest first: their dates and who takes part, for whoever records it."""
    return HeadYear.objects.filter(school_id=scope.school_id).order_by("-starts_in", "-pk")


def facts(scope: Scope, year: HeadYear) -> Facts:
    """Return what the reader's rights over a year depend on."""
    today = timezone.localdate(scope.at)
    mine = year.members.filter(person_id=scope.person_id, ended_on=None).values_list("part", flat=True)
    agreed = year.state == HeadState.AGREED
    by = year.mend_by or rules.statement_by(year.ends_on, own_rules.ruled((), year.ends_on))
    allowed = rules.parts(scope)
    return Facts(
        head_id=year.head_id,
        starts_in=year.starts_in,
        state=HeadState(year.state),
        parts=frozenset(Part(each) for each in mine) & allowed,
        over=year.state == HeadState.CLOSED or (agreed and today > by and _followed(year, today)),
        lent=_lent(scope, year, allowed),
        given=year.given_on is not None,
        appealed=agreed and _appealed(year),
        appeal_by=_appeal_by(year),
        mend_by=by,
    )


def begun(school_id: int, today: date) -> QuerySet[HeadYear]:
    """Return the years that began with a panel, also if closed since: what ended with them does not come back."""
    found = HeadYear.objects.filter(school_id=school_id, starts_on__lte=today, appointed_on__lte=today)
    return found.exclude(closed_on__lt=F("starts_on"))


def _followed(year: HeadYear, today: date) -> bool:
    """Whether a later year began with its panel, or one did that was removed and took this one's panel with it."""
    later = begun(year.school_id, today).filter(starts_in__gt=year.starts_in)
    running = year.members.filter(ended_on=None, part__in=rules.APPRAISERS)
    return later.exists() or not running.exists()


def ended(scope: Scope) -> set[HeadYear]:
    """Return the school's agreed years that their panels read no more."""
    return {each for each in years(scope).filter(state=HeadState.AGREED) if facts(scope, each).over}


def last_locked(year: HeadYear) -> HeadCopy | None:
    """Return the copy of what was agreed last."""
    return year.copies.filter(locked=True).order_by("-number").first()


def moderated(year: HeadYear) -> bool:
    """Whether the statement was moderated as it stands now: not an earlier draft, or one that was taken back."""
    told = HeadStatement.objects.filter(year=year).first()
    return told is not None and year.notes.filter(kind=Said.MODERATION, of_version=told.version).exists()


def _appealed(year: HeadYear) -> bool:
    last = last_locked(year)
    return last is not None and year.appeals.filter(against=last).exists()


def _appeal_by(year: HeadYear) -> date | None:
    if year.agreed_on is None or year.appeal_days is None:
        return None
    return year.agreed_on + timedelta(days=year.appeal_days)


def ever(year: HeadYear, parts: frozenset[Part]) -> frozenset[int]:
    """Return whoever had one of these parts in a year at any time, also where it ended."""
    return frozenset(year.members.filter(part__in=parts).values_list("person_id", flat=True))


def _lent(scope: Scope, year: HeadYear, allowed: frozenset[Part]) -> bool:
    """Whether the reader appraises the same headteacher in the year after, and the copies of this one are lent."""
    if year.shown_on is None or not allowed & (rules.APPRAISERS | {Part.ADVISER}):
        return False
    wanted = allowed & (rules.APPRAISERS | {Part.ADVISER})
    following = HeadMember.objects.filter(year__school_id=year.school_id, year__head_id=year.head_id, ended_on=None)
    running = following.filter(year__starts_in=year.starts_in + 1, person_id=scope.person_id, part__in=wanted)
    return running.exists()


def mine(scope: Scope) -> QuerySet[HeadYear]:
    """Return the years the reader may have a part in: their own, those they take part in, those before them."""
    part = HeadMember.objects.filter(person_id=scope.person_id, ended_on=None, part__in=rules.parts(scope))
    near = part.filter(year=OuterRef("pk"))
    after = part.filter(year__head_id=OuterRef("head_id"), year__starts_in=OuterRef("starts_in") + 1)
    wanted = Q(Exists(near)) | Q(Exists(after), shown_on__isnull=False)
    if scope.has(*STAFF):  # also in a post they stepped back to
        wanted |= Q(head_id=scope.person_id)
    return years(scope).filter(wanted).select_related("head")


def finds(scope: Scope) -> str | None:
    """Whether the reader finds the list of years: of the staff, the headteacher, and whoever was that here before."""
    return None if was_head(scope) else rules.find(scope)


def take_part(scope: Scope) -> str | None:
    """Whether a year may be the reader's: of those who find the list, and of staff, who may have been headteacher."""
    return None if scope.has(*STAFF) else rules.find(scope)


def was_head(scope: Scope) -> bool:
    """Whether somebody on the staff was headteacher here, or is, and was appraised as that."""
    return scope.has(*STAFF) and years(scope).filter(head_id=scope.person_id).exists()


def opened(scope: Scope) -> list[tuple[HeadYear, Facts]]:
    """Return the years of which the reader may read anything, newest first."""
    return _opened(scope, mine(scope)[:30])


def serving(scope: Scope, of: HeadYear, parts: Iterable[Part]) -> list[HeadMember]:
    """Return who has one of these parts in a year today, and a post that fits it."""
    with _with_trust(scope):
        found = list(of.members.filter(ended_on=None, part__in=parts).select_related("person").order_by("pk"))
    gone = left(scope, found)
    return [each for each in found if each.pk not in gone]


@asked_once
def current(scope: Scope) -> list[tuple[HeadYear, Facts]]:
    """Return those of them that are not over, as `facts` says: all that waits, is new, or stands in a calendar."""
    today = timezone.localdate(scope.at)
    newest = begun(scope.school_id or 0, today).aggregate(newest=Max("starts_in"))["newest"] or 0
    past = today - timedelta(days=366)  # a statement is due within a year of its year's end
    old = Q(state=HeadState.AGREED, starts_in__lt=newest, ends_on__lt=past)  # of the others each is looked at
    over = Q(state=HeadState.CLOSED) | old
    return [(each, its) for each, its in _opened(scope, mine(scope).exclude(over)) if not its.over]


def _opened(scope: Scope, of: QuerySet[HeadYear]) -> list[tuple[HeadYear, Facts]]:
    told = [(each, facts(scope, each)) for each in of]
    return [(each, its) for each, its in told if rules.sections(scope, its)]


def year(scope: Scope, key: int) -> HeadYear | None:
    """Return a year of which the reader may read something, or None as if it did not exist."""
    found = mine(scope).filter(pk=key).first()
    return found if found and rules.sections(scope, facts(scope, found)) else None


def whole(scope: Scope, of: HeadYear) -> Whole:
    """Return all of a year that the reader may read."""
    with _with_trust(scope):
        return _whole(scope, of)


def _with_trust(scope: Scope) -> AbstractContextManager[None]:
    """Open the posts of the school's trust as well, where it is in one: a leader of it may appraise here."""
    trust = School.objects.filter(pk=scope.school_id).values_list("trust_id", flat=True).first()
    return belt.at_trust(trust, because="a leader of the trust may appraise a headteacher") if trust else nullcontext()


def _whole(scope: Scope, of: HeadYear) -> Whole:
    its = facts(scope, of)
    seen = rules.sections(scope, its)

    def rows[T](section: Section, found: QuerySet[T]) -> list[T]:  # type: ignore[type-var]  # of models
        return list(found) if section in seen else []

    members = list(of.members.select_related("person").order_by("pk"))
    notes = [each for each in of.notes.select_related("by").order_by("on", "pk") if _section(each.kind) in seen]
    return Whole(
        year=of,
        facts=its,
        sections=seen,
        members=members,
        left=left(scope, members),
        objectives=rows(Section.OBJECTIVES, objectives(scope, of)),
        notes=notes,
        evidence=rows(Section.EVIDENCE, shown(scope, of)),
        reflection=reflection(scope, of, its) if Section.REFLECTION in seen else None,
        statement=HeadStatement.objects.filter(year=of).first() if Section.STATEMENT in seen else None,
        copies=rows(Section.COPIES, _copies(of, seen)),
        appeals=rows(Section.APPEAL, of.appeals.select_related("heard_by").order_by("pk")),
        ruled=own_rule_queries.ruled(scope, of.ends_on),
        changes=rows(Section.NOTES, of.changes.select_related("by").order_by("-at", "-pk")),
    )


def _copies(of: HeadYear, seen: frozenset[Section]) -> QuerySet[HeadCopy]:
    """Return a year's copies, newest first: the next panel reads what was agreed, hearers no earlier statement."""
    found = of.copies.order_by("-number")
    if Section.NOTES in seen:
        return found
    return found.filter(given=False) if Section.APPEAL in seen else found.filter(locked=True)


def _section(kind: str) -> Section:
    return Section.MODERATION if kind == "moderation" else Section.NOTES


def objectives(scope: Scope, of: HeadYear) -> QuerySet[HeadObjective]:
    """Return the objectives of a year that were not dropped, each with what it is tied to."""
    del scope  # whoever asks was given the year
    found = of.objectives.filter(dropped_on=None).select_related("priority", "objective__priority")
    serves = Prefetch("characteristics", queryset=Characteristic.objects.select_related("framework").order_by("pk"))
    return found.prefetch_related(serves).order_by("pk")


def framework(of: HeadYear) -> str:
    """Return the standards a headteacher is held to in a year: those chosen for it, else those of the profile."""
    return of.framework or standards.DEFAULT


def shown(scope: Scope, of: HeadYear) -> QuerySet[HeadEvidence]:
    """Return the evidence the headteacher shows that still stands."""
    del scope  # whoever asks was given the year
    found = of.evidence.filter(entry__withdrawn_at=None).select_related("entry")
    return found.prefetch_related("entry__serves__characteristic").order_by("entry__occurred_on", "pk")


def reflection(scope: Scope, of: HeadYear, its: Facts) -> HeadReflection | None:
    """Return how the headteacher sees their year: to themselves always, to others while it is shown."""
    found = HeadReflection.objects.filter(year=of).first()
    return found if found and (found.shown_on or rules.is_head(scope, its)) else None


@asked_once
def offered(scope: Scope) -> Offered:
    """Return who may be chosen at the school today."""
    today = timezone.localdate(scope.at)
    running = Q(ends_on=None) | Q(ends_on__gte=today)
    near = Q(school_id=scope.school_id) | Q(trust__schools=scope.school_id, role=Role.TRUST_LEADER)
    roles: dict[int, set[str]] = {}
    names: dict[int, str] = {}
    with _with_trust(scope):
        posts = Post.objects.filter(running, near, starts_on__lte=today).order_by("person__name", "pk")
        for person, name, role in posts.values_list("person_id", "person__name", "role"):
            roles.setdefault(person, set()).add(role)
            names[person] = name
    return Offered(
        heads=_with(names, roles, {Role.HEADTEACHER}),
        governors=[each for each in _with(names, roles, set(rules.GOVERNORS)) if not roles[each[0]] & STAFF],
        advisers=[each for each in _with(names, roles, {Role.EXTERNAL_ADVISER}) if not roles[each[0]] & STAFF],
        trust=[each for each in _with(names, roles, {Role.TRUST_LEADER}) if not roles[each[0]] & STAFF],
    )


def written(year: HeadYear) -> bool:
    """Whether anything stands in a year besides who takes part in it."""
    rows = (year.objectives, year.notes, year.evidence, year.copies, year.appeals)
    alone = (HeadReflection, HeadStatement)
    return any(each.exists() for each in rows) or any(each.objects.filter(year=year).exists() for each in alone)


def names_of(scope: Scope, year: HeadYear) -> dict[int, str]:
    """Return the names of everybody who ever took part in a year, a leader of the trust among them."""
    with _with_trust(scope):
        return dict(year.members.values_list("person_id", "person__name"))


def left(scope: Scope, members: Sequence[HeadMember]) -> frozenset[int]:
    """Return the keys of members named now whose post of today does not fit their part any more."""
    now = offered(scope)
    fits = {Part.ADVISER: dict(now.advisers), Part.TRUST: dict(now.trust)}
    governors = dict(now.governors)
    running = [each for each in members if each.ended_on is None]
    return frozenset(each.pk for each in running if each.person_id not in fits.get(Part(each.part), governors))


def moderators(scope: Scope, year: HeadYear) -> list[HeadMember]:
    """Return who moderates a year now and is still a governor who may."""
    named = list(year.members.filter(part=Part.MODERATOR, ended_on=None))
    gone = left(scope, named)
    return [each for each in named if each.pk not in gone]


def hearers(scope: Scope, year: HeadYear) -> list[HeadMember]:
    """Return who hears an appeal now and is still a governor who may."""
    named = [each for each in year.members.all() if each.part == Part.APPEAL and each.ended_on is None]
    gone = left(scope, named)
    return [each for each in named if each.pk not in gone]


def open_years(scope: Scope) -> list[HeadYear]:
    """Return the school's years that are neither agreed nor closed, with who takes part, for whoever records it."""
    found = years(scope).exclude(state__in=OVER).select_related("head").prefetch_related("members__person")
    return list(found[:10])


def may_hear(scope: Scope, of: HeadYear) -> list[tuple[int, str]]:
    """Return the governors who may hear an appeal: those who never had another part in the year."""
    others = ever(of, frozenset(Part) - {Part.APPEAL})
    return [each for each in offered(scope).governors if each[0] not in others]


def _with(names: dict[int, str], roles: dict[int, set[str]], wanted: set[Role]) -> list[tuple[int, str]]:
    return [(key, names[key]) for key in names if roles[key] & wanted]


def unappointed(scope: Scope) -> bool:
    """Whether this academic year's panel for somebody who is headteacher today is not recorded yet."""
    this = year_of(timezone.localdate(scope.at))
    done = set(years(scope).filter(starts_in=this).values_list("head_id", flat=True))
    return any(key not in done for key, _ in offered(scope).heads)


def halfway(starts_on: date, ends_on: date) -> date:
    """Return the day in the middle of a year."""
    return starts_on + (ends_on - starts_on) / 2
