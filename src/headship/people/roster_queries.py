"""Reads about the lists of staff and pupils that were brought."""

from collections.abc import Sequence

from django.db.models import Count, Q
from django.shortcuts import get_object_or_404
from django.utils import timezone

from headship.core.models import ImportBatch
from headship.core.scope import Scope
from headship.people.models import Account, Invitation, Post, Pupil
from headship.people.roster_actions import IMPORTER


def lists_here(scope: Scope) -> list[ImportBatch]:
    """Return the lists brought to the scope's school, newest first, without their contents."""
    held = ImportBatch.objects.filter(chain=scope.school_id, importer=IMPORTER)
    return list(held.defer("staged").order_by("-pk")[:20])


def list_here(scope: Scope, batch_id: int) -> ImportBatch:
    """Return a list brought to the scope's school. Errors: Http404."""
    found: ImportBatch = get_object_or_404(ImportBatch, chain=scope.school_id, importer=IMPORTER, pk=batch_id)
    return found


def remembered(scope: Scope, headings: Sequence[str]) -> dict[str, str]:
    """Return the columns chosen for the last list with these headings, or nothing."""
    for batch in lists_here(scope):
        if batch.summary.get("headings") == list(headings) and batch.summary.get("mapping"):
            mapping: dict[str, str] = batch.summary["mapping"]
            return mapping
    return {}


def remembered_posts(scope: Scope) -> dict[str, str]:
    """Return the post chosen for each role word in the lists before."""
    found: dict[str, str] = {}
    for batch in reversed(lists_here(scope)):
        found.update(batch.summary.get("choices", {}).get("posts", {}))
    return found


def year_groups(scope: Scope) -> list[tuple[str, int]]:
    """Return how many pupils are on roll here in each year group."""
    on_roll = Pupil.objects.filter(school_id=scope.school_id, left_on=None)
    return list(on_roll.values_list("year_group").annotate(Count("pk")).order_by("year_group"))


def without_account(scope: Scope) -> list[Post]:
    """Return the posts here whose holders cannot sign in yet, have an e-mail address, and were not invited."""
    today = timezone.localdate(scope.at)
    running = Post.objects.filter(Q(ends_on=None) | Q(ends_on__gte=today), school_id=scope.school_id)
    accounts = Account.objects.filter(person__posts__school_id=scope.school_id).values("person_id")
    letters = Invitation.objects.filter(post__in=running, accepted_at=None, withdrawn_at=None).values("post_id")
    waiting = running.exclude(person_id__in=accounts).exclude(pk__in=letters)
    return list(waiting.exclude(person__email="").select_related("person").order_by("person__name", "pk"))
