"""Pages in words for when something is in the way."""

import logging
import sys

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import BadRequest, RequestDataTooBig
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import get_language

from portal import health, kept, organisation, programs

WAIT = 20  # seconds until a page tries again
LONG = 90  # more seconds than that are told in minutes
MOST_KEPT = 100_000  # signs of what was sent
NOT_KEPT = {"csrfmiddlewaretoken"}
SECRET = {"password", "password1", "password2", "oldpassword", "code"}

log = logging.getLogger("srijan")


@login_not_required
def not_found(request, exception=None):
    return _page(request, "404.html", 404)


@login_not_required
def not_yours(request, exception=None):
    return _page(request, "403.html", 403)


def only_pressed(request, ways):
    """This address takes nothing but what a button sends."""
    response = _page(request, "405.html", 405)
    response["Allow"] = ways
    return response


class SlowBody(BadRequest):
    """What was sent came so slowly that the line was cut."""


@login_not_required
def unreadable(request, exception=None):
    """Too big, too slow, too many fields, or not what a form sends."""
    too_big, too_slow = isinstance(exception, RequestDataTooBig), isinstance(exception, SlowBody)
    status = 413 if too_big else 408 if too_slow else 400
    return _page(request, "400.html", status, too_big=too_big, too_slow=too_slow)


@login_not_required
def csrf_failure(request, reason=""):
    """What was typed comes back to be sent again; not what another site would have our visitor send."""
    ours = f"{request.scheme}://{request.get_host()}"
    sent_here = request.headers.get("Origin") == ours or request.headers.get("Referer", "").startswith(f"{ours}/")
    return _page(request, "csrf.html", 403, **(_sent(request) if sent_here else {}))


@login_not_required
def broken(request):
    """A fault of ours; or the database is away, which passes."""
    if isinstance(sys.exc_info()[1], (OperationalError, InterfaceError)):
        return kept.last(request) or away(request)
    reference = get_random_string(6, "ABCDEFGHJKMNPQRSTVWXYZ23456789")
    log.error("a page broke", extra={"reference": reference})
    return _page(request, "500.html", 500, reference=reference, **_sent(request))


@login_not_required
def too_many(request, *args, wait=WAIT, **kwargs):
    """Says when the page tries again by itself; what was written is kept in the page."""
    minutes = -(-wait // 60) if wait > LONG else 0
    response = _page(request, "429.html", 429, wait=wait, minutes=minutes, **_sent(request))
    response["Retry-After"] = str(wait)
    return response


def away(request, until=None):
    """Nothing can be saved now; what was written is kept in the page. Needs no database."""
    wait = max(WAIT, int((until - timezone.now()).total_seconds())) if until else WAIT
    context = {
        "request": request,
        "until": until,
        "wait": wait,
        "organisation": organisation.remembered(),
        "language": get_language(),
        "csrf_token": get_token(request),
        **_sent(request),
    }
    headers = {"Retry-After": str(wait), "Cache-Control": "no-store"}
    if told := programs.outside(request, 503):
        told["Retry-After"] = str(wait)
        return told
    return HttpResponse(render_to_string("503.html", context), status=503, headers=headers)


@login_not_required
def healthy(request):
    """For a load balancer: 200 when the database answers and notices leave, else 503."""
    found = health.report(timezone.now())
    return JsonResponse(found, status=200 if found["ok"] else 503)


@login_not_required
def logo(request):
    """The organisation's logo: at most 12 KB, WebP or PNG, re-made when it was uploaded."""
    image = organisation.current().logo
    if not image:
        raise Http404
    kind = "image/webp" if bytes(image[8:12]) == b"WEBP" else "image/png"
    return HttpResponse(bytes(image), content_type=kind, headers={"Cache-Control": "public, max-age=3600"})


def _page(request, template, status, **context):
    if told := programs.outside(request, status):
        return told
    return TemplateResponse(request, template, context, status=status).render()


def _sent(request):
    """What was sent, to be sent again: all but files and secrets, and no more than a page can carry."""
    kept = [(name, value) for name, values in request.POST.lists() for value in values if name not in NOT_KEPT]
    if SECRET & set(request.POST) or sum(len(name) + len(value) for name, value in kept) > MOST_KEPT:
        return {"kept": [], "files": False}
    return {"kept": kept, "files": bool(request.FILES)}
