"""Two people at one thing at the same moment: the second waits, and then finds what the first one left."""

import threading
from datetime import timedelta
from unittest import mock

import pytest
from django.db import connection, connections
from django.utils import timezone

from headship.core.errors import Stale
from headship.core.roles import Role
from headship.people import actions, queries
from headship.people.models import Invitation, Post
from tests import cast as everybody

HEAD_START = 0.5  # seconds in which the second could finish, if nothing made it wait


@pytest.fixture
def cast(transactional_db):
    """Build the cast for good: others see what a test commits alone."""
    return everybody.build()


def at_once(first, second, *, once_read):
    """Begin the second while the first has read (by a query of people) and not yet written; return what it raised.

    SQLite has one writer, so there the second comes after the first.
    """
    raised = []

    def run():
        try:
            second()
        except Stale as stale:
            raised.append(str(stale))
        finally:
            connections.close_all()

    other, read = threading.Thread(target=run), getattr(queries, once_read)

    def interrupted(*args, **kwargs):
        found = read(*args, **kwargs)
        if threading.current_thread() is not other and connection.vendor == "postgresql":
            other.start()
            other.join(HEAD_START)
        return found

    with mock.patch.object(queries, once_read, interrupted):
        first()
        if connection.vendor == "postgresql":
            other.join()
        else:
            run()
    return raised


def test_an_invitation_is_not_taken_up_while_it_is_withdrawn(cast):
    head, at = cast.scope("headteacher"), timezone.now()
    made = actions.invite(
        by=head, at=at, name="Uma New-Example", email="uma@people.example", role=Role.TEACHER, starts_on=at.date()
    )
    guest = queries.scope_of(made.invitation, at=at)
    raised = at_once(
        lambda: actions.withdraw_invitation(by=head, at=at, invitation_id=made.invitation.pk),
        lambda: actions.accept_invitation(by=guest, at=at, token=made.token, password="three random-words here"),
        once_read="invitation_here",
    )
    left = Invitation.objects.get()
    assert (left.withdrawn_at, left.accepted_at, len(raised)) == (at, None, 1)
    assert not Post.objects.filter(person__name="Uma New-Example").exists()


def test_of_two_who_end_a_post_the_second_is_told(cast):
    head, deputy, at = cast.scope("headteacher"), cast.scope("senior_leader"), timezone.now()
    post = Post.objects.get(person=cast.people["teacher"])
    days = [timezone.localdate() + timedelta(days=each) for each in (10, 20)]
    ends = [
        lambda by=by, day=day: actions.end_post(by=by, at=at, post_id=post.pk, ends_on=day, version=post.version)
        for by, day in zip((head, deputy), days, strict=True)
    ]
    assert at_once(*ends, once_read="post_here") == [actions.CHANGED]
    post.refresh_from_db()
    assert post.ends_on == days[0]
