"""The restore drill: an installation is backed up while it is written to, spoiled, restored, and compared row by row.

The long run, 20 backups and 200 flipped bits on each database, is row h of `make assurance`.
"""

import fcntl
import os
import re
import time
from contextlib import contextmanager
from datetime import datetime, timedelta

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone

from assurance.drill import KEY, Installation
from assurance.survival import database_on
from headship.core import readiness
from headship.core.errors import Refused, Unusable
from headship.core.models import AuditEvent
from headship.core.scope import installation_scope
from headship.project import actions
from headship.project.actions import BackedUp
from headship.project.backups import archive, filling, keeping, making, places
from headship.project.models import Backup
from tests import cast as everybody


@pytest.fixture
def cast(db):
    return everybody.build()


@pytest.fixture(scope="module")
def installation(tmp_path_factory, django_db_setup):
    """Give an installation on the kind of database of this run, with one uploaded file."""
    folder = tmp_path_factory.mktemp("drill")
    upload = folder / "files" / "letters" / "a.pdf"
    upload.parent.mkdir(parents=True)
    upload.write_bytes(b"%PDF of a letter" * 1000)
    if "sqlite" in settings.DATABASES["default"]["ENGINE"]:
        yield prepared(Installation(folder, f"sqlite://{folder}/headship.sqlite3"))
        return
    with database_on(os.environ["HEADSHIP_DATABASE"].rsplit("/", 1)[0] + "/postgres") as address:
        yield prepared(Installation(folder, address))


def prepared(installation):
    installation.prepare()
    return installation


@pytest.fixture(scope="module")
def backup(installation, tmp_path_factory):
    """Give a backup made while decisions were being noted, and what had been acknowledged before it began."""
    with installation.writing() as told:
        time.sleep(0.3)
        acknowledged = {int(each) for each in told.read_text().split("\n")[:-1]}
        path = installation.back_up(tmp_path_factory.mktemp("backups"))
    return path, acknowledged


def test_the_restore_drill(installation, backup):
    path, acknowledged = backup
    told = making.verify(path, KEY)
    upload = installation.folder / "files" / "letters" / "a.pdf"
    upload.write_bytes(b"spoiled")
    done = installation.headship("restore", str(path))
    assert done.returncode == 0, done.stderr
    assert "is restored" in done.stdout
    assert "What stood here before is kept as" in done.stdout
    assert "key that pupils are found by" not in done.stdout
    tables = {f"tables/{name}": rows for name, rows in installation.digests().items()}
    backed_up = {name: (part.rows, part.sha256) for name, part in told.parts.items() if part.rows is not None}
    assert tables == backed_up
    found = installation.found()
    assert found["faults"] == []
    assert acknowledged <= set(found["decisions"])
    assert upload.read_bytes() == b"%PDF of a letter" * 1000


def test_a_backup_holds_what_is_needed_and_no_key(backup):
    path, _ = backup
    told = making.verify(path, KEY)
    assert {"tables/people_person", "tables/core_auditevent"} <= set(told.parts)
    assert [name for name in told.parts if name.startswith("files/")] == ["files/letters/a.pdf"]
    assert path.stat().st_mode & 0o077 == 0, "Others on the machine may read the backup."


def test_nothing_is_replaced_under_a_running_server_or_with_another_key(installation, backup):
    path, _ = backup
    with (installation.folder / "running").open("w") as mark:
        fcntl.flock(mark, fcntl.LOCK_SH)  # as a server does
        before = sorted(each.name for each in installation.folder.iterdir())
        done = installation.headship("restore", str(path))
    assert (done.returncode, "Headship is running here. Stop it first" in done.stderr) == (1, True)
    done = installation.headship("restore", str(path), key="another passphrase of drills")
    assert (done.returncode, "not the key it was made with" in done.stderr) == (1, True)
    assert sorted(each.name for each in installation.folder.iterdir()) == before


@pytest.fixture
def own_folder(tmp_path, settings):
    settings.FOLDER = tmp_path
    return tmp_path


def test_a_server_says_that_it_runs(own_folder):
    if connection.vendor != "sqlite":
        return  # there anybody else's connection counts too, and the tests have some
    assert not places.is_running()
    if (child := os.fork()) == 0:
        places.note_running()
        (own_folder / "noted").touch()
        time.sleep(60)
        os._exit(0)
    try:
        until = time.monotonic() + 20
        while not (own_folder / "noted").exists() and time.monotonic() < until:
            time.sleep(0.01)
        assert places.is_running()
    finally:
        os.kill(child, 9)
        os.waitpid(child, 0)
    assert not places.is_running(), "A killed server left a mark."


def named(folder, *moments):
    for each in moments:
        (folder / f"headship-{each}.backup").touch()


def test_old_backups_go_and_nothing_else(tmp_path):
    named(tmp_path, "20260901T010000Z", "20260902T010000Z", "20260902T010000Z-1", "20260903T010000Z")
    (tmp_path / "headship-notes.backup").touch()
    (tmp_path / "headship-20200101T010000Z.backup.txt").touch()
    assert [each.name for each in making.let_go(tmp_path, keep=0)] == []
    assert [each.name for each in making.let_go(tmp_path, keep=3)] == ["headship-20260901T010000Z.backup"]
    assert len(list(tmp_path.iterdir())) == 5


def manifest(**other):
    told = {
        "version": "9.9",
        "made_at": "",
        "database": "SQLite",
        "migrations": [],
        "chains": {},
        "sequences": {},
        "pupil_key": "",
    }
    return archive.Manifest(**{**told, **other})


@pytest.mark.django_db
def test_a_backup_of_a_newer_headship_is_refused():
    with pytest.raises(Unusable, match=r"newer Headship \(9.9\).*strategy.9999_later.*Update Headship first"):
        filling.last_of_each(manifest(migrations=[["strategy", "9999_later"]]))


@pytest.mark.django_db
def test_an_older_backup_goes_to_its_own_tables_first():
    made = [["core", "0001_chain_and_imports"]]
    names = {name for _, name in filling.last_of_each(manifest(migrations=made))}
    assert names == {"0001_chain_and_imports"}


@pytest.mark.parametrize("name", ["../secret-key", "/etc/passwd", "files/../../x", "tables/../x", "elsewhere/x"])
def test_a_part_cannot_lead_elsewhere(name):
    with pytest.raises(Unusable, match=r"leads elsewhere"):
        archive._safe(name)


def test_without_a_key_or_with_a_poor_one_it_says_what_to_do(settings, tmp_path):
    with pytest.raises(Unusable, match=r"There is no backup key.*--make-key"):
        making.key_from("")
    with pytest.raises(Unusable, match=r"cannot be read: No such file"):
        making.key_from(str(tmp_path / "none"))
    (tmp_path / "key").write_text("short\n")
    with pytest.raises(Unusable, match=r"too short"):
        making.key_from(str(tmp_path / "key"))
    settings.HEADSHIP_BACKUP_KEY = KEY
    assert making.key_from("") == KEY


@pytest.mark.django_db
def test_a_failed_backup_is_noted_and_told(tmp_path, cast):
    (tmp_path / "file").touch()
    with pytest.raises(OSError, match=r"File exists|Not a directory"):
        keeping.back_up(tmp_path / "file", KEY, keep=0, at=timezone.now())
    assert "File exists" in keeping.trouble(timezone.now()) or "Not a directory" in keeping.trouble(timezone.now())
    page = cast.client("operator").get("/backups/").content.decode()
    assert "No backup ever succeeded" in page


@pytest.mark.django_db
def test_operators_see_the_last_backup_and_when_it_is_missed(cast, settings):
    client = cast.client("operator")
    assert "There is no backup yet." in client.get("/backups/").content.decode()
    at = timezone.now()
    note(at, "headship-1.backup", size=1_500_000)
    page = client.get("/backups/").content.decode()
    assert "There is no backup yet." not in page
    assert "headship-1.backup" in page
    assert "1.4\xa0MB" in page
    assert keeping.trouble(at) == ""
    assert keeping.trouble(at + timedelta(days=3)) == "The last backup is 3 days old."
    settings.HEADSHIP_BACKUP_FOLDER, settings.HEADSHIP_BACKUP_KEY = "/mnt/backups", KEY
    assert "One is made each night in /mnt/backups. The newest 30 are kept." in client.get("/backups/").content.decode()


@pytest.mark.django_db
def test_readiness_tells_of_backups_that_came_to_nothing_for_days(settings):
    at = timezone.now()
    settings.HEADSHIP_BACKUP_FOLDER, settings.HEADSHIP_BACKUP_KEY = "/mnt/backups", KEY
    assert keeping.not_ready(at) == "", "a new installation is not kept from starting"
    note(at, "headship-1.backup")
    note(at + timedelta(days=1), "", fault="The disk is full.")
    assert keeping.not_ready(at + timedelta(days=1)) == "", "one bad night shuts nobody out"
    later = at + timedelta(days=3)
    assert dict(readiness.faults(later))["backups"] == "The last backup failed: The disk is full."
    settings.HEADSHIP_BACKUP_FOLDER = ""
    assert keeping.not_ready(later) == ""


@pytest.mark.django_db
def test_operators_find_their_pages_from_their_own_and_nobody_else_is_shown_them(cast):
    own = ("/imports/", "/exchange/import/", "/background/", "/backups/")
    operator, teacher = cast.client("operator"), cast.client("teacher")
    for page in ("/places/", "/account/"):
        told = operator.get(page).content.decode()
        assert [each for each in own if f'href="{each}"' not in told] == []
        told = teacher.get(page).content.decode()
        assert [each for each in own if f'href="{each}"' in told] == []
    assert 'href="/backups/"' in operator.get("/background/").content.decode()


def note(at, name, **more):
    tried = BackedUp("/mnt/backups", name, sha256="ab" * 32, **more)
    return actions.note_backup(by=installation_scope(at), at=at, tried=tried)


@pytest.mark.django_db
def test_a_backup_verified_again_is_noted(cast):
    at = datetime(2026, 9, 1, tzinfo=timezone.get_current_timezone())
    note(at, "headship-1.backup")
    later = at + timedelta(days=7)
    by = installation_scope(later)
    assert actions.note_verified_backup(by=by, at=later, name="headship-1.backup", sha256="ab" * 32)
    assert not actions.note_verified_backup(by=by, at=later, name="headship-2.backup", sha256="ab" * 32)
    assert Backup.objects.get().verified_at == later
    assert AuditEvent.objects.filter(chain=0, action="project.note_verified_backup").count() == 2


@pytest.mark.django_db
def test_only_operators_note_backups(cast):
    scope = cast.scope("headteacher")
    with pytest.raises(Refused, match=r"keep this installation running"):
        actions.note_backup(by=scope, at=scope.at, tried=BackedUp("/mnt"))
    with pytest.raises(Refused, match=r"keep this installation running"):
        actions.note_verified_backup(by=scope, at=scope.at, name="", sha256="")


def test_the_nightly_backup_waits_until_it_is_set_up():
    assert keeping.nightly(timezone.now()) == keeping.NOT_CONFIGURED


def test_a_key_is_made_once_and_for_its_owner_alone(tmp_path, capsys):
    from django.core.management import CommandError, call_command

    path = tmp_path / "key"
    call_command("backup", make_key=str(path))
    assert len(path.read_text().strip()) == 43
    assert path.stat().st_mode & 0o777 == 0o600
    with pytest.raises(CommandError, match=r"File exists"):
        call_command("backup", make_key=str(path))


SIGN = """
from django.utils import timezone
from headship.core import audit, belt
with belt.whole_installation(because="a test signs"):
    print(audit.sign_all(timezone.now()))
"""


def test_on_a_new_machine_a_backup_is_restored_and_its_lost_key_is_named(installation, tmp_path, monkeypatch):
    """Only the backup and its passphrase are left: the new machine has a signing key of its own."""
    assert "checkpoints signed" in installation.headship("shell", "-v", "0", "-c", SIGN).stdout
    path = installation.back_up(tmp_path / "backups")
    folder = tmp_path / "new"
    folder.mkdir()
    with other_database(folder) as address:
        new = Installation(folder, address)
        done = new.headship("restore", str(path))
        assert done.returncode == 0, done.stderr
        named = re.search(r"HEADSHIP_EARLIER_CHECKPOINT_KEYS=([0-9a-f]{64})\n", done.stdout)
        assert named, done.stdout
        assert "was signed by another key" in new.headship("verify").stdout
        monkeypatch.setenv("HEADSHIP_EARLIER_CHECKPOINT_KEYS", named[1])
        assert new.headship("verify").returncode == 0


@contextmanager
def other_database(folder):
    if connection.vendor == "sqlite":
        yield f"sqlite://{folder}/headship.sqlite3"
        return
    with database_on(os.environ["HEADSHIP_DATABASE"].rsplit("/", 1)[0] + "/postgres", "new") as address:
        yield address
