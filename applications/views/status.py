"""The one page of an application's whole life, for its applicant alone."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from applications import progress, steps
from applications.domain import changing, linking, telling, withdrawing
from applications.domain.submitting import REF_SIGNS
from applications.forms import FORMS
from applications.forms.contact import WithdrawForm
from applications.models import Application, Photo
from applications.states import MOVES, Status
from applications.summary import answers_of, cards
from applications.views import device, proving
from applications.views.picking import picker
from applications.views.public import share
from portal import codes, transitions

any_method = require_http_methods(["GET", "HEAD", "POST"])


@login_not_required
@never_cache
@any_method
def status(request, ref):
    """Receipt, status, next step. A stranger is asked for the number, whether the number exists or not."""
    code = _read(ref)
    if "k" in request.GET:
        return _by_link(request, code)
    application = device.application_of(request, code)
    if application is None:
        return _ask(request, code)
    if request.method == "POST" and not hasattr(application, "own_link"):
        linking.own_link(application=application, now=timezone.now())
        return redirect("applications:status", application.ref)
    return TemplateResponse(request, "applications/status.html", _life(application, timezone.now()))


@login_not_required
@never_cache
@any_method
def change(request, ref, step):
    """Change one section of what was handed in."""
    application = _own_or_404(request, ref)
    now = timezone.now()
    if step not in steps.changeable(application.status, before_deadline=now < application.drive.closes_at):
        messages.warning(request, _("This can no longer be changed."))
        return redirect("applications:status", application.ref)
    form = _form(request, application, step, now)
    if request.method == "POST" and form.is_valid() and _saved(application, step, form, now):
        messages.success(request, _("Changed."))
        return redirect("applications:status", application.ref)
    context = {
        "drive": application.drive,
        "application": application,
        "form": form,
        "step": step,
        "back_url": reverse("applications:status", args=[application.ref]),
    }
    if step == "area":
        context |= picker(request, drive=application.drive, near=None, chosen=application.unit_id, now=now)
    template = "applications/area.html" if step == "area" else "applications/step.html"
    return TemplateResponse(request, template, context, status=422 if form.errors else 200)


@login_not_required
@never_cache
@any_method
def withdraw(request, ref):
    """Take the application back, or put it back."""
    application = _own_or_404(request, ref)
    now = timezone.now()
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and ("undo" in request.POST or form.is_valid()):
        try:
            if "undo" in request.POST:
                withdrawing.undo(application=application, now=now)
            else:
                withdrawing.withdraw(application=application, why=form.cleaned_data["why"], now=now)
        except withdrawing.TooLate:
            messages.warning(request, _("The closing date has passed; this can no longer be undone."))
        except (transitions.NotAllowed, transitions.Stale):
            messages.warning(request, _("The application has moved on meanwhile. Please look again."))
        return redirect("applications:status", application.ref)
    if not _may_withdraw(application):
        return redirect("applications:status", application.ref)
    context = {"application": application, "drive": application.drive, "form": form, "now": now}
    return TemplateResponse(request, "applications/withdraw.html", context)


@login_not_required
@never_cache
@require_safe
def picture(request, ref):
    """The applicant's own photo."""
    application = _own_or_404(request, ref)
    photo = Photo.objects.filter(pk=application.photo_id).first()
    if photo is None:
        raise Http404
    return HttpResponse(bytes(photo.image), content_type="image/webp")


def _read(ref):
    """The number as it is stored; what cannot be one finds nothing, and is told nothing."""
    try:
        return codes.read(ref, REF_SIGNS)
    except codes.BadCode:
        return ""


def _own_or_404(request, ref):
    application = device.application_of(request, _read(ref))
    if application is None:
        raise Http404
    return application


def _by_link(request, code):
    """The personal link opens the page on this device; then the secret leaves the address."""
    response = redirect("applications:status", codes.pretty(code) or "-")
    key = request.GET["k"][:32]
    if Application.objects.filter(ref=code, link_key=key).exists():
        device.remember(request, response, device.OWN, key)
    return response


def _ask(request, code):
    def known(phone):
        return Application.objects.filter(ref=code, phone=phone).exists()

    phone = proving.proved(request, known=known) if "code" in request.POST else None
    if phone is None:
        return proving.answer(request, "applications/prove.html", {}, known=known)
    response = redirect("applications:status", codes.pretty(code))
    application = Application.objects.get(ref=code, phone=phone)
    device.remember(request, response, device.OWN, application.link_key)
    return response


def _form(request, application, step, now):
    form_class = FORMS[step]
    answers = answers_of(application)
    saved = answers.get(step) or {"contact": answers["name"], "coming": answers["photo"]}[step]
    extra = {"has_photo": bool(application.photo_id)} if step == "photo" else {}
    files = request.FILES or None
    return form_class(
        request.POST or None, files, initial=form_class.shown(saved), drive=application.drive, now=now, **extra
    )


def _saved(application, step, form, now):
    """Write it down, or put the reason into the form."""
    if form.too_young:
        form.add_error("birth_year", _("Nobody under 18 can apply. You can take the application back."))
        return False
    try:
        changing.change(application=application, step=step, answers=form.answers(), now=now)
        if step == "photo" and form.picture_changes:
            changing.change_photo(application=application, picture=form.cleaned_data["photo"], now=now)
    except changing.PhoneTaken:
        form.add_error("phone", _("Another application has this number."))
        return False
    except changing.TooLate:
        form.add_error(None, _("This can no longer be changed."))
        return False
    return True


def _may_withdraw(application):
    return Status.WITHDRAWN in MOVES[application.status]


def _life(application, now):
    drive = application.drive
    before_deadline = now < drive.closes_at
    link = getattr(application, "own_link", None)
    return {
        "application": application,
        "drive": drive,
        "now": now,
        "fresh": application.status == Status.SUBMITTED and (now - application.submitted_at).days < 1,
        "next_thing": progress.next_thing(application, now),
        "timeline": progress.timeline(application),
        "cards": cards(answers_of(application), drive=drive, has_photo=bool(application.photo_id)),
        "changeable": steps.changeable(application.status, before_deadline=before_deadline),
        "may_withdraw": _may_withdraw(application),
        "may_undo": application.status == Status.WITHDRAWN and before_deadline,
        "brought": link.applications.count() if link else 0,
        "self_url": telling.own_whatsapp(application.phone, telling.own_page(application)),
        **share(drive, link),
    }
