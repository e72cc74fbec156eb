"""What the buttons of the reception desk do: one press, one call of the domain, one sentence."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from applications.models import Application
from applications.states import Status as Applied
from committees import access
from committees.access import Right
from interviews.domain import closing, lines, queueing, reserve
from interviews.models import Panel
from interviews.states import Priority, Status
from interviews.views.common import number, seen


def act(request, day, now):
    """One press: ``do`` is a verb and its keys, as ``check_in:12`` or ``next:3:12``. Gives what to tell."""
    verb, *keys = request.POST.get("do", "").split(":")
    told = {"by": request.user, "now": now}
    if verb in PERSONS:
        rows = seen(day, request.user, Right.RECEIVE).with_person().select_related("day")
        interview = get_object_or_404(rows, pk=number(keys[0] if keys else ""))
        return PERSONS[verb](request, interview, told)
    if verb in ROOMS:
        panel = get_object_or_404(Panel.objects.filter(day=day), pk=number(keys[0] if keys else ""))
        return ROOMS[verb](request, panel, keys[1] if len(keys) > 1 else "", told)
    if verb == "walk_in":
        return _walk_in(day, keys[0] if keys else "", told)
    if verb not in DAYS or not access.may(request.user, Right.PLAN, day.unit):
        raise Http404
    return DAYS[verb](request, day, told)


# --- one person ---------------------------------------------------------------------------------


def _check_in(request, interview, told):
    token = queueing.check_in(interview=interview, **told)
    return _("%(name)s: token %(token)d.") % {"name": interview.application.name, "token": token}


def _finish(request, interview, told):
    queueing.finish(interview=interview, **told)
    return _status(interview)


def _skip(request, interview, told):
    queueing.skip(interview=interview, **told)
    if interview.status == Status.ARRIVED:
        return _("%(name)s did not come in; three others go first.") % {"name": interview.application.name}
    return _status(interview)


def _again(request, interview, told):
    queueing.call_again(interview=interview, **told)
    return _("Token %(token)d was called again.") % {"token": interview.token}


def _first(request, interview, told):
    reason = request.POST.get("priority", "")
    if reason and reason not in Priority.values:
        raise Http404
    lines.let_first(interview=interview, priority=reason, **told)
    words = _("%(name)s goes first: %(reason)s.") if reason else _("%(name)s waits in line again.")
    return words % {"name": interview.application.name, "reason": Priority(reason).label if reason else ""}


def _move(request, interview, told):
    panel = get_object_or_404(Panel.objects.filter(day=interview.day), pk=number(request.POST.get("panel")))
    lines.move_panel(interview=interview, panel=panel, **told)
    words = _("%(name)s now waits for room %(room)s.")
    return words % {"name": interview.application.name, "room": panel.room}


def _standby(request, interview, told):
    reserve.call(interview=interview, **told)
    return _("%(name)s is called from the standby list.") % {"name": interview.application.name}


def _status(interview):
    return f"{interview.application.name}: {Status(interview.status).label}."


PERSONS = {
    "check_in": _check_in,
    "finish": _finish,
    "skip": _skip,
    "again": _again,
    "first": _first,
    "move": _move,
    "standby": _standby,
}


# --- a room -------------------------------------------------------------------------------------


def _next(request, panel, inside, told):
    """``inside`` is whom this desk saw with the panel: a second tap or an old page ends nobody else."""
    went_in = queueing.finish_and_call(panel=panel, inside=number(inside) or None, **told)
    if went_in is None:
        return _("Room %(room)s is free.") % {"room": panel.room}
    words = _("Token %(token)d: call into room %(room)s.")
    return words % {"token": went_in.token, "room": panel.room}


def _pause(request, panel, _key, told):
    lines.pause(panel=panel, why=request.POST.get(f"why-{panel.pk}", ""), **told)
    return _("Room %(room)s pauses.") % {"room": panel.room}


def _resume(request, panel, _key, told):
    lines.end_pause(panel=panel, **told)
    return _("Room %(room)s is open again.") % {"room": panel.room}


ROOMS = {"next": _next, "pause": _pause, "resume": _resume}


# --- the day, and who came without a time ---------------------------------------------------------


def _walk_in(day, ref, told):
    rows = Application.objects.filter(drive=day.drive_id, status=Applied.SHORTLISTED)
    rows = access.narrow(rows.under(day.unit), user=told["by"], right=Right.RECEIVE)
    interview = queueing.walk_in(day=day, application=get_object_or_404(rows, ref=ref), **told)
    return _("%(name)s: token %(token)d.") % {"name": interview.application.name, "token": interview.token}


def _close(request, day, told):
    absent = closing.close_day(day=day, **told)
    return _("The day is closed; %(absent)d did not come.") % {"absent": absent}


def _reopen(request, day, told):
    closing.ask_to_reopen(day=day, reason=request.POST.get("reason", ""), **told)
    return _("A second person of the office must agree; then the day is open again.")


def _agree(request, day, told):
    if not access.may_by_own_post(request.user, Right.PLAN, day.unit):
        raise Http404  # a deputy does not agree in the giver's place
    closing.agree_to_reopen(reopening=_asked(day), **told)
    return _("The day is open again.")


def _drop(request, day, told):
    closing.drop_reopening(reopening=_asked(day), **told)
    return _("The day stays closed.")


def _asked(day):
    reopening = closing.asked(day)
    if reopening is None:
        raise Http404
    return reopening


DAYS = {"close": _close, "reopen": _reopen, "agree": _agree, "drop": _drop}
