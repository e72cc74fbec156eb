"""What an installation is started from: Compose, Dockerfile, Procfile, .env.example."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
NEEDED_BY_COMPOSE = ["POSTGRES_PASSWORD", "POSTGRES_APP_PASSWORD", "SEAL_KEY"]
OF_THE_PROCESSES = {"PORT", "WEB_CONCURRENCY"}  # read by gunicorn, not by settings.py

pytestmark = pytest.mark.once


def procfile(name="Procfile"):
    """The processes of a Procfile: {name: command}."""
    return dict(line.split(": ", 1) for line in (ROOT / name).read_text().splitlines())


@pytest.fixture
def compose():
    return yaml.safe_load((ROOT / "docker-compose.yml").read_text())


@pytest.fixture
def installation(tmp_path):
    """A directory as a newcomer has it: the Compose file, and .env copied from the example."""
    for name in ("docker-compose.yml", "Dockerfile"):
        (tmp_path / name).write_text((ROOT / name).read_text())
    filled = (ROOT / ".env.example").read_text()
    for name in NEEDED_BY_COMPOSE:
        filled = filled.replace(f"{name}=", f"{name}=secret")
    (tmp_path / ".env").write_text(filled)
    return tmp_path


def ask_compose(directory):
    clean = {"PATH": os.environ["PATH"], "HOME": str(directory)}
    command = [BIN / "docker-compose", "config", "--quiet"]
    return subprocess.run(command, cwd=directory, env=clean, capture_output=True, text=True, check=False)


def test_compose_takes_the_file(installation):
    done = ask_compose(installation)

    assert (done.returncode, done.stderr) == (0, "")


def test_compose_refuses_a_broken_file(installation):
    file = installation / "docker-compose.yml"
    file.write_text(file.read_text().replace("service_healthy", "service_happy"))

    assert ask_compose(installation).returncode != 0


@pytest.mark.parametrize("name", NEEDED_BY_COMPOSE)
def test_compose_refuses_to_start_without_a_secret(installation, name):
    file = installation / ".env"
    file.write_text(file.read_text().replace(f"{name}=secret", f"{name}="))

    done = ask_compose(installation)

    assert done.returncode != 0
    assert name in done.stderr


def test_compose_runs_what_the_procfile_runs(compose):
    services = compose["services"]

    assert {name: services[name]["command"] for name in procfile()} == procfile()


def test_the_image_starts_the_web_process():
    command = re.search(r"^CMD \[(.+)\]$", (ROOT / "Dockerfile").read_text(), re.MULTILINE)[1]

    assert re.findall(r'"([^"]+)"', command) == procfile()["web"].split()


def test_only_the_migrations_run_as_the_owner_of_the_tables(compose):
    told = {name: compose["services"][name]["environment"] for name in (*procfile(), "migrate")}
    users = {name: words["DATABASE_URL"].split("/")[2].split(":")[0] for name, words in told.items()}

    assert users == dict.fromkeys(procfile(), "srijan_app") | {"migrate": "srijan"}
    assert {words["POSTGRES_PASSWORD"] for words in told.values()} == {""}  # no process is told more than its own
    assert compose["services"]["migrate"]["command"].endswith('manage.py grant_roles --role srijan_app"')


def test_everything_waits_for_the_migrations_and_says_how_it_is(compose):
    services = compose["services"]

    for name in procfile():
        assert services[name]["depends_on"]["migrate"] == {"condition": "service_completed_successfully"}
    assert [name for name, service in services.items() if "healthcheck" not in service] == ["migrate"]


def test_the_broker_refuses_rather_than_forgets(compose):
    assert "--appendonly yes" in compose["services"]["broker"]["command"]
    assert "--maxmemory-policy noeviction" in compose["services"]["broker"]["command"]


def test_what_must_survive_lies_on_a_volume(compose):
    kept = {volume.split(":")[0] for service in compose["services"].values() for volume in service.get("volumes", [])}

    assert kept == set(compose["volumes"]) == {"database", "broker", "media"}


def test_hadolint_has_nothing_to_say_about_the_dockerfile():
    command = [BIN / "hadolint", "Dockerfile"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)

    assert (done.stdout, done.returncode) == ("", 0)


def test_env_example_lists_every_setting_and_no_other():
    listed = re.findall(r"^(?:# )?([A-Z][A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE)
    settings = set(re.findall(r'\benv(?:\.\w+)?\(\s*"([A-Z_]+)"', (ROOT / "portal/settings.py").read_text()))
    asked_by_compose = set(re.findall(r"\$\{([A-Z_]+)", (ROOT / "docker-compose.yml").read_text()))

    assert sorted(listed) == sorted(settings | asked_by_compose | OF_THE_PROCESSES)
