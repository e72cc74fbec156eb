"""The whole state at once: 61,000 booths from a file."""

import csv
import io
import time
from random import Random
from statistics import median

import pytest
from django.db import connection

from committees import search
from committees.domain import founding, generating, tree
from committees.domain.importing import import_units
from committees.models import Seat, Unit
from committees.unitfile import COLUMNS
from tests.committees.test_spellings import FIRST, meant, spellings

pytestmark = pytest.mark.soak

AT_MOST = 60  # seconds
A_BLINK = 0.05


def state_file():
    known = founding.default_units()
    below = generating.rows_below([row for row in known if row.level == "assembly"], chance=Random(1))
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(COLUMNS)
    for row in [*known, *below]:
        writer.writerow(["" if value is None else value for value in (getattr(row, name) for name in COLUMNS)])
    return file.getvalue().encode()


def test_the_whole_state_is_loaded_in_a_minute_and_searched_in_a_blink(db, now):
    founding.load_posts(rows=founding.default_posts(), by=None, now=now)
    content = state_file()

    begun = time.monotonic()
    report = import_units(content=content, by=None, now=now)
    took = time.monotonic() - begun

    assert (report.errors, report.created) == ([], Unit.objects.count())
    assert Seat.objects.filter(unit__level="booth").count() > 300_000
    assert Unit.objects.filter(level="booth").count() > 60_000
    assert took < AT_MOST
    assert list(tree.wrong_units()) == []
    found = [search.find(text)[0].level for text in ("sikar", "दांतारामगढ़", "112", "धोद 17")]
    assert found == ["district", "assembly", "assembly", "booth"]


def test_five_hundred_spellings_find_their_place_among_61000_booths_in_a_blink(db, now):
    import_units(content=state_file(), by=None, now=now)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # as PostgreSQL does by itself after a while
    asked, took, first = list(spellings()), [], 0

    for text, name in asked:
        begun = time.monotonic()
        found = search.find(text)
        took.append(time.monotonic() - begun)
        first += bool(found) and meant(found[0], name)

    print(f"\nsearch among 61,000 booths: {first / len(asked):.1%} first, median {median(took) * 1000:.0f} ms")
    assert first / len(asked) >= FIRST
    assert median(took) <= A_BLINK
