"""The last hour: many phones at one server. ``python -m tests.load.crowd URL SLUG UNIT PROMPT SECONDS HANDS``.

A process of its own, so that it takes no time from the servers' own. Each
hand is one phone after the other: landing page, seven steps with a photo,
check, one submission pressed twice, the status page. Prints one JSON object,
at the latest ``PATIENCE`` seconds after the time is over: no line is waited
for longer than ``ANSWERED``, and a hand that is still busy then is told.
"""

import http.client
import json
import os
import random
import re
import sys
import threading
import time
from collections import Counter, defaultdict
from contextlib import closing
from http.cookies import SimpleCookie
from io import BytesIO
from urllib.parse import urlencode, urlsplit

from PIL import Image

FRAME = "----crowd"
SAMPLE = " ".join(["हमारे गाँव में पीने का पानी दूर से लाना पड़ता है।"] * 6)  # no Django here, a browser has none
ANSWERED, PATIENCE = 20, 45  # seconds


def a_photo():
    out = BytesIO()
    Image.effect_noise((480, 360), 60).save(out, "JPEG", quality=80)
    return out.getvalue()


class Phone:
    """One browser with cookies; a new connection for each question, as a proxy in front of the server has."""

    def __init__(self, url, seen):
        self.place = urlsplit(url).netloc
        self.cookies, self.seen, self.csrf = {}, seen, ""

    def ask(self, kind, method, path, data=None, photo=None):
        body, headers = b"", {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if data is not None:
            data = data | {"csrfmiddlewaretoken": self.csrf}
            body, headers["Content-Type"] = _multipart(data, photo) if photo else _plain(data)
        begun = time.monotonic()
        with closing(http.client.HTTPConnection(self.place, timeout=ANSWERED)) as line:
            line.request(method, path, body, headers)
            answer = line.getresponse()
            text = answer.read().decode(errors="replace")
        self.seen.append((kind, answer.status, time.monotonic() - begun, time.time()))
        for name, value in answer.getheaders():
            if name == "Set-Cookie":
                self.cookies |= {key: morsel.value for key, morsel in SimpleCookie(value).items()}
        if found := re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', text):
            self.csrf = found[1]
        return answer.status, answer.getheader("Location") or "", text


def _plain(data):
    return urlencode(data).encode(), "application/x-www-form-urlencoded"


def _multipart(data, photo):
    parts = [
        f'--{FRAME}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n' for name, value in data.items()
    ]
    picture = f'--{FRAME}\r\nContent-Disposition: form-data; name="photo"; filename="a.jpg"\r\n'
    picture += "Content-Type: image/jpeg\r\n\r\n"
    body = "".join(parts).encode() + picture.encode() + photo + f"\r\n--{FRAME}--\r\n".encode()
    return body, f"multipart/form-data; boundary={FRAME}"


class Crowd:
    """All hands, and what they were told."""

    def __init__(self, url, slug, unit, prompt, seconds):
        self.url, self.slug, self.unit, self.prompt = url, slug, unit, prompt
        self.until = time.monotonic() + seconds
        self.seen, self.receipts, self.numbers = [], [], iter(range(10**6))
        self.lock, self.photo, self.wrong = threading.Lock(), a_photo(), []

    def hand(self):
        while time.monotonic() < self.until:
            with self.lock:
                number = next(self.numbers)
            try:
                self._apply(number)
            except (OSError, http.client.HTTPException) as problem:
                self.wrong.append(f"{type(problem).__name__}: {problem}")

    def _apply(self, number):
        phone, at = Phone(self.url, self.seen), f"/d/{self.slug}/apply"
        phone.ask("landing", "GET", f"/d/{self.slug}/")
        for step, answers in self._typed(number).items():
            phone.ask("step", "GET", f"{at}/{step}/")
            photo = self.photo if step == "photo" and number % 3 == 0 else None
            status, _to, text = phone.ask("upload" if photo else "save", "POST", f"{at}/{step}/", answers, photo)
            if status != 302:
                words = re.sub(r"<[^>]+>|\s+", " ", text)
                self.wrong.append(f"{step} {status}: {words[-900:-600]}")
                return
            if random.random() < 0.03:
                return  # somebody who does not come back
        _status, _to, text = phone.ask("check", "GET", f"{at}/check/")
        shown = re.search(r'name="version" value="([^"]+)"', text)
        self._hand_in(phone, number, f"{at}/check/", {"consent": "on", "version": shown[1] if shown else ""})

    def _hand_in(self, phone, number, page, agreed):
        """Every other time the button is pressed twice at once, on two lines: both must give the same receipt."""
        presses = [phone]
        if number % 2:
            presses.append(Phone(self.url, self.seen))
            presses[1].cookies, presses[1].csrf = dict(phone.cookies), phone.csrf
        told = []
        hands = [threading.Thread(target=self._press, args=(one, page, agreed, told), daemon=True) for one in presses]
        for hand in hands:
            hand.start()
        for hand in hands:
            hand.join(ANSWERED)
        if len(told) == len(presses) and len(set(told)) == 1 and told[0].startswith("302 /a/"):
            to = told[0].removeprefix("302 ")
            self.receipts.append((to.split("/a/")[1].strip("/"), f"+9198{number:08d}"))
            phone.ask("status", "GET", to)
        else:
            self.wrong.append(f"submit of {number}: {told}")

    def _press(self, phone, page, agreed, told):
        try:
            status, to, _text = phone.ask("submit", "POST", page, agreed)
        except (OSError, http.client.HTTPException) as problem:
            told.append(f"{type(problem).__name__}: {problem}")
        else:
            told.append(f"{status} {to}")

    def _typed(self, number):
        return {
            "name": {"name": "सुनीता मीणा", "phone": f"98{number:08d}", "on_whatsapp": "on"},
            "area": {"unit": self.unit},
            "about": {"birth_year": "1995", "education": "बी.ए."},
            "work": {"since": "2-5", "roles": "बूथ अध्यक्ष", "work": "घर-घर संपर्क"},
            "social": {"no_links": "on"},
            "writing": {"prompt": self.prompt, "writing": SAMPLE},
            "photo": {"can_come": "yes", "serve_level": "district"},
        }


def report(crowd, seconds):
    statuses = Counter(str(status) for _kind, status, _took, _at in crowd.seen)
    times = defaultdict(list)
    for kind, _status, took, _at in crowd.seen:
        times[kind].append(took)
    return {
        "receipts": crowd.receipts,
        "statuses": statuses,
        "requests_a_second": round(len(crowd.seen) / seconds, 1),
        "submits_a_second": round(len(crowd.receipts) / seconds, 2),
        "ms": {kind: _spread(sorted(took)) for kind, took in times.items()},
        "faults": [at for _kind, status, _took, at in crowd.seen if status >= 500],
        "wrong": crowd.wrong[:20],
    }


def _spread(took):
    at = {"p50": took[len(took) // 2], "p99": took[len(took) * 99 // 100]}
    return {"n": len(took)} | {name: round(seconds * 1000) for name, seconds in at.items()}


def main(url, slug, unit, prompt, seconds, hands):
    crowd = Crowd(url, slug, unit, prompt, float(seconds))
    begun = time.monotonic()
    threads = [threading.Thread(target=crowd.hand, daemon=True) for _hand in range(int(hands))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(max(0, crowd.until + PATIENCE - time.monotonic()))
    if busy := sum(thread.is_alive() for thread in threads):
        crowd.wrong.append(f"{busy} hands were not done in time")
    print(json.dumps(report(crowd, time.monotonic() - begun)), flush=True)
    os._exit(0)  # whoever is still busy is not waited for


if __name__ == "__main__":
    main(*sys.argv[1:])
