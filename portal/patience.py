"""A thread waits for a body only as long as this brings something.

gunicorn's own timeout knows whole workers only, so a form that is sent drop by
drop would hold a thread for hours, and a hundred of them the whole site. A
body may pause for ``BODY_MAY_PAUSE`` seconds; and it has ``BODY_GRACE``
seconds, and one more for each ``BODY_SLOWEST`` bytes that are asked for. One
thread in each process looks after all bodies that are being waited for.
"""

import socket
import sys
import threading
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import Any

from django.conf import settings

SLICE = 16 * 1024  # asked for at once: so much is waited for together
TICK = 0.5  # seconds


class TooSlow(OSError):
    """The body was cut before it had come whole."""


class Patience:
    """What gunicorn calls, with the body watched."""

    def __init__(self, application: Callable[..., Iterable[bytes]]) -> None:
        self.application = application

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        line = environ.get("gunicorn.socket")
        if line is not None and environ.get("CONTENT_LENGTH", "0") != "0":
            line.settimeout(settings.BODY_MAY_PAUSE)
            environ["wsgi.input"] = Body(environ["wsgi.input"], line)
        return self.application(environ, start_response)


class Body:
    """The body of one request; ``read`` raises ``TooSlow``."""

    def __init__(self, body: Any, line: socket.socket) -> None:
        self.body = body
        self.line = line
        self.is_cut = False
        self.until = time.monotonic() + settings.BODY_GRACE

    def read(self, size: int | None = None) -> bytes:
        left = sys.maxsize if size is None or size < 0 else size
        parts = []
        while left > 0:
            wanted = min(left, SLICE)
            parts.append(self._slice(wanted))
            left -= wanted
            if len(parts[-1]) < wanted:
                break
        return b"".join(parts)

    def readline(self, size: int | None = None) -> bytes:
        with _Watched(self):
            return self.body.readline(size)

    def _slice(self, size: int) -> bytes:
        self.until += size / settings.BODY_SLOWEST
        with _Watched(self):
            part = self.body.read(size)
        if self.is_cut:
            raise TooSlow
        return part

    def cut(self) -> None:
        """Whoever waits for more of it goes on at once; the answer can still be sent."""
        self.is_cut = True
        with suppress(OSError):
            socket.socket.shutdown(self.line, socket.SHUT_RD)


class _Watched:
    """For as long as the block waits for this body."""

    waiting: dict[int, Body] = {}
    looks = threading.Lock()  # held by the one who looks

    def __init__(self, body: Body) -> None:
        self.body = body

    def __enter__(self) -> None:
        self.waiting[id(self.body)] = self.body
        if self.looks.acquire(blocking=False):
            threading.Thread(target=self._look, name="patience", daemon=True).start()

    def __exit__(self, *_raised: object) -> None:
        del self.waiting[id(self.body)]

    def _look(self) -> None:
        while True:
            time.sleep(TICK)
            for body in list(self.waiting.values()):
                if body.until < time.monotonic():
                    body.cut()
