"""Silences: ordered and ended by the state office, seen by whoever writes messages."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from committees.domain import silencing
from committees.forms.messages import SilenceForm
from committees.models import Silence
from committees.views.messages import may_silence, units_to_write_to

SHOWN = 50


@never_cache
def silences_page(request):
    """Those that go on or come, those that are over, and a new one."""
    if not may_silence(request.user):
        raise Http404
    now = timezone.now()
    form = SilenceForm(request.POST or None, units=units_to_write_to(request.user))
    if form.is_valid():
        silencing.order(by=request.user, now=now, **form.cleaned_data)
        messages.success(request, _("Ordered. Nothing for many leaves to this area in that time."))
        return redirect("committees:silences")
    rows = list(Silence.objects.select_related("unit", "made_by__person", "ended_by__person")[:SHOWN])
    for row in rows:
        row.is_over = row.ended_at is not None or row.ends_at <= now
        row.goes_on = not row.is_over and row.starts_at <= now
    context = {"form": form, "rows": rows, "nav": "messages"}
    return TemplateResponse(request, "committees/silences.html", context, status=422 if form.errors else 200)


@require_POST
def end(request, pk):
    """Before its time."""
    if not may_silence(request.user):
        raise Http404
    silence = get_object_or_404(Silence, pk=pk)
    try:
        silencing.end(silence=silence, by=request.user, now=timezone.now())
    except silencing.Ended:
        messages.info(request, _("Someone was quicker: it is over already."))
    else:
        messages.success(request, _("Ended. What waited leaves now."))
    return redirect("committees:silences")
