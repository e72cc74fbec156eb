"""What a device holds: signed cookies full of secrets, never of a name or a number."""

from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse


def held(request: HttpRequest, cookie: str, *, for_: timedelta) -> list[str]:
    """The secrets in a cookie, newest first; none when it is forged or older than ``for_``."""
    value = request.get_signed_cookie(cookie, default="", salt=cookie, max_age=for_)
    return [secret for secret in (value or "").split(".") if secret]


def hold(response: HttpResponse, cookie: str, secrets: list[str], *, for_: timedelta) -> None:
    """Let the device hold these from now on; an empty list takes the cookie away."""
    if not secrets:
        response.delete_cookie(cookie, samesite="Lax")
        return
    response.set_signed_cookie(
        cookie,
        ".".join(secrets),
        salt=cookie,
        max_age=for_,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )
