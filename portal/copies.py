"""Pages that stay on a phone for times without a network: the worker that keeps them, and what makes it forget.

``keep`` lets one page stay. The cookie says to our other pages that something
is kept, and whose it is: they load ``copies.js``, which forgets it when this
person signs out, at the door, and when somebody else has come.
"""

from datetime import timedelta
from functools import cache
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse

HEADER = "X-Desk"
COOKIE = "copies"
KEPT_FOR = timedelta(days=30)  # as static/copies-sw.js has it


def keep(request: HttpRequest, response: HttpResponse, *, yes: bool = True) -> HttpResponse:
    """Tell the worker whether this page may stay; never one that is seen through another's eyes."""
    may = yes and getattr(request, "looker", None) is None
    response[HEADER] = "keep" if may else "forget"
    if may:
        whose = str(request.user.pk)
        secure = settings.SESSION_COOKIE_SECURE
        response.set_cookie(COOKIE, whose, max_age=KEPT_FOR, httponly=True, samesite="Lax", secure=secure)
    return response


def worker() -> HttpResponse:
    """The script; it reaches nothing but the addresses below its own."""
    response = HttpResponse(_script(), content_type="text/javascript; charset=utf-8")
    response["Cache-Control"] = "no-cache"
    return response


@cache
def _script() -> bytes:
    return Path(finders.find("copies-sw.js") or "").read_bytes()
