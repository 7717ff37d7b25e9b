"""Letters to many at once, mailed by the worker: a slow mail server holds up nobody's page.

A letter's token is made when it is mailed and is kept nowhere else, so a letter tried again has a new one.
"""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.http import Http404
from django.tasks import task
from django.urls import reverse
from django.utils import timezone

from headship.core import background
from headship.core.scope import Scope
from headship.people import actions, documents
from headship.people.models import Post


def invite_all(*, by: Scope, at: datetime, posts: Sequence[Post], origin: str) -> None:
    """Invite who holds these posts, and have the worker mail each their letter. `origin` begins its address."""
    assert by.place is not None  # only pages of a place invite
    with transaction.atomic():
        for post in posts:
            invited = actions.invite_holder(by=by, at=at, post_id=post.pk)
            mail_letter.enqueue(invited.invitation.pk, by.account_id, by.place.key, origin)


@task
def mail_letter(invitation_id: int, account_id: int, urn: int, origin: str) -> None:
    """Mail one letter, unless its invitation was taken up or withdrawn meanwhile."""
    at = timezone.now()
    by = background.scope_of(account_id, at, "school", urn)
    assert by.place is not None  # a scope of a school
    try:
        invited = actions.renew_invitation(by=by, at=at, invitation_id=invitation_id)
    except Http404:
        return
    link = f"{origin}{reverse('invitation', kwargs={'token': invited.token})}"
    if not documents.send_letter(invited.invitation, link, by=by, place_name=by.place.name):
        raise background.NotMailed
