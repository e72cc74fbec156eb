"""My data: what is held, why, until when, who looked; and every right in a tap or two."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, JsonResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from applications.models import Application, Draft
from applications.views import device, proving
from portal import codes, requests, throttle, wording
from portal.me import asking, corrections, holding, items
from portal.me.forms import ComplaintForm, CorrectForm, NomineeForm
from portal.models import Person
from portal.views import too_many

any_method = require_http_methods(["GET", "HEAD", "POST"])
DAY = 86400


@login_not_required
@never_cache
@any_method
def data(request):
    """What is held; a stranger is asked for the number, whether we know it or not."""
    now = timezone.now()
    if "k" in request.GET:
        return _by_link(request, now)
    if request.method == "POST" or "again" in request.GET:
        return _prove(request, now)
    mine = holding.current(request, now)
    if mine is None:
        return _prove(request, now)
    return TemplateResponse(request, "me/data.html", _page(mine, now))


@login_not_required
@never_cache
@require_safe
def download(request, kind):
    """Everything held: to print, or for machines."""
    now = timezone.now()
    mine = _mine_or_404(request, now)
    if kind == "json":
        answer = JsonResponse(asking.everything(mine, now), json_dumps_params={"ensure_ascii": False, "indent": 1})
        answer["Content-Disposition"] = 'attachment; filename="my-data.json"'
        return answer
    return TemplateResponse(request, "me/print.html", _page(mine, now) | {"now": now})


@login_not_required
@never_cache
@any_method
def withdraw(request, thing):
    """One page, one button."""
    now = timezone.now()
    row = _thing_or_404(_mine_or_404(request, now), thing)
    if request.method == "POST":
        asking.withdraw(thing=row, now=now)
        messages.success(request, _("Your consent is withdrawn. Nothing more is done with this data."))
        return redirect("me:data")
    return TemplateResponse(request, "me/withdraw.html", {"thing": row, "name": thing, **_kind(row)})


@login_not_required
@never_cache
@any_method
def erase(request, thing):
    """At once, or, where something was decided, by two persons of the office."""
    now = timezone.now()
    row = _thing_or_404(_mine_or_404(request, now), thing)
    if request.method == "POST":
        asked = asking.erase(thing=row, language=get_language(), now=now)
        if asked:
            told = _("Your request has the number %(number)s.") % {"number": codes.pretty(asked.number)}
        else:
            told = _("Erased. It is in none of our lists any more.")
        messages.success(request, told)
        return redirect("me:data")
    context = {"thing": row, "name": thing, "at_once": asking.goes_at_once(row), **_kind(row)}
    return TemplateResponse(request, "me/erase.html", context)


@login_not_required
@never_cache
@require_POST
def later_messages(request, thing):
    """Consent to later messages, on or off."""
    now = timezone.now()
    row = _thing_or_404(_mine_or_404(request, now), thing)
    asking.set_messages(thing=row, on=request.POST.get("on") == "1", now=now)
    messages.success(request, _("Noted."))
    return redirect("me:data")


@login_not_required
@never_cache
@any_method
def correct(request, thing, field):
    """Ask for one value to be put right."""
    now = timezone.now()
    mine = _mine_or_404(request, now)
    row = _thing_or_404(mine, thing)
    item = next((one for one in items.items(mine) if one.thing == row and one.field == field), None)
    if item is None or not asking.can_be_corrected(row, field):
        raise Http404
    form = CorrectForm(request.POST or None, choices=corrections.choices(field))
    if request.method == "POST" and form.is_valid():
        return _asked(request, row, kind="correct", field=field, old=item.value, **form.cleaned_data)
    return _form(request, "me/correct.html", form, {"item": item})


@login_not_required
@never_cache
@any_method
def complain(request, thing):
    """A complaint, with a number and a date."""
    row = _thing_or_404(_mine_or_404(request, timezone.now()), thing)
    form = ComplaintForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _asked(request, row, kind="complaint", **form.cleaned_data)
    return _form(request, "me/complain.html", form, {})


@login_not_required
@never_cache
@any_method
def nominee(request, thing):
    """Name who may use these rights when one no longer can."""
    now = timezone.now()
    row = _thing_or_404(_mine_or_404(request, now), thing)
    form = NomineeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        asking.nominate(thing=row, **form.cleaned_data, now=now)
        messages.success(request, _("Noted."))
        return redirect("me:data")
    return _form(request, "me/nominee.html", form, {})


def _prove(request, now):
    def known(phone):
        return bool(holding.of_phone(phone))

    phone = proving.proved(request, known=known) if "code" in request.POST else None
    if phone is None:
        return proving.answer(request, "me/prove.html", {}, known=known)
    holding.remember(request, phone=phone, now=now)
    mine = holding.of_phone(phone)
    response = redirect("me:data")
    device.remember(request, response, device.OWN, *[row.link_key for row in mine.applications[: device.MOST]])
    device.remember(request, response, device.DRAFTS, *[row.key for row in mine.drafts[: device.MOST]])
    return response


def _by_link(request, now):
    """The personal link of an application; then the secret leaves the address."""
    row = Application.objects.filter(link_key=request.GET["k"][:32], erased_at=None).first()
    response = redirect("me:data")
    if row:
        holding.remember(request, ref=row.ref, now=now)
        device.remember(request, response, device.OWN, row.link_key)
    return response


def _page(mine, now):
    lines = items.items(mine)
    sections = [_section(thing, [line for line in lines if line.thing == thing], now) for thing in mine.things()]
    titles = {key: words.subject for key, words in wording.catalogue().items()}
    sent = [(one.sent_at, titles.get((one.template, get_language()), ""), one.channel) for one in mine.messages()]
    return {
        "sections": sections,
        "looks": items.looks(mine, now),
        "messages_sent": sent,
        "messages_untold": list(_untold(mine.untold())),
        "requests": list(mine.requests()) if mine else [],
        "minutes": int(holding.GOOD_FOR.total_seconds() // 60) if mine.ends else 0,
    }


def _untold(notices):
    """(day, subject, text) of each; where the words cannot be put together any more, the subject alone."""
    own = wording.of_the_office() if notices else {}
    for notice in notices:
        known = wording.catalogue().get((notice.template, get_language()), wording.Words("", ""))
        try:
            words = wording.of(notice, own)
        except wording.BadWords:
            words = wording.Words(known.subject, "")
        yield notice.due_at, words.subject or known.subject, words.text


def _section(thing, lines, now):
    steps = asking.changeable(thing, now)
    return {
        "thing": thing,
        "name": name_of(thing),
        "items": [(line, steps.get(line.field, ""), asking.can_be_corrected(thing, line.field)) for line in lines],
        **_kind(thing),
        **asking.consents(thing),
    }


def name_of(thing):
    """How a thing is called in an address: ``a-K7Q29FXM``, ``d-12``, ``p-5``."""
    if isinstance(thing, Application):
        return f"a-{thing.ref}"
    return f"d-{thing.pk}" if isinstance(thing, Draft) else f"p-{thing.pk}"


def _kind(thing):
    kinds = {Application: "application", Draft: "draft", Person: "person"}
    return {"kind": kinds[type(thing)]}


def _mine_or_404(request, now):
    mine = holding.current(request, now)
    if mine is None:
        raise Http404
    return mine


def _thing_or_404(mine, name):
    found = next((thing for thing in mine.things() if name_of(thing) == name), None)
    if found is None:
        raise Http404
    return found


def _asked(request, row, **matter):
    try:
        throttle.hit("me-asks", requests.name_of(row), limit=20, seconds=DAY)
    except throttle.TooMany as reached:
        return too_many(request, wait=min(reached.wait, 600))
    asked = asking.ask(thing=row, language=get_language(), now=timezone.now(), **matter)
    told = _("Your request has the number %(number)s.") % {"number": codes.pretty(asked.number)}
    messages.success(request, told)
    return redirect("me:data")


def _form(request, template, form, context):
    return TemplateResponse(request, template, context | {"form": form}, status=422 if form.errors else 200)
