"""The last look, consent, and one submission."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods

from applications import consent, steps
from applications.domain import drafting, submitting
from applications.forms.check import CheckForm
from applications.models import Drive
from applications.summary import cards
from applications.views import device
from applications.views.apply import closed, later
from portal import phones


@login_not_required
@cache_control(private=True, max_age=0)
@require_http_methods(["GET", "HEAD", "POST"])
def check(request, slug):
    """Show all seven cards and the notice; hand in what was consented to."""
    drive = get_object_or_404(Drive.objects.select_related("unit"), slug=slug)
    now = timezone.now()
    draft = device.draft_of(request, drive, pk=request.POST.get("draft", ""))
    if draft is None:
        return redirect("applications:apply", slug, steps.STEPS[0])
    if draft.submitted_as:
        return _receipt(request, draft.submitted_as)
    if not drive.takes(draft.begun_at, now):
        return closed(request, drive, draft, now)
    form = CheckForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _submit(request, drive, draft, form, now)
    return _page(request, drive, draft, form, steps.missing(draft.answers) if form.is_bound else [])


def _submit(request, drive, draft, form, now):
    try:
        if request.POST.get("family") == "1" and "name" in draft.answers:
            named = draft.answers["name"] | {"family": True}
            drafting.save_step(draft=draft, step="name", answers=named, now=now)
        application = submitting.submit(
            draft=draft,
            consent_version=consent.version(),
            wants_messages=form.cleaned_data["wants_messages"],
            now=now,
        )
    except submitting.Closed:
        return closed(request, drive, draft, now)
    except submitting.Incomplete as lacking:
        return _page(request, drive, draft, form, lacking.steps)
    except drafting.AlreadySubmitted:
        return redirect("applications:check", drive.slug)
    except submitting.AlreadyApplied as already:
        return _already(request, drive, draft, form, already)
    return _receipt(request, application)


def _receipt(request, application):
    response = redirect("applications:status", application.ref)
    device.remember(request, response, device.OWN, application.link_key)
    return response


def _already(request, drive, draft, form, already):
    """The number has applied: to its own page with proof, or on as another member of the family."""
    if already.application.link_key in device.keys(request, device.OWN):
        return redirect("applications:status", already.application.ref)
    context = {
        "drive": drive,
        "draft": draft,
        "phone": phones.grouped(draft.phone),
        "full": isinstance(already, submitting.PhoneFull),
        "wants_messages": form.cleaned_data["wants_messages"],
    }
    return TemplateResponse(request, "applications/already.html", context, status=409)


def _page(request, drive, draft, form, missing):
    written = cards(draft.answers, drive=drive, has_photo=bool(draft.photo_id))
    context = {
        "drive": drive,
        "draft": draft,
        "form": form,
        "cards": written,
        "changeable": steps.STEPS,
        "lacking": [card for card in written if card.step in missing],
        "items": consent.items(representation=drive.asks_representation),
        "version": consent.version(),
        "self_url": later(draft),
        "late": timezone.now() >= drive.closes_at,
    }
    status = 422 if form.errors or missing else 200
    return TemplateResponse(request, "applications/check.html", context, status=status)
