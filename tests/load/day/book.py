"""What the actors write down of the day: to be compared with the database, and to be told."""

import threading
from collections import Counter, defaultdict


class Book:
    """Requests and their times, what was promised on whose screen, what went wrong."""

    def __init__(self):
        self.times, self.statuses = defaultdict(list), Counter()
        self.tokens = {}  # name → token as the desk read it out
        self.sheets = {}  # (person, interview) → marks and note as the phone was told to hand in
        self.late = set()  # (person, interview): handed in after the day closed
        self.wrong, self.breaks = [], []
        self.lost = self.resent = self.signed_in = self.presses = self.unchanged = 0
        self.lock = threading.Lock()

    def asked(self, kind, status, seconds, path):
        with self.lock:
            self.times[kind].append(seconds)
            self.statuses[status] += 1
            if status >= 500:
                self.wrong.append(f"{status} of {path}")

    def broken(self, kind, problem):
        with self.lock:
            self.breaks.append(f"{kind}: {type(problem).__name__}")

    def amiss(self, words):
        with self.lock:
            self.wrong.append(words)

    def lines(self):
        """Of each kind of request how many, and how long the middle one and the slowest of a hundred took."""
        for kind, took in sorted(self.times.items()):
            took.sort()
            middle, slow = took[len(took) // 2], took[len(took) * 99 // 100]
            yield f"{kind}: {len(took)} times, p50 {middle * 1000:.0f} ms, p99 {slow * 1000:.0f} ms"
