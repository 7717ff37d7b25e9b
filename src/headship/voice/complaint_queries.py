"""Reads of complaints and compliments: never one that its caller may not know of, counts included."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from headship.core.roles import LEADERS, Role
from headship.core.scope import Scope
from headship.core.together import asked_once
from headship.people import queries as people
from headship.people.models import Post
from headship.schools import queries as schools
from headship.schools.calendar_dates import group_of
from headship.schools.school_days import SchoolDays
from headship.voice import complaint_rules as rules
from headship.voice.complaint_choices import ALLOWED, Stage
from headship.voice.complaint_rules import Facts
from headship.voice.models import Complaint, ComplaintReader, ComplaintStep, Compliment, Lesson, Procedure

AHEAD = timedelta(days=400)  # the longest period, and a summer


@dataclass(frozen=True, slots=True)
class Allowed:
    """How many school days each stage may take at a school, and what its procedure says it provides."""

    version: int
    days: Mapping[Stage, int]
    meets: frozenset[str]
    reviewed_on: date | None
    own: bool


@dataclass(frozen=True, slots=True)
class Choice:
    """Somebody who can be chosen: their name with their post, and the roles they hold here."""

    words: str
    roles: frozenset[str]


def source(complaint: int) -> str:
    """Return what evidence and the audit call a complaint."""
    return f"voice.Complaint:{complaint}"


def facts(complaint: Complaint) -> Facts:
    """Return what the rights over a complaint depend on. Whoever has many of them fetches readers and steps first."""
    stages = {each.stage for each in complaint.steps.all()}
    return Facts(
        stage=Stage(complaint.stage),
        about_id=complaint.about_id,
        apart=complaint.apart,
        owner_id=complaint.owner_id,
        named=frozenset(each.person_id for each in complaint.readers.all()),
        decided=Stage.DECIDED in stages,
        heard=Stage.PANEL in stages,
        closed_on=complaint.closed_on,
    )


def facts_of_new(complaint: Complaint) -> Facts:
    """Return the facts of a complaint that nobody is named for: one being written down, or handed on."""
    return Facts(Stage(complaint.stage), complaint.about_id, complaint.apart, None, frozenset())


def known(scope: Scope) -> QuerySet[Complaint]:
    """Return the complaints the reader knows of."""
    here = Complaint.objects.filter(school_id=scope.school_id)
    if rules.open_list(scope):
        return here.none()
    named = Exists(ComplaintReader.objects.filter(complaint=OuterRef("pk"), person_id=scope.person_id))
    wanted = Q(owner_id=scope.person_id) | Q(named)
    if rules.leads_apart(scope):
        wanted |= Q(apart=True)
    if scope.has(Role.HEADTEACHER):
        wanted |= Q(apart=False)
    if scope.has(*LEADERS):
        here = here.filter(apart=False)
    return here.filter(wanted).exclude(about_id=scope.person_id, about_id__isnull=False)


def complaints(scope: Scope) -> list[Complaint]:
    """Return the complaints the reader knows of: open ones first, by the day they are due, then the newest closed."""
    found = known(scope).prefetch_related("readers", "steps").select_related("owner", "about")
    rows = list(found.order_by("-received_on", "-pk")[:300])
    return sorted(rows, key=lambda each: (each.stage == Stage.CLOSED, each.due_on or date.max))


def complaint(scope: Scope, key: int) -> Complaint | None:
    """Return one complaint, or None where this reader may not know of it."""
    found = known(scope).prefetch_related("readers__person", "steps__by", "lessons__owner")
    return found.select_related("owner", "about", "recorded_by").filter(pk=key).first()


def answered_by(scope: Scope) -> list[Complaint]:
    """Return the open complaints that wait for the reader: their own, and what they lead and nobody owns, or is late.

    An owner may have left: what is late comes back to whoever leads it.
    """
    leads, leads_apart, today = scope.has(Role.HEADTEACHER), rules.leads_apart(scope), today_of(scope)

    def waits(each: Complaint) -> bool:
        left = each.owner_id is None or (each.due_on is not None and each.due_on < today)
        return each.owner_id == scope.person_id or (left and (leads_apart if each.apart else leads))

    return [each for each in _open(scope) if waits(each)][:20]


def due_between(scope: Scope, since: date, until: date) -> list[Complaint]:
    """Return the open complaints the reader knows of whose present stage is due between two days."""
    return [each for each in _open(scope) if each.due_on and since <= each.due_on <= until]


@asked_once
def _open(scope: Scope) -> list[Complaint]:
    """Return the open complaints the reader knows of, by the day they are due."""
    return list(known(scope).exclude(stage=Stage.CLOSED).order_by("due_on", "pk"))


def compliments(scope: Scope) -> list[Compliment]:
    """Return the compliments the reader knows of, newest first."""
    return list(_kind_words(scope).order_by("-received_on", "-pk")[:200])


def compliment(scope: Scope, key: int) -> Compliment | None:
    """Return one compliment, or None where this reader may not know of it."""
    return _kind_words(scope).filter(pk=key).first()


def _kind_words(scope: Scope) -> QuerySet[Compliment]:
    here = Compliment.objects.filter(school_id=scope.school_id).select_related("about", "recorded_by")
    if rules.open_list(scope):
        return here.none()
    mine = Q(about_id=scope.person_id, passed_on__isnull=False)
    return here if scope.has(Role.HEADTEACHER) else here.filter(mine)


def to_pass_on(scope: Scope) -> list[Compliment]:
    """Return the compliments that wait to be passed on, for whoever passes them on."""
    if rules.pass_on(scope):
        return []
    waiting = _kind_words(scope).filter(passed_on=None).exclude(about=None)
    return list(waiting.order_by("received_on", "pk")[:20])


def passed_since(scope: Scope, day: date) -> list[Compliment]:
    """Return the compliments about the reader that were passed on to them on or after a day."""
    here = Compliment.objects.filter(school_id=scope.school_id, about_id=scope.person_id, passed_on__gte=day)
    return list(here.order_by("-passed_on", "-pk")[:10])


def lesson(scope: Scope, key: int) -> Lesson | None:
    """Return what was learned, to whoever does it or knows of the complaint; and to all where it is shown."""
    shown = Lesson.objects.filter(pk=key, complaint__school_id=scope.school_id, complaint__apart=False, shown=True)
    mine = Q(owner_id=scope.person_id) | Q(complaint__in=known(scope))
    found = shown.select_related("owner", "complaint").first()
    return found or _lessons(scope).filter(mine, pk=key).first()


def _lessons(scope: Scope) -> QuerySet[Lesson]:
    """Return what was learned here but for what the reader may not know of: whom it was about, and leaders, apart."""
    found = Lesson.objects.filter(complaint__school_id=scope.school_id).select_related("owner", "complaint")
    found = found.filter(complaint__apart=False) if scope.has(*LEADERS) else found
    return found.exclude(complaint__about_id=scope.person_id, complaint__about_id__isnull=False)


def lessons_due(scope: Scope, *, until: date) -> list[Lesson]:
    """Return what the reader does because of a complaint and is due by a day."""
    own = _lessons(scope).filter(owner_id=scope.person_id, done_on=None, due_on__lte=until)
    return list(own.order_by("due_on", "pk")[:20])


def lessons_shown(scope: Scope) -> list[Lesson]:
    """Return what the school shows that it learned, open ones first."""
    shown = Lesson.objects.filter(complaint__school_id=scope.school_id, complaint__apart=False, shown=True)
    return list(shown.select_related("owner").order_by("-done_on", "due_on", "pk")[:100])


def procedure(school_id: int) -> Allowed:
    """Return how long each stage may take at a school: its own periods, or what stands until it sets them."""
    found = Procedure.objects.filter(school_id=school_id).first()
    if found is None:
        return Allowed(0, ALLOWED, frozenset(), None, own=False)
    days = {
        Stage.RECEIVED: found.acknowledge,
        Stage.ACKNOWLEDGED: found.answer,
        Stage.ANSWERED: found.come_back,
        Stage.FORMAL: found.decide,
        Stage.DECIDED: found.come_back,
        Stage.PANEL: found.hear,
    }
    return Allowed(found.version, days, frozenset(found.meets), found.reviewed_on, own=True)


def days_of(school_id: int, since: date, until: date | None = None) -> SchoolDays:
    """Return the school's days from one on, for counting."""
    return schools.days_counted(school_id, since, until or since + AHEAD)


def kind_of(school_id: int) -> str:
    """Return "maintained", "academy" or "" for a school."""
    return group_of(schools.school_of(school_id).kind)


def choices(scope: Scope) -> dict[int, Choice]:
    """Return who can be chosen among the staff and governors whom the reader knows by name."""
    found: dict[int, Choice] = {}
    for post in people.holders_here(scope):
        role, before = Role(post.role), found.get(post.person_id)
        if role in rules.READERS:
            words = before.words if before else f"{post.name}, {(post.title or role.words)}"
            found[post.person_id] = Choice(words, (before.roles if before else frozenset()) | {role})
    return found


def to_be_about(scope: Scope) -> dict[int, str]:
    """Return whom a complaint can be about: everybody the reader knows by name but themselves."""
    return {key: each.words for key, each in choices(scope).items() if key != scope.person_id}


def to_answer(scope: Scope, of: Facts) -> dict[int, str]:
    """Return who can answer a complaint, or be named to see it: nobody it is about; no leader, where it is apart."""
    return {
        key: each.words
        for key, each in choices(scope).items()
        if key != of.about_id and rules.may_answer(each.roles, apart=of.apart)
    }


def is_headteacher(scope: Scope, person_id: int) -> bool:
    """Whether somebody is the headteacher of the school today."""
    return Role.HEADTEACHER in people.roles_here(scope, person_id)


def somebody_leads(scope: Scope, *, apart: bool) -> bool:
    """Whether anybody here today leads complaints: a headteacher, or a chair for those that are apart."""
    today, role = today_of(scope), Role.CHAIR if apart else Role.HEADTEACHER
    running = Q(ends_on=None) | Q(ends_on__gte=today)
    return Post.objects.filter(running, school_id=scope.school_id, role=role, starts_on__lte=today).exists()


def roles_of(scope: Scope, person_id: int) -> frozenset[str]:
    """Return the posts somebody holds at the school today."""
    return people.roles_here(scope, person_id)


def to_set_apart(scope: Scope) -> list[int]:
    """Return the complaints about whoever became the school's headteacher since they were recorded."""
    here = Complaint.objects.filter(school_id=scope.school_id, apart=False, about__isnull=False)
    about = dict(here.order_by("pk").values_list("pk", "about_id"))
    heads = {each for each in set(about.values()) if is_headteacher(scope, each)}
    return [key for key, person in about.items() if person in heads]


def counted(scope: Scope, since: date, until: date) -> list[Complaint]:
    """Return the complaints of a stretch of time for counting: none that is apart, whoever asks."""
    if rules.see_counts(scope):
        return []
    here = Complaint.objects.filter(school_id=scope.school_id, apart=False, received_on__range=(since, until))
    return list(here.only("theme", "stage", "outcome", "received_on", "school_id").prefetch_related("steps"))


def compliments_counted(scope: Scope, since: date, until: date) -> list[str]:
    """Return the themes of the compliments of a stretch of time."""
    if rules.see_counts(scope):
        return []
    here = Compliment.objects.filter(school_id=scope.school_id, received_on__range=(since, until))
    return list(here.values_list("theme", flat=True))


def last_step(complaint: Complaint) -> ComplaintStep | None:
    """Return the newest move of a complaint."""
    return max(complaint.steps.all(), key=lambda each: each.pk, default=None)


def over(school_id: int, cut: date) -> list[int]:
    """Return the complaints whose time is over: those that are apart are deleted by whoever leads them."""
    closed = Complaint.objects.filter(school_id=school_id, apart=False, closed_on__lte=cut)
    return list(closed.values_list("pk", flat=True))


def may_be_read(scope: Scope) -> Q:
    """Return which complaints may be read by who answers requests: none about them, by no leader one apart."""
    mine = Q(about_id=scope.person_id, about_id__isnull=False)
    return (~mine & Q(apart=False)) if scope.has(*LEADERS) else ~mine


def steps_read(scope: Scope) -> Q:
    """Return the same of their steps."""
    return Q(complaint__in=Complaint.objects.filter(may_be_read(scope), school_id=scope.school_id))


def today_of(scope: Scope) -> date:
    """Return the reader's day."""
    return timezone.localdate(scope.at)
