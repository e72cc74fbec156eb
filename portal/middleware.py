"""What is refused before any page reads it."""

from django.conf import settings
from django.core.exceptions import BadRequest, MiddlewareNotUsed, RequestDataTooBig
from django.http import Http404, UnreadablePostError
from django.utils import timezone

from portal.views import SlowBody, away, only_pressed

NUL = "\x00"


class NoOddCookies:
    """A cookie with a null byte is none of ours, and PostgreSQL takes none: it is as if it had not come.

    Put before what reads the session; ``NoNullBytes`` comes too late for it, and its page asks for the session too.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        for name in [name for name, value in request.COOKIES.items() if NUL in value]:
            del request.COOKIES[name]
        return self.get_response(request)


class NoGiants:
    """A body larger than any of our forms is refused by what it says of itself, before a byte is read."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        size = request.META.get("CONTENT_LENGTH") or "0"
        if size.isdecimal() and int(size) > settings.BIGGEST_BODY:
            raise RequestDataTooBig
        return self.get_response(request)


class PlannedWork:
    """Until the announced minute every page says when we are back, and keeps what was sent."""

    def __init__(self, get_response):
        self.get_response = get_response
        until = settings.MAINTENANCE_UNTIL
        if not until:
            raise MiddlewareNotUsed
        self.until = timezone.make_aware(until) if timezone.is_naive(until) else until

    def __call__(self, request):
        if timezone.now() < self.until and request.path_info != "/health/":
            return away(request, self.until)
        return self.get_response(request)


class BehindAButton:
    """What only a button asks for, opened by a reload or a tab that comes back: words instead of an empty page."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if response.status_code != 405 or request.method != "GET" or response.content:
            return response
        return only_pressed(request, response["Allow"])


class NoNullBytes:
    """A text with a null byte was written by a program, and PostgreSQL takes none.

    In an address it is a page that does not exist, in a form a bad request: words, not a crash.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if NUL in request.path_info or _has_one(request.GET):
            raise Http404
        if _has_one(_posted(request)):
            raise BadRequest
        return self.get_response(request)


def _posted(request):
    try:
        return request.POST
    except UnreadablePostError:
        if getattr(request.META["wsgi.input"], "is_cut", False):
            raise SlowBody from None
        return {}  # the line broke; the page finds that out by itself


def _has_one(sent):
    return any(NUL in text for name in sent for text in (name, *sent.getlist(name)))
