"""The screen at the door, and what happens on the phone that reads it."""

from datetime import timedelta

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from applications.views import proving
from portal import addresses
from training.domain import attending, doors
from training.models import Enrolment, How, Workshop
from training.views import device
from training.views.loading import key, session_of, taught

SCANNED = "scanned"  # in the visitor's session: at which door, and until when that counts
TO_PROVE = timedelta(minutes=15)  # for who scanned in time and waits for the code by SMS


@never_cache
@require_safe
def door(request, slug, number):
    """Shown large at the venue: the code of this minute. A script renews it; without one the page renews itself."""
    one = taught(request, slug)
    session, now = session_of(one, number), timezone.now()
    code = doors.code(session=session, now=now)
    context = {
        "nav": "training",
        "workshop": one,
        "session": session,
        "sessions": one.sessions.with_numbers(),
        "url": addresses.whole("training:here", one.slug, code, language=get_language()),
        "opens": session.starts_at - attending.DOORS_OPEN,
        "came": session.attendances.count(),
        "coming": one.enrolments.coming().count(),
        "now": now,
    }
    return TemplateResponse(request, "training/door.html", context)


@login_not_required
@never_cache
def here(request, slug, code):
    """Who scanned is there: known by the own link that this phone opened once, by sign-in, or by number and code."""
    one = get_object_or_404(Workshop.objects.select_related("unit", "series"), slug=slug)
    now = timezone.now()
    session = _door(request, one, code, now)
    if session is None:
        return _page(request, one, "worn")
    people = device.enrolments(request, one)
    chosen = [one for one in people if one.pk == key(request.POST.get("enrolment", ""))] or people
    if len(chosen) == 1:
        return _arrive(request, one, session, chosen[0], now)
    if people:
        return TemplateResponse(request, "training/here.html", {"workshop": one, "session": session, "people": people})
    return _prove(request, one, session)


def _door(request, workshop, code, now):
    """The session at whose door this phone stands, or stood some minutes ago and still proves who holds it."""
    try:
        session = doors.session_by(workshop=workshop, code=code, now=now)
    except doors.Worn:
        number, until = request.session.get(SCANNED, [0, 0])
        if until < now.timestamp():
            return None
        return workshop.sessions.filter(pk=number).first()
    if not device.enrolments(request, workshop):
        request.session[SCANNED] = [session.pk, (now + TO_PROVE).timestamp()]
    return session


def _arrive(request, workshop, session, enrolment, now):
    try:
        attending.mark(enrolment=enrolment, session=session, by=None, now=now, how=How.QR)
    except attending.NotYet:
        return _page(request, workshop, "early", session=session)
    except attending.Cancelled:
        return _page(request, workshop, "cancelled")
    at = enrolment.attendances.get(session=session).marked_at
    context = {"workshop": workshop, "session": session, "enrolment": enrolment, "at": at}
    return TemplateResponse(request, "training/arrived.html", context)


def _prove(request, workshop, session):
    def known(phone):
        return workshop.enrolments.filter(person__phone=phone).exists()

    phone = proving.proved(request, known=known) if "code" in request.POST else None
    if phone is None:
        context = {"workshop": workshop, "session": session}
        return proving.answer(request, "training/here.html", context, known=known)
    response = redirect(request.path)
    device.remember(request, response, *Enrolment.objects.filter(workshop=workshop, person__phone=phone))
    return response


def _page(request, workshop, why, **more):
    context = {"workshop": workshop, "why": why, **more}
    return TemplateResponse(request, "training/worn.html", context, status=409)
