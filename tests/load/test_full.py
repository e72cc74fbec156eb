"""The whole state at full size: made in ten minutes, true in every sentence, and each page of its tree quick."""

import json
import time
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from committees.domain import tallying
from committees.models import Tally
from portal import invariants
from tests.load import full
from tests.load.beside import say

pytestmark = pytest.mark.soak

MADE_IN = 600  # seconds, on PostgreSQL
QUICK = {"postgresql": 100, "sqlite": 300}  # milliseconds of a page
FEW = 32  # questions to the database, at any level
COUNTED_IN = {"postgresql": 30, "sqlite": 60}


@pytest.fixture(scope="module")
def demo(rows_of_the_file):
    """Seconds that it took, and what there is of each kind."""
    told, begun = StringIO(), time.monotonic()
    call_command("make_demo", "--scale", "full", "--json", stdout=told)
    return time.monotonic() - begun, json.loads(told.getvalue())


def test_the_full_demo_is_made_and_reaches_its_numbers(demo, db):
    took, counts = demo
    say("FULL", "made", f"{took:.0f} s, {counts}", f"{MADE_IN} s")

    assert counts["unit"] == 64_174
    assert counts["application"] == 200_105
    assert counts["appointment"] >= 300_600
    assert counts["seat"] > 330_000
    if connection.vendor == "postgresql":
        assert took < MADE_IN


def test_every_written_sentence_is_true_of_it(demo, db):
    begun = time.monotonic()
    checked, broken = invariants.check()
    say("FULL", "invariants", f"{checked} true in {time.monotonic() - begun:.0f} s", "none broken")

    assert (checked > 80, broken) == (True, [])


def test_the_clock_counts_all_of_it_and_then_only_what_was_touched(demo, db):
    now, took, asked = timezone.now(), [], []
    for count in (tallying.count_all, tallying.count_due):
        begun = time.monotonic()
        with CaptureQueriesContext(connection) as queries:
            count(now=now + timedelta(minutes=len(took)))
        took.append(time.monotonic() - begun)
        asked.append(len(queries))
    say("FULL", "counted", f"all in {took[0]:.1f} s, {asked[0]} queries", COUNTED_IN[connection.vendor])
    say("FULL", "counted", f"what was touched in {took[1]:.2f} s, {asked[1]} queries", "a minute's job")

    assert took[0] < COUNTED_IN[connection.vendor]
    assert took[1] < took[0]
    assert Tally.objects.filter(unit__path="", level="booth").get().units > 60_000


def test_every_page_of_the_tree_is_quick_and_asks_little(demo, as_served):
    world, goal, slow, many = full.Full(), QUICK[connection.vendor], {}, {}
    world.grow_busy()

    for who, pages in ((world.office, world.of_the_office()), (world.incharge, world.of_the_incharge())):
        for name, address in pages.items():
            found = full.cost(who, address, goal)
            whole = f"{'office' if who == world.office else 'in-charge'}, {name}"
            say("FULL", whole, f"{found.queries} queries, {found.milliseconds:.0f} ms", f"{goal} ms")
            slow |= {whole: found.milliseconds} if found.milliseconds > goal else {}
            many |= {whole: found.queries} if found.queries > FEW else {}

    assert (slow, many) == ({}, {})
