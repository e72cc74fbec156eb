"""India's clock on a day that goes by faster than ours."""

import os
import time
from datetime import datetime, timedelta


class Clock:
    """At our second ``zero`` it shows ``begins``; from then on it runs ``pace`` times as fast."""

    def __init__(self, begins, pace, zero):
        self.begins, self.pace, self.zero = begins, pace, zero

    @classmethod
    def given(cls):
        """The clock that the environment tells of, so that every process shows the same time."""
        begins, pace, zero = os.environ["DAY_CLOCK"].split()
        return cls(datetime.fromisoformat(begins), float(pace), float(zero))

    def __str__(self):
        return f"{self.begins.isoformat()} {self.pace} {self.zero}"

    def now(self):
        return self.begins + timedelta(seconds=(time.monotonic() - self.zero) * self.pace)

    def rest(self, minutes):
        """Let so many of its minutes pass, and a moment of ours at least: even a quick day is no race of pages."""
        time.sleep(max(0.1, minutes * 60 / self.pace))

    def wait_for(self, moment):
        time.sleep(max(0.0, (moment - self.now()).total_seconds() / self.pace))
