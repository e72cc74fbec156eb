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
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from applications import steps
from applications.domain import changing, linking, withdrawing
from applications.forms import FORMS
from applications.forms.contact import WithdrawForm
from applications.models import Application, Photo
from applications.summary import answers_of, card
from applications.views import conflict, device, keeping, life, passes, proving
from applications.views.picking import picker
from portal import codes, transitions

any_method = require_http_methods(["GET", "HEAD", "POST"])
SHOWN = {"contact": "name", "coming": "photo"}  # on which card a part of a step stands


@login_not_required
@never_cache
@any_method
def status(request, ref):
    """Receipt, status, next step. A stranger is asked for the number, whether the number exists or not."""
    if "k" in request.GET:
        return device.by_link(request, ref, "applications:status")
    application = device.application_of(request, ref)
    if application is None:
        return _ask(request, device.number(ref))
    if request.method == "POST" and not hasattr(application, "own_link"):
        linking.own_link(application=application, now=timezone.now())
        return redirect("applications:status", application.ref)
    if request.method == "GET":
        application.drive = keeping.in_full(pk=application.drive_id)
    may_keep = passes.may_keep(request, application)
    context = life.page(application, timezone.now()) | {"may_keep": may_keep}
    return passes.kept(TemplateResponse(request, "applications/status.html", context), yes=may_keep)


@login_not_required
@never_cache
@any_method
def change(request, ref, step):
    """Change one section of what was handed in."""
    application = device.own_or_404(request, ref)
    now, in_time = timezone.now(), timezone.now() < application.drive.closes_at
    is_open = step in steps.changeable(application.status, before_deadline=in_time, drive=application.drive)
    if not is_open and (in_time or request.method != "POST" or step not in steps.steps_of(application.drive)):
        messages.warning(request, _("This can no longer be changed."))
        return redirect("applications:status", application.ref)
    form = _form(request, application, step, now)
    if not is_open and form.is_valid():
        return _no_longer(request, application, step, form)
    opened = request.POST.get("opened")
    try:
        if request.method == "POST" and form.is_valid() and _saved(application, step, form, now, opened):
            messages.success(request, _("Changed."))
            return redirect("applications:status", application.ref)
    except changing.Changed:
        return _changed_elsewhere(request, application, step, form)
    context = {
        "drive": application.drive,
        "application": application,
        "form": form,
        "step": step,
        "back_url": reverse("applications:status", args=[application.ref]),
        "opened": steps.fingerprint(steps.held(application, step)) if opened is None else opened,
    }
    if step == "area":
        near = application.link and application.link.unit  # of the QR by which the applicant came
        context |= picker(request, drive=application.drive, near=near, chosen=application.unit_id, now=now)
    template = "applications/area.html" if step == "area" else "applications/step.html"
    return TemplateResponse(request, template, context, status=422 if form.errors else 200)


@login_not_required
@never_cache
@any_method
def withdraw(request, ref):
    """Take the application back, or put it back."""
    application = device.own_or_404(request, ref)
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
    if not life.may_withdraw(application):
        return redirect("applications:status", application.ref)
    context = {"application": application, "drive": application.drive, "form": form, "now": now}
    return TemplateResponse(request, "applications/withdraw.html", context)


@login_not_required
@never_cache
@require_POST
def consider(request, ref):
    """Yes or no to: may the committees below look at it?"""
    application = device.own_or_404(request, ref)
    wants = request.POST.get("wants") == "yes"
    try:
        changing.consider_below(application=application, wants=wants, now=timezone.now())
    except changing.TooLate:
        messages.warning(request, _("The application has moved on meanwhile. Please look again."))
    return redirect("applications:status", application.ref)


@login_not_required
@never_cache
@require_safe
def picture(request, ref):
    """The applicant's own photo."""
    application = device.own_or_404(request, ref)
    photo = Photo.objects.filter(pk=application.photo_id).first()
    if photo is None:
        raise Http404
    return HttpResponse(bytes(photo.image), content_type="image/webp")


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
    saved = answers.get(step) or (answers["name"] if step == "contact" else steps.held(application, step))
    extra = {"has_photo": bool(application.photo_id)} if step == "photo" else {}
    files = request.FILES or None
    return form_class(
        request.POST or None, files, initial=form_class.shown(saved), drive=application.drive, now=now, **extra
    )


def _no_longer(request, application, step, form):
    """The closing date passed while this was written: nothing was changed, and nothing typed is lost."""
    shown = SHOWN.get(step, step)
    typed = answers_of(application).get(shown, {}) | form.answers()
    written = card(shown, typed, drive=application.drive, has_photo=bool(application.photo_id))
    context = {"drive": application.drive, "application": application, "card": written}
    return TemplateResponse(request, "applications/no_longer.html", context, status=409)


def _changed_elsewhere(request, application, step, form):
    """Saved in another tab meanwhile: both are shown."""
    now_there = Application.objects.select_related("drive__unit").get(pk=application.pk)
    shown = SHOWN.get(step, step)
    saved = answers_of(now_there)[shown]
    details = {"drive": application.drive, "has_photo": bool(now_there.photo_id)}
    return conflict.answer(
        request,
        saved=card(shown, saved, **details),
        typed=card(shown, saved | form.answers(), **details),
        opened=steps.fingerprint(steps.held(now_there, step)),
        keep_url=reverse("applications:status", args=[application.ref]),
        context={"drive": application.drive, "application": application},
    )


def _saved(application, step, form, now, opened):
    """Write it down, or put the reason into the form."""
    if form.too_young:
        form.add_error("birth_year", _("Nobody under 18 can apply. You can take the application back."))
        return False
    try:
        changing.change(
            application=application,
            step=step,
            answers=form.answers(),
            files=form.files_given,
            opened=opened,
            now=now,
        )
        if step == "photo" and form.picture_changes:
            changing.change_photo(application=application, picture=form.cleaned_data["photo"], now=now)
    except changing.PhoneTaken:
        form.add_error("phone", _("Another application has this number."))
        return False
    except changing.TooLate:
        form.add_error(None, _("This can no longer be changed."))
        return False
    return True
