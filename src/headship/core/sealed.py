"""Short secrets of people, sealed before they are stored: whoever reads the database alone cannot use them.

The key comes from the secret key. After that was changed, what older keys sealed still opens while they are named.
"""

import base64

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.utils.crypto import salted_hmac

from headship.core.errors import Unusable

MARK = "sealed1:"
LOST = (
    "Your second step cannot be read with this server's secret key. Nothing was changed. "
    "Whoever keeps Headship running must put back the secret key of before, or name it among the old ones."
)


def seal(text: str) -> str:
    """Return a text so that only this installation's secret key opens it.

    >>> seal("JBSWY3DPEHPK3PXP").startswith("sealed1:gAAAA")
    True
    """
    return MARK + _keys().encrypt(text.encode()).decode()


def seal_undated(text: str) -> str:
    r"""Return a sealed text that does not tell when it was sealed, as the kind of seal otherwise does in plain sight.

    >>> import base64
    >>> base64.urlsafe_b64decode(seal_undated("said").removeprefix(MARK))[1:9]
    b'\x00\x00\x00\x00\x00\x00\x00\x00'
    """
    return MARK + _keys().encrypt_at_time(text.encode(), 0).decode()


def unseal(text: str) -> str:
    """Return what was sealed. Errors: Unusable where no key known here sealed it.

    >>> unseal(seal("JBSWY3DPEHPK3PXP"))
    'JBSWY3DPEHPK3PXP'
    """
    try:
        return _keys().decrypt(text.removeprefix(MARK).encode()).decode()
    except InvalidToken as fault:
        raise Unusable(LOST) from fault


def is_sealed(text: str) -> bool:
    """Whether a text was sealed.

    >>> is_sealed("JBSWY3DPEHPK3PXP"), is_sealed(seal(""))
    (False, True)
    """
    return text.startswith(MARK)


def _keys() -> MultiFernet:
    """Return the key of now, which seals, and the older ones, which only open."""
    secrets = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    made = (salted_hmac("headship.core.sealed", "key", secret=each, algorithm="sha256").digest() for each in secrets)
    return MultiFernet([Fernet(base64.urlsafe_b64encode(each)) for each in made])
