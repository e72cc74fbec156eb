"""A panel member's day: first a word about conflicts, then the name, then five marks."""

from datetime import timedelta

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from applications import wishes
from applications.domain import reading
from applications.domain.ruling import tie_breakers
from committees import access
from committees.access import Right
from interviews.domain import conflicts, corrections, kinship, scoring
from interviews.domain.scheduling import DayClosed
from interviews.domain.scoring import Answers, Given
from interviews.models import Interview, Panel, ScoreSheet
from interviews.states import Status
from interviews.views.prepared import may_prepare
from interviews.views.sending import answers_of, criteria_of, keys_of, newest_sheet, next_url, revision_of
from portal.transitions import Stale

SHOWN_FOR = timedelta(days=30)
REFUSED = (scoring.NotOnPanel, scoring.NotHere, DayClosed, conflicts.ConflictStands)
WAITS = gettext_lazy("Handed in. It counts once a second person agreed.")


def my_panels(request):
    """Today's list: tokens and times; a name only where this person said to be free of conflict."""
    person, today = request.user.person_id, timezone.localdate()
    panels = Panel.objects.filter(
        memberships__person=person, day__date__gte=today - SHOWN_FOR, day__cancelled_at=None
    ).distinct()
    panels = list(panels.select_related("day__drive").order_by("day__date"))
    rows = access.narrow(Interview.objects.in_plan(), user=request.user, right=Right.SCORE, unit="day__unit")
    rows = rows.filter(panel__in=panels).for_queue()
    sheets = ScoreSheet.objects.newest().filter(panelist=person, interview__panel__in=panels)
    mine = {sheet.interview_id: sheet for sheet in sheets}
    by_panel = {panel.pk: [] for panel in panels}
    for row in rows:
        row.sheet = mine.get(row.pk)
        by_panel[row.panel_id].append(row)
    days = [_day(panel, by_panel[panel.pk], today) for panel in panels]
    prepares = {panel.day.date for panel in panels if may_prepare(panel.day, timezone.now())}
    days.sort(key=lambda day: (not day["today"], not day["ahead"], day["date"]))
    context = {"nav": "panel", "days": days, "prepares": sorted(prepares)}
    return TemplateResponse(request, "interviews/my_panels.html", context)


def card(request, date, token):
    """The card of one token. Conflict and freedom are declared before anything of the person is shown."""
    interview = _own_or_404(request, date, token)
    sheet = newest_sheet(interview, request.user.person)
    if request.method == "POST":
        return _post(request, interview, sheet)
    if sheet is None:
        bond = kinship.between(request.user.person, interview.application)
        context = {"nav": "panel", "interview": interview, "day": interview.day, "bond": bond}
        return TemplateResponse(request, "interviews/declare.html", context)
    reading.looked(application=interview.application, by=request.user, now=timezone.now())
    if sheet.submitted_at:
        return _handed_in(request, interview, sheet)
    return _card(request, interview, sheet)


def _own_or_404(request, date, token):
    rows = Interview.objects.here().with_person().select_related("day__drive", "application__prompt")
    rows = access.narrow(rows, user=request.user, right=Right.SCORE, unit="day__unit")
    interview = rows.filter(day__date=date, token=token, panel__memberships__person=request.user.person_id).first()
    if interview is None:
        raise Http404
    return interview


def _post(request, interview, sheet):
    """A press of a button of a page without script; a script sends to ``sending.send``."""
    do, by, now = request.POST.get("do", "save"), request.user, timezone.now()
    try:
        if do == "free":
            scoring.declare_free(interview=interview, panelist=by.person, by=by, now=now)
            return redirect(request.path)
        if do == "conflict":
            reason, application = request.POST.get("reason", ""), interview.application
            conflicts.declare(application=application, person=by.person, reason=reason, by=by, now=now)
            messages.success(request, _("Noted: you do not judge this person. The desk knows."))
            return redirect("interviews:my-panels")
        if sheet is None:
            return redirect(request.path)
        return _save(request, interview, sheet, do, now)
    except REFUSED:
        messages.warning(request, _("This can no longer be scored."))
        return redirect("interviews:my-panels")
    except conflicts.Frozen:
        messages.warning(request, _("This sheet was handed in. It stays as it is."))
        return redirect(request.path)


def _save(request, interview, sheet, do, now):
    """Keep, hand in, hand in late or correct what the page sends."""
    answers, told = answers_of(request.POST, criteria_of(interview), now), {"by": request.user, "now": now}
    key, former = keys_of(request.POST)
    saved = {"revision": revision_of(request.POST), "key": key, "former": former}
    try:
        if do == "correct":
            corrections.correct(sheet=sheet, answers=answers, why=request.POST.get("why", ""), **told)
        elif do == "late":
            late = {"panelist": request.user.person, "reason": request.POST.get("late", ""), "key": key}
            corrections.hand_in_late(interview=interview, answers=answers, **late, **told)
        elif do == "submit":
            scoring.submit_sheet(sheet=sheet, answers=answers, **saved, **told)
        else:
            scoring.save_sheet(sheet=sheet, answers=answers, **saved, **told)
            return redirect("interviews:my-panels")
    except corrections.RevisedBefore:
        messages.warning(request, _("After the day was closed a sheet is corrected once. Yours was."))
        return redirect(request.path)
    except (Stale, corrections.NotNewest):
        messages.warning(request, _("This sheet was changed on another device. Below stands what was saved there."))
        return redirect(request.path)
    except corrections.NeedsReason:
        problem = scoring.Incomplete([], note=False)
        return _card(request, interview, sheet, answers=answers, problem=problem, reason_missing=True)
    except scoring.Incomplete as problem:
        return _card(request, interview, sheet, answers=answers, problem=problem)
    messages.success(request, _("Handed in.") if do == "submit" else WAITS)
    return redirect(next_url(request, interview) if do == "submit" else request.path)


def _card(request, interview, sheet, answers=None, problem=None, *, reason_missing=False):
    criteria, now = criteria_of(interview), timezone.now()
    if answers is None:
        scores = {score.criterion_id: Given(score.mark, score.why_none) for score in sheet.scores.all()}
        answers = Answers(scores, sheet.note)
    missing = set(problem.criteria) if problem else set()
    rows = [(each, answers.marks.get(each.pk), each.pk in missing) for each in criteria]
    context = {
        "nav": "panel",
        "interview": interview,
        "application": interview.application,
        "wished": wishes.names(interview.application.wishes),
        "day": interview.day,
        "age": interview.day.date.year - interview.application.birth_year,
        "sheet": sheet,
        "rows": rows,
        "note": answers.note,
        "aside": _aside(sheet, criteria),
        "problem": problem,
        "reason_missing": reason_missing,
        "ends": _ends(interview) if interview.status == Status.IN_ROOM else None,
        "now": now,
        "marks": scoring.MARKS,
        "ties": tie_breakers(criteria),
        "correcting": bool(sheet.submitted_at),
        "late": interview.day.locked_at is not None and not sheet.submitted_at,
    }
    return TemplateResponse(request, "interviews/card.html", context, status=422 if problem else 200)


def _ends(interview):
    return interview.entered_at + timedelta(minutes=interview.day.slot_minutes) if interview.entered_at else None


def _aside(sheet, criteria):
    """What another device said and lost: (criterion or None for the note, words)."""
    names = {each.pk: each.name for each in criteria}
    told = [(names.get(row.get("criterion")), row) for row in sheet.set_aside]
    return [(name, row.get("note") or row.get("mark") or row.get("why_none")) for name, row in told]


def _handed_in(request, interview, sheet):
    """Read only; now the others' sheets may be seen. A correction is asked for here."""
    rows = ScoreSheet.objects.visible_to(request.user.person_id).filter(interview=interview)
    sheets = list(rows.select_related("panelist").prefetch_related("scores").order_by("submitted_at"))
    counting = set(rows.counting().values_list("pk", flat=True))
    criteria = criteria_of(interview)
    for row in sheets:
        given = {score.criterion_id: score for score in row.scores.all()}
        row.given = [given.get(each.pk) for each in criteria]
        row.counts = row.pk in counting
    mine = {score.criterion_id: Given(score.mark, score.why_none) for score in sheet.scores.all()}
    context = {
        "nav": "panel",
        "interview": interview,
        "application": interview.application,
        "wished": wishes.names(interview.application.wishes),
        "day": interview.day,
        "sheet": sheet,
        "rows": [(each, mine.get(each.pk), False) for each in criteria],
        "note": sheet.note,
        "marks": scoring.MARKS,
        "criteria": criteria,
        "sheets": sheets,
        "waits": sheet.pk not in counting,
        "may_correct": interview.day.frozen_at is None and not corrections.revised_before(sheet),
        "next_url": next_url(request, interview),
    }
    return TemplateResponse(request, "interviews/handed_in.html", context)


def _day(panel, rows, today):
    here = [row for row in rows if row.token]
    return {
        "panel": panel,
        "date": panel.day.date,
        "today": panel.day.date == today,
        "ahead": panel.day.date > today,
        "inside": next((row for row in here if row.status == Status.IN_ROOM), None),
        "rows": here,
        "to_come": sum(row.status == Status.CALLED for row in rows),
        "missing": sum(row.status == Status.DONE and not (row.sheet and row.sheet.submitted_at) for row in here),
        "done": sum(bool(row.sheet and row.sheet.submitted_at) for row in here),
    }
