"""A lost network, at both its ends: the phone knows of it, and no request is answered.

The second half is a trap otherwise: Chromium does not hold a page offline which came out of a service worker.
"""


class Network:
    """What lies between the browser's ``context`` and the ``server``, a ``live_server``."""

    def __init__(self, context, server):
        self._context, self._httpd = context, server.thread.httpd

    def lose(self):
        """From here on every request fails on the way."""
        self._httpd.get_app = _gone
        self._context.set_offline(True)

    def find(self, *, told=True):
        """All is answered again; the phone hears so unless ``told`` is false."""
        vars(self._httpd).pop("get_app", None)
        if told:
            self._context.set_offline(False)


def _gone():
    raise ConnectionResetError("no network")
