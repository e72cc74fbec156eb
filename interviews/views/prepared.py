"""The prepared day: what a panel member's phone keeps for the hours without a network, and wipes afterwards."""

from datetime import timedelta
from functools import cache
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.db.models import F
from django.http import HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_safe

from applications import wishes
from applications.models import Application
from committees import access
from committees.access import Right
from interviews.domain import kinship, panels, preparing, scoring
from interviews.models import Interview, ScoreSheet
from interviews.views.sending import criteria_of, fields_of
from portal import dates

KEPT_FOR = timedelta(hours=24)
AHEAD = timedelta(days=1)  # the evening before, and the day itself
SCRIPTS = ["sheets.js", "prepared.js", "panel_day.js", "score.js"]
COOKIE = "prepared"  # says to our pages that something is to be wiped at sign-out


@never_cache
@require_safe
def prepared(request):
    """The page that stays on the phone. It holds nobody: its script fills it with what was kept."""
    return TemplateResponse(request, "interviews/prepared.html", {"nav": "panel", "scripts": SCRIPTS})


@never_cache
@require_safe
def kept(request, date):
    """What a phone keeps of this date: no phone number, nobody with a conflict. 404 once the day is closed or over."""
    now = timezone.now()
    rows = [row for row in _mine(request.user, date) if may_prepare(row.day, now)]
    if not rows:
        return JsonResponse({"cards": []}, status=404)
    preparing.take_along(interviews=rows, by=request.user, now=now)
    answer = JsonResponse(
        {
            "who": request.user.person_id,
            "date": date.isoformat(),
            "for": KEPT_FOR // timedelta(milliseconds=1),
            "sheets": {row.day.drive_id: _sheet(row) for row in {row.day.drive_id: row for row in rows}.values()},
            "cards": _cards(request.user.person, rows),
        },
        json_dumps_params={"ensure_ascii": False},
    )
    answer.set_cookie(
        COOKIE, "yes", max_age=KEPT_FOR, httponly=True, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE
    )
    return answer


@require_safe
@cache_control(no_cache=True)
def worker(request):
    """The service worker of the panel's pages; it reaches nothing but the addresses below its own."""
    return HttpResponse(_script(), content_type="text/javascript; charset=utf-8")


def may_prepare(day, now):
    """An open day is prepared on the date before, or on its own."""
    return day.locked_at is None and timedelta(0) <= day.date - timezone.localdate(now) <= AHEAD


def _mine(user, date):
    """Whom this person will judge on this date, in the order of their times."""
    rows = Interview.objects.in_plan().filter(day__date=date, panel__members=user.person_id)
    rows = access.narrow(rows, user=user, right=Right.SCORE, unit="day__unit").with_person()
    rows = rows.select_related("day__drive", "application__prompt").prefetch_related("panel__memberships")
    rows = rows.order_by(F("slot__starts_at").asc(nulls_last=True), "token", "pk")
    found = {row.pk: row for row in rows if any(stay.person_id == user.person_id for stay in panels.present(row))}
    return list(found.values())


def _cards(person, rows):
    sheets = ScoreSheet.objects.newest().filter(panelist=person, interview__in=rows).prefetch_related("scores")
    mine = {sheet.interview_id: sheet for sheet in sheets}
    near = kinship.among([person], Application.objects.filter(interviews__in=rows)).get(person.pk, {})
    posts = wishes.called(code for row in rows for code in row.application.wishes)
    return [_card(row, mine.get(row.pk), near.get(row.application_id), posts) for row in rows]


def _card(row, sheet, bond, posts):
    """One card as the phone keeps it; of one handed in only that it is."""
    is_done = bool(sheet and sheet.submitted_at)
    row.application.drive = row.day.drive  # its own questions are asked for once
    return {
        "interview": row.pk,
        "drive": row.day.drive_id,
        "token": row.token,
        "time": dates.clock(timezone.localtime(row.slot.starts_at)) if row.slot else "",
        "where": f"{row.panel.name} · {_('room')} {row.panel.room}",
        "done": is_done,
        "free": sheet is not None,
        "revision": sheet.revision if sheet else 0,
        "fields": fields_of(sheet) if sheet and not is_done else [],
        "bond": render_to_string("interviews/_bond.html", {"bond": bond}) if bond else "",
        "name": "" if is_done else row.application.name,
        "head": "" if is_done else _head(row, posts),
    }


def _head(row, posts):
    application = row.application
    about = {
        "application": application,
        "wished": [posts[code] for code in application.wishes if code in posts],
        "age": row.day.date.year - application.birth_year,
    }
    return _tight(render_to_string("interviews/_before_panel.html", about))


def _sheet(row):
    """The empty sheet of a drive, the same for everyone."""
    rows = [(each, None, False) for each in criteria_of(row)]
    return _tight(render_to_string("interviews/_sheet.html", {"rows": rows, "note": "", "marks": scoring.MARKS}))


def _tight(text):
    """Without the blanks at the edges of lines: forty cards travel together."""
    return "\n".join(line.strip() for line in text.splitlines() if line.strip())


@cache
def _script():
    return Path(finders.find("panel-sw.js")).read_bytes()
