"""Is this paper real? Anyone may ask, with the code that is printed on it."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from portal import codes, documents, throttle
from portal.models import Document
from portal.views import too_many

MISSES_AN_HOUR = 20
HOUR = 3600


@login_not_required
def ask(request):
    """Type a code."""
    typed = request.GET.get("code", "")
    if not typed:
        return _page(request, "ask")
    try:
        code = codes.read(typed, documents.CODE_LENGTH)
    except codes.BadCode:
        return _missed(request, typed)
    return redirect("committees:verify", codes.pretty(code))


@login_not_required
def verify(request, code):
    """What the office knows of this code. A wrong check sign never reaches the database."""
    try:
        read = codes.read(code, documents.CODE_LENGTH)
    except codes.BadCode:
        return _missed(request, code)
    document = Document.objects.filter(code=read).first()
    if document is None:
        return _missed(request, code)
    now = timezone.now()
    response = _page(request, documents.standing(document, now), document=document, now=now)
    if not request.user.is_authenticated:
        response["Cache-Control"] = "no-cache"  # a cancelled letter shows at once, not when a copy has aged
    return response


def _missed(request, typed):
    try:
        throttle.hit("verify", _address(request), limit=MISSES_AN_HOUR, seconds=HOUR)
    except throttle.TooMany as limit:
        return too_many(request, wait=limit.wait)
    return _page(request, "unknown", status=404, typed=typed[:20])


def _page(request, standing, *, status=200, **context):
    titles = {
        "ask": _("Check a letter"),
        "valid": _("Valid"),
        "revoked": _("Cancelled"),
        "expired": _("Term is over"),
        "unknown": _("Not found"),
    }
    context |= {"standing": standing, "heading": titles[standing]}
    response = TemplateResponse(request, "committees/verify.html", context, status=status)
    response["X-Robots-Tag"] = "noindex"
    return response


def _address(request):
    """Whose tries we count; behind a proxy the last address that it saw itself."""
    if settings.SECURE_PROXY_SSL_HEADER:
        return request.headers.get("X-Forwarded-For", "").rsplit(",", 1)[-1].strip() or request.META["REMOTE_ADDR"]
    return request.META["REMOTE_ADDR"]
