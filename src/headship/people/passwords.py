"""How passwords are hashed: Argon2id with parameters of our own, so that an update of Django changes none unseen."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class Argon2(Argon2PasswordHasher):
    """100 MiB, twice through, eight lanes.

    More than the least that OWASP's Password Storage Cheat Sheet asks for (19 MiB, twice through, one lane, as others
    quote it; the sheet itself was not read). A password hashed with others is hashed anew at its owner's next sign-in.
    """

    time_cost = 2
    memory_cost = 102_400  # KiB
    parallelism = 8
