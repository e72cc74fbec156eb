"""The seven steps: load what the device holds, check, save, go on."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods

from applications import steps
from applications.domain import drafting, telling
from applications.forms import FORMS
from applications.models import Drive
from applications.steps import CHECK, STEPS
from applications.summary import cards
from applications.views import device
from applications.views.picking import picker
from applications.views.public import share


@login_not_required
@cache_control(private=True, max_age=0)
@require_http_methods(["GET", "HEAD", "POST"])
def apply(request, slug, step):
    """One step of the form. What is valid is saved, also when the drive has closed meanwhile."""
    if step not in STEPS:
        raise Http404
    drive = get_object_or_404(Drive.objects.select_related("unit"), slug=slug)
    now = timezone.now()
    draft = device.draft_of(request, drive)
    if draft and draft.submitted_as:
        if not (step == STEPS[0] and "new" in request.GET):
            return redirect("applications:status", draft.submitted_as.ref)
        draft = None
    form = _form(request, drive, draft, step, now)
    if request.method == "POST" and form.is_valid():
        return _save(request, drive, draft, step, form, now)
    if not drive.takes(draft.begun_at if draft else None, now):
        return closed(request, drive, draft, now)
    if draft is None and step != STEPS[0] and request.method != "POST":
        return redirect("applications:apply", slug, STEPS[0])
    return _page(request, drive, draft, step, form, now)


def closed(request, drive, draft, now):
    """The drive takes nothing now; what was written stands there to be read and printed."""
    if now < drive.opens_at or draft is None:
        return redirect("applications:landing", drive.slug)
    written = cards(draft.answers, drive=drive, has_photo=bool(draft.photo_id))
    context = {"drive": drive, "now": now, "draft": draft, "cards": written, **share(drive, None)}
    return TemplateResponse(request, "applications/too_late.html", context)


def later(draft):
    """The link by which somebody goes on later, ready to be sent to oneself."""
    return telling.own_whatsapp(draft.phone, telling.resume_page(draft)) if draft and draft.phone else ""


def _form(request, drive, draft, step, now):
    saved = draft.answers.get(step) if draft else None
    extra = {"has_photo": bool(draft and draft.photo_id)} if step == "photo" else {}
    form_class = FORMS[step]
    return form_class(
        request.POST or None,
        request.FILES or None,
        initial=form_class.shown(saved) if saved else None,
        drive=drive,
        now=now,
        **extra,
    )


def _save(request, drive, draft, step, form, now):
    if form.too_young:
        return _too_young(request, drive, draft, now)
    try:
        if draft is None:
            draft = _begin(request, drive, now)
        drafting.save_step(draft=draft, step=step, answers=form.answers(), now=now)
        if step == "photo" and form.picture_changes:
            drafting.attach_photo(draft=draft, picture=form.cleaned_data["photo"], now=now)
    except drafting.Closed:
        return redirect("applications:landing", drive.slug)
    except drafting.AlreadySubmitted:
        return redirect("applications:status", device.draft_of(request, drive).submitted_as.ref)
    if drive.takes(draft.begun_at, now):
        response = redirect(_onward(request, drive, draft, step))
    else:
        response = closed(request, drive, draft, now)
    device.remember(request, response, device.DRAFTS, draft.key)
    return response


def _begin(request, drive, now):
    link, first_link = device.links_of(request, drive)
    draft = drafting.begin(drive=drive, link=link, first_link=first_link, language=get_language(), now=now)
    draft.drive = drive
    return draft


def _onward(request, drive, draft, step):
    """Back to the check page when the visitor came from there; to the name when the device had lost it."""
    if "name" not in draft.answers:
        return reverse("applications:apply", args=[drive.slug, "name"])
    after = CHECK if request.GET.get("to") == CHECK else steps.after(step)
    if after == CHECK:
        return reverse("applications:check", args=[drive.slug])
    return reverse("applications:apply", args=[drive.slug, after])


def _too_young(request, drive, draft, now):
    """Refused, and nothing of the person stays."""
    response = TemplateResponse(request, "applications/too_young.html", {"drive": drive})
    if draft:
        drafting.forget(draft=draft, now=now)
        device.let_go(request, response, device.DRAFTS, draft.key)
    return response


def _page(request, drive, draft, step, form, now):
    back = steps.before(step)
    if request.GET.get("to") == CHECK:
        back_url = reverse("applications:check", args=[drive.slug])
    elif back:
        back_url = reverse("applications:apply", args=[drive.slug, back])
    else:
        back_url = reverse("applications:landing", args=[drive.slug])
    context = {
        "drive": drive,
        "draft": draft,
        "form": form,
        "step": step,
        "number": STEPS.index(step) + 1,
        "count": len(STEPS),
        "back_url": back_url,
        "keep": f"{drive.slug}:{step}",
        "late": now >= drive.closes_at,
        "self_url": later(draft),
    }
    if step == "area":
        near = draft.link.unit if draft and draft.link else None
        chosen = draft.answers.get("area", {}).get("unit") if draft else None
        context |= picker(request, drive=drive, near=near, chosen=chosen, now=now)
    template = "applications/area.html" if step == "area" else "applications/step.html"
    return TemplateResponse(request, template, context, status=422 if form.errors else 200)
