"""Two servers that start at once do not both migrate; and letters can be tried from the command line."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assurance.survival import database_on

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def env(tmp_path):
    """Give the environment of an empty database of its own, on the kind of server this run uses."""
    ours = {**os.environ, "HEADSHIP_FOLDER": str(tmp_path)}
    if connection.vendor == "sqlite":
        yield {**ours, "HEADSHIP_DATABASE": f"sqlite://{tmp_path}/new.sqlite3"}
        return
    with database_on(os.environ["HEADSHIP_DATABASE"].rsplit("/", 1)[0] + "/postgres") as address:
        yield {**ours, "HEADSHIP_DATABASE": address}


def test_two_that_migrate_at_once_wait_for_one_another(env):
    command = [sys.executable, "-m", "headship", "migrate", "--verbosity=0"]
    running = [subprocess.Popen(command, cwd=ROOT, env=env, stderr=subprocess.PIPE, text=True) for _ in range(2)]
    ended = [(each.communicate(timeout=300)[1], each.returncode) for each in running]
    assert [code for _, code in ended] == [0, 0], ended


def test_a_letter_is_sent_to_try_the_mail_server(settings, capsys):
    settings.MAILERS = {"default": {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"}}
    call_command("mail_test", "it@school.example")
    (letter,) = mail.outbox
    assert (letter.to, letter.subject) == (["it@school.example"], "Headship: your mail works")
    assert "took a letter from" in capsys.readouterr().out


def test_without_a_mail_server_it_says_so(settings):
    settings.MAILERS = {"default": {"BACKEND": "django.core.mail.backends.console.EmailBackend"}}
    with pytest.raises(CommandError, match="No mail server is set"):
        call_command("mail_test", "it@school.example")


def test_a_mail_server_that_does_not_answer_is_told(settings):
    options = {"host": "127.0.0.1", "port": 9, "timeout": 3}
    settings.MAILERS = {"default": {"BACKEND": "django.core.mail.backends.smtp.EmailBackend", "OPTIONS": options}}
    with pytest.raises(CommandError, match="The mail server did not take it"):
        call_command("mail_test", "it@school.example")


def test_a_check_beside_a_writer_does_not_say_that_the_database_lacks_json(db):
    """Django asks for JSON in a transaction, which another writer holds off: no ground to refuse to migrate."""
    features = type(connection.features)(connection)
    with CaptureQueriesContext(connection) as asked:
        assert features.supports_json_field
    assert list(asked) == []
