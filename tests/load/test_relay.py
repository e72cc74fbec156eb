"""A message to everybody who leads a committee: carried, read by simulated readers, counted; the weakest are named.

The readers of each district have their own share and pace. A few hundred of them press the button on the real page;
for the others the columns that the button fills are filled in bulk. What the pages then say is compared with what a
plain loop over the readers says.
"""

import re
import time
from collections import defaultdict
from datetime import timedelta
from math import ceil
from random import Random
from statistics import median

import pytest
from django.db import connection
from django.test import Client

from committees import relayed
from committees.domain import founding, tallying, tree
from committees.domain.importing import import_units
from committees.domain.relaying import carrying, counting
from committees.domain.seats import only_one_of
from committees.levels import ORDER
from committees.models import Appointment, Broadcast, Post, Relay, Seat, Unit
from committees.reports import chairs
from portal.models import Notice, Person
from tests.committees.test_scale import state_file
from tests.factories.committees import make_user
from tests.factories.messages import approved
from tests.load.beside import say

FIRST = 9_300_000_000  # mobile numbers of the readers
FILLED = 0.97  # of the chairs
BATCH = 5000
BY_HAND = {True: 300, False: 10}  # readers who press the button
SWEEPS = 20
ROUNDS = 9
NAMED = re.compile(r'<li><a class="link" href="\?unit=([^"]+)"')
QUICK = {"postgresql": 100, "sqlite": 300}  # milliseconds of the page of the state


class Country:
    """Somebody in nearly every chair of the tree, and two of the state office."""

    def __init__(self, now, *, with_booths):
        self.now, self.random = now, Random(6)
        founding.load_posts(rows=founding.default_posts(), by=None, now=now)
        if with_booths:
            import_units(content=state_file(), by=None, now=now)
        else:
            tree.load(rows=founding.default_units(), by=None, now=now)
        self.state = Unit.objects.get(path="")
        self._chairs()
        self._people()
        offices = Post.objects.get(code="state-office")
        Seat.objects.get_or_create(unit=self.state, post=offices, number=1)
        Seat.objects.get_or_create(unit=self.state, post=offices, number=2)
        self.writer, self.second = (make_user("state-office", self.state, now, name) for name in ("अनिल", "विमला"))
        tallying.count_all(now=now)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")  # as PostgreSQL does by itself after a while

    def _chairs(self):
        """Of the whole committee only the chair is put up."""
        posts = {post.level: post for post in Post.objects.filter(pk__in=chairs())}
        for level, post in posts.items():
            units = Unit.objects.filter(level=level).exclude(seats__post=post)
            Seat.objects.bulk_create([Seat(unit=unit, post=post) for unit in units], batch_size=BATCH)

    def _people(self):
        alone = {post.pk: only_one_of(post) for post in Post.objects.all()}
        seats = Seat.objects.filter(post__in=chairs()).order_by("pk").values_list("pk", "post")
        chosen = [seat for seat in seats if self.random.random() < FILLED]
        for start in range(0, len(chosen), BATCH):
            some = chosen[start : start + BATCH]
            made = [
                Person(
                    name="सुनीता मीणा", name_key="sunita mina", phone=f"+91{FIRST + start + place}", created_at=self.now
                )
                for place in range(len(some))
            ]
            people = Person.objects.bulk_create(made)
            Appointment.objects.bulk_create(
                Appointment(seat_id=seat, person=person, since=self.now, accepted_at=self.now, only_one=alone[post])
                for (seat, post), person in zip(some, people, strict=True)
            )


class Readers:
    """Who of each district reads, and when: told by a plain loop what the pages must say."""

    def __init__(self, broadcast, now):
        self.random, self.now = Random(7), now
        rows = Relay.objects.filter(broadcast=broadcast).order_by("pk").values_list("pk", "unit__district", "told_at")
        self.rows = list(rows)
        districts = sorted({district for _pk, district, _at in self.rows if district})
        self.share = {district: self.random.uniform(0.2, 0.95) for district in districts}
        self.share[None] = 1.0
        self.minutes = {  # relay → minutes until it is read; who is not in it never reads
            pk: self.random.choice((3, 20, 45, 90, 200, 600))
            for pk, district, _at in self.rows
            if self.random.random() < self.share[district]
        }

    def read(self, by_page):
        """Some by the page, the others by the columns that it fills."""
        by_hand = list(self.minutes)[:: max(1, len(self.minutes) // by_page)]
        keys = dict(Relay.objects.filter(pk__in=by_hand).values_list("pk", "link_key"))
        begun = time.perf_counter()
        for pk in by_hand:
            assert Client().post(f"/m/r/{keys[pk]}/", {"do": "read"}).status_code == 302
        took = (time.perf_counter() - begun) / len(by_hand)
        told = {pk: at for pk, _district, at in self.rows}
        some = [Relay(pk=pk, opened_at=at, acknowledged_at=at) for pk, at in self._times(told)]
        Relay.objects.bulk_update(some, ["opened_at", "acknowledged_at"], batch_size=1000)
        return len(by_hand), took

    def _times(self, told):
        return [(pk, told[pk] + timedelta(minutes=minutes)) for pk, minutes in self.minutes.items()]

    def worst(self):
        """(district, told, read, seconds until half had), the weakest first, by counting one reader after the other."""
        told, read = defaultdict(int), defaultdict(int)
        for pk, district, _at in self.rows:
            told[district] += 1
            read[district] += pk in self.minutes
        order = sorted((read[key] / told[key], key) for key in told if key)
        return [(key, told[key], read[key]) for _share, key in order]

    def half(self, level):
        """Seconds until half of all of this level had read it."""
        of_level = list(Relay.objects.filter(level=level).values_list("pk", flat=True))
        seconds = sorted(60 * self.minutes[pk] for pk in of_level if pk in self.minutes)
        needed = ceil(len(of_level) / 2)
        return seconds[needed - 1] if len(seconds) >= needed else None


def carry_all(now):
    """How many, in which seconds and how many sweeps."""
    begun, told = time.perf_counter(), 0
    for sweep in range(SWEEPS):
        told += carrying.carry(now=now)
        if not Broadcast.objects.filter(carried_at=None).exists():
            return told, time.perf_counter() - begun, sweep + 1
    raise AssertionError("not carried")


@pytest.mark.parametrize("with_booths", [False, pytest.param(True, marks=pytest.mark.soak)])
def test_the_state_hears_of_it_reads_it_and_the_weakest_are_named(as_served, now, clock, with_booths):
    country = Country(now, with_booths=with_booths)
    broadcast = approved(country.state, country.writer, country.second, now)

    told, took, sweeps = carry_all(now)
    say("RELAY", "carried", f"{told} people in {took:.1f} s, {sweeps} sweep(s), {told / took:.0f} a second", "60,000")
    readers = Readers(broadcast, now)
    by_hand, each = readers.read(BY_HAND[with_booths])
    begun = time.perf_counter()
    counting.count(broadcast=broadcast, now=now + timedelta(hours=12))
    say("RELAY", "counted", f"{time.perf_counter() - begun:.1f} s", "a minute's job")
    say("RELAY", "read", f"{by_hand} by the page, {1000 * each:.0f} ms each, the others in bulk", "")

    counted = Relay.objects.filter(told_at__isnull=False).count(), Notice.objects.filter(template="message").count()
    assert counted == (told, told)
    rows = [row for row in relayed.branches(broadcast, country.state, now) if row.told]
    worst = readers.worst()
    assert {row.unit.pk: (row.told, row.acknowledged) for row in rows} == {
        key: (all_told, read) for key, all_told, read in worst
    }
    assert [row.acknowledged / row.told for row in rows] == [read / all_told for _key, all_told, read in worst]
    levels = {row.level: row.half_after for row in relayed.by_level(broadcast, country.state)}
    assert {level: levels[level] for level in ORDER if level in levels} == {
        level: readers.half(level) for level in ORDER if level in levels
    }
    page, milliseconds = open_page(country.writer)
    say("RELAY", "page of the state", f"{milliseconds:.0f} ms", f"{QUICK[connection.vendor]} ms")
    share = {row.unit.path: row.acknowledged / row.told for row in rows}
    assert [share[path] for path in NAMED.findall(page)] == [read / all_told for _key, all_told, read in worst[:3]]
    if with_booths:  # alone on the machine; the short version runs beside three other processes
        assert told > 60_000
        assert milliseconds < QUICK[connection.vendor]


def open_page(user):
    client = Client()
    client.force_login(user)
    taken = []
    for _round in range(ROUNDS):
        begun = time.perf_counter()
        page = client.get("/m/1/status/")
        taken.append((time.perf_counter() - begun) * 1000)
    return page.content.decode(), median(taken)
