"""What changes who is who: accounts, posts, invitations, relationships. Each asks its rule and is audited once."""

import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from allauth.account.models import EmailAddress
from django.contrib.sessions.models import Session
from django.db import IntegrityError, transaction
from django.db.models import Q

from headship.core import actions, belt, registry
from headship.core.actions import action
from headship.core.audit import Detail
from headship.core.errors import Refused, Stale, Unusable, require
from headship.core.pages import in_words
from headship.core.roles import BOARD, LEADERS, Role
from headship.core.scope import Scope
from headship.core.visibility import Visibility
from headship.people import devices, queries, rules
from headship.people.models import Account, Invitation, Person, Post, Relationship, RosterKey
from headship.schools.models import School, Trust

CHANGED = (
    "Somebody changed this while you were reading. Nothing of yours was saved: look at it as it is now, then decide."
)
LETTER_LASTS = timedelta(days=14)
LEADERSHIP = LEADERS | {Role.MIDDLE_LEADER}


@dataclass(frozen=True, slots=True)
class Invited:
    """An invitation, with the token that only its letter carries."""

    invitation: Invitation
    token: str


@action("people.open_account")
def open_account(  # noqa: PLR0913  # an account's parts, each named by its caller
    *, by: Scope, at: datetime, name: str, email: str, password: str | None, operator: bool = False
) -> Account:
    """Open an account for somebody new, without an invitation: set-up and the demonstration. Operators only."""
    require(None if by.operator else "Accounts are opened by accepting an invitation.")
    account = _new_account(name, email, password, at)
    if operator:
        account.is_operator = True
        account.save(update_fields=["is_operator"])
    actions.audit(f"people.Account:{account.pk}", detail=_who(account), operator=operator)
    return account


@action("people.appoint")
def appoint(  # noqa: PLR0913  # a post's parts, each named by its caller
    *, by: Scope, at: datetime, person_id: int, school_id: int, role: Role, starts_on: date, title: str = ""
) -> Post:
    """Give somebody who has an account a post at a school."""
    if by.place is not None and by.school_id != school_id:
        raise Refused("A post is given at the school you are in.")
    require(rules.grant(by, role))
    with belt.at_schools([school_id], because="operators, who are at no school, give it its first posts"):
        post = _take_up(by, person_id, school_id, None, role, starts_on, title)
    actions.audit(
        f"people.Post:{post.pk}", chain=school_id, person=person_id, role=str(role), starts_on=starts_on.isoformat()
    )
    return post


@action("people.invite")
def invite(  # noqa: PLR0913  # what a letter says, each named by its caller
    *, by: Scope, at: datetime, name: str, email: str, role: Role, starts_on: date, title: str = ""
) -> Invited:
    """Invite somebody to a post at the place the inviter is in."""
    require(rules.grant(by, role))
    place = by.place
    if place is None:
        raise Refused("Open the school you want to invite somebody to.")
    school_id, trust_id = (place.id, None) if place.kind == "school" else (None, place.id)
    return _invited(by, at, Invitation(school_id=school_id, trust_id=trust_id, name=name, email=email.lower(),
                                       role=role, title=title, starts_on=starts_on))  # fmt: skip


@action("people.invite_holder")
def invite_holder(*, by: Scope, at: datetime, post_id: int) -> Invited:
    """Invite whoever holds a post here by the school's staff list to sign in; the letter hands that post over."""
    post = queries.post_here(by, post_id)
    require(rules.grant(by, Role(post.role)) or rules.invite_holder(post, has_account=queries.has_account(by, post)))
    who = {"name": post.person.name, "email": post.person.email.lower(), "role": post.role, "title": post.title}
    return _invited(by, at, Invitation(school_id=post.school_id, starts_on=post.starts_on, post=post, **who))


@action("people.invite_to_school_of_trust")
def invite_to_school_of_trust(  # noqa: PLR0913  # what a letter says, each named by its caller
    *, by: Scope, at: datetime, school_id: int, name: str, email: str, role: Role, starts_on: date
) -> Invited:
    """Invite the headteacher or the chair of one of the trust's schools."""
    require(rules.grant_at_school_of_trust(by, role))
    if by.place is None or not School.objects.filter(pk=school_id, trust_id=by.place.id).exists():
        raise Refused("That school does not belong to your trust.")
    with belt.at_schools([school_id], because="a trust invites the head and the chair of its schools"):
        return _invited(by, at, Invitation(school_id=school_id, name=name, email=email.lower(), role=role,
                                           starts_on=starts_on))  # fmt: skip


def _require_none_open(at: datetime, asked: Invitation) -> None:
    """Refuse a second letter to the same address for the same post; a form sent twice writes one. Errors: Unusable."""
    places = School.objects if asked.school_id else Trust.objects
    places.select_for_update().filter(pk=asked.school_id or asked.trust_id or 0).get()  # one letter at a time
    same = ("school_id", "trust_id", "post_id", "name", "email", "role")
    alike = {each: getattr(asked, each) for each in same}
    if Invitation.objects.filter(**alike, accepted_at=None, withdrawn_at=None, expires_at__gt=at).exists():
        raise Unusable(
            f"{asked.email} has an open invitation to this post already. Nothing was sent: "
            "renew that one, or withdraw it first, on the page of people."
        )


def _invited(by: Scope, at: datetime, invitation: Invitation) -> Invited:
    _require_none_open(at, invitation)
    token = secrets.token_urlsafe(32)
    invitation.token_hash = queries.hash_of(token)
    invitation.invited_by_id, invitation.invited_at, invitation.expires_at = by.person_id, at, at + LETTER_LASTS
    invitation.save()
    if by.chain and Role(invitation.role) in BOARD:
        registry.record_evidence(
            kind="people.governor_invited",
            words=f"A {Role(invitation.role).words.lower()} was invited to join the governing board.",
            characteristics=("3.4",),
            occurred_on=at.date(),
            visibility=Visibility.GOVERNORS,
            source=f"people.Invitation:{invitation.pk}",
        )
    actions.audit(
        f"people.Invitation:{invitation.pk}",
        chain=invitation.school_id or 0,
        detail=Detail({"name": invitation.name, "email": invitation.email}),
        role=invitation.role,
    )
    return Invited(invitation, token)


@action("people.renew_invitation")
def renew_invitation(*, by: Scope, at: datetime, invitation_id: int) -> Invited:
    """Make a new letter for an invitation; the old letter's link stops working."""
    invitation = _locked_invitation(by, invitation_id)
    require(rules.withdraw_invitation(by, Role(invitation.role)))
    token = secrets.token_urlsafe(32)
    invitation.token_hash, invitation.expires_at = queries.hash_of(token), at + LETTER_LASTS
    invitation.save(update_fields=["token_hash", "expires_at"])
    actions.audit(f"people.Invitation:{invitation.pk}")
    return Invited(invitation, token)


@action("people.withdraw_invitation")
def withdraw_invitation(*, by: Scope, at: datetime, invitation_id: int) -> None:
    """Take an invitation back before it is taken up."""
    invitation = _locked_invitation(by, invitation_id)
    require(rules.withdraw_invitation(by, Role(invitation.role)))
    invitation.withdrawn_at = at
    invitation.save(update_fields=["withdrawn_at"])
    if by.chain and Role(invitation.role) in BOARD:
        registry.withdraw_evidence(source=f"people.Invitation:{invitation.pk}")
    actions.audit(f"people.Invitation:{invitation.pk}")


def _locked_invitation(by: Scope, invitation_id: int) -> Invitation:
    """Return an open invitation that nobody takes up meanwhile. Errors: Http404 where somebody has."""
    Invitation.objects.select_for_update().filter(pk=invitation_id).first()
    return queries.invitation_here(by, invitation_id)


@action("people.accept_invitation")
def accept_invitation(*, by: Scope, at: datetime, token: str, password: str) -> Account:
    """Take up an invitation with a new account. `by` is `queries.scope_of` the invitation."""
    invitation = _used_now(token, at)
    with belt.whole_installation(because="somebody new holds no post by which a school would know them"):
        person = Person.objects.get(pk=invitation.post.person_id) if invitation.post else None
        account = _new_account(invitation.name, invitation.email, password, at, person)
    _accepted(by, invitation, account)
    return account


@action("people.accept_invitation_signed_in")
def accept_invitation_signed_in(*, by: Scope, at: datetime, token: str, account_id: int) -> None:
    """Take up an invitation with the account that has its e-mail address. `by` is `queries.scope_of` the invitation."""
    with belt.whole_installation(because="whoever is invited holds no post here yet"):
        account = Account.objects.get(pk=account_id)
    invitation = _used_now(token, at)
    if account.email != invitation.email:
        raise Refused("This invitation is for another e-mail address. Sign in with the account of that address.")
    _accepted(by, invitation, account)


def _used_now(token: str, at: datetime) -> Invitation:
    """Use an invitation up: of two who try at once, one gets it."""
    invitation = queries.invitation_by(token, at=at)
    unused = Invitation.objects.filter(token_hash=queries.hash_of(token), accepted_at=None, withdrawn_at=None)
    if invitation is None or not unused.update(accepted_at=at):
        raise Stale("This invitation was used, withdrawn or is too old. Ask whoever invited you for a new one.")
    return invitation


def _accepted(by: Scope, invitation: Invitation, account: Account) -> None:
    role = Role(invitation.role)
    post = _handed_over(invitation, account) or _take_up(
        by, account.person_id, invitation.school_id, invitation.trust_id, role, invitation.starts_on, invitation.title
    )
    actions.audit(f"people.Invitation:{invitation.pk}", detail=_who(account), person=account.person_id, post=post.pk)


def _who(account: Account) -> Detail:
    """Return who an account is of, in the words the audit may keep until they are erased."""
    return Detail({"name": account.person.name, "email": account.email}, account.person_id)


def _handed_over(invitation: Invitation, account: Account) -> Post | None:
    """Hand over the post that a staff list gave to somebody without an account; who had one already keeps their person.

    What the list's person had goes to them, and that person goes.
    """
    post: Post | None = invitation.post
    if post is None or post.person_id == account.person_id:
        return post
    listed = Q(person_id=post.person_id)
    for model in (Post, RosterKey):
        model._default_manager.filter(listed).update(person_id=account.person_id)
    for side in ("holder_id", "about_id"):
        Relationship.objects.filter(**{side: post.person_id}).update(**{side: account.person_id})
    with belt.whole_installation(because="whoever lost their only post is known to no school"):
        Person.objects.filter(pk=post.person_id, account=None).delete()
    return post


def _new_account(  # an account's parts
    name: str, email: str, password: str | None, at: datetime, person: Person | None = None
) -> Account:
    """Make a person, unless known, and their account, with the address proved by the letter that reached it."""
    address = email.lower()
    person = person or Person.objects.create(name=name, email=address, created_at=at)
    account = Account(person=person, email=address)
    account.set_password(password)
    try:
        with transaction.atomic():
            account.save()
    except IntegrityError as taken:
        raise Unusable("There is an account with this e-mail address already. Sign in with it.") from taken
    EmailAddress.objects.create(user=account, email=address, verified=True, primary=True)
    return account


def _take_up(  # noqa: PLR0913, PLR0917  # a post has this many parts
    by: Scope, person_id: int, school_id: int | None, trust_id: int | None, role: Role, starts_on: date, title: str
) -> Post:
    post = Post.objects.create(
        person_id=person_id, school_id=school_id, trust_id=trust_id, role=role, title=title, starts_on=starts_on
    )
    if by.chain and role in LEADERSHIP:
        registry.record_evidence(
            kind="people.appointment",
            words=f"A {role.words.lower()} was appointed.",
            characteristics=("3.6",),
            occurred_on=starts_on,
            visibility=Visibility.STAFF,
            source=f"people.Post:{post.pk}",
        )
    return post


@action("people.end_post")
def end_post(*, by: Scope, at: datetime, post_id: int, ends_on: date, version: str) -> Post:
    """End a post on a date: its last day. The day after, it opens nothing. `version` is the one its reader saw."""
    post = _locked_post(by, post_id)
    require(rules.end_post(by, post))
    if post.version != version:
        raise Stale(CHANGED)
    if ends_on < post.starts_on:
        raise Unusable("A post cannot end before it started. Nothing was changed.")
    if post.ends_on and ends_on > post.ends_on:  # a longer post is a post given
        require(rules.grant(by, Role(post.role)))
    post.ends_on = ends_on
    post.save(update_fields=["ends_on"])
    actions.audit(f"people.Post:{post.pk}", ends_on=ends_on.isoformat())
    return post


@action("people.change_role")
def change_role(  # noqa: PLR0913  # a change's parts, each named by its caller
    *, by: Scope, at: datetime, post_id: int, role: Role, title: str, on: date, reason: str
) -> Post:
    """Turn a post into another from a date on, with the reason; the one before stays as history."""
    before = _locked_post(by, post_id)
    require(rules.change_role(by, before, role))
    if on <= before.starts_on:
        raise Unusable("The change must come after the day the post started. Nothing was changed.")
    if before.ends_on and on > before.ends_on:
        raise Unusable(f"This post ends on {in_words(before.ends_on)}, before that change. Nothing was changed.")
    ends_on = before.ends_on
    before.ends_on = on - timedelta(days=1)
    before.save(update_fields=["ends_on"])
    post = _take_up(by, before.person_id, before.school_id, before.trust_id, role, on, title)
    post.reason, post.ends_on = reason, ends_on
    post.save(update_fields=["reason", "ends_on"])
    actions.audit(
        f"people.Post:{post.pk}",
        detail=Detail({"title": title, "reason": reason}, post.person_id),
        before=before.pk,
        role=str(role),
        on=on.isoformat(),
    )
    return post


def _locked_post(by: Scope, post_id: int) -> Post:
    """Return a post that nobody else changes meanwhile: a form sent twice changes it once. Errors: Http404."""
    Post.objects.select_for_update().filter(pk=post_id).first()
    return queries.post_here(by, post_id)


@action("people.sign_out_elsewhere")
def sign_out_elsewhere(*, by: Scope, at: datetime) -> Account:
    """Break the seal of every session of one's own account; the caller seals the one in use anew."""
    account = Account.objects.select_for_update().get(pk=by.account_id)
    account.sign_out_count += 1
    account.save(update_fields=["sign_out_count"])
    actions.audit(f"people.Account:{account.pk}", sign_outs=account.sign_out_count)
    return account


@action("people.end_session")
def end_session(*, by: Scope, at: datetime, mark: str) -> None:
    """Sign one's own account out on one device. What is on its way there is lost, and cannot bring it back."""
    account = Account.objects.get(pk=by.account_id)
    require(None if devices.lasts(account, mark, at) else "Only you sign your own devices out.")
    Session.objects.filter(session_key=mark).delete()
    actions.audit(f"people.Account:{account.pk}")


@action("people.close_account")
def close_account(*, by: Scope, at: datetime, account_id: int) -> None:
    """Close an account: it signs in no more, and whoever is signed in with it is signed out."""
    require(
        None if by.operator else "Those who keep this installation running close accounts. At a school, end the post."
    )
    with belt.whole_installation(because="operators close any account of the installation"):
        account = Account.objects.select_for_update().get(pk=account_id)
        account.is_active = False
        account.sign_out_count += 1
        account.save(update_fields=["is_active", "sign_out_count"])
    actions.audit(f"people.Account:{account.pk}")
