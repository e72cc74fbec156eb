"""Going on with a draft, on this phone or another."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from applications import progress, steps
from applications.forms.contact import YearForm
from applications.models import Application, Draft
from applications.views import device, proving
from portal import throttle

TRIES, DAY = 5, 86400  # guesses at a year, by anybody who has the link


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
        "drafts": [(draft, _open(draft)) for draft in device.unfinished(request)],
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
    """A link may have been passed on: on a device that does not hold the draft it asks for the year of birth."""
    draft = Draft.objects.select_related("drive", "submitted_as").filter(key=key[:32]).first()
    if draft is None:
        return redirect("applications:resume")
    year = _year(draft)
    if year is None or draft.key in device.keys(request, device.DRAFTS):
        return _opened(request, draft)
    form = YearForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            throttle.hit("resume-year", draft.key, limit=TRIES, seconds=DAY)
        except throttle.TooMany:
            form.add_error("year", _("This was tried too often today. Go on with your mobile number instead."))
            return _ask_year(request, form, 429)
        if form.cleaned_data["year"] == year:
            return _opened(request, draft)
        form.add_error("year", _("This is not the year that stands in the application"))
    return _ask_year(request, form, 422 if form.errors else 200)


def _ask_year(request, form, status):
    return TemplateResponse(request, "applications/resume_year.html", {"form": form}, status=status)


def _year(draft):
    """The year of birth in the draft, or in what became of it."""
    written = draft.submitted_as.birth_year if draft.submitted_as else None
    return written or next((saved["birth_year"] for saved in draft.answers.values() if "birth_year" in saved), None)


def _opened(request, draft):
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
