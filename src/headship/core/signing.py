"""The installation's own key for checkpoints. It lies in the data folder, or comes from the environment."""

import dataclasses
import functools
import hashlib
from collections.abc import Sequence

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings

from headship.core.verifier import Checkpoint


def public() -> str:
    """Return the public key as hexadecimal: what others check signatures with."""
    return _key(settings.HEADSHIP_CHECKPOINT_KEY).public_key().public_bytes_raw().hex()


def trusted() -> Sequence[str]:
    """Return the public keys whose checkpoints count here: ours, and those that whoever runs Headship named.

    >>> trusted()[0] == public()
    True
    """
    return [public(), *settings.HEADSHIP_EARLIER_CHECKPOINT_KEYS]


def signed(checkpoint: Checkpoint) -> Checkpoint:
    """Return a checkpoint with its signature."""
    made = _key(settings.HEADSHIP_CHECKPOINT_KEY).sign(checkpoint.signed)
    return dataclasses.replace(checkpoint, signature=made.hex())


@functools.lru_cache(maxsize=4)
def _key(secret: str) -> Ed25519PrivateKey:
    """Return the key that a secret text stands for: its hash is the seed, so that any long random text will do."""
    return Ed25519PrivateKey.from_private_bytes(hashlib.sha256(b"headship checkpoints\n" + secret.encode()).digest())
