"""The last look, consent, and one submission."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import get_language
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods

from applications import steps
from applications.domain import drafting, submitting
from applications.forms.check import CheckForm
from applications.summary import cards, for_panel
from applications.views import device, keeping, notices
from applications.views.apply import closed
from applications.views.walking import Walk
from portal import phones


@login_not_required
@cache_control(private=True, max_age=0)
@require_http_methods(["GET", "HEAD", "POST"])
def check(request, slug):
    """Show a card for each step and the notice; hand in what was consented to."""
    walk = Walk(request, keeping.in_full(slug=slug))
    if walk.draft is None:
        return redirect(walk.address(steps.STEPS[0]))
    if walk.draft.submitted_as:
        return _receipt(request, walk.draft.submitted_as)
    if not walk.is_taken:
        return closed(request, walk)
    notice = notices.chosen(request)
    if request.method == "POST" and not notices.is_as_read(request, notice):
        return _other_words(request, walk)
    form = _form(request, request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _submit(request, walk, form, notice)
    return _page(request, walk, form, steps.missing(walk.draft.answers, walk.drive) if form.is_bound else [])


def _form(request, sent=None):
    """The two questions, in the language in which the notice is read."""
    notice = notices.chosen(request)
    return CheckForm(sent, notice=None if notice.language == get_language() else notice)


def _submit(request, walk, form, notice):
    draft = walk.draft
    try:
        if request.POST.get("family") == "1" and "name" in draft.answers:
            named = draft.answers["name"] | {"family": True}
            drafting.save_step(draft=draft, step="name", answers=named, now=walk.now)
        application = submitting.submit(
            draft=draft,
            consent_version=notice.version,
            read_in=notice.language,
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
        return _already(request, walk, form, already, notice)
    return _receipt(request, application)


def _other_words(request, walk):
    """The notice changed while the page stood open: nobody consents to words they did not see."""
    context = last_look(request, walk, _form(request), []) | {"is_reworded": True}
    return TemplateResponse(request, "applications/check.html", context, status=409)


def _receipt(request, application):
    response = redirect("applications:status", application.ref)
    device.remember(request, response, device.OWN, application.link_key)
    return response


def _already(request, walk, form, already, notice):
    """The same person again: to their own page with proof. A number that is full is told nothing of whom it carries."""
    full = isinstance(already, submitting.PhoneFull)
    if not full and already.application.link_key in device.keys(request, device.OWN):
        return redirect("applications:status", already.application.ref)
    context = {
        "drive": walk.drive,
        "draft": walk.draft,
        "phone": phones.grouped(walk.draft.phone),
        "full": full,
        "wants_messages": form.cleaned_data["wants_messages"],
        "notice": notice,
    }
    return TemplateResponse(request, "applications/already.html", context, status=409)


def _page(request, walk, form, missing):
    status = 422 if form.errors or missing else 200
    return TemplateResponse(request, "applications/check.html", last_look(request, walk, form, missing), status=status)


def last_look(request, walk, form, missing):
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
        "for_panel": for_panel(draft.answers, written, drive=drive, now=walk.now) if drive.interviews else [],
        "back_url": walk.address(steps.before(steps.CHECK, drive)),
        **notices.context(request, representation=drive.asks_representation),
        "self_url": walk.self_url,
        "late": walk.now >= drive.closes_at,
    }
