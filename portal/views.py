"""Pages in words for when something is in the way."""

import logging

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse, JsonResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.crypto import get_random_string

from portal import health, organisation

log = logging.getLogger("srijan")


@login_not_required
def not_found(request, exception=None):
    return _page(request, "404.html", 404)


@login_not_required
def not_yours(request, exception=None):
    return _page(request, "403.html", 403)


@login_not_required
def csrf_failure(request, reason=""):
    return _page(request, "csrf.html", 403)


@login_not_required
def broken(request):
    reference = get_random_string(6, "ABCDEFGHJKMNPQRSTVWXYZ23456789")
    log.error("a page broke", extra={"reference": reference})
    return _page(request, "500.html", 500, reference=reference)


@login_not_required
def too_many(request, *args, wait=20, **kwargs):
    """Says when the page tries again by itself; what was written is kept in the page."""
    kept = [(name, value) for name, values in request.POST.lists() for value in values if name != "csrfmiddlewaretoken"]
    response = _page(request, "429.html", 429, wait=wait, kept=kept)
    response["Retry-After"] = str(wait)
    return response


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
    return TemplateResponse(request, template, context, status=status).render()
