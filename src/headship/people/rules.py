"""Rights over people, posts and accounts, each a refusal sentence or nothing."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet

from allauth.mfa.models import Authenticator
from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from headship.core.roles import BOARD, LEADERS, STAFF, Role
from headship.core.scope import Scope
from headship.people import sessions
from headship.people.choices import Kind
from headship.people.models import Account, Post

SECOND_STEPS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
TOKENS_MOST = 20

# Who may give which post. Nobody gives one that opens more than their own, but for one thing the law settles: the
# governing board, or the trust, appoints the headteacher. An administrator keeps accounts and cannot read content, so
# gives none: whoever could invite a teacher could invite themselves.
APPOINTED_BY_HEAD = frozenset({Role.ADMINISTRATOR, Role.AUTHORITY_LEADER, Role.DATA_PROTECTION_OFFICER})
SMALL_POSTS = frozenset({Role.TEACHER, Role.SUPPORT_STAFF, Role.OFFICE})
GRANTS: Mapping[str, frozenset[Role]] = {
    Role.HEADTEACHER: frozenset(STAFF - {Role.HEADTEACHER}) | APPOINTED_BY_HEAD,
    Role.SENIOR_LEADER: SMALL_POSTS | {Role.MIDDLE_LEADER},
    Role.OFFICE: SMALL_POSTS,
    Role.CHAIR: frozenset({Role.HEADTEACHER, Role.CHAIR, Role.GOVERNOR, Role.CLERK, Role.EXTERNAL_ADVISER}),
    Role.CLERK: frozenset({Role.GOVERNOR}),
}
OPERATOR_GRANTS = frozenset({Role.HEADTEACHER, Role.CHAIR, Role.ADMINISTRATOR})
TRUST_GRANTS = frozenset({Role.TRUST_LEADER})
TRUST_GRANTS_AT_SCHOOLS = frozenset({Role.HEADTEACHER, Role.CHAIR})
RELATES: Mapping[Kind, frozenset[Role]] = {
    Kind.LINE_MANAGER: frozenset({Role.HEADTEACHER, Role.SENIOR_LEADER}),
    Kind.COACH: frozenset({Role.HEADTEACHER, Role.SENIOR_LEADER}),
}


def detour(request: HttpRequest) -> str | None:
    """Return where an account without a second step must go first, or None.

    Every post shows names of colleagues at least, and an operator can let anybody in: they all take a second step.
    Whoever holds no post sees nothing but their own account. Once taken it is remembered in the session, so that
    other pages pay no query for it.
    """
    if request.session.get(sessions.FACTOR_SET) or sessions.is_demonstrated(request):
        return None
    if request.path.startswith(reverse("account_login")):
        return None
    account = request.user
    if not isinstance(account, Account) or not needs_second_step(account):
        return None
    if holds_second_step(account.pk):
        request.session[sessions.FACTOR_SET] = True
        return None
    return reverse("mfa_index")


def needs_second_step(account: Account) -> bool:
    """Whether an account can see anybody but its own person."""
    today = timezone.localdate()
    not_over = Q(ends_on__isnull=True) | Q(ends_on__gte=today)
    return account.is_operator or Post.objects.filter(not_over, person_id=account.person_id).exists()


def holds_second_step(account_id: int) -> bool:
    """Whether an account has a passkey or an authenticator app."""
    held: bool = Authenticator.objects.filter(user_id=account_id, type__in=SECOND_STEPS).exists()
    return held


def remove_second_step(held: Authenticator) -> str | None:
    """Whether a passkey or app may go: another must be left."""
    others = Authenticator.objects.filter(user_id=held.user_id, type__in=SECOND_STEPS).exclude(pk=held.pk)
    return None if others.exists() else "This is your only second step. Set up another, then remove this one."


def make_token(working: int) -> str | None:
    """Whether an account may have another token, beside those that work already."""
    if working < TOKENS_MOST:
        return None
    return f"You have {working} tokens that work. Revoke one that no program needs, then make another."


def grantable(scope: Scope) -> frozenset[Role]:
    """Return the posts this person may give at the place they are in (an operator also where they hold none)."""
    if scope.place is not None and scope.place.kind == "trust":
        return TRUST_GRANTS if scope.operator or scope.has(Role.TRUST_LEADER) else frozenset()
    given = frozenset[Role]().union(*(GRANTS.get(role, frozenset()) for role in scope.roles))
    return given | OPERATOR_GRANTS if scope.operator else given


def grant(scope: Scope, role: Role) -> str | None:
    """Whether this person may give this post here."""
    if role in grantable(scope):
        return None
    if role == Role.HEADTEACHER:
        return (
            "The headteacher's post is given by the chair of governors, a leader of the trust, or whoever keeps this "
            "installation running. Ask one of them to invite the headteacher."
        )
    if role == Role.CHAIR:
        return "The chair's post is given by the chair before, a leader of the trust, or an operator. Ask one of them."
    if role in BOARD | {Role.EXTERNAL_ADVISER}:
        return "Posts of the board are given by its chair; the governance professional may invite governors. Ask them."
    if role in LEADERS | APPOINTED_BY_HEAD:
        return f"The post of {role.words.lower()} is given by the headteacher. Ask them."
    return "Staff posts are given by the headteacher, a senior leader or the school office. Ask one of them."


def grant_at_school_of_trust(scope: Scope, role: Role) -> str | None:
    """Whether a leader of the trust may give this post at one of its schools."""
    if scope.has(Role.TRUST_LEADER) and role in TRUST_GRANTS_AT_SCHOOLS:
        return None
    return "The trust gives the headteacher's and the chair's posts at its schools. All others are given at the school."


def invite(scope: Scope) -> str | None:
    """Whether this person may invite anybody here at all."""
    if grantable(scope):
        return None
    return "The headteacher, senior leaders and the office invite staff; the chair invites governors. Ask one of them."


def bring_roster(scope: Scope) -> str | None:
    """Whether this person may bring the school's list of staff and pupils: who gives several staff posts."""
    if scope.place is not None and scope.place.kind == "school" and len(grantable(scope) & STAFF) > 1:
        return None
    return "Lists of staff and pupils are brought by the headteacher, a senior leader or the school office. Ask them."


def invite_holder(post: Post, *, has_account: bool) -> str | None:
    """Whether the holder of a post can be invited to sign in: nobody who can already, and only with an address."""
    if has_account:
        return "They can sign in already."
    return None if post.person.email else "The staff list gives no e-mail address for them. Invite them by hand."


def undo_roster(*, newer: bool, used: bool) -> str | None:
    """Whether a list taken in may be undone: nothing may rest on it yet."""
    if newer:
        return "A newer list was taken in since. Undo that one first."
    if used:
        return "People of this list were invited or have signed in since. End their posts one by one instead."
    return None


def end_post(scope: Scope, post: Post) -> str | None:
    """Whether this person may end a post here: who may give it may end it, an administrator any but two."""
    if post.person_id == scope.person_id:
        return "Nobody ends their own post. Ask whoever gave it to you."
    role = Role(post.role)
    if scope.has(Role.ADMINISTRATOR) and role not in {Role.HEADTEACHER, Role.CHAIR}:
        return None
    return grant(scope, role)


def change_role(scope: Scope, post: Post, role: Role) -> str | None:
    """Whether this person may turn a post into another: they must be able to give both."""
    if post.person_id == scope.person_id:
        return "Nobody changes their own post. Ask whoever gave it to you."
    return grant(scope, Role(post.role)) or grant(scope, role)


def withdraw_invitation(scope: Scope, role: Role) -> str | None:
    """Whether this person may take an invitation back, or send it again."""
    return None if scope.has(Role.ADMINISTRATOR) else grant(scope, role)


def named(scope: Scope) -> frozenset[Role]:
    """Return the posts whose holders this person sees by name; the others are counted.

    Staff, administrators and the data protection officer see everybody. The board sees itself, its adviser and the
    leaders: governors get counts, not names, of the staff they do not work with. Advisers and leaders above schools
    see figures only.
    """
    if scope.roles & (STAFF | {Role.ADMINISTRATOR, Role.DATA_PROTECTION_OFFICER}):
        return frozenset(Role)
    return frozenset(BOARD | LEADERS | {Role.EXTERNAL_ADVISER}) if scope.roles & BOARD else frozenset()


def see_person(scope: Scope, post: Post) -> str | None:
    """Whether this person may open somebody's post."""
    if Role(post.role) in named(scope) or post.person_id == scope.person_id:
        return None
    return "You see figures of this school, not names. Ask the headteacher if you need to know who holds this post."


def relate(scope: Scope, kind: Kind) -> str | None:
    """Whether this person may name, or end, a line manager or coach."""
    if scope.roles & RELATES[kind]:
        return None
    return f"The headteacher and senior leaders name a {kind.words.lower()}. Ask one of them."


def relatable(scope: Scope) -> tuple[Kind, ...]:
    """Return the relationships this person may name here."""
    return tuple(kind for kind in Kind if relate(scope, kind) is None)


def fits(kind: Kind, holder: AbstractSet[str], about: AbstractSet[str]) -> str | None:
    """Whether two people's posts at the school allow a relationship."""
    if not holder or not about:
        return "Both need a post at this school today. Invite them first."
    if not holder & STAFF or not about & STAFF:
        return f"A {kind.words.lower()} and the person they work with are both on the staff of this school."
    return None
