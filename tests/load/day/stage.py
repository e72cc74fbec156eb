"""Where the day takes place: its people, its rooms, and what everybody in the corridor can see without a network."""

import threading
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from queue import PriorityQueue
from random import Random
from typing import NamedTuple

from tests.load.day.book import Book

VAIN = 2  # minutes until the desk sees that nobody comes in


@dataclass
class Guest:
    """A candidate. ``comes_at`` is empty for who stays at home; ``deaf`` is how many calls they will miss yet."""

    name: str
    ref: str
    key: str
    comes_at: datetime | None
    minutes: float
    merit: float
    deaf: int = 0
    twice: bool = False


class Head(NamedTuple):
    """Who was called into a room, until when they stay, and whether they came in at all."""

    interview: int
    name: str
    until: datetime
    is_there: bool


@dataclass
class Stage:
    """The day as it is planned, and as it goes on."""

    url: str
    clock: object
    date: str
    slug: str
    rooms: list[int]  # keys of the panels
    guests: dict[str, Guest]
    rest: tuple[datetime, datetime]
    book: Book = field(default_factory=Book)
    heads: dict[int, Head] = field(default_factory=dict)
    gone: dict[int, datetime] = field(default_factory=dict)  # when somebody left a room, by interview
    by_hand: set[int] = field(default_factory=set)  # rooms that a desk without network serves
    coming: PriorityQueue = field(default_factory=PriorityQueue)
    nobody_waits: threading.Event = field(default_factory=threading.Event)
    closed: threading.Event = field(default_factory=threading.Event)
    over: threading.Event = field(default_factory=threading.Event)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self):
        for guest in self.guests.values():
            if guest.comes_at:
                self.coming.put((guest.comes_at, guest.name))

    @property
    def office(self):
        return f"/office/interviews/{self.date}/{self.slug}"

    @property
    def is_break(self):
        return self.rest[0] <= self.clock.now() < self.rest[1]

    def next_comer(self):
        """Somebody who has come to a desk, or nothing."""
        with self.lock:
            if self.coming.empty():
                return None
            moment, name = self.coming.get()
            if moment <= self.clock.now():
                return self.guests[name]
            self.coming.put((moment, name))
            return None

    def comes_back(self, guest, minutes):
        self.coming.put((self.clock.now() + timedelta(minutes=minutes), guest.name))

    def called(self, room, interview, name, seen_at):
        """A desk sees this person called into the room: who comes in, and until when. Nothing on an old page."""
        with self.lock:
            if interview in self.gone and self.gone[interview] >= seen_at:
                return None
            head = self.heads.get(room)
            if head is None or head.interview != interview:
                guest = self.guests[name]
                minutes = VAIN if guest.deaf else guest.minutes
                head = Head(interview, name, self.clock.now() + timedelta(minutes=minutes), not guest.deaf)
                self.heads[room] = head
            return head

    def empty(self, room, interview):
        """That person is out of the room, or was never in it. Who was called in vain twice stays away for a while."""
        with self.lock:
            head = self.heads.get(room)
            if head is None or head.interview != interview:
                return
            del self.heads[room]
            self.gone[interview] = self.clock.now()
            guest = self.guests[head.name]
            guest.deaf -= not head.is_there
        if guest.twice and not guest.deaf and not head.is_there:
            self.comes_back(guest, minutes=20)


def chance(seed, *words):
    """The dice of one actor: the same seed, the same throws."""
    return Random(f"{seed} {words}")
