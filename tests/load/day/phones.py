"""A panel member's phone: marks are kept on it first, then sent, as ``sheets.js`` and ``score.js`` do."""

import re
import uuid
from urllib.parse import urlencode

from tests.load.day.browser import Cut

FORM = "application/x-www-form-urlencoded"
KNOWS = 0.01  # how often a member knows who comes in
KEYS = 20  # as sheets.js
REASON = "फ़ोन में नेटवर्क नहीं था"
ROW = re.compile(r'href="/panel/[0-9-]+/(\d+)/"><b class="token">.*?</tr>', re.DOTALL)
NOW = r'<a class="btn full" href="/panel/[0-9-]+/(\d+)/"'


class Member:
    """One phone of one panel member, who is a little stricter or milder than the others."""

    def __init__(self, stage, browser, person, panel, sessions):
        self.stage, self.browser, self.book = stage, browser, stage.book
        self.person, self.panel, self.sessions = person, panel, sessions
        self.chance = browser.chance
        self.severity = self.chance.uniform(-0.7, 0.7)
        self.copies, self.done, self.criteria = {}, set(), []

    def work(self):
        while not self.stage.over.is_set():
            try:
                self.send_what_is_left()
                if not self._next_sheet() and self.stage.nobody_waits.is_set():
                    return
            except Cut:
                self._score_without_network()
            self.stage.clock.rest(1)

    def send_what_is_left(self):
        for interview in list(self.copies):
            self._send(interview)

    # --- with a network ----------------------------------------------------------------------------

    def _next_sheet(self):
        """Who is inside, else somebody whose sheet is missing. Says whether there was anybody."""
        page = self.browser.get("panel", "/panel/")
        if page.status != 200:
            return self._sign_in()
        inside = page.first(NOW)
        lacking = [row[1] for row in ROW.finditer(page.text) if re.search(r'class="tag (bad|warn)"', row[0])]
        for token in [inside, *lacking]:
            if token and token not in self.done:
                self._open(token)
                return True
        return False

    def _open(self, token):
        address = f"/panel/{self.stage.date}/{token}/"
        page = self.browser.get("card", address)
        if 'value="free"' in page.text:
            known = self.chance.random() < KNOWS
            self.browser.post("declare", address, {"do": "conflict" if known else "free", "reason": "पड़ोसी"})
            if known:
                self.done.add(token)
                return
            page = self.browser.get("card", address)
        interview = page.first(r'name="interview" value="(\d+)"')
        if 'id="sheet"' not in page.text or not interview:
            self.done.add(token)
            return
        if int(interview) in self.copies:  # handed in on this phone alone, while the network was away for a moment
            self._send(int(interview))
            return
        self.criteria = page.all(r'data-criterion="(\d+)"')
        self._score(int(interview), page.first(r'name="revision" value="(\d+)"'), page.first("<h1>(.*?)</h1>"))
        self.done.add(token)

    def _score(self, interview, base, name):
        """Tap by tap, each kept and sent; then handed in."""
        copy = self.copies.setdefault(interview, self._begun(base))
        merit = self.stage.guests[name].merit
        for criterion in self.criteria:
            mark = min(5, max(1, round(merit + self.severity + self.chance.gauss(0, 0.6))))
            fields = {f"c{criterion}": str(mark)}
            if self.chance.random() < 0.02:
                fields = {f"c{criterion}": "none", f"w{criterion}": "समय नहीं मिला"}
            self._hold(copy, fields, criterion)
            self.stage.over.wait(self.chance.uniform(0.02, 0.3))
            if self.chance.random() < 0.7:
                self._send(interview)
        self._hold(copy, {"note": f"{name}: {self.person}"}, "note")
        copy["act"] = "submit"
        with self.book.lock:
            self.book.sheets[self.person, interview] = dict(copy["fields"])
        self._send(interview)

    def _begun(self, base):
        return {"base": base, "fields": {}, "times": {}, "tried": [], "act": "save"}

    def _hold(self, copy, fields, what):
        copy["fields"] |= fields
        copy["times"][what] = self._milliseconds()
        copy["key"] = uuid.uuid4().hex

    # --- without one -------------------------------------------------------------------------------

    def _score_without_network(self):
        """Who sits at the table is seen without a network; a card of the prepared day is opened all the same."""
        head = self.stage.heads.get(self.panel)
        if not (self.criteria and self.browser.is_cut and head and head.is_there):
            return
        if (self.person, head.interview) not in self.book.sheets:
            self.copies[head.interview] = self._begun("0") | {"free": self._milliseconds()}
            self._score(head.interview, "0", head.name)

    # --- sending -----------------------------------------------------------------------------------

    def _send(self, interview):
        """``Sheets.send``: a lost answer leaves the copy here, and its key among those that may have arrived."""
        copy = self.copies[interview]
        try:
            for is_last in (False, True):
                if (is_last or not self.browser.csrf) and not self._token():
                    break
                answer = self.browser.send("send", "/panel/send/", self._body(copy, interview), FORM)
                if answer.json:
                    self._settle(interview, copy, answer)
                    return
            self._sign_in()
        except Cut:
            copy["tried"] = [*(key for key in copy["tried"] if key != copy["key"]), copy["key"]][-KEYS:]
            self.book.resent += 1

    def _body(self, copy, interview):
        rest = {"do": copy["act"], "key": copy["key"], "former": ",".join(copy["tried"]), "revision": copy["base"]}
        whose = {"who": self.person, "interview": interview, "clock": self._milliseconds()}
        free = {"free": copy["free"]} if "free" in copy else {}
        return urlencode(copy["fields"] | rest | whose | free | {f"t{key}": at for key, at in copy["times"].items()})

    def _settle(self, interview, copy, answer):
        if answer.status == 200:
            copy |= {"base": str(answer.json["revision"]), "tried": []}
            if copy["act"] != "save":
                del self.copies[interview]
        elif answer.status == 410 and answer.json["same"]:
            del self.copies[interview]
        elif answer.status == 423 and answer.json.get("late"):
            copy |= {"act": "late", "key": uuid.uuid4().hex, "fields": copy["fields"] | {"late": REASON}}
            self.book.late.add((self.person, interview))
        elif answer.status == 409:
            copy |= {"base": str(answer.json["revision"]), "tried": [], "key": uuid.uuid4().hex}
            self.book.amiss(f"the phone was taken for two: {answer.json['words']}")
        elif answer.status != 503:
            self.book.amiss(f"a sheet was refused with {answer.status}: {answer.text[:200]}")
            del self.copies[interview]

    def _token(self):
        answer = self.browser.get("token", "/panel/token/", Accept="application/json")
        self.browser.csrf = answer.json["token"] if answer.json else ""
        return bool(answer.json)

    def _sign_in(self):
        """The session ended: another one begins, what is on the phone stays there."""
        if not self.sessions:
            self.book.amiss("a phone was signed out too often")
            self.stage.over.wait(1)
            return True
        self.browser.cookies = {"sessionid": self.sessions.pop()}
        self.book.signed_in += 1
        return True

    def sign_out(self):
        self.browser.cookies = {}

    def _milliseconds(self):
        return round(self.stage.clock.now().timestamp() * 1000)
