"""The day itself: every actor at work, and at their times the mishaps."""

import os
import signal
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from tests.load.day.browser import Browser
from tests.load.day.corridor import Corridor, Wall
from tests.load.day.desks import FormDesk, KeepingDesk
from tests.load.day.office import Office
from tests.load.day.phones import Member
from tests.load.day.stage import Stage, chance

LOSES = 0.03  # of answers to phones and desks
HANDS, WALLS = 2, 2
BEHIND = timedelta(minutes=3)
PATIENCE = 60  # seconds for an actor to come to an end


class Mishaps(NamedTuple):
    """What goes wrong, and when. ``late`` is the member whose network comes back only after the doors closed."""

    cuts: dict[int, tuple[datetime, datetime]]  # phones of a panel, by its place in the list
    desk: tuple[datetime, datetime] | None
    late: tuple[int, datetime] | None = None
    signed_out: tuple[int, datetime] | None = None  # phones of a panel
    killed: datetime | None = None  # one of the workers
    leaves: tuple[int, datetime, datetime] | None = None  # a panel: told when, gone when


def play(world, size, mishaps, *, url, clock, seed, master):
    """Let the day go by; what everybody saw stands in the book of the stage that comes back."""
    day = world.day
    stage = Stage(url, clock, day.date.isoformat(), day.drive.slug, world.rooms, world.guests, size.rest)

    def browser(who="", cuts=(), loses=0.0):
        cookie = world.sessions[who].pop() if who else ""
        return Browser(url, stage, chance(seed, who, len(cuts)), cookie, cuts, loses)

    desk_cut = [mishaps.desk] if mishaps.desk else []
    desks = [
        KeepingDesk(stage, browser("keeping desk", desk_cut, LOSES), world.rooms[0::2]),
        FormDesk(stage, browser("form desk", (), LOSES), world.rooms[1::2]),
    ]
    members = [_member(stage, world, mishaps, place, browser) for place in range(len(world.members))]
    others = [Corridor(stage, browser, chance(seed, "corridor", hand)) for hand in range(HANDS)]
    others += [Wall(stage, browser(), world.board) for _wall in range(WALLS)]
    actors = [*desks, *members, *others]

    def may_go():
        """No desk is further behind than somebody at the desk would wait."""
        return all(stage.clock.now() - desk.turn_at < BEHIND for desk in desks)

    with ThreadPoolExecutor(len(actors) + 2) as hands:
        work = {actor: hands.submit(actor.work) for actor in actors}
        hands.submit(clock.run, may_go=may_go, is_over=stage.nobody_waits.is_set)
        mishap = hands.submit(_go_wrong, stage, world, mishaps, members, browser, master)
        try:
            _close(stage, Office(stage, browser("first"), browser("second")), mishaps, members, work)
            mishap.result(PATIENCE)
        finally:
            for event in (stage.over, stage.nobody_waits, stage.closed):
                event.set()
    return stage


def _member(stage, world, mishaps, place, browser):
    person, panel = world.members[place]
    cuts = [mishaps.cuts[at] for at in [world.rooms.index(panel)] if at in mishaps.cuts]
    if mishaps.late and mishaps.late[0] == place:
        cuts = [*cuts, (mishaps.late[1], stage.closed)]
    return Member(stage, browser(str(person), cuts, LOSES), person, panel, world.sessions[str(person)])


def _go_wrong(stage, world, mishaps, members, browser, master):
    """The mishaps that need a hand, in the order of their times."""
    plan = []
    if mishaps.killed:
        plan.append((mishaps.killed, lambda: _kill_a_worker(master)))
    if mishaps.signed_out:
        room = world.rooms[mishaps.signed_out[0]]
        plan.append((mishaps.signed_out[1], lambda: [one.sign_out() for one in members if one.panel == room]))
    if mishaps.leaves:
        place, told, at = mishaps.leaves
        office = Office(stage, browser("first"), None)
        plan.append((told, lambda: office.panel_leaves(world.rooms[place], at)))
    for moment, act in sorted(plan, key=lambda pair: pair[0]):
        while stage.clock.now() < moment:
            stage.clock.rest(1)
        act()


def _kill_a_worker(master):
    """Without a word, in the middle of what it does."""
    children = Path(f"/proc/{master}/task/{master}/children").read_text().split()
    with suppress(ProcessLookupError):
        os.kill(int(children[0]), signal.SIGKILL)


def _close(stage, office, mishaps, members, work):
    """The end of the day: all are heard, all sheets are in, the doors close, two people decide."""
    office.wait_until_nobody_waits()
    late = {members[mishaps.late[0]]} if mishaps.late else set()
    for member in members:
        if member not in late:
            work[member].result(PATIENCE)
    office.close()
    for done in work.values():
        done.result(PATIENCE)
    if late:
        office.agree_to_late_sheets()
    office.decide()
