"""Two desks: one sends forms; the other keeps its presses on the device first, as ``reception.js`` does."""

import json
import re
import uuid
from typing import NamedTuple

from tests.load.day.browser import Cut

LINE = re.compile(r'<section class="card line" data-panel="(\d+)">(.*?)</section>', re.DOTALL)
INSIDE = re.compile(r'<p class="token-big"><b>\d+</b> (.+?) <span')
WAITS = re.compile(r'<li data-pk="(\d+)" data-token="\d+" data-name="([^"]+)"')
LISTED = re.compile(r'<b>([^<]+)</b></a>(?:(?!</li>).)*?value="check_in:(\d+)"', re.DOTALL)
ANOTHER_ROOM = 0.05  # how often a desk looks after a room of the other one


class Room(NamedTuple):
    """A room as a page shows it: who is inside (key, name), and who waits."""

    inside: tuple[int, str] | None
    waits: list[tuple[int, str]]


def rooms_of(text):
    """Every room of the page of the queue."""
    found = {}
    for panel, part in LINE.findall(text):
        key, name = re.search(rf'value="next:{panel}:(\d+)"', part), INSIDE.search(part)
        inside = (int(key[1]), name[1]) if key and name else None
        found[int(panel)] = Room(inside, [(int(pk), name) for pk, name in WAITS.findall(part)])
    return found


class Desk:
    """What both do: give a token to who comes, call in, send out, see who did not hear."""

    def __init__(self, stage, browser, rooms):
        self.stage, self.browser, self.book, self.mine = stage, browser, stage.book, rooms
        self.address, self.rooms, self.listed = f"{stage.office}/queue/", {}, {}
        self.seen_at = self.turn_at = stage.clock.now()

    def work(self):
        while not self.stage.closed.is_set():
            self.turn_at = self.stage.clock.now()
            try:
                self.look()
            except Cut:
                self.without_network()
            for guest in filter(None, [self.stage.next_comer(), self.stage.next_comer()]):
                self.receive(guest)
            for panel, room in list(self.rooms.items()):
                if panel in self.mine or self.helps_in(panel):
                    self.serve(panel, room)
            self.stage.clock.rest(0.8)

    def helps_in(self, panel):
        """Now and then in a room of the other desk; not while that one alone knows who is inside."""
        free = not self.browser.is_cut and panel not in self.stage.by_hand
        return free and self.browser.chance.random() < ANOTHER_ROOM

    def look(self):
        now = self.stage.clock.now()
        page = self.browser.get("queue", self.address)
        self.rooms, self.seen_at = rooms_of(page.text), now
        self.listed = {name: int(key) for name, key in LISTED.findall(page.text)}

    def without_network(self):
        """Nothing to be done but to wait."""

    def serve(self, panel, room):
        if room.inside is None:
            if room.waits and not self.stage.is_break:
                self.press(f"next:{panel}:")
            return
        head = self.stage.called(panel, *room.inside, self.seen_at)
        if head is None or self.stage.clock.now() < head.until:
            return
        key = room.inside[0]
        if head.is_there:
            self.press(f"finish:{key}" if self.stage.is_break else f"next:{panel}:{key}")
        else:
            self.press(f"skip:{key}")
        self.stage.empty(panel, key)

    def receive(self, guest):
        """Search for who stands there, press, and read the token out from the page that comes next."""
        try:
            page = self.browser.get("search", f"{self.address}?q={guest.ref}")
            found = page.first(r'<form method="post" class="card found">(.*?)</form>')
            button = re.search(r'value="((?:check_in|walk_in):[^"]+)"', found)
            if button:
                self.browser.post("check in", self.address, {"do": button[1]})
                return self.stage.comes_back(guest, minutes=0)
            token = re.search(r'<p class="token-big"><b>(\d+)</b>', found)
            if not token:
                return self.book.amiss(f"{guest.name} is not found at the desk")
            self.hears(guest.name, int(token[1]))
        except Cut:
            self.stage.comes_back(guest, minutes=2)

    def hears(self, name, token):
        with self.book.lock:
            if self.book.tokens.setdefault(name, token) != token:
                self.book.wrong.append(f"{name} was told {self.book.tokens[name]}, then {token}")


class FormDesk(Desk):
    """Without script: a press is a form; whose answer is lost looks at the page again."""

    def press(self, do):
        try:
            self.browser.post("press", self.address, {"do": do})
        except Cut:
            self.rooms = {}


class KeepingDesk(Desk):
    """With its script: what is pressed is kept on the device first, then sent in order until it is answered."""

    def __init__(self, *args):
        super().__init__(*args)
        self.kept = []

    def look(self):
        self.flush()
        super().look()
        self.stage.by_hand -= set(self.mine)

    def without_network(self):
        """What this desk calls from now on is known here alone, and stands on its page at once."""
        self.stage.by_hand |= set(self.mine)
        self.seen_at = self.stage.clock.now()

    def press(self, do):
        """A call names whom this desk calls, and is seen at once."""
        verb, _colon, rest = do.partition(":")
        if verb == "next":
            panel, _colon, inside = rest.partition(":")
            waits = self.rooms[int(panel)].waits
            do = f"{do}:{waits[0][0]}" if waits else f"finish:{inside}"
        now = self.stage.clock.now()
        self.kept.append({"key": str(uuid.uuid4()), "do": do, "at": round(now.timestamp() * 1000)})
        self.book.presses += 1
        try:
            self.flush()
        except Cut:
            self.show(do)

    def show(self, do):
        """What the page shows meanwhile: the one called is inside, the one sent out is not."""
        verb, *keys = do.split(":")
        if verb == "next":
            room = self.rooms[int(keys[0])]
            self.rooms[int(keys[0])] = Room(room.waits[0], room.waits[1:])
        elif verb in {"finish", "skip"}:
            rooms = self.rooms.items()
            gone = int(keys[0])
            self.rooms = {at: Room(None, r.waits) if r.inside and r.inside[0] == gone else r for at, r in rooms}

    def flush(self):
        if not self.kept:
            return
        answer = self.browser.send("presses", f"{self.address}sync/", json.dumps({"presses": self.kept}))
        if not answer.json or answer.status != 200:
            self.book.amiss(f"the desk's presses were answered with {answer.status}")
            return
        if len(self.kept) > 1:
            self.book.resent += len(self.kept) - 1
        by_key = {press["key"]: press for press in self.kept}
        for one in answer.json["done"]:
            self._settle(by_key.pop(one["key"]), one)
        self.kept = list(by_key.values())

    def _settle(self, press, one):
        names = {key: name for name, key in self.listed.items()}
        verb, _colon, key = press["do"].partition(":")
        if verb != "check_in":
            return
        if one["state"] != "done":
            self.book.amiss(f"{press['do']} was refused: {one}")
        elif int(key) in names:
            self.hears(names[int(key)], one["token"])

    def receive(self, guest):
        """From the list on the page, so that it works without a network; who is not on it is searched for."""
        key = self.listed.get(guest.name)
        if key is None:
            return super().receive(guest)
        self.press(f"check_in:{key}")
        return None
