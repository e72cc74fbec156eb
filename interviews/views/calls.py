"""The applicant's own page of the interview: when, where, are you coming, another time; and the calendar file."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from applications.views import device, passes
from interviews.domain import calling, choosing, pace, replying, standing_by, wishing
from interviews.forms_calls import AnswerForm
from interviews.models import Interview, TimeRequest
from interviews.states import Settled, Status
from interviews.views.common import MISHAPS, number, tell

TOLD = {Status.CALLED, Status.ARRIVED, Status.IN_ROOM, Status.DONE, Status.NO_SHOW}
ON_LIST = Q(status=Status.PLANNED, standby__isnull=False, called_at__isnull=False)


@login_not_required
@never_cache
def call(request, ref):
    """Date, time, place, QR for the desk; yes, another time, no. Only for the device that proved itself."""
    if "k" in request.GET:
        return device.by_link(request, ref, "interviews:call")
    application = device.application_of(request, ref)
    if application is None:
        return redirect("applications:status", ref)
    interview = interview_of(application)
    now = timezone.now()
    if request.method == "POST" and interview:
        _replied(request, interview, now)
        return redirect("interviews:call", application.ref)
    may_keep = passes.may_keep(request, application)
    context = {
        "application": application,
        "interview": interview,
        "day": interview.day if interview else None,
        "off": None if interview else _called_off(application),
        "now": now,
        "may_keep": may_keep,
        "place": _place(interview, now),
        "desk_url": request.build_absolute_uri(reverse("interviews:arrive", args=[application.ref])),
    }
    if interview and interview.status == Status.CALLED and interview.called_for and interview.called_for > now:
        context |= _asked(interview, now) | {"may_answer": True}
    return passes.kept(TemplateResponse(request, "interviews/call.html", context), yes=may_keep)


@login_not_required
@never_cache
@require_safe
def calendar(request, ref):
    """The interview for the phone's calendar; of one that was called off, what takes it out again."""
    application = device.application_of(request, ref)
    interview = interview_of(application) if application else None
    made = {"language": get_language(), "now": timezone.now()}
    if interview and interview.called_for:
        file = calling.calendar(interview=interview, **made)
    elif application and (off := _called_off(application)):
        file = calling.calendar_without(interview=off, **made)
    else:
        raise Http404
    return HttpResponse(
        file,
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{application.ref}.ics"'},
    )


def interview_of(application):
    """The interview whose time was told, or the told place on standby; a plan that was not sent is nobody's news."""
    told = Q(status__in=TOLD) | Q(standby_called_at__isnull=False) | ON_LIST
    rows = Interview.objects.in_plan().filter(told, application=application)
    found = rows.with_person().select_related("day__drive").order_by("-day__date").first()
    return found if found and (found.called_for or found.token or found.standby or found.standby_called_at) else None


def _called_off(application):
    """The interview that this person was called to and that does not take place."""
    rows = Interview.objects.filter(application=application, called_version__gt=0, token=None)
    return rows.select_related("day", "application").order_by("-day__date", "-pk").first()


def _asked(interview, now):
    """What the person asked for, what the office offers, and what became of it."""
    asked = replying.open_request(interview)
    last = None if asked else TimeRequest.objects.filter(interview=interview).order_by("-asked_at").first()
    refused = last if last and last.outcome == Settled.REFUSED else None
    return {
        "asked": asked,
        "offer": replying.offer_to(interview) if asked else None,
        "refused": refused,
        "word": wishing.word_of(refused) if refused else "",
        "may_choose": choosing.is_open(interview, now),
        "fields": AnswerForm.asked(request=asked, application=interview.application),
    }


def _place(interview, now):
    """Of one who waits: how many go in before, and about when."""
    if interview is None or interview.status != Status.ARRIVED:
        return None
    rows = list(Interview.objects.of_day(interview.day).in_plan().for_queue())
    found = pace.place_of(interview, rows, now)
    return {"before": found[0], "turn": found[1]} if found else None


def _replied(request, interview, now):
    """What the person pressed: an answer, yes or no to an offer, or off the standby list."""
    data, done = request.POST, _("Thank you, we have noted it.")
    form = AnswerForm(data)
    try:
        if data.get("do") == "take":
            replying.take_offer(interview=interview, slot=number(data.get("slot")), now=now)
            done = _("This time is yours. We send it to you by SMS too.")
        elif data.get("do") == "leave":
            replying.leave_offer(interview=interview, slot=number(data.get("slot")), now=now)
        elif data.get("do") == "off":
            standing_by.take_off(interview=interview, by=None, now=now)
        elif form.is_valid():
            replying.answer(interview=interview, **form.cleaned_data, now=now)
        else:
            messages.error(request, next(iter(form.errors.values()))[0])
            return
    except tuple(MISHAPS) as problem:
        tell(request, problem)
    else:
        messages.success(request, done)
