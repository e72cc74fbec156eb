"""A browser, and a network that fails: no line for a while, or the answer lost on its way back."""

import http.client
import json
import re
import time
from contextlib import closing
from http.cookies import SimpleCookie
from typing import NamedTuple
from urllib.parse import urlencode, urlsplit

ANSWERED = 30  # seconds


class Cut(Exception):
    """There is no network, or the answer never came: what was sent may have been done."""


class Answer(NamedTuple):
    """What the server said."""

    status: int
    text: str
    headers: http.client.HTTPMessage

    @property
    def json(self):
        return json.loads(self.text) if "json" in (self.headers["Content-Type"] or "") else None

    def all(self, pattern):
        return re.findall(pattern, self.text, re.DOTALL)

    def first(self, pattern):
        found = re.search(pattern, self.text, re.DOTALL)
        return found[1] if found else ""


class Browser:
    """Cookies, the token of the last form, and a network.

    ``cuts`` are (from, until) on the day's clock, ``until`` a moment or an
    event; ``loses`` is the share of answers that get lost.
    """

    def __init__(self, url, day, chance, cookie="", cuts=(), loses=0.0):
        self.place, self.clock, self.book, self.chance = urlsplit(url).netloc, day.clock, day.book, chance
        self.cookies = {"sessionid": cookie} if cookie else {}
        self.csrf, self.cuts, self.loses = "", cuts, loses

    @property
    def is_cut(self):
        now = self.clock.now()
        return any(begins <= now and not _over(until, now) for begins, until in self.cuts)

    def get(self, kind, path, **headers):
        return self._ask(kind, "GET", path, "", headers)

    def post(self, kind, path, data):
        form = {"Content-Type": "application/x-www-form-urlencoded"}
        return self._ask(kind, "POST", path, urlencode(data | {"csrfmiddlewaretoken": self.csrf}, doseq=True), form)

    def send(self, kind, path, body, form="application/json"):
        """As a script does: the token in a header, JSON back."""
        headers = {"Content-Type": form, "X-CSRFToken": self.csrf, "Accept": "application/json"}
        return self._ask(kind, "POST", path, body, headers)

    def _ask(self, kind, method, path, body, headers):
        if self.is_cut:
            raise Cut("no network")
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        begun = time.monotonic()
        try:
            with closing(http.client.HTTPConnection(self.place, timeout=ANSWERED)) as line:
                line.request(method, path, body.encode(), {"Cookie": cookies} | headers)
                got = line.getresponse()
                answer = Answer(got.status, got.read().decode(), got.headers)
        except (OSError, http.client.HTTPException) as problem:
            self.book.broken(kind, problem)
            raise Cut(str(problem)) from problem
        self.book.asked(kind, answer.status, time.monotonic() - begun, path)
        if self.is_cut or self.chance.random() < self.loses:
            self.book.lost += 1
            raise Cut("the answer got lost")
        self._remember(answer)
        return answer

    def _remember(self, answer):
        for line in answer.headers.get_all("Set-Cookie") or ():
            self.cookies |= {key: morsel.value for key, morsel in SimpleCookie(line).items()}
        self.csrf = answer.first(r'name="csrfmiddlewaretoken" value="([^"]+)"') or self.csrf


def _over(until, now):
    return until.is_set() if hasattr(until, "is_set") else now >= until
