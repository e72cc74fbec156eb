"""Sheets that need a second person: late ones, corrections, and those copied from paper; and blank ones to print."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from committees import access
from committees.access import Right
from interviews.domain import completeness, conflicts, corrections, panels, paper, scoring
from interviews.domain.scheduling import DayClosed
from interviews.models import Interview, PanelMember, ScoreSheet
from interviews.states import SheetSource
from interviews.views.common import day_or_404, number, seen
from interviews.views.sending import answers_of, criteria_of
from portal import addresses
from portal.models import Person
from portal.transitions import Stale

BLANK = 60  # sheets printed at once, of one panel


@require_safe
def sheets(request, date, drive):
    """What waits, with the former version beside a correction; and who may still be copied from paper."""
    day = day_or_404(request, date, drive, Right.RECEIVE)
    rows = _rows(request, day).waiting_for_second().newest()
    waiting = list(rows.prefetch_related("scores", "replaces__scores").order_by("submitted_at"))
    decides = access.may(request.user, Right.DECIDE, day.unit)
    for row in waiting:
        row.is_paper = row.source == SheetSource.PAPER
        row.mine = request.user.pk == row.entered_by_id or request.user.person_id == row.panelist_id
        row.may = not row.mine and (row.is_paper or decides)
        row.lines = _lines(row)
    context = {
        "nav": "interviews",
        "day": day,
        "waiting": waiting,
        "missing": _missing(seen(day, request.user, Right.RECEIVE).here(), request.user),
    }
    return TemplateResponse(request, "interviews/sheets.html", context)


@require_POST
def second(request, date, drive):
    """The second person's yes to one of them."""
    day = day_or_404(request, date, drive, Right.RECEIVE)
    told = {"by": request.user, "now": timezone.now()}
    try:
        sheet = told["sheet"] = _rows(request, day).get(pk=number(request.POST.get("sheet")))
        if sheet.source == SheetSource.PAPER:
            paper.check(**told)
        elif access.may(request.user, Right.DECIDE, day.unit):
            corrections.agree(**told)
        else:
            raise Http404
    except corrections.NeedsAnother:
        messages.error(request, _("Somebody else has to do this: they are your marks, or you wrote them down."))
    except DayClosed:
        messages.error(request, _("The results of this day are frozen. Nothing changes any more."))
    except (Stale, ScoreSheet.DoesNotExist):
        messages.error(request, _("Someone was quicker. Please look again."))
    else:
        messages.success(request, _("It counts from now on."))
    return redirect("interviews:sheets", *day.address)


def copy(request, date, drive, pk, person):
    """Copy one paper sheet, for the panel member who wrote it."""
    day = day_or_404(request, date, drive, Right.RECEIVE)
    rows = seen(day, request.user, Right.RECEIVE).here()
    interview = get_object_or_404(rows.select_related("day__drive", "application", "panel", "slot"), pk=pk)
    if request.user.person_id == person or interview.pk in _veiled(request.user, day):
        raise Http404
    panelist = get_object_or_404(Person, pk=person, panel_days__in=panels.sitting(interview))
    criteria, problem, answers = criteria_of(interview), None, None
    if request.method == "POST":
        answers, now = answers_of(request.POST, criteria, timezone.now()), timezone.now()
        try:
            paper.enter(interview=interview, panelist=panelist, answers=answers, by=request.user, now=now)
        except scoring.Incomplete as incomplete:
            problem = incomplete
        except (conflicts.Frozen, conflicts.ConflictStands, DayClosed, scoring.NotOnPanel, scoring.NotHere, Stale):
            messages.error(request, _("This sheet cannot be copied any more: it is there, or the results are frozen."))
            return redirect("interviews:sheets", *day.address)
        else:
            messages.success(request, _("Copied. It counts once somebody else checked it."))
            return redirect("interviews:sheets", *day.address)
    missing = set(problem.criteria) if problem else set()
    marks = answers.marks if answers else {}
    context = {
        "nav": "interviews",
        "day": day,
        "interview": interview,
        "panelist": panelist,
        "rows": [(each, marks.get(each.pk), each.pk in missing) for each in criteria],
        "note": answers.note if answers else "",
        "marks": scoring.MARKS,
        "problem": problem,
    }
    return TemplateResponse(request, "interviews/copy.html", context, status=422 if problem else 200)


@require_safe
def blank(request, date, drive):
    """Blank scorecards to print, one for each person of the plan: no names, a QR back to the card."""
    day = day_or_404(request, date, drive, Right.RECEIVE)
    rows = (
        seen(day, request.user, Right.RECEIVE)
        .filter(panel__isnull=False)
        .select_related("panel", "slot", "day__drive", "application")
    )
    rows = list(rows.order_by("panel__name", "slot__starts_at", "token")[: BLANK * 4])
    for row in rows:
        card = ("interviews:card", str(day.date), str(row.token)) if row.token else ("interviews:my-panels",)
        row.url = addresses.whole(*card)
    criteria = criteria_of(rows[0]) if rows else []
    context = {"nav": "interviews", "day": day, "rows": rows, "criteria": criteria, "marks": scoring.MARKS}
    return TemplateResponse(request, "interviews/blank.html", context)


def _rows(request, day):
    """Sheets of this day that this person may see: no conflict, and none they have still to score themselves."""
    rows = ScoreSheet.objects.filter(interview__day=day).select_related(
        "interview__application", "panelist", "entered_by__person", "replaces"
    )
    rows = access.narrow(rows, user=request.user, right=Right.RECEIVE, unit="interview__day__unit")
    return rows.exclude(interview__in=_veiled(request.user, day))


def _veiled(user, day):
    """Interviews that this person is to score and has not."""
    panels = PanelMember.objects.filter(person=user.person_id, panel__day=day).values("panel")
    handed_in = ScoreSheet.objects.submitted().filter(panelist=user.person_id).values("interview")
    mine = Interview.objects.of_day(day).filter(panel__in=panels).exclude(pk__in=handed_in)
    return set(mine.values_list("pk", flat=True))


def _lines(sheet):
    """(criterion, mark before, mark now); before is None without a former version."""
    before = {score.criterion_id: score.mark for score in sheet.replaces.scores.all()} if sheet.replaces else {}
    scores = sorted(sheet.scores.select_related("criterion"), key=lambda score: score.criterion.order)
    return [(score.criterion, before.get(score.criterion_id), score.mark) for score in scores]


def _missing(here, user):
    """Who is here, and which members of the panel have handed in nothing: those sheets may be on paper."""
    rows = here.filter(panel__isnull=False).with_sheets().order_by("token")
    found = [(row, [stay.person for stay in completeness.owing(row)]) for row in rows]
    return [(row, people) for row, people in found if people and user.person_id not in [one.pk for one in people]]
