"""The pass: a trainer reads it with the camera of the phone; the person's own phone keeps it without a network."""

from functools import cache
from pathlib import Path

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.staticfiles import finders
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_safe

from training.domain import attending
from training.domain.passes import enrolment_of
from training.models import Enrolment, How
from training.views.loading import key, session_of, taught
from training.views.rows import with_post


@never_cache
def scanned(request, token):
    """Whose pass this is, and one button: came to the session of now."""
    try:
        enrolment = enrolment_of(token)
    except Enrolment.DoesNotExist:
        raise Http404 from None
    one, now = taught(request, enrolment.workshop.slug), timezone.now()
    enrolment.workshop = one
    if request.method == "POST":
        session = session_of(one, key(request.POST.get("session", "")))
        _mark(request, enrolment, session, now)
        return redirect(request.path)
    sessions = list(one.sessions.select_related("trainer"))
    there = set(enrolment.attendances.values_list("session", flat=True))
    context = {
        "nav": "training",
        "workshop": one,
        "enrolment": with_post([enrolment], one)[0],
        "sessions": [(session, session.pk in there) for session in sessions],
        "session": attending.session_of(sessions=sessions, now=now),
        "there": there,
    }
    return TemplateResponse(request, "training/scanned.html", context)


@login_not_required
@require_safe
@cache_control(no_cache=True)
def worker(request):
    """The service worker; from here it reaches the pages under ``/r/`` and no others."""
    return HttpResponse(_script(), content_type="text/javascript; charset=utf-8")


def _mark(request, enrolment, session, now):
    try:
        attending.mark(enrolment=enrolment, session=session, by=request.user, now=now, how=How.PASS)
    except attending.NotYet:
        messages.warning(request, _("Marking begins two hours before the workshop."))
    except attending.Cancelled:
        messages.warning(request, _("This workshop is cancelled."))


@cache
def _script():
    return Path(finders.find("sw.js")).read_bytes()
