"""India's clock on a day that goes by faster than ours, and waits for whoever cannot keep up."""

import mmap
import os
import struct
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

TICK = 0.05  # seconds of ours


class Clock:
    """Kept in a small file, so that every process shows the same time; at best ``pace`` times as fast as ours."""

    def __init__(self, path, pace=1.0):
        self.path, self.pace = path, pace
        with Path(path).open("r+b") as file:
            self.memory = mmap.mmap(file.fileno(), 8)

    @classmethod
    def set_to(cls, begins, pace, path):
        path.write_bytes(struct.pack("d", begins.timestamp()))
        return cls(path, pace)

    @classmethod
    def given(cls):
        """The clock that the environment names."""
        return cls(os.environ["DAY_CLOCK"])

    def now(self):
        return datetime.fromtimestamp(struct.unpack("d", self.memory[:])[0], UTC)

    def run(self, *, may_go, is_over):
        """Let time pass until it is over; it stands still where it may not go on."""
        while not is_over():
            time.sleep(TICK)
            if may_go():
                later = self.now() + timedelta(seconds=TICK * self.pace)
                self.memory[:] = struct.pack("d", later.timestamp())

    def rest(self, minutes):
        """A while without doing anything, and a moment of ours at least: even a quick day is no race of pages."""
        time.sleep(max(0.1, minutes * 60 / self.pace))
