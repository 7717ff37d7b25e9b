"""The secret key: without it nothing starts, nobody else reads it, and it is changed while people are signed in."""

import importlib
import os
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.apps import apps
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from headship.core import sealed
from headship.core.errors import Unusable
from headship.project import environment
from tests import cast

SECRET = "JBSWY3DPEHPK3PXP"
OLD, NEW = "o" * 50, "n" * 50


def start(folder: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """Start a command of Headship in a folder."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("HEADSHIP_")}
    command = [sys.executable, "-m", "headship", "check"]
    environment = kept | {"HEADSHIP_FOLDER": str(folder), **variables}
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def test_a_key_is_made_once_for_its_owner_alone(tmp_path: Path):
    kept = tmp_path / "secret-key"
    first = environment.secret("HEADSHIP_NO_SUCH", kept)
    assert (kept.stat().st_mode & 0o777, environment.secret("HEADSHIP_NO_SUCH", kept)) == (0o600, first)
    kept.chmod(0o640)
    with pytest.raises(ImproperlyConfigured, match="chmod 600"):
        environment.secret("HEADSHIP_NO_SUCH", kept)


@pytest.mark.parametrize(
    ("variables", "said"),
    [
        ({}, "The secret key of"),
        ({"HEADSHIP_SECRET_KEY": "short"}, "at least 40 characters"),
        ({"HEADSHIP_SECRET_KEY_FILE": "no-such"}, "which does not exist"),
        (
            {"HEADSHIP_DATABASE": "postgresql://x@127.0.0.1/x", "HEADSHIP_HOSTS": "a.example"},
            "is given its secret key, the same for all its processes",
        ),
    ],
)
def test_without_its_key_the_server_does_not_start(tmp_path: Path, variables: dict[str, str], said: str):
    (tmp_path / "headship.sqlite3").touch()
    ended = start(tmp_path, **variables)
    assert (ended.returncode != 0, said in ended.stderr, (tmp_path / "secret-key").exists()) == (True, True, False)


def test_what_is_sealed_opens_with_the_key_of_then_and_with_no_other(settings):
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = OLD, []
    kept = sealed.seal(SECRET)
    assert SECRET not in kept
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = NEW, [OLD]
    assert sealed.unseal(kept) == SECRET
    settings.SECRET_KEY_FALLBACKS = []
    with pytest.raises(Unusable, match="cannot be read with this server's secret key"):
        sealed.unseal(kept)
    with pytest.raises(Unusable):
        sealed.unseal(SECRET)


@pytest.mark.django_db
def test_apps_and_recovery_codes_are_stored_sealed():
    teacher = cast.build().accounts["teacher"]
    app = TOTP.activate(teacher, SECRET).instance
    assert sealed.unseal(app.data["secret"]) == SECRET
    assert SECRET not in str(Authenticator.objects.values_list("data", flat=True))


@pytest.mark.django_db
def test_what_was_stored_open_is_sealed_by_the_upgrade():
    accounts = cast.build().accounts
    told = {"totp": {"secret": SECRET}, "recovery_codes": {"seed": "abc", "used_mask": 5}}
    for kind, data in told.items():
        Authenticator.objects.create(user=accounts["teacher"], type=kind, data=data)
    migration = importlib.import_module("headship.people.migrations.0005_seal_second_steps")
    for _ in range(2):  # it may run twice
        migration.seal_all(apps, None)
    kept = {each.type: each.data for each in Authenticator.objects.all()}
    assert sealed.unseal(kept["totp"]["secret"]) == SECRET
    assert (sealed.unseal(kept["recovery_codes"]["seed"]), kept["recovery_codes"]["used_mask"]) == ("abc", 5)


@pytest.mark.django_db
def test_changing_the_key_signs_nobody_out_and_finishing_needs_the_old_one_no_more(tmp_path: Path, settings):
    settings.FOLDER, settings.SECRET_KEY = tmp_path, OLD
    (tmp_path / "secret-key").write_text(OLD)
    everybody = cast.build()
    client = everybody.client("teacher")
    TOTP.activate(everybody.accounts["teacher"], SECRET)
    call_command("rekey", stdout=StringIO())
    new = (tmp_path / "secret-key").read_text()
    assert (new != OLD, (tmp_path / "old-secret-keys").read_text()) == (True, f"{OLD}\n")
    assert {path.stat().st_mode & 0o777 for path in tmp_path.iterdir()} == {0o600}
    settings.SECRET_KEY = new
    settings.SECRET_KEY_FALLBACKS = environment.old_secrets("HEADSHIP_NO_SUCH", tmp_path / "old-secret-keys")
    assert client.get(reverse("account")).status_code == 200
    call_command("rekey", "--finish", stdout=StringIO())
    assert not (tmp_path / "old-secret-keys").exists()
    settings.SECRET_KEY_FALLBACKS = []
    assert sealed.unseal(Authenticator.objects.get().data["secret"]) == SECRET
    assert client.get(reverse("account")).status_code == 200


@pytest.mark.django_db
def test_a_key_lost_altogether_signs_out_and_says_what_to_do(settings):
    settings.SECRET_KEY = OLD
    everybody = cast.build()
    client = everybody.client("teacher")
    settings.SECRET_KEY = NEW
    assert client.get(reverse("account"))["Location"].startswith(reverse("account_login"))
    assert Client().get(reverse("account_login")).status_code == 200


def test_a_key_from_the_environment_is_changed_there(tmp_path: Path, settings):
    settings.FOLDER = tmp_path
    with pytest.raises(CommandError, match="comes from the environment"):
        call_command("rekey")
