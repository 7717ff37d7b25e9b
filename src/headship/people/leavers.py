"""People who have left: nobody's post runs for ever, and what is kept of a person counts from the last one's end."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from headship.core import belt
from headship.people.models import Account, Person, Post

ANYWHERE = "whoever works anywhere has not left, and keeps account and name"
ERASED = "Erased person"  # what stands where a name stood


def people_gone_by(school_id: int, day: date) -> list[int]:
    """Return those whose last post anywhere was at this school and had ended by a day, and who still have a name."""
    with belt.whole_installation(because=ANYWHERE):
        return list(_gone(school_id, day).exclude(name=ERASED).order_by("pk").values_list("pk", flat=True))


def accounts_gone_by(school_id: int, day: date) -> Iterable[int]:
    """Return the accounts of such people; an operator's stays, since it opens the installation and not a school."""
    with belt.whole_installation(because=ANYWHERE):
        gone = Account.objects.filter(person__in=_gone(school_id, day), is_operator=False)
        return list(gone.order_by("pk").values_list("pk", flat=True))


def works_elsewhere(school_id: int, person_id: int, today: date) -> bool:
    """Whether somebody holds a post, or will, at another school or a trust."""
    with belt.whole_installation(because=ANYWHERE):
        return _running(today).filter(person_id=person_id).exclude(school_id=school_id).exists()


def works_at(school_id: int, person_id: int, today: date) -> bool:
    """Whether somebody holds a post, or will, at a school."""
    return _running(today).filter(person_id=person_id, school_id=school_id).exists()


def _running(today: date) -> QuerySet[Post]:
    return Post.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=today))


def _gone(school_id: int, day: date) -> QuerySet[Person]:
    """Return people whose last post ended here by a day; of two schools the one left last answers."""
    outlasting = Post.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gt=OuterRef("ends_on")), person=OuterRef("person")
    )
    last = Post.objects.filter(~Exists(outlasting), school_id=school_id, ends_on__lte=day)
    return Person.objects.filter(pk__in=last.values("person"))
