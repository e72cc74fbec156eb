"""A panel member's day: first a word about conflicts, then the name, then five marks."""

from datetime import timedelta

from django.contrib import messages
from django.http import Http404, JsonResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from applications import wishes
from applications.models import Criterion
from committees import access
from committees.access import Right
from interviews.domain import conflicts, scoring
from interviews.domain.scheduling import DayClosed
from interviews.domain.scoring import Answers, Given
from interviews.models import Interview, Panel, ScoreSheet
from interviews.states import HERE, Status
from portal import dates
from portal.transitions import Stale

SHOWN_FOR = timedelta(days=30)
REFUSED = (scoring.NotOnPanel, scoring.NotHere, DayClosed, conflicts.ConflictStands)
JSON = "application/json"


def my_panels(request):
    """Today's list: tokens and times; a name only where this person said to be free of conflict."""
    person, today = request.user.person_id, timezone.localdate()
    panels = Panel.objects.filter(memberships__person=person, day__date__gte=today - SHOWN_FOR)
    panels = list(panels.select_related("day__drive").order_by("day__date"))
    rows = access.narrow(Interview.objects.in_plan(), user=request.user, right=Right.SCORE, unit="day__unit")
    rows = rows.filter(panel__in=panels).for_queue()
    sheets = ScoreSheet.objects.filter(panelist=person, interview__panel__in=panels)
    mine = {sheet.interview_id: sheet for sheet in sheets}
    by_panel = {panel.pk: [] for panel in panels}
    for row in rows:
        row.sheet = mine.get(row.pk)
        by_panel[row.panel_id].append(row)
    days = [_day(panel, by_panel[panel.pk], today) for panel in panels]
    context = {"nav": "panel", "days": sorted(days, key=lambda day: (not day["today"], not day["ahead"], day["date"]))}
    return TemplateResponse(request, "interviews/my_panels.html", context)


def card(request, date, token):
    """The card of one token. Conflict and freedom are declared before anything of the person is shown."""
    interview = _own_or_404(request, date, token)
    panelist = request.user.person
    sheet = ScoreSheet.objects.filter(interview=interview, panelist=panelist).first()
    if request.method == "POST":
        return _post(request, interview, sheet)
    if sheet is None:
        context = {"nav": "panel", "interview": interview, "day": interview.day}
        return TemplateResponse(request, "interviews/declare.html", context)
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
    do, by, now = request.POST.get("do", "save"), request.user, timezone.now()
    try:
        if do == "free":
            scoring.declare_free(interview=interview, panelist=by.person, by=by, now=now)
            return redirect(request.path)
        if do == "conflict":
            reason = request.POST.get("reason", "")
            scoring.declare_conflict(interview=interview, panelist=by.person, reason=reason, by=by, now=now)
            messages.success(request, _("Noted: you do not judge this person. The desk knows."))
            return redirect("interviews:my-panels")
        if sheet is None:
            return redirect(request.path)
        return _save(request, interview, sheet, do, now)
    except REFUSED:
        return _refused(request, 403, _("This can no longer be scored."))
    except scoring.Frozen:
        return _refused(request, 410, _("This sheet was handed in. It stays as it is."), request.path)


def _save(request, interview, sheet, do, now):
    """Keep or hand in what the page sends; the page may be a script that repeats itself on a bad network."""
    answers = _answers(request.POST, _criteria(interview))
    key, former = request.POST.get("key", "")[:40], request.POST.get("former", "")[:1000].split(",")
    revision = request.POST.get("revision", "")
    revision = int(revision) if revision.isascii() and revision.isdecimal() and len(revision) < 9 else -1
    verb = scoring.submit_sheet if do == "submit" else scoring.save_sheet
    try:
        sheet = verb(sheet=sheet, answers=answers, revision=revision, key=key, former=former, by=request.user, now=now)
    except Stale:
        if _wants_json(request):
            current = ScoreSheet.objects.get(pk=sheet.pk)
            return JsonResponse({"revision": current.revision}, status=409)
        words = _("This sheet was changed on another device. Below stands what was saved there.")
        return _refused(request, 409, words, request.path)
    except scoring.Incomplete as problem:
        if _wants_json(request):
            return JsonResponse({"missing": problem.criteria, "note": problem.note}, status=422)
        return _card(request, interview, sheet, answers=answers, problem=problem)
    if do == "submit":
        messages.success(request, _("Handed in."))
    following = _next_url(request, interview) if do == "submit" else reverse("interviews:my-panels")
    if _wants_json(request):
        saved = dates.clock(sheet.saved_at)
        return JsonResponse({"revision": sheet.revision, "saved": saved, "next": following if do == "submit" else ""})
    return redirect(following)


def _refused(request, status, words, back=None):
    if _wants_json(request):
        return JsonResponse({"words": words, "next": back or reverse("interviews:my-panels")}, status=status)
    messages.warning(request, words)
    return redirect(back or "interviews:my-panels")


def _wants_json(request):
    return request.headers.get("Accept") == JSON


def _next_url(request, interview):
    """The card of the next person of this panel who is here and has no sheet of ours; else the day."""
    mine = ScoreSheet.objects.filter(panelist=request.user.person_id, submitted_at__isnull=False).values("interview")
    rows = access.narrow(Interview.objects.here(), user=request.user, right=Right.SCORE, unit="day__unit")
    rows = rows.filter(panel=interview.panel_id, status__in=HERE - {Status.ARRIVED}).exclude(pk__in=mine)
    following = rows.order_by("entered_at", "token").first()
    if following is None:
        return reverse("interviews:my-panels")
    return reverse("interviews:card", args=[interview.day.date, following.token])


def _criteria(interview):
    return list(Criterion.objects.filter(drive=interview.day.drive_id).prefetch_related("anchors").order_by("order"))


def _answers(data, criteria):
    """What the form says: ``c<key>`` a mark or ``none``, ``w<key>`` why none, ``note``."""
    marks = {}
    for each in criteria:
        said = data.get(f"c{each.pk}", "")
        if said == "none":
            marks[each.pk] = Given(None, data.get(f"w{each.pk}", ""))
        elif said in {"1", "2", "3", "4", "5"}:
            marks[each.pk] = Given(int(said))
    return Answers(marks, data.get("note", ""))


def _card(request, interview, sheet, answers=None, problem=None):
    criteria = _criteria(interview)
    if answers is None:
        scores = {score.criterion_id: Given(score.mark, score.why_none) for score in sheet.scores.all()}
        answers = Answers(scores, sheet.note)
    missing = set(problem.criteria) if problem else set()
    rows = [(each, answers.marks.get(each.pk), each.pk in missing) for each in criteria]
    ends = interview.entered_at + timedelta(minutes=interview.day.slot_minutes) if interview.entered_at else None
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
        "problem": problem,
        "ends": ends if interview.status == Status.IN_ROOM else None,
        "marks": scoring.MARKS,
    }
    return TemplateResponse(request, "interviews/card.html", context, status=422 if problem else 200)


def _handed_in(request, interview, sheet):
    """Read only; now the others' sheets may be seen."""
    rows = ScoreSheet.objects.visible_to(request.user.person_id).filter(interview=interview)
    sheets = rows.select_related("panelist").prefetch_related("scores").order_by("submitted_at")
    criteria = _criteria(interview)
    for row in sheets:
        given = {score.criterion_id: score for score in row.scores.all()}
        row.given = [given.get(each.pk) for each in criteria]
    context = {
        "nav": "panel",
        "interview": interview,
        "application": interview.application,
        "day": interview.day,
        "criteria": criteria,
        "sheets": sheets,
        "next_url": _next_url(request, interview),
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
