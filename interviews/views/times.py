"""The applicant chooses a free time, when the office lets people choose."""

from datetime import datetime
from itertools import groupby

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from applications.views import device
from interviews.domain import choosing, scheduling
from interviews.views.calls import interview_of
from interviews.views.common import MISHAPS, tell

NEAREST = 6


@login_not_required
@never_cache
def choose(request, ref):
    """The free times, one press each; who comes second reads so, and sees the next free ones."""
    if "k" in request.GET:
        return device.by_link(request, ref, "interviews:choose")
    application = device.application_of(request, ref)
    interview = interview_of(application) if application else None
    now = timezone.now()
    if interview is None or not choosing.is_open(interview, now):
        return redirect("interviews:call" if application else "applications:status", ref)
    gone = None
    if request.method == "POST":
        gone = _moment(request.POST.get("at", ""))
        try:
            choosing.choose(interview=interview, at=gone, now=now)
        except scheduling.SlotTaken:
            interview = interview_of(application)
        except tuple(MISHAPS) as problem:
            tell(request, problem)
            return redirect("interviews:call", application.ref)
        else:
            messages.success(request, _("This time is yours. We send it to you by SMS too."))
            return redirect("interviews:call", application.ref)
    times = choosing.times(interview, now)
    context = {
        "application": application,
        "interview": interview,
        "day": interview.day,
        "gone": gone,
        "near": sorted(sorted(times, key=lambda time: abs(time - gone))[:NEAREST]) if gone else [],
        "hours": [(hour, list(group)) for hour, group in groupby(times, key=_hour)],
    }
    return TemplateResponse(request, "interviews/choose.html", context, status=409 if gone else 200)


def _hour(moment):
    return timezone.localtime(moment).replace(minute=0)


def _moment(text):
    """The time of a button; what is none is a time that nobody can have."""
    try:
        return timezone.localtime(datetime.fromisoformat(text))
    except ValueError:
        return timezone.localtime()
