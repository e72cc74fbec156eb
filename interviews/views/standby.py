"""The standby list of a day: named by number or one by one, told, and taken off."""

from django.contrib import messages
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from committees import access
from committees.access import Right
from interviews import because
from interviews.domain import reserve, scheduling, standing_by
from interviews.forms_standby import OneMoreForm, StandbyForm
from interviews.models import Interview
from interviews.views.common import MISHAPS, day_or_404, number, seen, tell
from portal.transitions import Stale


def standby(request, date, drive):
    day = day_or_404(request, date, drive, Right.PLAN)
    now = timezone.now()
    sent = request.POST.get("do") if request.method == "POST" else None
    forms = {
        "name": StandbyForm(request.POST if sent == "name" else None),
        "add": OneMoreForm(request.POST if sent == "add" else None, people=_people(request, day)),
    }
    if request.method == "POST":
        form = forms.get(sent)
        if form is None or form.is_valid():
            _act(request, day, form, now)
            return redirect("interviews:standby", *day.address)
    rows = access.narrow(reserve.on_standby(day), user=request.user, right=Right.PLAN, unit="day__unit")
    rows = list(rows.select_related("day__drive"))
    untold = [row for row in rows if row.called_at is None]
    context = {
        "nav": "interviews",
        "day": day,
        "rows": [(row, because.words(row.placed_because)) for row in rows],
        "untold": untold,
        "sample": standing_by.sample(untold, now),
        "forms": forms,
        "left": len(forms["add"].people),
    }
    wrong = any(form.is_bound and form.errors for form in forms.values())
    return TemplateResponse(request, "interviews/standby.html", context, status=422 if wrong else 200)


def _people(request, day):
    """Who has no time and does not stand by, as far as this person may see them, in the order of applying."""
    named = Interview.objects.of_day(day).filter(standby__isnull=False).values("application")
    people = access.narrow(scheduling.unplaced(day), user=request.user, right=Right.PLAN)
    people = people.exclude(pk__in=named).select_related("unit__district").with_score(request.user)
    return list(people)


def _act(request, day, form, now):
    """Name some, add one, tell those who do not know it yet, or take one off (``off:<pk>``)."""
    common = {"by": request.user, "now": now}
    verb, _colon, key = request.POST.get("do", "").partition(":")
    try:
        if verb == "tell":
            count = standing_by.tell(day=day, **common)
            messages.success(request, _("%(count)d people are told that they stand by.") % {"count": count})
        elif verb == "off":
            rows = seen(day, request.user, Right.PLAN).with_person().select_related("day")
            row = rows.filter(pk=number(key)).first()
            if row is None:
                raise Stale(key)
            standing_by.take_off(interview=row, **common)
            messages.success(request, _("Taken off the standby list."))
        elif form:
            if verb == "add":
                chosen = standing_by.by_hand(day=day, application=form.cleaned_data["ref"])
            else:
                chosen = standing_by.propose(day=day, people=_people(request, day), **form.cleaned_data)
            count = standing_by.name_all(day=day, chosen=chosen, **common)
            messages.success(request, _("%(count)d people more stand by. Nobody is told yet.") % {"count": count})
    except tuple(MISHAPS) as problem:
        tell(request, problem)
