"""What ships for running it for real: read here, for there is no engine to build a container in every place.

Every file that is copied exists, every command that is called exists, nothing runs as root, nothing holds a secret.
"""

import configparser
import re
import shlex

import pytest
import yaml
from django.core.management import get_commands

from tests.house.source import ROOT

DEPLOY = ROOT / "deploy"
UNITS = sorted(DEPLOY.glob("*.service"))
CONTAINERFILE = (DEPLOY / "Containerfile").read_text()
COMPOSE = yaml.safe_load((DEPLOY / "compose.yaml").read_text())
OURS = ("migrate", "web", "worker")


def instructions(name):
    """Return what follows an instruction of the Containerfile, each time."""
    joined = CONTAINERFILE.replace("\\\n", " ")
    return re.findall(rf"^{name} (.*)$", joined, re.MULTILINE)


def is_command(words):
    """Say whether words call a command of ours."""
    return words[0].rpartition("/")[2] == "headship" and words[1] in get_commands()


def test_every_file_the_image_copies_exists():
    for line in instructions("COPY"):
        words = line.split()
        if words[0].startswith("--from"):
            continue
        for name in words[:-1]:
            assert (ROOT / name).exists(), f"COPY {name}: there is no such file."


def test_the_image_runs_our_server_as_nobody_special():
    (command,) = instructions("CMD")
    assert is_command(yaml.safe_load(command))
    (user,) = instructions("USER")
    assert user not in {"root", "0"}
    assert CONTAINERFILE.index("\nUSER ") < CONTAINERFILE.index("\nCMD ")
    assert "--require-hashes" in CONTAINERFILE


def test_the_image_is_built_from_one_named_version():
    images = [line.split()[0] for line in instructions("FROM")]
    assert len(set(images)) == 1
    assert not images[0].endswith(":latest")
    assert ":" in images[0]


@pytest.mark.parametrize("name", ["Containerfile", "compose.yaml", *(unit.name for unit in UNITS)])
def test_nothing_holds_a_secret(name):
    text = (DEPLOY / name).read_text()
    assert not re.search(r"(?i)(password|token|secret_key|key)\s*[:=]\s*['\"]?[A-Za-z0-9+/]{12,}", text)
    assert "postgresql://" not in text


@pytest.mark.parametrize("name", OURS)
def test_the_services_of_compose_run_commands_that_exist(name):
    service = COMPOSE["services"][name]
    assert is_command(service["command"])
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert (ROOT / service["build"]["dockerfile"]).exists()


def test_compose_serves_without_a_worker_and_works_beside_it():
    assert "--no-worker" in COMPOSE["services"]["web"]["command"]
    assert COMPOSE["services"]["worker"]["command"][1] == "work"
    assert COMPOSE["services"]["worker"]["depends_on"].keys() == {"migrate"}
    assert "web" not in COMPOSE["services"]["worker"]["depends_on"], "A web that misses its worker would wait for it."


def test_secrets_come_by_file_from_a_folder_that_is_not_kept():
    settings = COMPOSE["services"]["web"]["environment"]
    read = (ROOT / "src/headship/project/settings.py").read_text()
    for name, value in settings.items():
        assert name.removesuffix("_FILE") in read
        if name.endswith("_FILE"):
            assert value.removeprefix("/run/secrets/") in COMPOSE["secrets"]
    for service in COMPOSE["services"].values():
        assert set(service.get("secrets", ())) <= set(COMPOSE["secrets"])
    assert all(each["file"].startswith("./secrets/") for each in COMPOSE["secrets"].values())
    assert "deploy/secrets/" in (ROOT / ".gitignore").read_text()


def test_the_application_is_no_superuser_and_never_holds_the_owners_password():
    assert "POSTGRES_USER" not in COMPOSE["services"]["postgres"]["environment"]  # it would be a superuser
    assert (DEPLOY / "roles.sh").read_text().count("NOSUPERUSER NOBYPASSRLS") == 1
    for name in ("web", "worker"):
        assert "database_owner" not in COMPOSE["services"][name]["secrets"]
    assert "database_owner" in COMPOSE["services"]["migrate"]["secrets"]


def test_the_database_is_reached_from_inside_alone():
    assert COMPOSE["services"]["postgres"]["networks"] == ["inside"]
    assert COMPOSE["networks"]["inside"] == {"internal": True}
    assert "ports" not in COMPOSE["services"]["postgres"]
    assert "ports" not in COMPOSE["services"]["web"]


@pytest.mark.parametrize("unit", [pytest.param(unit, id=unit.name) for unit in UNITS])
def test_units_run_commands_that_exist_as_nobody_special(unit):
    read = configparser.ConfigParser(strict=False, interpolation=None)
    read.optionxform = str
    read.read_string(unit.read_text())
    words = shlex.split(read["Service"]["ExecStart"])
    assert words[0].endswith("/headship")
    assert words[1] in {*get_commands(), "backup"}
    assert read["Service"]["User"] == "headship"
    assert (read["Service"]["ProtectSystem"], read["Service"]["NoNewPrivileges"]) == ("strict", "yes")


def test_the_timer_starts_a_unit_that_exists():
    assert (DEPLOY / "headship-backup.timer").exists()
    assert (DEPLOY / "headship-backup.service").exists()


def test_the_proxy_hides_the_figures_and_asks_only_whether_headship_lives():
    caddy = (DEPLOY / "Caddyfile").read_text()
    assert "respond /metrics 404" in caddy
    assert "health_uri /health" in caddy
