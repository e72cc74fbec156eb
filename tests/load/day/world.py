"""A day as it is planned: the people called, those who will come, the rooms, and who signs in."""

from datetime import datetime, timedelta
from itertools import product
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.test import Client

from committees.levels import Role
from interviews.domain import calling, filling, planning
from interviews.models import Interview, Panel
from portal.models import User
from tests.factories.desk import Places, a_colleague, a_drive
from tests.factories.sunday import a_day, shortlisted
from tests.load.day.stage import Guest, chance

BEFORE = datetime(2025, 11, 10, 10, tzinfo=ZoneInfo("Asia/Kolkata"))
FIRST = "सुनीता रमेश आसिफ़ कविता मोहन विमला राजेश नसीम कमल गीता हरीश पूजा दीपक शबनम किशन माया अर्जुन रुख़साना लोकेश सरोज".split()
LAST = "मीणा चौधरी ख़ान शर्मा लाल देवी जाट यादव सैनी गुर्जर बैरवा राठौड़".split()
SESSIONS = 4  # how often a phone may have to sign in again
MISSES, MISSES_TWICE = 0.05, 0.02


class Size(NamedTuple):
    """How big a day it is."""

    panels: int
    called: int
    walk_ins: int
    hours: dict  # of the day, as ``planning.plan_day`` takes them
    rest: tuple[datetime, datetime]
    doors: tuple[datetime, datetime]  # who has no time comes between


class World(NamedTuple):
    """What the actors begin with. ``members`` are (person, panel)."""

    day: object
    guests: dict[str, Guest]
    rooms: list[int]
    members: list[tuple[int, int]]
    sessions: dict[str, list[str]]
    board: str
    turnout: float


def make(size, seed):
    """Plan the day with the real domain, six days before it."""
    dice, places = chance(seed, "world"), Places(BEFORE)
    drive = a_drive(places.state, BEFORE)
    day = a_day(drive, places.state, BEFORE, panels=size.panels, judges=3, **size.hours)
    desks = [a_colleague(places.state, Role.RECEPTION, BEFORE, number=number) for number in (1, 2)]
    office = [a_colleague(places.state, Role.STATE_OFFICE, BEFORE, number=number) for number in (3, 4)]
    names = [f"{first} {last}" for last, first in product(LAST, FIRST)][: size.called + size.walk_ins]
    people = [
        shortlisted(drive, places.booth, BEFORE, number, name=name, can_come="yes" if number < size.called else "other")
        for number, name in enumerate(names)
    ]
    filling.fill(day=day, seed=str(seed), by=office[0], now=BEFORE)
    calling.release(day=day, by=office[0], now=BEFORE)
    board = planning.open_board(day=day, by=office[0], now=BEFORE)
    times = dict(Interview.objects.filter(day=day).values_list("application", "slot__starts_at"))
    turnout = dice.uniform(0.25, 0.6)
    guests = [_guest(person, times.get(person.pk), size, turnout, dice) for person in people]
    panels = list(Panel.objects.filter(day=day).order_by("name"))
    members = [(stay.person_id, panel.pk) for panel in panels for stay in panel.memberships.order_by("person")]
    users = {str(user.person_id): user for user in User.objects.filter(person__in=[key for key, _panel in members])}
    users |= dict(zip(["form desk", "keeping desk", "first", "second"], [*desks, *office], strict=True))
    sessions = {name: [_session(user) for _time in range(SESSIONS)] for name, user in users.items()}
    return World(
        day, {one.name: one for one in guests}, [one.pk for one in panels], members, sessions, board.key, turnout
    )


def _guest(person, time, size, turnout, dice):
    first, last = size.doors
    if time:
        comes = max(first, time + timedelta(minutes=dice.uniform(-25, 15))) if dice.random() < turnout else None
    else:
        comes = first + (last - first) * dice.random()
    twice = dice.random() < MISSES_TWICE
    deaf = 2 if twice else int(dice.random() < MISSES)
    minutes, merit = dice.uniform(4, 7.5), min(4.6, max(1.4, dice.gauss(3, 0.8)))
    return Guest(person.name, person.ref, person.link_key, comes, minutes, merit, deaf, twice)


def _session(user):
    browser = Client()
    browser.force_login(user)
    return browser.cookies["sessionid"].value
