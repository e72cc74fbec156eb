"""While an administrator's emergency lasts: each page is opened with wider eyes, marked, and written down.

Rights are put on the request's own user (``committees.access`` reads ``glass``)
and only for looking: a form finds the administrator as always, but for the one
that shows a number.
"""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from portal import emergencies
from portal.models import BreakGlass

KEY = "emergency"  # in the session that asked, which gave its second factor
SAFE = {"GET", "HEAD"}
SHOWS = {"applications:application-number"}  # writes nothing but that it was read


def begin(*, session: SessionBase, glass: BreakGlass) -> None:
    """This session, and no other of the administrator's, sees more once a second person agreed."""
    session[KEY] = glass.pk


class Hour:
    """Put behind AuthenticationMiddleware and before what puts another in the administrator's place."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponse:
        asked = request.session.get(KEY) if settings.SESSION_COOKIE_NAME in request.COOKIES else None
        if not asked or not request.user.is_authenticated:
            return self.get_response(request)
        now = timezone.now()
        glass = emergencies.going_on(now).filter(pk=asked, user=request.user).first()
        if glass is None:
            return self.get_response(request)
        request.glass, who = glass, request.user
        response = self.get_response(request)
        match = request.resolver_match
        if match is not None and response.status_code == 200:
            emergencies.looked(glass=glass, page=match.view_name, path=request.path[:200], by=who, now=now)
        return response

    def process_view(self, request: Any, view: Any, args: Any, kwargs: Any) -> None:
        """Before the page asks for rights."""
        glass = getattr(request, "glass", None)
        if glass is None or getattr(request, "looker", None) is not None:
            return
        if request.method in SAFE or request.resolver_match.view_name in SHOWS:
            request.user.glass = glass
