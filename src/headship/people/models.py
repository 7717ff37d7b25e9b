"""People, their accounts, posts and relationships: the permission boundary."""

from collections.abc import Iterator
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from headship.core import classed
from headship.core.belonging import Belongs
from headship.core.roles import Role
from headship.schools.models import School, Trust


class Person(models.Model):
    """Somebody known to this installation. Their posts say where; their reflections stay theirs wherever they go.

    `email_since`: since when their address is this one, where it was changed.
    """

    belongs = Belongs(person="id", reached_by="people.Post.person")
    name = classed.personal(models.CharField(max_length=120))
    email = classed.personal(models.EmailField(blank=True))
    created_at = classed.personal(models.DateTimeField())
    email_since = classed.personal(models.DateTimeField(null=True))


class Account(AbstractBaseUser):
    """A way for a person to sign in, known by its e-mail address. Rights come from posts, never from the account."""

    belongs = Belongs(through="person")
    password = classed.personal(models.CharField(max_length=128))
    last_login = classed.personal(models.DateTimeField(null=True, blank=True))
    person = classed.personal(models.OneToOneField(Person, on_delete=models.PROTECT, related_name="account"))
    email = classed.personal(models.EmailField(unique=True))
    is_active = classed.personal(models.BooleanField(default=True))
    is_operator = classed.personal(models.BooleanField(default=False))
    seen_at = classed.personal(models.DateTimeField(null=True))
    sign_out_count = classed.personal(models.PositiveIntegerField(default=0))

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects = BaseUserManager["Account"]()

    def get_session_auth_hash(self) -> str:
        """Return what a session is sealed with: a new password, or signing out everywhere, breaks every seal."""
        return f"{super().get_session_auth_hash()}.{self.sign_out_count}"

    def get_session_auth_fallback_hash(self) -> Iterator[str]:
        """Yield the seals under older secret keys, so that changing the key signs nobody out."""
        yield from (f"{seal}.{self.sign_out_count}" for seal in super().get_session_auth_fallback_hash())

    @property
    def is_staff(self) -> bool:
        """Django's admin is not installed; nobody is its staff."""
        return False


class Post(models.Model):
    """A role held at a school or a trust between two dates. Whoever holds none has left. `reason`: why it changed."""

    belongs = Belongs(school="school", trust="trust", own="person")
    person = classed.personal(models.ForeignKey(Person, on_delete=models.CASCADE, related_name="posts"))
    school = classed.school(models.ForeignKey(School, null=True, on_delete=models.CASCADE, related_name="+"))
    trust = classed.school(models.ForeignKey(Trust, null=True, on_delete=models.CASCADE, related_name="+"))
    role = classed.personal(models.CharField(max_length=30, choices=[(role.value, role.words) for role in Role]))
    title = classed.personal(models.CharField(max_length=80, blank=True))
    starts_on = classed.personal(models.DateField())
    ends_on = classed.personal(models.DateField(null=True))
    reason = classed.personal(models.CharField(max_length=200, blank=True))

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(school__isnull=True) ^ models.Q(trust__isnull=True), name="people_post_at_one_place"
            ),
        )
        indexes = (models.Index(fields=["person", "starts_on"], name="people_post_of_person"),)

    @property
    def version(self) -> str:
        """What whoever ends it must have seen: the day it ends, so that nobody's day is written over unseen."""
        return str(self.ends_on)


class Relationship(models.Model):
    """One person's standing towards another at a school: line manager or coach.

    `holder` is the line manager (coach) of `about`. Rows of before 0007 name who appraised, too: none of them runs.
    """

    belongs = Belongs(school="school")
    school = classed.school(models.ForeignKey(School, on_delete=models.CASCADE, related_name="+"))
    kind = classed.personal(models.CharField(max_length=20))
    holder = classed.personal(models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+"))
    about = classed.personal(models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+"))
    starts_on = classed.personal(models.DateField())
    ends_on = classed.personal(models.DateField(null=True))

    @property
    def version(self) -> str:
        """What whoever ends it must have seen: the day it ends, so that nobody's day is written over unseen."""
        return str(self.ends_on)


class Invitation(models.Model):
    """A letter to somebody to take up a post here. Only the token's hash is kept; it works once and expires.

    `post` is the post it hands over where the school's staff list gave it already, to somebody without an account.
    """

    belongs = Belongs(school="school", trust="trust")
    school = classed.school(models.ForeignKey(School, null=True, on_delete=models.CASCADE, related_name="+"))
    trust = classed.school(models.ForeignKey(Trust, null=True, on_delete=models.CASCADE, related_name="+"))
    name = classed.personal(models.CharField(max_length=120))
    email = classed.personal(models.EmailField())
    role = classed.personal(models.CharField(max_length=30))
    title = classed.personal(models.CharField(max_length=80, blank=True))
    starts_on = classed.personal(models.DateField())
    token_hash = classed.personal(models.CharField(max_length=64, unique=True))
    invited_by = classed.personal(models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+"))
    invited_at = classed.personal(models.DateTimeField())
    expires_at = classed.personal(models.DateTimeField())
    accepted_at = classed.personal(models.DateTimeField(null=True))
    withdrawn_at = classed.personal(models.DateTimeField(null=True))
    post = classed.personal(models.ForeignKey(Post, null=True, on_delete=models.CASCADE, related_name="+"))


class RosterKey(models.Model):
    """By what key the school's own system knows somebody, so that its next list finds them again."""

    belongs = Belongs(school="school")
    school = classed.school(models.ForeignKey(School, on_delete=models.CASCADE, related_name="+"))
    key = classed.personal(models.CharField(max_length=200))
    person = classed.personal(models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+"))
    post = classed.personal(models.ForeignKey(Post, on_delete=models.CASCADE, related_name="+"))

    class Meta:
        constraints = (models.UniqueConstraint(fields=["school", "key", "post"], name="people_roster_key_once"),)


class Pupil(models.Model):
    """A pupil on roll, without a name: a keyed hash of the UPN, or of the school's own key where none was given."""

    belongs = Belongs(school="school")
    school = classed.school(models.ForeignKey(School, on_delete=models.CASCADE, related_name="+"))
    key_hash = classed.personal(models.CharField(max_length=64))
    year_group = classed.personal(models.CharField(max_length=20, blank=True))
    since = classed.personal(models.DateField())
    left_on = classed.personal(models.DateField(null=True))

    class Meta:
        constraints = (models.UniqueConstraint(fields=["school", "key_hash"], name="people_pupil_once"),)


class ApiToken(models.Model):
    """A token for a program that acts as a person with an account, no further than `permits` ("strategy:read") say.

    Only its hash is kept; `name` is what its maker calls it.
    """

    belongs = Belongs(person="person")
    person = classed.personal(models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+"))
    name = classed.personal(models.CharField(max_length=60))
    token_hash = classed.personal(models.CharField(max_length=64, unique=True))
    permits = classed.personal(models.JSONField(default=list))
    created_at = classed.personal(models.DateTimeField())
    expires_at = classed.personal(models.DateTimeField())
    used_at = classed.personal(models.DateTimeField(null=True))
    revoked_at = classed.personal(models.DateTimeField(null=True))
