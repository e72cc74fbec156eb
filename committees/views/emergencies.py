"""Emergency access of administrators: they ask, a second person agrees, who watches sees what was looked at."""

from django.contrib import admin, messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from committees import access
from committees.access import Right
from committees.domain import watching
from committees.forms.answers import ReasonForm
from portal import emergencies
from portal.accounts import emergency, second_factor
from portal.models import BreakGlass, Event

SHOWN = 20


def ask(request):
    """An administrator's own page, behind the second factor (``portal.admin_site``): ask, see how it stands, end it."""
    now = timezone.now()
    mine = BreakGlass.objects.filter(user=request.user).select_related("agreed_by__person")
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        told = {"watchers": watching.watchers(now=now), "by": request.user, "now": now}
        try:
            glass = emergencies.ask(reason=form.cleaned_data["reason"], **told)
        except emergencies.AlreadyAsked:
            messages.warning(request, _("You have asked already."))
        else:
            emergency.begin(session=request.session, glass=glass)
            messages.success(request, _("Asked. The state office and the auditors have been told by SMS."))
        return redirect("admin:emergency")
    running = mine.filter(pk__in=emergencies.going_on(now)).first()
    waits = mine.filter(pk__in=emergencies.waiting(now)).first()
    if running or waits:
        emergency.begin(session=request.session, glass=running or waits)
    context = {"title": _("Emergency access"), "form": form, "running": running, "waits": waits}
    return TemplateResponse(request, "admin/emergency.html", admin.site.each_context(request) | context)


@require_safe
def emergencies_page(request):
    """All of late, with what was looked at; for who may agree, and for auditors."""
    if not _may_agree(request) and not access.may(request.user, Right.AUDIT):
        raise Http404
    now = timezone.now()
    rows = list(BreakGlass.objects.select_related("user__person", "agreed_by__person").order_by("-asked_at")[:SHOWN])
    looks = _looks(rows)
    waiting = set(emergencies.waiting(now).values_list("pk", flat=True))
    going_on = set(emergencies.going_on(now).values_list("pk", flat=True))
    for row in rows:
        row.looks = looks.get(str(row.pk), [])
        row.waits, row.goes_on = row.pk in waiting, row.pk in going_on
        row.for_me = row.waits and row.user_id != request.user.pk and _may_agree(request)
        row.may_end = (row.waits or row.goes_on) and (row.user_id == request.user.pk or _may_agree(request))
    return TemplateResponse(request, "committees/emergencies.html", {"rows": rows, "nav": "work"})


@require_POST
def agree(request, pk):
    """The second person's word."""
    glass = _glass_or_404(request, pk)
    now = timezone.now()
    try:
        emergencies.agree(glass=glass, watchers=watching.watchers(now=now), by=request.user, now=now)
    except emergencies.SamePerson:
        raise Http404 from None
    except emergencies.NotWaiting:
        messages.info(request, _("Someone was quicker: it needs no agreement any more."))
    else:
        messages.success(request, _("Agreed. It ends by itself in an hour."))
    return redirect("committees:emergencies")


@require_POST
def end(request, pk):
    """Over at once, or refused: by the administrator, or by whoever may agree."""
    glass = _glass_or_404(request, pk)
    emergencies.end(glass=glass, by=request.user, now=timezone.now())
    messages.success(request, _("The emergency access is over."))
    return redirect("committees:emergencies")


def _may_agree(request):
    """The state office, and administrators who gave their second factor."""
    administers = access.may(request.user, Right.ADMINISTER) and second_factor.passed(request)
    return administers or access.may(request.user, Right.ASSIGN)


def _glass_or_404(request, pk):
    if not _may_agree(request):
        raise Http404
    return get_object_or_404(BreakGlass.objects.select_related("user__person"), pk=pk)


def _looks(rows):
    """Which pages were opened in each: key as text → events."""
    kind = BreakGlass._meta.label_lower
    keys = [str(row.pk) for row in rows]
    found = {}
    for event in Event.objects.filter(kind=kind, thing__in=keys, verb="looked in an emergency").order_by("at", "pk"):
        found.setdefault(event.thing, []).append(event)
    return found
