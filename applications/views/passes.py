"""The applicant's pass: what keeps the own pages readable without a network, and what forgets them."""

from functools import cache
from pathlib import Path

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.staticfiles import finders
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_POST, require_safe

from applications.models import Application, Draft, Drive
from applications.states import Status
from applications.views import device

HEADER = "X-Pass"
CLEARED = '"cache", "storage"'
OVER = {Status.WITHDRAWN, Status.MERGED}


@login_not_required
@require_safe
@cache_control(no_cache=True)
def worker(request):
    """The service worker; from here it reaches the pages under ``/a/`` and no others."""
    return HttpResponse(_script(), content_type="text/javascript; charset=utf-8")


@login_not_required
@never_cache
@require_POST
def leave(request, ref):
    """Somebody else's phone: it forgets the application, the kept pages and what was typed."""
    application = device.own_or_404(request, ref)
    response = redirect("applications:landing", application.drive.slug)
    device.let_go(request, response, device.OWN, application.link_key)
    draft = Draft.objects.filter(submitted_as=application).first()
    if draft:
        device.let_go(request, response, device.DRAFTS, draft.key)
    response["Clear-Site-Data"] = CLEARED
    return response


@login_not_required
@never_cache
@require_POST
def forget(request):
    """Somebody else's phone: it forgets who wrote here for this drive; without a drive, everybody who did."""
    drive = Drive.objects.filter(slug=request.POST.get("drive", "")[:60]).first()
    response = redirect("applications:landing", drive.slug) if drive else redirect("applications:drives")
    drafts, own = device.keys(request, device.DRAFTS), device.keys(request, device.OWN)
    if drive:
        draft = device.draft_of(request, drive, pk=request.POST.get("draft", ""))
        phone = draft.phone if draft else ""
        drafts = Draft.objects.filter(key__in=drafts, phone=phone).values_list("key", flat=True)
        own = Application.objects.filter(link_key__in=own, phone=phone).values_list("link_key", flat=True)
    device.let_go(request, response, device.DRAFTS, *drafts)
    device.let_go(request, response, device.OWN, *own)
    if not request.user.is_authenticated:
        request.session.flush()
    messages.success(request, _("Nothing of you is left on this phone."))
    response["Clear-Site-Data"] = CLEARED
    return response


def may_keep(request, application):
    """Only the applicant's own phone keeps anything, while the application lives; never a colleague's."""
    return not request.user.is_authenticated and application.status not in OVER


def kept(response, *, yes):
    """Tell the worker whether this page may stay on the phone."""
    response[HEADER] = "keep" if yes else "forget"
    return response


@cache
def _script():
    return Path(finders.find("sw.js")).read_bytes()
