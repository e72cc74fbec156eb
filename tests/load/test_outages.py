"""The broker away, three clocks at once, the database begun anew: no page breaks, nothing acknowledged is lost."""

import json
import os
import signal
import time

import pytest

from tests.load.house import House, a_database
from tests.load.test_kills import WORLD, all_left, count, crowd
from tests.provider import sms_provider

MINUTES = float(os.environ.get("OUTAGE_MINUTES", "10"))

pytestmark = [pytest.mark.soak, pytest.mark.postgres]


@pytest.fixture
def opened(tmp_path, request):
    """(house, database, provider, what a crowd needs to know)."""
    beats = getattr(request, "param", 1)
    with a_database() as database, sms_provider() as provider:
        provider.takes = 0.01
        house = House(tmp_path, database.url, provider.url, beats=beats)
        told = json.loads(house.manage("shell", "--verbosity", "0", "--command", WORLD).splitlines()[-1])
        with house.open():
            yield house, database, provider, told


def heard(phones):
    return json.loads(phones.communicate(timeout=60 * MINUTES + 300)[0])


def test_without_redis_no_page_breaks_and_all_leaves_within_two_minutes_of_its_return(opened):
    house, _database, provider, told = opened
    house.rest("broker")
    found = heard(crowd(house, told, 60 * MINUTES))
    waiting = house.ask("select count(*) from portal_notice where status = 'QUEUED'")[0][0]
    house.start("broker")
    waited = all_left(house, 300)

    statuses, lost, doubled, _unmarked = count(house, provider)
    kept = set(house.ask("select ref, phone from applications_application"))
    print(f"\nredis away for {MINUTES:.0f} minutes: {len(found['receipts'])} applications, answers {found['statuses']}")
    print(f"waiting at its return {waiting}; all left {waited:.0f} s after it; {dict(statuses)}; twice {len(doubled)}")
    print(found["ms"])
    assert found["wrong"] == []
    assert {status[0] for status in found["statuses"]} <= {"2", "3"}
    assert {tuple(receipt) for receipt in found["receipts"]} <= kept
    assert waited <= 120
    assert (lost, doubled) == ([], [])


@pytest.mark.parametrize("opened", [3], indirect=True)
def test_three_clocks_do_no_harm_and_the_broker_may_forget_all(opened):
    house, _database, provider, told = opened
    begun = time.monotonic()
    phones = crowd(house, told, 60 * MINUTES)
    while time.monotonic() - begun < 60 * MINUTES:
        time.sleep(45)
        house.forget()
    found = heard(phones)
    waited = all_left(house, 300)

    statuses, lost, doubled, _unmarked = count(house, provider)
    print(f"\nthree beats for {MINUTES:.0f} minutes, FLUSHALL each 45 s: {len(found['receipts'])} applications")
    print(f"{dict(statuses)}; lost {len(lost)}, twice {len(doubled)}; the last left after {waited:.0f} s")
    assert (lost, doubled, set(statuses)) == ([], [], {"SENT"})


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGQUIT], ids=["fast", "immediate"])
def test_the_database_is_begun_anew_and_what_was_acknowledged_is_there(opened, how):
    house, database, provider, told = opened
    phones = crowd(house, told, 90, hands=6)
    time.sleep(40)
    stopped = time.time()
    database.stop(how)
    database.start()
    up = time.time()
    found = heard(phones)
    waited = all_left(house, 300)

    statuses, lost, _doubled, unmarked = count(house, provider)
    kept = set(house.ask("select ref, phone from applications_application"))
    faults = found["faults"]
    window = max(faults) - stopped if faults else 0
    print(f"\n{how.name}: away for {up - stopped:.1f} s; {len(faults)} answers of 5xx, the last at {window:.1f} s")
    print(f"{len(found['receipts'])} acknowledged, {len(kept)} kept; {dict(statuses)}; all left after {waited:.0f} s")
    assert {tuple(receipt) for receipt in found["receipts"]} <= kept
    assert window <= max(15, up - stopped + 2)  # what a crowded machine needs to begin its database is not ours
    assert (lost, unmarked) == ([], [])
