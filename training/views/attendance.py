"""Who was there: one tap a person on a trainer's phone, with a network or without."""

import json
from datetime import UTC, datetime

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, JsonResponse
from django.http.request import RawPostDataException
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from portal import copies
from training.domain import attending
from training.models import Workshop
from training.views.loading import key, session_of, taught
from training.views.rows import with_posts

A_PAGE = 100
AT_ONCE = 200
ACTS = {"mark": attending.mark, "unmark": attending.unmark}
NO_PRESS = (ValueError, TypeError, KeyError, AttributeError, OverflowError, OSError, RawPostDataException)


@require_safe
def attendance(request, slug):
    """To the list of the session that people come to now."""
    one = taught(request, slug)
    session = attending.session_of(sessions=one.sessions.all(), now=timezone.now())
    return redirect("training:marks", one.slug, session.number)


@never_cache
def marks(request, slug, number):
    """Those who said yes; a search finds everyone who was invited. The phone keeps this page and what waits."""
    one = taught(request, slug, Workshop.objects.select_related("unit").with_numbers())
    session = session_of(one, number)
    if request.method == "POST":
        return _mark(request, one, session)
    text = request.GET.get("q", "").strip()
    rows = one.enrolments.for_sheet().marked_at(session)
    rows = rows.matching(text) if text else rows.at_the_door()
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "nav": "training",
        "workshop": one,
        "session": session,
        "sessions": one.sessions.with_numbers(),
        "came": session.attendances.count(),
        "page": with_posts(page, one),
        "q": text,
        "now": timezone.now(),
    }
    response = TemplateResponse(request, "training/attendance.html", context)
    return copies.keep(request, response, yes=not one.cancelled_at)


@never_cache
@require_POST
def sync(request, slug, number):
    """``{"presses": [{"key", "do", "at"}]}``, in their order: what became of each, or 422 for what is no press."""
    one = taught(request, slug)
    session, now = session_of(one, number), timezone.now()
    try:
        sent = json.loads(request.body or b"{}").get("presses", [])[:AT_ONCE]
        presses = [(str(one["key"]), str(one["do"]), datetime.fromtimestamp(one["at"] / 1000, UTC)) for one in sent]
    except NO_PRESS:
        return JsonResponse({"done": []}, status=422)
    return JsonResponse(
        {"done": [{"key": name, **_pressed(request, session, do, at, now)} for name, do, at in presses]}
    )


@require_safe
def worker(request, slug, number):
    """The service worker of this one page."""
    session_of(taught(request, slug), number)
    return copies.worker()


def _mark(request, one, session):
    rows = one.enrolments.select_related("workshop")
    enrolment = get_object_or_404(rows, pk=key(request.POST.get("enrolment", "")))
    refused = _act(request.POST.get("action", "mark"), enrolment, session, request.user, timezone.now())
    if refused:
        messages.warning(request, refused)
    query = {name: request.POST[name] for name in ("q", "page") if request.POST.get(name)}
    page = reverse("training:marks", args=[one.slug, session.number])
    return redirect(f"{page}?{urlencode(query)}#e{enrolment.pk}" if query else f"{page}#e{enrolment.pk}")


def _pressed(request, session, do, at, now):
    """A press that waited on the phone: nothing to say when it was done."""
    act, _colon, whom = do.partition(":")
    rows = session.workshop.enrolments.select_related("workshop", "person")
    enrolment = rows.filter(pk=key(whom)).first()
    if enrolment is None or act not in ACTS:
        return {"words": _("Somebody of this list is not invited any more.")}
    refused = _act(act, enrolment, session, request.user, now, at)
    return {"words": f"{enrolment.person.name}: {refused}" if refused else ""}


def _act(act, enrolment, session, by, now, at=None):
    """Mark or take the mark back; why that was not possible, in words."""
    if act not in ACTS:
        raise Http404
    told = {"enrolment": enrolment, "session": session, "by": by, "now": now}
    try:
        ACTS[act](**told, **({"at": at} if act == "mark" else {}))
    except attending.NotYet:
        return _("Marking begins two hours before the workshop.")
    except attending.Cancelled:
        return _("This workshop is cancelled.")
    except attending.Certified:
        return _("The certificate is out; cancel it first.")
    return ""
