"""Going on with a draft, on this phone or another."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from applications import progress, steps
from applications.models import Application, Draft
from applications.views import device, proving


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def resume(request):
    """By the personal link, by what this device holds, or by a code to the number."""
    if key := request.GET.get("k"):
        return _by_link(request, key)
    phone = proving.proved(request, known=_known) if "code" in request.POST else None
    if phone:
        response = redirect("applications:resume")
        device.remember(request, response, device.DRAFTS, *_keys(Draft.objects.unfinished(), phone, "key"))
        device.remember(request, response, device.OWN, *_keys(Application.objects, phone, "link_key"))
        return response
    mine = {
        "drafts": [(draft, onward(draft), _open(draft)) for draft in device.unfinished(request)],
        "applications": [(row, progress.shown(row, timezone.now())) for row in device.own_applications(request)],
    }
    if any(mine.values()) and request.method != "POST" and "again" not in request.GET:
        return TemplateResponse(request, "applications/resume.html", mine)
    return proving.answer(request, "applications/resume.html", {}, known=_known)


def onward(draft):
    """The address of the first step that brought nothing yet, else of the check page."""
    missing = steps.missing(draft.answers, draft.drive)
    name = "applications:apply" if missing else "applications:check"
    return name, missing[0] if missing else None


def _by_link(request, key):
    draft = Draft.objects.select_related("drive", "submitted_as").filter(key=key[:32]).first()
    if draft is None:
        return redirect("applications:resume")
    if draft.submitted_as:
        response = redirect("applications:status", draft.submitted_as.ref)
        device.remember(request, response, device.OWN, draft.submitted_as.link_key)
        return response
    name, step = onward(draft)
    response = redirect(name, *filter(None, [draft.drive.slug, step]))
    device.remember(request, response, device.DRAFTS, draft.key)
    return response


def _known(phone):
    """Both are always asked, so that the time tells nothing."""
    sought = [Application.objects, Draft.objects.unfinished()]
    found = [rows.filter(phone=phone).exists() for rows in sought]
    return any(found)


def _open(draft):
    return draft.drive.takes(draft, timezone.now())


def _keys(rows, phone, field):
    return rows.filter(phone=phone).order_by("-pk").values_list(field, flat=True)[: device.MOST]
