"""Reads of requests, passages decided, holds and erasures."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.shortcuts import get_object_or_404
from django.utils import timezone

from headship.core.roles import Role
from headship.core.scope import Scope
from headship.people import leavers
from headship.people.leavers import ERASED
from headship.people.models import Person, Post
from headship.privacy import gathering, rules
from headship.privacy.choices import Asked, Stage, State, Verdict
from headship.privacy.gathering import Decided, Gathered, Place, gather, subject_of
from headship.privacy.models import Erasure, KeepingTime, LegalHold, Passage, SubjectRequest
from headship.schools.models import School


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody who works here or did, with what they do or did."""

    person_id: int
    name: str
    words: str


def requests_here(scope: Scope) -> list[SubjectRequest]:
    """Return the requests at the scope's school, those to be answered first, by their day."""
    found = SubjectRequest.objects.filter(school_id=scope.school_id).select_related("person")
    return sorted(found, key=lambda each: (each.state != State.OPEN, each.due_on, each.pk))


def request_here(scope: Scope, request_id: int) -> SubjectRequest:
    """Return a request at the scope's school. Errors: Http404."""
    asked: SubjectRequest = get_object_or_404(
        SubjectRequest.objects.select_related("person", "noted_by", "closed_by", "drafts_by"),
        pk=request_id,
        school_id=scope.school_id,
    )
    return asked


def own_requests(scope: Scope) -> list[SubjectRequest]:
    """Return what the reader themself asked, at any school."""
    own = SubjectRequest.objects.filter(person_id=scope.person_id).select_related("school")
    return list(own.order_by("-received_on", "-pk"))


def own_schools(scope: Scope) -> list[School]:
    """Return the schools where the reader holds a post, or held one."""
    held = Post.objects.filter(person_id=scope.person_id)
    return list(School.objects.filter(pk__in=held.values("school")).order_by("name"))


def known_here(scope: Scope) -> list[Known]:
    """Return everybody who holds a post here or ever held one, once."""
    today = timezone.localdate(scope.at)
    found: dict[int, Known] = {}
    posts = Post.objects.filter(school_id=scope.school_id).exclude(person__name=ERASED).select_related("person")
    for post in posts.order_by("person__name", "-starts_on", "-pk"):
        left = f", until {post.ends_on:%Y}" if post.ends_on and post.ends_on < today else ""
        words = f"{post.title or Role(post.role).words}{left}"
        found.setdefault(post.person_id, Known(post.person_id, post.person.name, words))
    return list(found.values())


def person_here(scope: Scope, person_id: int) -> Person:
    """Return somebody who holds a post here or held one. Errors: Http404."""
    held = Post.objects.filter(school_id=scope.school_id).values("person")
    person: Person = get_object_or_404(Person.objects.filter(pk__in=held), pk=person_id)
    return person


def other_handlers(scope: Scope) -> bool:
    """Whether anybody but the reader may answer requests and approve deletions here today."""
    today = timezone.localdate(scope.at)
    running = Q(ends_on__isnull=True) | Q(ends_on__gte=today)
    held = Post.objects.filter(running, school_id=scope.school_id, starts_on__lte=today, role__in=rules.HANDLERS)
    return held.exclude(person_id=scope.person_id).exists()


def decided(scope: Scope, request_id: int) -> Mapping[Place, Decided]:
    """Return what was decided of a request's passages."""
    found = Passage.objects.filter(request_id=request_id, request__school_id=scope.school_id)
    return {
        (each.model, each.key, each.field): Decided(Verdict(each.verdict), each.words, each.fingerprint)
        for each in found
    }


def gathered(scope: Scope, asked: SubjectRequest) -> Gathered:
    """Return everything about the person of a request, as far as its passages are decided."""
    return gather(subject_of(asked.person, scope.school_id), scope.school_id, decided(scope, asked.pk), scope)


def held_drafts(scope: Scope, asked: SubjectRequest) -> int | None:
    """Count the drafts held back from the person of a request, for the officer who decides of them; no words."""
    if asked.asks != Asked.ACCESS or rules.decide_drafts(scope, asked.person_id):
        return None
    return gathering.held_drafts(gathering.subject_of(asked.person, asked.school_id), asked.school_id)


def hold_here(scope: Scope, hold_id: int) -> LegalHold:
    """Return a hold that was not lifted, at the scope's school. Errors: Http404."""
    held: LegalHold = get_object_or_404(LegalHold, pk=hold_id, school_id=scope.school_id, lifted_at=None)
    return held


def is_held(scope: Scope, person_id: int) -> bool:
    """Whether a hold on the school or on somebody stands."""
    running = Q(until__isnull=True) | Q(until__gte=timezone.localdate(scope.at))
    whose = Q(person__isnull=True) | Q(person_id=person_id)
    return LegalHold.objects.filter(running, whose, school_id=scope.school_id, lifted_at=None).exists()


def cannot_erase(scope: Scope, person_id: int) -> str | None:
    """Return why somebody's data may not be erased here now, or nothing. Errors: Http404 for a stranger."""
    person_here(scope, person_id)
    works_here = leavers.works_at(scope.school_id, person_id, timezone.localdate(scope.at))
    return rules.erase(held=is_held(scope, person_id), works_here=works_here)


def times_set(scope: Scope, model: str) -> list[KeepingTime]:
    """Return what the school set for one kind of row, newest first."""
    own = KeepingTime.objects.filter(school_id=scope.school_id, model=model).select_related("set_by")
    return list(own.order_by("-version"))


def erasures_here(scope: Scope) -> list[Erasure]:
    """Return the erasures of the scope's school, newest first; those that wait lead."""
    found = Erasure.objects.filter(school_id=scope.school_id).select_related("person", "prepared_by", "decided_by")
    return sorted(found, key=lambda each: (each.stage != Stage.PREPARED, -each.pk))


def erasure_here(scope: Scope, erasure_id: int) -> Erasure:
    """Return an erasure of the scope's school. Errors: Http404."""
    found: Erasure = get_object_or_404(
        Erasure.objects.select_related("person", "prepared_by", "decided_by"), pk=erasure_id, school_id=scope.school_id
    )
    return found


def waiting_counts(scope: Scope) -> tuple[list[tuple[int, date]], list[int]]:
    """Return the open requests (key, due day) and the erasures that wait at the scope's school."""
    asked = SubjectRequest.objects.filter(school_id=scope.school_id, state=State.OPEN).order_by("due_on", "pk")
    erasures = Erasure.objects.filter(school_id=scope.school_id, stage=Stage.PREPARED).order_by("pk")
    return list(asked.values_list("pk", "due_on")), list(erasures.values_list("pk", flat=True))
