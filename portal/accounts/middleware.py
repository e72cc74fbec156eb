"""Sessions of people who signed in end: 12 hours after the beginning, or 3 hours after the last page."""

from django.conf import settings
from django.contrib.auth import logout
from django.utils import timezone

LONGEST = 12 * 60 * 60
IDLE = 3 * 60 * 60
STEP = 60  # not every page writes the session


class SessionLimits:
    """Put behind AuthenticationMiddleware. The marks are set by ``AccountAdapter.login``."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if settings.SESSION_COOKIE_NAME in request.COOKIES and "began" in request.session:
            self._count(request, int(timezone.now().timestamp()))
        return self.get_response(request)

    def _count(self, request, now):
        began, seen = request.session["began"], request.session["seen"]
        if now - began > LONGEST or now - seen > IDLE:
            logout(request)
        elif now - seen > STEP:
            request.session["seen"] = now
