"""Who looks: candidates at their own pages, and the wall."""

import re

from tests.load.day.browser import Cut

SAYS = {"yes": 0.5, "other": 0.1}  # the others say nothing
ROOM = re.compile(r'<section class="room[^>]*>(.*?)</section>', re.DOTALL)


class Corridor:
    """One phone after the other: opens the link of the call, says whether it comes, looks where it stands."""

    def __init__(self, stage, new_browser, chance):
        self.stage, self.new_browser, self.chance, self.phones = stage, new_browser, chance, {}

    def work(self):
        names = sorted(self.stage.guests)
        while not self.stage.closed.is_set():
            guest = self.stage.guests[self.chance.choice(names)]
            try:
                self._look(guest)
            except Cut:
                self.stage.clock.rest(1)
            self.stage.clock.rest(self.chance.uniform(1, 4))

    def _look(self, guest):
        address, known = f"/a/{guest.ref}/interview/", guest.ref in self.phones
        phone = self.phones.setdefault(guest.ref, self.new_browser())
        if not known:
            phone.get("link", f"{address}?k={guest.key}")
        page = phone.get("status", address)
        if not known and 'name="answer"' in page.text:
            said = next((word for word, share in SAYS.items() if self.chance.random() < share), "")
            if said:
                phone.post("answer", address, {"answer": said, "note": ""})


class Wall:
    """A TV: asks every few seconds, with the tag of what it shows."""

    def __init__(self, stage, browser, key):
        self.stage, self.browser, self.address, self.tag = stage, browser, f"/tv/{key}/?part=1", ""

    def work(self):
        while not self.stage.closed.is_set():
            try:
                page = self.browser.get("wall", self.address, **({"If-None-Match": self.tag} if self.tag else {}))
                self._show(page)
            except Cut:
                self.tag = ""
            self.stage.over.wait(0.8)

    def _show(self, page):
        self.stage.book.unchanged += page.status == 304
        if page.status != 200:
            return
        self.tag = page.headers["ETag"]
        shown = [token for room in ROOM.findall(page.text) for token in re.findall(r"<b>(\d+)</b>", room)]
        if len(shown) != len(set(shown)):
            self.stage.book.amiss(f"the wall shows one token in two rooms: {shown}")
