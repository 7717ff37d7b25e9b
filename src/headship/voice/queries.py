"""Reads of surveys. Each gives only what its reader may know; nobody reads an answer."""

import hashlib
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet

from headship.core import belt
from headship.core.roles import BOARD, STAFF, Role
from headship.core.scope import Place, Scope
from headship.people import queries as people
from headship.people.models import Post
from headship.voice import codes, instruments, rules
from headship.voice.choices import POST, Known, State
from headship.voice.instruments import Question
from headship.voice.models import Comment, Figure, Invitation, Promise, Survey

STEP = 5  # how many answered is told in steps of so many, so that no one answer shows


@dataclass(frozen=True, slots=True)
class Asked:
    """How many of a group are asked, and at least how many have answered, in whole steps; None: too few to tell."""

    group: str
    count: int
    answered: int | None


@dataclass(frozen=True, slots=True)
class Among:
    """Among how many somebody is asked: of those asked by name as they are, or not; `count` of their group."""

    named: bool
    all: int
    count: int
    group: str


def facts(survey: Survey) -> rules.Facts:
    """Return what the rights over a survey depend on."""
    typist = survey.typist_id
    instrument = instruments.instruments().get(survey.instrument)  # one that is brought no longer asks by name alone
    by_name = instrument is None or instrument.by_name
    return rules.Facts(State(survey.state), survey.run_by_id, survey.about_id, survey.visibility, typist, by_name)


def source(key: int) -> str:
    """Return how evidence and audit name a survey."""
    return f"voice.Survey:{key}"


def questions(survey: Survey) -> Sequence[Question]:
    """Return a survey's questions as they were put."""
    return [instruments.question(each) for each in survey.questions]


def surveys(scope: Scope) -> list[Survey]:
    """Return the surveys the reader knows of, newest first: drafts of others are nobody's business."""
    return list(
        _known(scope).select_related("run_by").defer("questions", "translations").order_by("-made_on", "-id")[:200]
    )


def survey(scope: Scope, key: int) -> Survey | None:
    """Return one survey, or None where this reader may not know of it."""
    return _known(scope).select_related("run_by").filter(pk=key).first()


def _known(scope: Scope) -> QuerySet[Survey]:
    own = Q(about_id=scope.person_id) | Q(about=None, run_by_id=scope.person_id)
    others = Q(about=None) & ~Q(state=State.DRAFT) if rules.see_surveys(scope) is None else Q(pk__in=())
    return Survey.objects.filter(own | others, school_id=scope.school_id)


def progress(survey: Survey) -> list[Asked]:
    """Return how far a survey had come when it was last counted."""
    return [Asked(**each) for each in survey.progress]


def counted(survey: Survey) -> list[Asked]:
    """Count how far a survey has come, for all and by group, in steps and never of a group too small."""
    rows = [(each.groups, each.known, each.used) for each in survey.invitations.only("groups", "known", "used")]
    of: dict[tuple[str, str], list[tuple[str, bool]]] = {}
    for groups, known, used in rows:
        for told in groups.items():
            of.setdefault(told, []).append((known, used))
    whole = _counted("Everybody", [(known, used) for _, known, used in rows], survey.fewest)
    return [whole, *(_counted(group, held, survey.fewest) for (_, group), held in of.items())]


def _counted(group: str, rows: Sequence[tuple[str, bool]], fewest: int) -> Asked:
    """Count a group: those who cannot be made up, and those without a name, each in steps of their own.

    Whoever answered with some themselves would else see by how much the count is more than theirs.
    """
    parts = [[used for known, used in rows if known == which] for which in (Known.SURE, Known.NOBODY)]
    found = [told for part in parts if (told := _stepped(len(part), sum(part), fewest)) is not None]
    return Asked(group, len(rows), sum(found) if found else None)


def _stepped(asked: int, used: int, fewest: int) -> int | None:
    """Return a count rounded down to a step; None where the group, or what a step tells of it, is too small."""
    return None if asked < 2 * fewest else used - used % STEP


def group_sizes(survey: Survey) -> dict[str, dict[str, int]]:
    """Return how many are asked in each group of each variable."""
    sizes: dict[str, Counter[str]] = {}
    for groups in survey.invitations.values_list("groups", flat=True):
        for variable, group in groups.items():
            sizes.setdefault(variable, Counter())[group] += 1
    return {variable: dict(counted) for variable, counted in sizes.items()}


def newest_released(scope: Scope, instrument: str) -> tuple[str, int] | None:
    """Return the newest closed survey of an instrument whose results the reader may see: its title and key."""
    found = _known(scope).filter(instrument=instrument, about=None, state=State.CLOSED)
    for each in found.defer("questions", "translations").order_by("-closed_on", "-pk")[:20]:
        if rules.see_results(scope, facts(each)) is None:
            return each.title, each.pk
    return None


def figures(survey: Survey) -> list[Figure]:
    """Return what a survey released and withheld."""
    return list(survey.figures.order_by("pk"))


def closed_before(scope: Scope, survey: Survey) -> list[Survey]:
    """Return the surveys of the same people that closed before this one and the reader may see, newest first."""
    brought = instruments.instruments()
    of = brought[survey.instrument].of if survey.instrument in brought else ""
    codes = [each.code for each in brought.values() if each.of == of and not each.about_person]
    same = Survey.objects.filter(school_id=survey.school_id, instrument__in=codes, about=None, state=State.CLOSED)
    found = same.filter(closed_on__lt=survey.closed_on).order_by("-closed_on", "-pk")[:20]
    return [each for each in found if rules.see_results(scope, facts(each)) is None]


def newest(scope: Scope, instrument: str, state: State) -> Survey | None:
    """Return the school's newest survey with an instrument in a state, among those the reader knows of."""
    found = _known(scope).filter(instrument=instrument, state=state)
    return found.order_by("-closed_on", "-made_on", "-pk").first()


def comments(survey: Survey) -> list[Comment]:
    """Return the comments a survey released, in the random order of their keys."""
    return list(survey.comments.order_by("pk"))


def promises(scope: Scope, survey: Survey | None = None) -> list[Promise]:
    """Return what the school promised, open ones first, then the newest kept."""
    found = Promise.objects.filter(school_id=scope.school_id)
    if survey is not None:
        found = found.filter(survey=survey)
    return list(found.select_related("owner", "survey").order_by("-kept_on", "due_on", "pk")[:200])


def hash_of(token: str) -> str:
    """Return what is kept of an invitation's token for finding it.

    >>> hash_of("token")[:8]
    '3c469e9d'
    """
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()


def invited_by(token: str) -> Invitation | None:
    """Return the invitation a link leads to, or None."""
    with belt.whole_installation(because="the token of a link is the right to answer that survey"):
        known = {hash_of(token), hash_of(codes.read(token))}
        return Invitation.objects.select_related("survey__school", "person").filter(token_hash__in=known).first()


def scope_of(invitation: Invitation, *, at: datetime) -> Scope:
    """Return the scope of whoever answers: at the school, as nobody."""
    school = invitation.survey.school
    return Scope(0, 0, "Somebody who was asked", at, Place("school", school.pk, school.urn, school.name))


def mailed(survey: Survey) -> QuerySet[Invitation]:
    """Return the invitations that go by mail."""
    asked = survey.invitations.exclude(sealed_token="")
    return asked.filter(~Q(email="") | Q(person__email__gt=""))


def mailed_by_group(survey: Survey) -> list[tuple[str, int]]:
    """Return how many of each group are asked by an address alone."""
    asked = survey.invitations.filter(person=None).exclude(email="")
    return sorted(Counter(groups[POST] for groups in asked.values_list("groups", flat=True)).items())


def posts_named(survey: Survey) -> set[str]:
    """Return the groups in which people are asked by name."""
    return {groups.get(POST, "") for groups in survey.invitations.exclude(person=None).values_list("groups", flat=True)}


def posts_unnamed(survey: Survey) -> set[str]:
    """Return the groups in which codes and typed addresses are asked."""
    return {groups.get(POST, "") for groups in survey.invitations.filter(person=None).values_list("groups", flat=True)}


def addresses_of_named(survey: Survey) -> set[str]:
    """Return the addresses of those who are asked by name."""
    return set(survey.invitations.exclude(person=None).values_list("person__email", flat=True)) - {""}


def asked_as(invitation: Invitation) -> str:
    """Return the group whose questions an invitation shows."""
    groups: dict[str, str] = invitation.groups
    return groups.get(POST, "")


def among(invitation: Invitation) -> Among:
    """Return among how many of their kind somebody is asked, so that they would see if some had been made up."""
    named, group = invitation.person_id is not None, asked_as(invitation)
    asked = invitation.survey.invitations.filter(person__isnull=not named)
    return Among(named, asked.count(), asked.filter(**{f"groups__{POST}": group}).count(), group)


def names_here(school_id: int) -> list[str]:
    """Return the names of those with a post at a school, so that a writer can be warned of naming somebody."""
    return list(Post.objects.filter(school_id=school_id).values_list("person__name", flat=True).distinct())


def told_to_all(scope: Scope, survey: Survey) -> list[Promise]:
    """Return what was promised about a survey, for those who were asked: of 360 feedback nothing."""
    return [] if survey.about_id else promises(scope, survey)


def promise(scope: Scope, key: int) -> Promise | None:
    """Return one promise of the school."""
    return Promise.objects.filter(school_id=scope.school_id, pk=key).select_related("owner", "survey").first()


def owner_told(scope: Scope, promise: Promise, names: Mapping[int, str]) -> str:
    """Return who does what was promised: by name to those who know staff by name, and to themselves."""
    if promise.owner_id == scope.person_id:
        return scope.name
    return names.get(promise.owner_id, "Somebody who works here")


def owners(scope: Scope) -> dict[int, str]:
    """Return the staff and governors who can be named as the one who does something, by key."""
    held = people.holders_here(scope)
    return {each.person_id: each.name for each in held if Role(each.role) in STAFF | BOARD}


def links_by_group(survey: Survey, opened: Callable[[str], str]) -> dict[str, list[str]]:
    """Return the tokens of codes to print, by group, in the random order of their keys."""
    found: dict[str, list[str]] = {}
    for each in _codes(survey).order_by("pk"):
        found.setdefault(each.groups.get(POST, ""), []).append(opened(each.sealed_token))
    return dict(sorted(found.items()))


def codes_by_group(survey: Survey) -> list[tuple[str, int]]:
    """Return how many codes on paper each group has."""
    counted = Counter(groups[POST] for groups in _codes(survey).values_list("groups", flat=True) if POST in groups)
    return sorted(counted.items())


def is_code(invitation: Invitation) -> bool:
    """Whether an invitation is a code on paper, which whoever runs the survey printed and can look up."""
    return invitation.person_id is None and not invitation.email and bool(invitation.sealed_token)


def is_printed(invitation: Invitation, token: str) -> bool:
    """Whether somebody else held a link before whoever answers by it: a code, or one printed for want of an address.

    Of such a link nobody is told whether it was used. A token that has a code's form was made to be printed.
    """
    if is_code(invitation) or len(codes.read(token)) == codes.LENGTH:
        return True
    return not invitation.email and (invitation.person is None or not invitation.person.email)


def to_print(survey: Survey) -> QuerySet[Invitation]:
    """Return the invitations of people who are asked by name and have no address: their links are printed."""
    asked = survey.invitations.exclude(sealed_token="").exclude(person=None)
    return asked.filter(email="", person__email="").select_related("person").order_by("person__name", "pk")


def _codes(survey: Survey) -> QuerySet[Invitation]:
    return survey.invitations.filter(person=None, email="").exclude(sealed_token="")


def surveys_read(scope: Scope) -> Q:
    """Return which surveys may be read by who answers requests: of feedback on a person, their own alone."""
    return Q(about=None) | Q(about_id=scope.person_id)


def words_read(scope: Scope) -> Q:
    """Return the same of what was written in them."""
    return Q(survey__about=None) | Q(survey__about_id=scope.person_id)


def run_by(scope: Scope) -> list[Survey]:
    """Return the reader's own surveys that are not closed."""
    own = Survey.objects.filter(school_id=scope.school_id, run_by_id=scope.person_id)
    return list(own.exclude(state=State.CLOSED).order_by("closes_on", "pk")[:20])


def promised_by(scope: Scope, *, until: date) -> list[Promise]:
    """Return what the reader promised and is due by a day."""
    own = Promise.objects.filter(school_id=scope.school_id, owner_id=scope.person_id, kept_on=None)
    return list(own.filter(due_on__lte=until).order_by("due_on", "pk")[:20])


def closing_between(scope: Scope, since: date, until: date) -> list[Survey]:
    """Return the open surveys of the school, and of the reader, whose last day falls between two."""
    return list(_known(scope).filter(state=State.OPEN, closes_on__range=(since, until)).order_by("closes_on", "pk"))


def closed_since(scope: Scope, day: date) -> list[Survey]:
    """Return the surveys the reader knows of that closed on or after a day."""
    return list(_known(scope).filter(state=State.CLOSED, closed_on__gte=day).order_by("-closed_on", "-pk")[:10])


def kept_since(scope: Scope, day: date) -> list[Promise]:
    """Return the promises of the school kept on or after a day."""
    kept = Promise.objects.filter(school_id=scope.school_id, kept_on__gte=day)
    return list(kept.order_by("-kept_on", "-pk")[:10])
