"""The applicant's own page of the interview: when, where, are you coming; and the calendar file."""

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
from interviews.domain import calling, pace
from interviews.forms import AnswerForm
from interviews.models import Interview
from interviews.states import Answer, Status
from interviews.views.common import MISHAPS, tell

TOLD = {Status.CALLED, Status.ARRIVED, Status.IN_ROOM, Status.DONE, Status.NO_SHOW}


@login_not_required
@never_cache
def call(request, ref):
    """Date, time, place, QR for the desk; yes, another time, no. Only for the device that proved itself."""
    if "k" in request.GET:
        return device.by_link(request, ref, "interviews:call")
    application = device.application_of(request, ref)
    if application is None:
        return redirect("applications:status", ref)
    interview = _interview(application)
    now = timezone.now()
    if request.method == "POST" and interview:
        return _answered(request, application, interview, now)
    context = {
        "application": application,
        "interview": interview,
        "day": interview.day if interview else None,
        "now": now,
        "may_answer": bool(interview and interview.status == Status.CALLED and interview.slot.starts_at > now),
        "choices": Answer.choices,
        "may_keep": passes.may_keep(request, application),
        "place": _place(interview, now),
        "desk_url": request.build_absolute_uri(reverse("interviews:arrive", args=[application.ref])),
    }
    return passes.kept(TemplateResponse(request, "interviews/call.html", context), yes=context["may_keep"])


@login_not_required
@never_cache
@require_safe
def calendar(request, ref):
    application = device.application_of(request, ref)
    interview = _interview(application) if application else None
    if interview is None or interview.slot is None:
        raise Http404
    file = calling.calendar(interview=interview, language=get_language(), now=timezone.now())
    return HttpResponse(
        file,
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{application.ref}.ics"'},
    )


def _interview(application):
    """The interview whose time was told; a plan that was not sent is nobody's news."""
    told = Q(status__in=TOLD) | Q(standby_called_at__isnull=False)
    rows = Interview.objects.in_plan().filter(told, application=application)
    found = rows.with_person().select_related("day__drive").order_by("-day__date").first()
    return found if found and (found.slot or found.token or found.standby_called_at) else None


def _place(interview, now):
    """Of one who waits: how many go in before, and about when."""
    if interview is None or interview.status != Status.ARRIVED:
        return None
    rows = list(Interview.objects.of_day(interview.day).in_plan().for_queue())
    found = pace.place_of(interview, rows, now)
    return {"before": found[0], "turn": found[1]} if found else None


def _answered(request, application, interview, now):
    form = AnswerForm(request.POST)
    said = request.POST.get("answer")
    if said in Answer.values and form.is_valid():
        try:
            calling.answer(interview=interview, answer=said, note=form.cleaned_data["note"], now=now)
        except tuple(MISHAPS) as problem:
            tell(request, problem)
        else:
            messages.success(request, _("Thank you, we have noted it."))
    return redirect("interviews:call", application.ref)
