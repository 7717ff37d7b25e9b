"""What Headship asks of django-allauth: no open sign-up, our rule of freshness, and a factor that cannot be lost."""

from typing import Any

from allauth.account import auth_backends
from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.http import HttpRequest
from django.utils import timezone

from headship.core import belt
from headship.core.sealed import seal, unseal
from headship.people import fresh, rules
from headship.people.models import Account

MISMATCH = "That e-mail address and password do not match an account. Check both and try again."
# Our pages say these themselves, by what they show.
UNSAID = {"account/messages/logged_in.txt", "account/messages/logged_out.txt"}


def name_of(account: Account) -> str:
    """Return the name of an account's person, for mails and passkeys."""
    return str(account.person.name)


class AuthenticationBackend(auth_backends.AuthenticationBackend):  # type: ignore[misc]  # allauth has no types
    """Finds accounts before any scope is known."""

    def get_user(self, user_id: int) -> Account | None:
        """Return the account a session is signed in with."""
        with belt.whole_installation(because="a session names its account before a scope is known"):
            found: Account | None = super().get_user(user_id)
        return found


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Accounts come from invitations and set-up alone."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": MISMATCH,
        "incorrect_password": "That is not your password. Try again.",
        "incorrect_code": "That code did not work. Wait for the next one and enter it.",
        "invalid_login": MISMATCH,
        "too_many_login_attempts": "Too many tries. Wait five minutes, then try again.",
        "invalid_password_reset": "This link was used already or is too old. Ask for a new one.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody signs up: somebody here invites them."""
        del request
        return False

    def is_reauthentication_required(self, *, app: str, **_: Any) -> bool:
        """Ask again for the second step once the last is ten minutes old, whatever it was given for."""
        del app
        return not fresh.is_fresh(context.request, timezone.now())

    def get_reauthentication_methods(self, user: Account) -> list[dict[str, Any]]:
        """Take the password for a sign only from those who have no second step yet."""
        methods: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        return [each for each in methods if each["id"] != "reauthenticate"] or methods

    def add_message(
        self, request: HttpRequest, level: int, message_template: str | None = None, *rest: Any, **named: Any
    ) -> None:
        """Leave out what a page says by itself."""
        if message_template not in UNSAID:
            super().add_message(request, level, message_template, *rest, **named)


class SocialAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]  # as above
    """An identity elsewhere signs in only to the account that has its verified e-mail address."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Lead an address nobody invited nowhere."""
        del request, sociallogin
        return False


class FactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # as above
    """Passkeys and authenticator apps, in plain words."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": "That code did not work. Wait for the next one and enter it.",
        "cannot_delete_authenticator": "This is your only second step. Set up another before you remove it.",
    }

    def encrypt(self, text: str) -> str:
        """Seal what an authenticator app or the recovery codes are made from."""
        return seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        """Open it again."""
        return unseal(encrypted_text)

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Keep one way to take the second step: a passkey or an authenticator app."""
        return rules.remove_second_step(authenticator) is None

    def generate_authenticator_name(self, user: Account, type: Authenticator.Type) -> str:  # noqa: A002  # allauth's own name
        """Suggest a name for a new passkey."""
        held = Authenticator.objects.filter(user_id=user.pk, type=type).count()
        return f"Passkey {held + 1}"
