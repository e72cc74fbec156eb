"""An administrator looks at the product as somebody else: for half an hour, and only looks.

The session stays the administrator's own. What it shows is what the other
would see, without what nobody is to see through another's eyes (marks,
decisions, whole numbers: ``committees.access``). Nothing is written: a form is
refused before its page, and what a page notes when it is opened is rolled back.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone

from portal import audit
from portal.accounts.backend import DoorBackend
from portal.models import User

KEY = "looks_as"  # in the session: whose eyes, until when
LASTS = timedelta(minutes=30)
SAFE = {"GET", "HEAD", "OPTIONS"}
STILL_POSTS = {"admin:look-end", "account_logout"}
THEIR_OWN = (
    "account_",
    "mfa_",
    "admin:",
    "committees:job",
    "committees:accept",
    "committees:leave",
    "training:mine",
    "me:",
)  # names of pages that are nobody else's: keys, files asked for, personal links, all that is kept of a person


def begin(*, session: SessionBase, as_user: User, reason: str, by: User, now: datetime) -> None:
    """From the next page on ``by`` sees what ``as_user`` sees. The log keeps who, as whom and why."""
    session[KEY] = {"user": as_user.pk, "until": (now + LASTS).timestamp()}
    audit.record("looked as", as_user, by=by, now=now, reason=reason)


def end(*, session: SessionBase, by: User | None, now: datetime) -> None:
    """Back to one's own eyes; again, or without a beginning, nothing happens."""
    looks = session.pop(KEY, None)
    seen = User.objects.filter(pk=looks["user"]).first() if looks else None
    if seen:
        audit.record("stopped looking as", seen, by=by, now=now)


class Eyes:
    """Puts the other in the place of the administrator for one request. Put behind AuthenticationMiddleware."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        looks = request.session.get(KEY) if settings.SESSION_COOKIE_NAME in request.COOKIES else None
        if not looks:
            return self.get_response(request)
        return self._look(request, looks, timezone.now())

    def _look(self, request: Any, looks: dict[str, Any], now: datetime) -> HttpResponse:
        seen = DoorBackend().get_user(looks["user"])
        looker = request.user if request.user.is_authenticated else None
        until = datetime.fromtimestamp(looks["until"], tz=now.tzinfo)
        if seen is None or looker is None or not looker.has_module_perms("portal") or now >= until:
            end(session=request.session, by=looker, now=now)
            return self.get_response(request)
        request.looker, request.looks_until = looker, until
        seen.looked_through_by = looker.person_id
        if request.method not in SAFE:
            return self.get_response(request)
        request.user = seen
        with transaction.atomic():
            response = self.get_response(request)
            transaction.set_rollback(True)  # what a page notes when it is opened was not seen by the other
        return response

    def process_view(self, request: Any, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """A form is refused in words, before its page; so are pages that are nobody's but the other's."""
        name = request.resolver_match.view_name
        if getattr(request, "looker", None) is None or name in STILL_POSTS:
            return None
        return _refused(request) if request.method not in SAFE or name.startswith(THEIR_OWN) else None


def _refused(request: HttpRequest) -> HttpResponse:
    return TemplateResponse(request, "portal/only_looking.html", status=403).render()
