"""One panel: its room and hours, who sits there and from when, absences, leaving early; and who changes rooms."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from committees.access import Right
from interviews.domain import answering, hours, leaving, panels, rotating
from interviews.forms import PanelForm
from interviews.forms_rooms import AbsenceForm, LeaveForm, MemberForm, RoomForm, SpeaksForm
from interviews.models import Panel, PanelMember, Pause
from interviews.views.common import MISHAPS, day_or_404, number, tell
from portal import people
from portal.accounts.opening import PhoneTaken


def new(request, date, drive):
    day = day_or_404(request, date, drive, Right.PLAN)
    form = PanelForm(request.POST or None, day=day)
    if request.method == "POST" and form.is_valid():
        data, now = form.cleaned_data, timezone.now()
        with_names = {"name": data["name"], "room": data["room"], "members": form.members}
        if _tried(form, panels.add_panel_of, day=day, **with_names, by=request.user, now=now):
            messages.success(request, _("The panel is added. Its members can sign in with their mobile numbers."))
            return redirect("interviews:planner", *day.address)
    context = {"nav": "interviews", "day": day, "form": form}
    return TemplateResponse(request, "interviews/panel_form.html", context, status=422 if form.errors else 200)


def one(request, date, drive, pk):
    """The page of one panel. Each of its forms says with ``do`` what is asked."""
    day = day_or_404(request, date, drive, Right.PLAN)
    panel = get_object_or_404(Panel.objects.filter(day=day).select_related("day"), pk=pk)
    forms = _forms(request, panel)
    if request.method == "POST":
        what = request.POST.get("do", "")
        form = forms.get(what)
        if form is None:
            _take_away(request, panel, what)
            return redirect("interviews:panel", *day.address, panel.pk)
        if form.is_valid() and _done(request, panel, what, form):
            return redirect("interviews:panel", *day.address, panel.pk)
    stays = list(panel.memberships.select_related("person").order_by("starts_at", "person__name"))
    pauses = list(panel.pauses.select_related("person"))
    context = {
        "nav": "interviews",
        "day": day,
        "panel": panel,
        "forms": forms,
        "stays": stays,
        "cannot": {stay.person_id for stay in stays for pause in pauses if answering.covers(pause, stay)},
        "pauses": pauses,
        "whole": panels.whole_date(panel.date),
    }
    wrong = any(form.is_bound and form.errors for form in forms.values())
    return TemplateResponse(request, "interviews/panel.html", context, status=422 if wrong else 200)


def rotate(request, date, drive):
    """Who should change rooms, and why; one press applies it."""
    day = day_or_404(request, date, drive, Right.PLAN)
    proposal = rotating.propose(day)
    if request.method == "POST":
        try:
            count = rotating.apply(day=day, by=request.user, now=timezone.now())
        except tuple(MISHAPS) as problem:
            tell(request, problem)
        else:
            messages.success(request, _("%(count)d changes of rooms stand in the plan.") % {"count": count})
        return redirect("interviews:rotate", *day.address)
    context = {"nav": "interviews", "day": day, "proposal": proposal}
    return TemplateResponse(request, "interviews/rotate.html", context)


def _forms(request, panel):
    """The forms of the page by what they do; the one that was sent is bound."""
    sent = request.POST.get("do") if request.method == "POST" else None

    def data(what):
        return request.POST if sent == what else None

    stays = list(panel.memberships.select_related("person").order_by("person__name"))
    at_table = [stay.person for stay in stays]
    room = {"name": panel.name, "room": panel.room, "opens": panel.opens, "closes": panel.closes}
    return {
        "change": RoomForm(data("change"), initial=room),
        "member": MemberForm(data("member")),
        "speaks": SpeaksForm(data("speaks"), stays=stays),
        "away": AbsenceForm(data("away"), members=at_table),
        "leave": LeaveForm(data("leave"), panel=panel),
    }


def _done(request, panel, what, form):
    """One of the five forms, done. False when the domain refused: the form then says why."""
    data, common = form.cleaned_data, {"panel": panel, "by": request.user, "now": timezone.now()}
    if what == "change":
        done = _tried(form, panels.change_panel, **data, **common)
        words = _("Saved.")
    elif what == "member":
        since = hours.moment(panel.date, data["since"]) if data["since"] else None
        who = {"phone": data["phone"], "name": data["person"], "since": since, "speaks": data["speaks"]}
        done = _tried(form, panels.add_member_of, **who, **common)
        words = _("Added. The person can sign in with the own mobile number.")
    elif what == "speaks":
        for person, speaks in form.changed():
            panels.change_speaks(person=person, speaks=speaks, **common)
        done, words = True, _("Saved. The next filling knows it.")
    elif what == "away":
        span = {
            "starts_at": hours.moment(panel.date, data["starts"]),
            "ends_at": hours.moment(panel.date, data["ends"]),
        }
        done = _tried(form, panels.pause, person=data["person"], why=data["why"], **span, **common)
        words = _("Noted. Nobody is given a time in which the panel is away.")
    else:
        done = _tried(form, leaving.leave, at=data["at"], **common)
        words = _(
            "The panel leaves: %(moved)d other times, %(same)d other rooms, %(without)d nothing yet. Send the calls."
        )
        if done:
            words %= {"moved": done.moved, "same": done.same_time, "without": done.without}
    if done:
        messages.success(request, words)
    return bool(done)


def _take_away(request, panel, what):
    """A member, or an announced absence, goes: ``remove:<pk>`` or ``back:<pk>``."""
    verb, _colon, key = what.partition(":")
    now = timezone.now()
    if verb == "remove":
        member = get_object_or_404(PanelMember.objects.select_related("person"), panel=panel, pk=number(key))
        since = now if member.starts_at < now < member.ends_at and panel.date == timezone.localdate() else None
        panels.remove_member(member=member, since=since, by=request.user, now=now)
        messages.success(request, _("Taken off the panel. What was handed in stays."))
    elif verb == "back":
        pause = get_object_or_404(Pause.objects.select_related("panel__day"), panel=panel, pk=number(key))
        panels.end_pause(pause=pause, by=request.user, now=now)
        messages.success(request, _("The absence is taken back."))


def _tried(form, verb, **values):
    """What the domain did, or None with its refusal in the form."""
    try:
        return verb(**values) or True
    except panels.RoomTaken:
        form.add_error("room", _("Another panel of this day has this room or this name."))
    except panels.MemberTaken as taken:
        form.add_error(None, _("%(name)s sits on another panel on this date.") % {"name": taken.person.name})
    except people.AnotherName as other:
        words = _("The number %(phone)s belongs to somebody of another name: %(name)s.")
        form.add_error(None, words % {"phone": other.person.phone[-10:], "name": other.person.name})
    except PhoneTaken:
        form.add_error(None, _("Somebody else of the family signs in with one of these numbers."))
    except tuple(MISHAPS) as problem:
        form.add_error(None, MISHAPS[type(problem)])
    return None
