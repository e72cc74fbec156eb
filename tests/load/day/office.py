"""The office: a panel that leaves, the doors that close, the results that two people decide on."""

import re
from datetime import timedelta

from interviews.views.scope import AT_ONCE
from tests.load.day.browser import Cut
from tests.load.day.desks import rooms_of

RESULT = re.compile(r'<tr>\s*<td class="wide"><input class="tick" type="checkbox" name="interview".*?</tr>', re.DOTALL)
SELECTED, WAITING = 0.2, 0.2  # of those who came
TRIES = 5
LONGEST = timedelta(hours=12)  # at midnight no panel sits any more


class Office:
    """Two colleagues of the state office."""

    def __init__(self, stage, first, second):
        self.stage, self.first, self.second = stage, first, second

    def panel_leaves(self, panel, at):
        """Told ten minutes before; then the calls are sent again."""
        self._sure(self.first, f"{self.stage.office}/panels/{panel}/", do="leave", at=f"{at:%H:%M}")
        self._sure(self.first, f"{self.stage.office}/release/")

    def wait_until_nobody_waits(self):
        """Everybody has come, has a token, and is out again: looked at twice, for two desks are at work."""
        rooms, quiet, last = {}, 0, self.stage.clock.now() + LONGEST
        while quiet < 2:
            if self.stage.clock.now() > last:
                raise TimeoutError(f"people still wait: {rooms}; by hand: {self.stage.by_hand}")
            self.stage.clock.rest(2)
            try:
                rooms = rooms_of(self.first.get("queue", f"{self.stage.office}/queue/").text)
            except Cut:
                continue
            busy = any(room.inside or room.waits for room in rooms.values())
            quiet = 0 if busy or not self.stage.coming.empty() or self.stage.by_hand else quiet + 1
        self.stage.nobody_waits.set()

    def close(self):
        self._sure(self.first, f"{self.stage.office}/queue/", do="close")
        self.stage.closed.set()

    def agree_to_late_sheets(self):
        address = f"{self.stage.office}/sheets/"
        for sheet in self.second.get("sheets", address).all(r'name="sheet" value="(\d+)"'):
            self._sure(self.second, address, to=f"{address}second/", sheet=sheet)

    def decide(self):
        """The best are selected, those behind them wait; one proposes, the other approves."""
        address = f"{self.stage.office}/results/"
        rows = self._rows(address)
        keys = list(rows)
        absent = [key for key, row in rows.items() if 'class="tag bad"' in row]
        came = [key for key in keys if key not in absent]
        best, line = round(len(came) * SELECTED), round(len(came) * (SELECTED + WAITING))
        self._propose(came[:best], "SELECTED", "rank")
        self._propose(came[best:line], "WAITING", "seats")
        self._propose(came[line:], "NOT_SELECTED", "marks")
        self._propose(absent, "NOT_SELECTED", "absent")
        decisions = self.second.get("results", address).all(r'name="decision" value="(\d+)"')
        self._sure(self.second, address, to=f"{address}approve/", decision=decisions)
        self._sure(self.first, address, to=f"{address}freeze/")

    def _rows(self, address):
        """Everybody of the ranking by key, page after page."""
        rows, page = {}, 0
        while page * AT_ONCE <= len(rows):
            page += 1
            found = RESULT.findall(self.first.get("results", f"{address}?page={page}").text)
            rows |= {re.search(r'value="(\d+)"', row)[1]: row for row in found}
        return rows

    def _propose(self, keys, outcome, reason):
        if keys:
            address = f"{self.stage.office}/results/"
            chosen = {"interview": keys, "outcome": outcome, "reason": reason, "words": ""}
            self._sure(self.first, address, to=f"{address}propose/", **chosen)

    def _sure(self, browser, page, to="", **data):
        """Open the page and press; again when the answer got lost or a desk was quicker. A refusal is written down."""
        for is_last in (*[False] * TRIES, True):
            try:
                browser.get("office", page)
                answer = browser.post("office", to or page, data)
            except Cut:
                self.stage.clock.rest(1)
                continue
            if answer.status == 302:
                return
            if is_last:
                said = re.sub(r"<[^>]+>|\s+", " ", answer.first("<main.*?>(.*?)</main>"))[:300]
                self.stage.book.amiss(f"{to or page} {data} answered {answer.status}: {said}")
