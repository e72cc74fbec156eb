"""A lost network, at both its ends: the phone knows of it, and no request is answered.

The second half is a trap otherwise: Chromium does not hold a page offline which came out of a service worker.
"""

import threading
from contextlib import contextmanager

from tests.browser.waiting import PATIENCE


class Network:
    """What lies between the browser's ``context`` and the ``server``, a ``live_server``."""

    def __init__(self, context, server):
        self._context, self._httpd = context, server.thread.httpd

    def lose(self):
        """From here on every request fails on the way."""
        self._httpd.get_app = _gone
        self._context.set_offline(True)

    @contextmanager
    def holding(self, path):
        """Within, an answer to ``path`` is made at once, which sets the event given, and comes when this ends."""
        made, let_go, get_app = threading.Event(), threading.Event(), self._httpd.get_app

        def app(environ, start_response):
            answer = get_app()(environ, start_response)
            if environ["PATH_INFO"] == path:
                made.set()
                let_go.wait(PATIENCE)
            return answer

        self._httpd.get_app = lambda: app
        try:
            yield made
        finally:
            let_go.set()
            vars(self._httpd).pop("get_app")

    def find(self, *, told=True):
        """All is answered again; the phone hears so unless ``told`` is false."""
        vars(self._httpd).pop("get_app", None)
        if told:
            self._context.set_offline(False)


def _gone():
    raise ConnectionResetError("no network")
