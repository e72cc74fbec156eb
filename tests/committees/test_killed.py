"""The import of all booths is killed on its way: nothing of it is there, and run again it gives what one run does."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from tests import migrated
from tests.committees.test_scale import state_file

pytestmark = pytest.mark.soak

ROOT = Path(__file__).resolve().parents[2]
PARTS = (0.3, 0.6, 0.9)  # of the way
DIGEST = """
from hashlib import sha256
from committees.models import Unit
digest, count = sha256(), 0
left_out = {"id", *(f"{level}_id" for level in ("parent", "state", "district", "assembly", "block", "mandal"))}
fields = [field.attname for field in Unit._meta.concrete_fields if field.attname not in left_out]
above = ["parent__code", "state__code", "district__code", "assembly__code", "block__code", "mandal__code"]
for row in Unit.objects.order_by("code").values_list(*fields, *above):
    digest.update(repr(row).encode())
    count += 1
print(count, digest.hexdigest())
"""


class House:
    """An installation with a database of its own beside that of the tests."""

    def __init__(self, home, name):
        self.home, self.name = home, f"srijan_killed_{os.getpid()}_{name}"
        if connection.vendor == "sqlite":
            file = home / f"{name}.sqlite3"
            migrated.copy_to(file)
            url = f"sqlite:///{file}"
        else:
            url = migrated.copy_on_server(os.environ["DATABASE_URL"], self.name)
        self.env = os.environ | {
            "DJANGO_SETTINGS_MODULE": "portal.settings",
            "PYTHONPATH": str(ROOT),
            "DATABASE_URL": url,
            "SECRET_KEY": settings.SECRET_KEY,
        }

    def __enter__(self):
        return self

    def __exit__(self, *_raised):
        if connection.vendor == "postgresql":
            with migrated.on_server(os.environ["DATABASE_URL"]) as cursor:
                cursor.execute(f"DROP DATABASE {self.name} WITH (FORCE)")

    def begin(self, *words):
        command = [sys.executable, ROOT / "manage.py", *words]
        return subprocess.Popen(command, cwd=self.home, env=self.env, stdout=subprocess.PIPE, stderr=subprocess.PIPE)

    def manage(self, *words):
        """What a command says, and the seconds that it took."""
        begun = time.monotonic()
        running = self.begin(*words)
        said, problem = running.communicate()
        assert running.returncode == 0, problem.decode()
        return said.decode(), time.monotonic() - begun

    def content(self):
        """How many units there are, and a digest of all that is told of them."""
        count, digest = self.manage("shell", "--verbosity", "0", "--command", DIGEST)[0].split()
        return int(count), digest


def test_an_import_that_was_killed_is_run_again_to_the_same_content(db, tmp_path):
    file = tmp_path / "units.csv"
    file.write_bytes(state_file())
    with House(tmp_path, "whole") as house:
        _said, begins = house.manage("import_units", "--help")
        _said, took = house.manage("import_units", file)
        whole = house.content()
    assert whole[0] > 60_000

    with House(tmp_path, "killed") as house:
        empty = house.content()
        for part in PARTS:
            running = house.begin("import_units", file)
            time.sleep(begins + (took - begins) * part)
            running.kill()
            running.communicate()
            assert running.returncode == -signal.SIGKILL
            assert house.content() == empty
        house.manage("import_units", file)

        assert house.content() == whole
