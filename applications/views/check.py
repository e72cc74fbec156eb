"""The last look, consent, and one submission."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods

from applications import consent, steps
from applications.domain import drafting, submitting
from applications.forms.check import CheckForm
from applications.summary import cards, for_panel
from applications.views import device, keeping
from applications.views.apply import closed
from applications.views.walking import Walk
from portal import phones


@login_not_required
@cache_control(private=True, max_age=0)
@require_http_methods(["GET", "HEAD", "POST"])
def check(request, slug):
    """Show a card for each step and the notice; hand in what was consented to."""
    walk = Walk(request, keeping.drive_to_hand_in(slug))
    if walk.draft is None:
        return redirect(walk.address(steps.STEPS[0]))
    if walk.draft.submitted_as:
        return _receipt(request, walk.draft.submitted_as)
    if not walk.is_taken:
        return closed(request, walk)
    if request.method == "POST" and request.POST.get("version") != consent.version():
        return _other_words(request, walk)
    form = CheckForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _submit(request, walk, form)
    return _page(request, walk, form, steps.missing(walk.draft.answers, walk.drive) if form.is_bound else [])


def _submit(request, walk, form):
    draft = walk.draft
    try:
        if request.POST.get("family") == "1" and "name" in draft.answers:
            named = draft.answers["name"] | {"family": True}
            drafting.save_step(draft=draft, step="name", answers=named, now=walk.now)
        application = submitting.submit(
            draft=draft,
            consent_version=consent.version(),
            wants_messages=form.cleaned_data["wants_messages"],
            now=walk.now,
        )
    except submitting.Closed:
        return closed(request, walk)
    except submitting.Incomplete as lacking:
        return _page(request, walk, form, lacking.steps)
    except drafting.AlreadySubmitted:
        return redirect(walk.address(steps.CHECK))
    except submitting.AlreadyApplied as already:
        return _already(request, walk, form, already)
    return _receipt(request, application)


def _other_words(request, walk):
    """The notice changed while the page stood open: nobody consents to words they did not see."""
    context = last_look(walk, CheckForm(), []) | {"is_reworded": True}
    return TemplateResponse(request, "applications/check.html", context, status=409)


def _receipt(request, application):
    response = redirect("applications:status", application.ref)
    device.remember(request, response, device.OWN, application.link_key)
    return response


def _already(request, walk, form, already):
    """The number has applied: to its own page with proof, or on as another member of the family."""
    if already.application.link_key in device.keys(request, device.OWN):
        return redirect("applications:status", already.application.ref)
    context = {
        "drive": walk.drive,
        "draft": walk.draft,
        "phone": phones.grouped(walk.draft.phone),
        "full": isinstance(already, submitting.PhoneFull),
        "wants_messages": form.cleaned_data["wants_messages"],
        "version": consent.version(),
    }
    return TemplateResponse(request, "applications/already.html", context, status=409)


def _page(request, walk, form, missing):
    status = 422 if form.errors or missing else 200
    return TemplateResponse(request, "applications/check.html", last_look(walk, form, missing), status=status)


def last_look(walk, form, missing):
    """What the check page shows, to the applicant and to whoever writes it down."""
    drive, draft = walk.drive, walk.draft
    written = cards(draft.answers, drive=drive, has_photo=bool(draft.photo_id))
    return {
        "drive": drive,
        "draft": draft,
        "form": form,
        "cards": written,
        "change": walk.step_page,
        "changeable": steps.steps_of(drive),
        "lacking": [card for card in written if card.step in missing],
        "for_panel": for_panel(draft.answers, drive=drive, now=walk.now) if drive.interviews else [],
        "back_url": walk.address(steps.before(steps.CHECK, drive)),
        "items": consent.items(representation=drive.asks_representation),
        "version": consent.version(),
        "self_url": walk.self_url,
        "late": walk.now >= drive.closes_at,
    }
