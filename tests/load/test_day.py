"""A whole interview day against a running server: no mark lost, none doubled, no token doubled, everybody told.

Three panels of three, 180 called, a turnout that the seed decides; two desks,
one of which loses its network; phones that lose theirs three times; a panel
that leaves at two; a worker killed. ``DAY_SEED=7`` plays that day again.
"""

import os
import time
from datetime import time as clock_time
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection

from tests.factories.sunday import at
from tests.load import serving
from tests.load.day import promises, world
from tests.load.day.clock import Clock
from tests.load.day.play import Mishaps, play
from tests.load.day.world import Size

ROOT = Path(__file__).resolve().parents[2]

WHOLE = Size(
    panels=3,
    called=180,
    walk_ins=12,
    hours={"break_starts": clock_time(13), "break_ends": clock_time(13, 45), "slot_minutes": 4, "gap_minutes": 1},
    rest=(at(13), at(13, 45)),
    doors=(at(10, 40), at(16)),
)
ALL_GOES_WRONG = Mishaps(
    cuts={0: (at(11, 40), at(12, 10)), 1: (at(12, 20), at(12, 45))},
    desk=(at(14, 30), at(15)),
    late=(0, at(16, 10)),
    signed_out=(0, at(12)),
    killed=at(12, 30),
    leaves=(1, at(13, 50), at(14)),
)
SHORT = Size(
    panels=1,
    called=12,
    walk_ins=2,
    hours={"ends": clock_time(12, 30), "slot_minutes": 4, "gap_minutes": 1},
    rest=(at(23), at(23)),
    doors=(at(10, 50), at(11, 20)),
)
SOME_GOES_WRONG = Mishaps(cuts={0: (at(11, 10), at(11, 25))}, desk=(at(11, 15), at(11, 25)), signed_out=(0, at(11, 20)))

pytestmark = pytest.mark.postgres


@pytest.fixture
def environment(transactional_db, tmp_path):
    """The server writes into the database of this test."""
    database, name = connection.settings_dict, connection.settings_dict["NAME"]
    login = f"{database['USER']}:{database['PASSWORD']}@{database['HOST']}:{database['PORT']}"
    url = f"postgres://{login}/{name}" if connection.vendor == "postgresql" else f"sqlite:///{name}"
    return os.environ | {
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "PYTHONPATH": str(ROOT),
        "DATABASE_URL": url,
        "LOG_LEVEL": "ERROR",
    }


def live(size, mishaps, *, seed, pace, begins, environment, home):
    """Make the world, serve it, let the day go by; then everything that was promised is looked up."""
    made = world.make(size, seed)
    clock = Clock.set_to(begins, pace, home / "clock")
    with serving.web(environment | {"DAY_CLOCK": str(clock.path)}, home, "tests.load.day.server") as (url, master):
        begun = time.monotonic()
        stage = play(made, size, mishaps, url=url, clock=clock, seed=seed, master=master)
        seconds = time.monotonic() - begun
    tell(made, stage, seed, seconds)
    found = promises.check(made, stage)
    call_command("rank", stage.date, check=True)
    print(f"DAY  {found['people']} heard, {found['sheets']} sheets as the phones promised them: nothing is lost")
    return stage


def tell(made, stage, seed, seconds):
    book = stage.book
    asked = sum(len(took) for took in book.times.values())
    print(f"\nDAY  seed {seed}, turnout {made.turnout:.0%}, {len(book.tokens)} tokens, {len(book.sheets)} sheets")
    print(f"DAY  {asked} requests in {seconds:.0f} s ({asked / seconds:.0f} a second): {dict(book.statuses)}")
    print(f"DAY  {book.lost} answers lost, {book.resent} sent again, {len(book.breaks)} lines broken by the server")
    print(
        f"DAY  {book.presses} presses of the keeping desk, {book.signed_in} new sign-ins, {len(book.late)} sheets late"
    )
    for line in book.lines():
        print(f"DAY  {line}")


def test_a_short_day_loses_nothing(environment, tmp_path):
    seed = int(os.environ.get("DAY_SEED", "4"))
    live(SHORT, SOME_GOES_WRONG, seed=seed, pace=600, begins=at(10, 40), environment=environment, home=tmp_path)


@pytest.mark.soak
def test_a_whole_day_loses_nothing(environment, tmp_path):
    seed = int(os.environ.get("DAY_SEED", time.time_ns() % 10_000))
    pace = float(os.environ.get("DAY_PACE", "110"))
    stage = live(WHOLE, ALL_GOES_WRONG, seed=seed, pace=pace, begins=at(10, 30), environment=environment, home=tmp_path)
    assert stage.book.late
    assert stage.book.breaks
