"""Kill -9 at random points while notices are sent: none is lost, none is sent twice but where nobody can know."""

import json
import os
import random
import subprocess
import sys
import time
from collections import Counter

import pytest

from tests.load.house import ROOT, House, a_database
from tests.provider import sms_provider

MANY = int(os.environ.get("KILL_NOTICES", "10000"))
KILLS = int(os.environ.get("KILLS", "50"))
SECONDS = float(os.environ.get("KILL_SECONDS", "300"))
WHAT = ["web", "parent", "child", "beat", "broker"]
WORLD = """
import json
from django.utils import timezone
from portal import organisation
from tests.factories.desk import Places, a_drive
now = timezone.now()
places = Places(now)
drive = a_drive(places.state, now)
organisation.save(name_hi="संगठन", name_en="Organisation", quiet_from="00:00", quiet_until="00:00")
print(json.dumps([drive.slug, places.booth.pk, drive.prompts.first().pk]))
"""
FEED = """
import sys, time
from django.conf import settings
from django.utils import timezone
from portal import outbox
from portal.models import Notice
many, seconds, parts = {many}, {seconds}, 100
for part in range(parts):
    outbox.queue(
        Notice(key=f"trial:{{part}}:{{n}}", phone=f"+9198{{n:08d}}", template="workshop_place", language="hi",
               context={{"organisation": "संगठन", "name": "सुनीता", "title": "प्रशिक्षण", "when": "रविवार, 11:00",
                        "place": "जयपुर", "url": settings.SITE_URL}}, due_at=timezone.now())
        for n in range(many // parts)
    )
    time.sleep(seconds / parts)
"""
LATER = """
import json
from datetime import timedelta
from django.utils import timezone
from portal import outbox
print(json.dumps(outbox.mend(now=timezone.now() + timedelta(minutes=11))))
"""

pytestmark = [pytest.mark.soak, pytest.mark.postgres]


def crowd(house, told, seconds, hands=2):
    """Phones that hand in applications all the while."""
    words = [house.url, *map(str, told), str(seconds), str(hands)]
    return subprocess.Popen(
        [sys.executable, "-m", "tests.load.crowd", *words], cwd=ROOT, stdout=subprocess.PIPE, stdin=subprocess.DEVNULL
    )


def strike(house):
    """``KILLS`` kills, evenly among the kinds, at random points of time."""
    done = Counter()
    order = random.sample(WHAT * (KILLS // len(WHAT)), KILLS)
    until = [time.monotonic() + at for at in sorted(random.uniform(15, SECONDS) for _kill in order)]
    for what, at in zip(order, until, strict=True):
        time.sleep(max(0, at - time.monotonic()))
        while not house.strike(what):
            time.sleep(0.5)
        done[what] += 1
    return done


def all_left(house, seconds):
    """Wait until nothing waits; the seconds that took, or None."""
    begun = time.monotonic()
    while time.monotonic() - begun < seconds:
        if house.ask("select count(*) from portal_notice where status = 'QUEUED' and due_at <= now()") == [(0,)]:
            return time.monotonic() - begun
        time.sleep(1)
    return None


def count(house, provider):
    """(how the rows stand, lost, doubled, doubled and not marked)."""
    rows = dict(house.ask("select key, status from portal_notice"))
    arrived = Counter(message["reference"] for message in provider.messages)
    lost = [key for key, status in rows.items() if status in {"SENT", "DELIVERED"} and not arrived[key]]
    doubled = [key for key, times in arrived.items() if times > 1]
    unmarked = [key for key in doubled if rows[key] != "UNKNOWN"]
    return Counter(rows.values()), lost, doubled, unmarked


def test_nothing_is_lost_and_nothing_sent_twice_by_fifty_kills(tmp_path):
    with a_database() as database, sms_provider() as provider:
        provider.takes = 0.01
        house = House(tmp_path, database.url, provider.url)
        told = json.loads(house.manage("shell", "--verbosity", "0", "--command", WORLD).splitlines()[-1])
        with house.open():
            phones = crowd(house, told, SECONDS)
            words = ["shell", "--verbosity", "0", "--command", FEED.format(many=MANY, seconds=SECONDS)]
            feeder = subprocess.Popen([sys.executable, ROOT / "manage.py", *words], cwd=tmp_path, env=house.env)
            kills = strike(house)
            assert feeder.wait(120) == 0
            found = json.loads(phones.communicate(timeout=200)[0])
            waited = all_left(house, 600)
            mended = json.loads(house.manage("shell", "--verbosity", "0", "--command", LATER).splitlines()[-1])
            statuses, lost, doubled, unmarked = count(house, provider)
            kept = set(house.ask("select ref, phone from applications_application"))
            promised = house.ask("select count(*) from portal_notice where template = 'receipt'")[0][0]

    print(f"\nkills: {dict(kills)}; notices: {sum(statuses.values())} {dict(statuses)}; the last left after {waited} s")
    print(f"lost {len(lost)}, sent twice {len(doubled)} (not marked {len(unmarked)}), unknown {statuses['UNKNOWN']}")
    print(f"applications acknowledged {len(found['receipts'])}, kept {len(kept)}, receipts promised {promised}")
    print(f"answers {found['statuses']}; mended at the end {mended}")
    assert waited is not None
    assert (lost, unmarked) == ([], [])
    assert statuses.keys() <= {"SENT", "UNKNOWN"}
    assert sum(statuses.values()) - promised == MANY
    assert {tuple(receipt) for receipt in found["receipts"]} <= kept
    assert promised == len(kept)
