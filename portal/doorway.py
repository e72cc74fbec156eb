"""The busiest pages leave memory at the door, before anybody behind it is asked."""

import threading
from contextlib import suppress
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.db import DatabaseError
from django.http import HttpResponse
from django.utils import timezone

MOST = 400  # addresses
NEVER = datetime.min.replace(tzinfo=UTC)

_shown = {}
_lock = threading.Lock()


class Doorway:
    """Gives a kept page to a visitor who is not signed in, with the headers of the long way.

    Such an answer says in ``stays`` how its page is made for the next visitor, and for how many seconds that
    holds: a function of the request that gives the text, or ``None`` where this visitor has to go the long way.
    Put behind what every answer needs (the policy's nonce and the form's token), before what is there for people
    who are known.
    """

    def __init__(self, get_response):
        if settings.MAINTENANCE_UNTIL:  # told further inside, in the language of the address
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request):
        if not _is_plain(request):
            return self.get_response(request)
        if answer := _again(request):
            return answer
        response = self.get_response(request)
        if stays := getattr(response, "stays", None):
            _remember(request.path_info, response, *stays)
        return response


def _is_plain(request):
    """A look at an address, by nobody we know and nobody who is to be told what just happened."""
    if request.method != "GET" or request.META.get("QUERY_STRING"):
        return False
    return not request.COOKIES.keys() & {settings.SESSION_COOKIE_NAME, "messages"}


def _again(request):
    """The page that lately left from this address, made for this visitor."""
    until, make, headers = _shown.get(request.path_info, (NEVER, None, {}))
    if until <= timezone.now():
        return None
    with suppress(DatabaseError):  # the long way says that it is away
        if html := make(request):
            page = html.encode()
            return HttpResponse(page, headers=headers | {"Content-Length": str(len(page))})
    return None


def _remember(path, response, make, seconds):
    with _lock:
        if len(_shown) >= MOST:
            _shown.clear()
        _shown[path] = timezone.now() + timedelta(seconds=seconds), make, dict(response.items())
