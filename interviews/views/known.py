"""Conflicts of interest: anyone who works on a drive declares one at any time; the office sets one aside by two."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from applications.models import Application
from committees import access
from committees.access import Right
from interviews.domain import conflicts
from interviews.models import Conflict, ConflictLift
from interviews.views.common import number
from portal import folding, phones

MOST, SHORTEST = 8, 4


@never_cache
def known(request):
    """Whom do I know? Nothing is listed: one searches by the whole number or name, which one knows oneself."""
    drives = conflicts.drives_of(request.user)
    if not drives.exists():
        raise Http404
    if request.method == "POST":
        return _declare(request, drives)
    text = request.GET.get("q", "").strip()
    mine = Conflict.objects.filter(person=request.user.person_id).order_by("-declared_at")
    context = {
        "nav": "panel",
        "q": text,
        "found": _found(drives, text) if text else None,
        "mine": mine.values("declared_at", "kind").count(),
    }
    return TemplateResponse(request, "interviews/known.html", context)


@require_safe
def office(request):
    """Who declared what about whom, and what waits for a second person. One's own is not among it."""
    applications = _decided_by(request.user)
    rows = Conflict.objects.filter(application__in=applications).select_related("application__drive", "person")
    lifts = ConflictLift.objects.filter(application__in=applications).exclude(person=request.user.person_id)
    asked = {(lift.application_id, lift.person_id) for lift in lifts if not lift.agreed_at}
    declared = [row for row in rows.order_by("-declared_at") if (row.application_id, row.person_id) not in asked]
    people = lifts.select_related("application", "person", "asked_by__person", "agreed_by__person")
    context = {
        "nav": "interviews",
        "declared": declared,
        "waiting": people.filter(agreed_at=None).order_by("asked_at"),
        "done": people.filter(agreed_at__isnull=False).order_by("-agreed_at"),
    }
    return TemplateResponse(request, "interviews/conflicts.html", context)


@require_POST
def lift(request):
    """Ask to set a conflict aside, or agree to it as the second person."""
    applications = _decided_by(request.user)
    told = {"by": request.user, "now": timezone.now()}
    try:
        if request.POST.get("lift"):
            rows = ConflictLift.objects.filter(application__in=applications, agreed_at=None)
            conflicts.agree_lift(lift=rows.get(pk=number(request.POST["lift"])), **told)
            messages.success(request, _("The conflict is set aside. Who asked and who agreed stays written."))
        else:
            rows = Conflict.objects.filter(application__in=applications).select_related("application", "person")
            conflict = rows.get(pk=number(request.POST.get("conflict")))
            conflicts.ask_lift(conflict=conflict, why=request.POST.get("why", ""), **told)
            messages.success(request, _("Asked. Another person of the office has to agree."))
    except conflicts.NeedsOthers:
        messages.error(request, _("Two others set a conflict aside, not the one it is of and not one person twice."))
    except conflicts.NeedsWords:
        messages.error(request, _("Write why in a sentence."))
    except (conflicts.Settled, Conflict.DoesNotExist, ConflictLift.DoesNotExist):
        messages.error(request, _("Someone was quicker. Please look again."))
    return redirect("interviews:conflicts")


def _decided_by(user):
    """The applications this person decides on; 404 for whoever decides on none anywhere."""
    if not access.may(user, Right.DECIDE):
        raise Http404
    return access.narrow(Application.objects.all(), user=user, right=Right.DECIDE)


def _declare(request, drives):
    application = Application.objects.filter(drive__in=drives, ref=request.POST.get("ref", "")[:12]).first()
    reason, now = request.POST.get("reason", ""), timezone.now()
    if application is None:
        messages.error(request, _("Nobody of this name or number applied where you work."))
        return redirect("interviews:known")
    try:
        conflicts.declare(application=application, person=request.user.person, reason=reason, by=request.user, now=now)
    except conflicts.Frozen:
        messages.error(request, _("You have handed in marks for this person. Tell the office, they decide."))
    else:
        messages.success(request, _("Noted. You no longer see this person's application and do not judge it."))
    return redirect("interviews:known")


def _found(drives, text):
    """Those whose whole name, number of the application or mobile number this is; no part of any of them."""
    rows = Application.objects.filter(drive__in=drives).exclude(consent_ended_at__isnull=False)
    rows = rows.select_related("unit", "drive").order_by("-submitted_at")
    try:
        return list(rows.filter(phone=phones.normalise(text))[:MOST])
    except phones.BadPhone:
        by_ref = list(rows.filter(ref=text.upper().replace("-", ""))[:1])
    wanted = folding.key(text)
    if by_ref or len(wanted) < SHORTEST or " " not in text:
        return by_ref
    return [row for row in rows.filter(name_key__contains=wanted)[:200] if folding.key(row.name) == wanted][:MOST]
