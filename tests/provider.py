"""A provider of SMS to talk to: a real HTTP server that keeps what it is sent."""

import json
import random
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count

HANG, CUT = "hang", "cut"  # no answer until the test is over; the line is closed without one
GOOD = (200, b'{"id": "sms-1"}')


class Provider(ThreadingHTTPServer):
    """Answers each POST with the next of ``answers`` (a status and a body, ``HANG`` or ``CUT``), then with ``GOOD``."""

    daemon_threads = True
    request_queue_size = 64

    def __init__(self):
        super().__init__(("127.0.0.1", 0), _Handler)
        self.messages: list[dict] = []
        self.times: list[float] = []
        self.answers: list = []
        self.takes = 0.0  # seconds on average; then each message has an id of its own
        self.numbers = count(1)
        self.over = threading.Event()

    def answer(self):
        if self.answers:
            return self.answers.pop(0)
        if self.takes:
            time.sleep(random.uniform(0, 2 * self.takes))
        return (200, json.dumps({"id": f"sms-{next(self.numbers)}"}).encode()) if self.takes else GOOD

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/send"

    @property
    def references(self) -> list[str]:
        return sorted(message["reference"] for message in self.messages)


class _Handler(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.times.append(time.time())
        self.server.messages.append(json.loads(body) | {"authorization": self.headers["Authorization"]})
        answer = self.server.answer()
        if answer == HANG:
            self.server.over.wait(30)
        if answer in (HANG, CUT):
            self.close_connection = True
            return
        status, text = answer
        self.send_response(status)
        if 300 <= status < 400:
            self.send_header("Location", self.server.url)
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def log_message(self, *args):
        """Nothing: the tests read ``messages``."""


@contextmanager
def sms_provider() -> Iterator[Provider]:
    """Yield a ``Provider`` that listens."""
    provider = Provider()
    thread = threading.Thread(target=provider.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        provider.over.set()
        provider.shutdown()
        provider.server_close()
        thread.join()
