"""A file of what the view shows: its columns chosen, a small one at once, a large one with a second person."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from applications import exports
from applications.domain import exporting
from applications.domain.exporting import Wish
from applications.sieve import Sieve
from applications.views import inbox


@require_http_methods(["GET", "POST"])
def export(request):
    """GET: which columns. POST: the file, or the job that makes it."""
    inbox.gate(request)
    sieve = Sieve(request.POST.get("query", "") if request.method == "POST" else request.GET, user=request.user)
    if sieve.by_representation:
        messages.error(request, _("No file is made by gender, social group or age. Take that filter away."))
        return redirect(f"{reverse('applications:desk')}?{sieve.address}")
    if request.method == "POST" and request.POST.getlist("column"):
        return _file(request, sieve)
    context = {
        "nav": "applications",
        "sieve": sieve,
        "query": sieve.address,
        "count": sieve.rows.count(),
        "most": exporting.MOST,
        "columns": exports.columns(exporting.questions_of(sieve)),
        "usual": exports.USUAL,
        "none": request.method == "POST",
    }
    return TemplateResponse(request, "applications/export.html", context)


def _file(request, sieve):
    now = timezone.now()
    kind = request.POST.get("kind", "") if request.POST.get("kind") in exports.KINDS else "xlsx"
    wish = Wish(sieve.address, request.POST.getlist("column")[:100], kind)
    try:
        book = exporting.export(wish=wish, by=request.user, now=now)
    except exporting.TooMany:
        return redirect("committees:job", exporting.ask(wish=wish, by=request.user, now=now).key)
    name = f"applications-{timezone.localtime(now):%Y-%m-%d-%H%M}.{kind}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "X-Content-Type-Options": "nosniff"}
    return HttpResponse(book, content_type=exports.KINDS[kind][0], headers=headers)
