"""“15 November, 23:59” is one instant, wherever the server believes to be."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
ASKED = """
from datetime import UTC, datetime
from zoneinfo import ZoneInfo
import django
django.setup()
from django import forms
from django.utils import timezone, translation
from portal import dates, outbox, organisation
from portal.models import Organisation

class Fixed:
    get = staticmethod(lambda key: Organisation(name_hi="a", name_en="a"))
organisation.cache = Fixed()

typed = forms.DateTimeField().clean("2025-11-15T23:59")
print(typed.astimezone(UTC).isoformat())
print(typed.timestamp(), timezone.localdate(typed), timezone.localtime(typed).isoformat())
with translation.override("hi"):
    print(dates.short_date(typed), dates.clock(typed))
night = datetime(2025, 11, 15, 18, 29, tzinfo=UTC)
evening = datetime(2025, 11, 15, 16, 29, tzinfo=UTC)
print(outbox.quiet_until(night).astimezone(UTC).isoformat(), outbox.quiet_until(evening))
"""

pytestmark = pytest.mark.once


def asked(zone):
    env = os.environ | {"TZ": zone, "DJANGO_SETTINGS_MODULE": "tests.settings", "PYTHONPATH": str(ROOT)}
    return subprocess.Popen([sys.executable, "-c", ASKED], cwd=ROOT, env=env, stdout=subprocess.PIPE, text=True)


def test_a_deadline_is_the_same_instant_in_every_zone_of_the_server():
    servers = [asked(zone) for zone in ("Asia/Kolkata", "UTC", "America/New_York")]
    jaipur, *others = [server.communicate(timeout=60)[0].splitlines() for server in servers]

    assert jaipur[0] == "2025-11-15T18:29:00+00:00"
    assert jaipur[1].split()[1:] == ["2025-11-15", "2025-11-15T23:59:00+05:30"]
    assert jaipur[3].split() == ["2025-11-16T01:30:00+00:00", "None"]  # quiet until seven; not yet at 21:59
    assert others == [jaipur, jaipur]
