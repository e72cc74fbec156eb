"""Ratios: two things done in turns by one process, its CPU time counted, the middle of all rounds taken."""

import time
from http.cookies import SimpleCookie
from io import BytesIO
from statistics import median
from urllib.parse import urlencode

from django.core.handlers.wsgi import WSGIHandler

ROUNDS = 7


class Visitor:
    """A browser at a WSGI application without a network between: cookies, forms, and nothing else."""

    def __init__(self, handler=None):
        self.handler = handler or WSGIHandler()
        self.cookies = {}

    def get(self, path):
        return self._ask("GET", path, b"")

    def post(self, path, **data):
        token = {"csrfmiddlewaretoken": self.cookies["csrftoken"]} if "csrftoken" in self.cookies else {}
        return self._ask("POST", path, urlencode(data | token, doseq=True).encode())

    def _ask(self, method, path, body):
        """(status, headers, body)."""
        address, _mark, query = path.partition("?")
        environ = {
            "REQUEST_METHOD": method,
            "PATH_INFO": address,
            "QUERY_STRING": query,
            "SERVER_NAME": "testserver",
            "SERVER_PORT": "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": "127.0.0.1",
            "HTTP_HOST": "testserver",
            "HTTP_COOKIE": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
            "CONTENT_TYPE": "application/x-www-form-urlencoded",
            "CONTENT_LENGTH": str(len(body)),
            "wsgi.input": BytesIO(body),
            "wsgi.url_scheme": "http",
            "wsgi.errors": BytesIO(),
        }
        said = []
        response = self.handler(environ, lambda status, headers: said.extend((status, headers)))
        text = b"".join(response)
        response.close()
        self._remember(said[1])
        return int(said[0][:3]), dict(said[1]), text.decode()

    def _remember(self, headers):
        for name, value in headers:
            if name == "Set-Cookie":
                for key, morsel in SimpleCookie(value).items():
                    self.cookies[key] = morsel.value


def milliseconds(*calls, times=20, rounds=ROUNDS):
    """The CPU that each call takes, in turns: the middle of all rounds."""
    for call in calls:
        call()
    taken = [[] for _call in calls]
    for _round in range(rounds):
        for own, call in zip(taken, calls, strict=True):
            begun = time.process_time()
            for _time in range(times):
                call()
            own.append((time.process_time() - begun) / times * 1000)
    return [median(own) for own in taken]


def say(name, what, figure, goal):
    print(f"\n{name}  {what}: {figure} (goal {goal})", end="")
