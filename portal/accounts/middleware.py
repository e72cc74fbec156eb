"""Sessions of people who signed in end, and what they saw is kept nowhere."""

from django.conf import settings
from django.contrib.auth import logout
from django.utils import timezone
from django.utils.cache import add_never_cache_headers

LONGEST = 12 * 60 * 60
IDLE = 3 * 60 * 60
STEP = 60  # not every page writes the session


class SessionLimits:
    """They end 12 hours after the beginning, or 3 hours after the last page.

    Put behind AuthenticationMiddleware. The marks are set by ``AccountAdapter.login``.
    """

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


class KeptNowhere:
    """No browser and no proxy keeps what a colleague sees, unless the page itself says how long.

    Put behind AuthenticationMiddleware. Who has no session is not asked for it, so that
    public answers stay the same for everyone.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        has_session = settings.SESSION_COOKIE_NAME in request.COOKIES
        if has_session and "Cache-Control" not in response and request.user.is_authenticated:
            add_never_cache_headers(response)
        return response
