"""A stranger proves a number by a code. The answer is the same whether we know the number or not."""

import secrets

from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from applications.forms.contact import AskForm, CodeForm
from portal import robots, throttle
from portal.accounts import phone_codes
from portal.robots import Seen
from portal.views import too_many

HOUR = 3600
ASKS, TRIES = 10, 20  # an hour, for one browser


def proved(request, *, known):
    """The number that this POST proves, or ``None``; then ``answer`` says what to show."""
    form = CodeForm(request.POST)
    state = request.session.get("proof", {})
    if not form.is_valid() or not state:
        return None
    phone = state["phone"]
    right = phone_codes.check(phone=phone, session=state["secret"], code=form.cleaned_data["code"], now=timezone.now())
    if right and known(phone):
        del request.session["proof"]
        return phone
    return None


def answer(request, template, context, *, known):
    """The page that asks for a number, then for the code."""
    try:
        if request.method == "POST":
            throttle.hit("proof", _browser(request), limit=TRIES, seconds=HOUR)
        if "again" in request.GET and request.method != "POST":  # forms on that page go to the same address
            request.session.pop("proof", None)
        context |= _stage(request, known)
    except throttle.TooMany as reached:
        return too_many(request, wait=min(reached.wait, 600))
    failed = any(form.errors for form in (context.get("ask"), context.get("enter")) if form)
    return TemplateResponse(request, template, context, status=422 if failed else 200)


def _stage(request, known):
    if "code" in request.POST and "proof" in request.session:
        form = CodeForm(request.POST)
        if form.is_valid():
            form.add_error("code", _("This code does not fit. See the newest SMS, or ask for another code."))
        return {"enter": form, **_waiting(request)}
    if "phone" in request.POST:
        form = AskForm(request.POST)
        seen = robots.look_at(request.POST)
        if not form.is_valid() or seen is Seen.TOO_QUICK:
            return {"ask": form, "quick": not form.errors}
        if seen is Seen.PROGRAM:
            return {"enter": CodeForm(), "sent_to": form.cleaned_data["phone"]}
        _send(request, form.cleaned_data["phone"], known)
    if "proof" in request.session:
        return {"enter": CodeForm(), **_waiting(request)}
    return {"ask": AskForm()}


def _send(request, phone, known):
    """Only to a number that is ours to write to; for others the same limits count."""
    throttle.hit("asks", _browser(request), limit=ASKS, seconds=HOUR)
    secret = secrets.token_urlsafe(24)
    now = timezone.now()
    with phone_codes.taking_its_time():
        if known(phone):
            phone_codes.ask(phone=phone, session=secret, now=now)
        else:
            phone_codes.count_alike(phone=phone, now=now)
    request.session["proof"] = {"phone": phone, "secret": secret}


def _waiting(request):
    state = request.session["proof"]
    return {"sent_to": state["phone"], "demo_code": phone_codes.shown_in_demo(state["secret"])}


def _browser(request):
    """A name for this browser, kept in its session."""
    if "browser" not in request.session:
        request.session["browser"] = secrets.token_urlsafe(12)
    return request.session["browser"]
