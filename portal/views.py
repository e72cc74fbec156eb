"""Pages in words for when something is in the way."""

from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.utils.crypto import get_random_string
from django.contrib.auth.decorators import login_not_required
import logging

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
    return HttpResponse("ok", content_type="text/plain")


def _page(request, template, status, **context):
    return TemplateResponse(request, template, context, status=status).render()
