"""The board on the wall, and the keys that open it."""

from datetime import timedelta
from hashlib import sha256

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse, HttpResponseNotModified
from django.http.response import ResponseHeaders
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from committees.access import Right
from interviews.domain import hours, lines, pace, planning
from interviews.models import Board, Interview, Panel
from interviews.states import Status
from interviews.views.common import day_or_404, number
from portal.names import first_and_initial

NEXT = 4
MISSED = 6
FRESH = 60  # seconds for which a call stands out
SILENT = timedelta(minutes=20)  # without a sign of the desk while people wait


class _TagAlone(ResponseHeaders):
    """An unchanged wall is asked for every five seconds, by mobile data: its answer carries its tag and no more."""

    def __setitem__(self, key, value):
        if key == "ETag":
            super().__setitem__(key, value)

    def setdefault(self, key, value):
        """What every page is given beside its words is for pages that have words."""


@login_not_required
@require_safe
def board(request, key):
    """Public by its key, until the key ends. Names only as first name and initial, phones never."""
    now = timezone.now()
    wall = get_object_or_404(Board.objects.select_related("day__drive"), key=key, revoked_at=None, expires_at__gt=now)
    context = {"board": wall, "day": wall.day, "now": now, **_seen(wall, now)}
    if "part" not in request.GET:
        response = TemplateResponse(request, "interviews/board.html", context)
    else:
        part = render_to_string("interviews/_board.html", context, request)
        tag = f'"{sha256(part.encode()).hexdigest()[:16]}"'
        if request.headers.get("If-None-Match") == tag:
            return _unchanged(tag)
        response = HttpResponse(part, headers={"ETag": tag})
    response["Cache-Control"] = "no-store" if "part" not in request.GET else "no-cache"
    response["X-Robots-Tag"] = "noindex"
    response["Referrer-Policy"] = "no-referrer"
    return response


def _unchanged(tag):
    response = HttpResponseNotModified()
    response.headers = _TagAlone({})
    response["ETag"] = tag
    return response


def keys(request, date, drive):
    """Make a key for a TV, or cancel one."""
    day = day_or_404(request, date, drive, Right.PLAN)
    now = timezone.now()
    if request.method == "POST":
        if request.POST.get("close"):
            wall = get_object_or_404(day.boards, pk=number(request.POST["close"]))
            planning.close_board(board=wall, by=request.user, now=now)
            messages.success(request, _("The key is cancelled; that screen goes blank."))
        else:
            planning.open_board(day=day, shows_names="names" in request.POST, by=request.user, now=now)
            messages.success(request, _("Open the address on the TV."))
        return redirect("interviews:boards", *day.address)
    boards = planning.living_boards(day, now)
    return TemplateResponse(request, "interviews/boards.html", {"nav": "interviews", "day": day, "boards": boards})


def _seen(wall, now):
    """Rooms with the token inside, the next four, those missed, the mean wait. Four queries, whatever the day."""
    day = wall.day
    rows = Interview.objects.of_day(day).in_plan().filter(token__isnull=False)
    rows = list(rows.select_related("application").order_by("queue_at", "token"))
    inside = {row.panel_id: row for row in rows if row.status == Status.IN_ROOM}
    panels = list(Panel.objects.filter(day=day).order_by("room"))
    away = {pause.panel_id: pause for pause in lines.pauses_now([panel.pk for panel in panels], now)}
    waiting = pace.in_order(rows, now)
    waits = [(row.entered_at - row.arrived_at).total_seconds() for row in rows if row.entered_at and row.arrived_at]
    return {
        "rooms": [_room(panel, inside.get(panel.pk), away.get(panel.pk), wall, now) for panel in panels],
        "next": [row.token for row in waiting][:NEXT],
        "missed": [row.token for row in rows if row.status == Status.NO_SHOW][-MISSED:],
        "wait": round(sum(waits[-20:]) / len(waits[-20:]) / 60) if waits else None,
        "is_break": _is_break(day, now),
        "is_before": now < hours.moment(day.date, day.starts) and not inside,
        "silent_since": None if day.locked_at else _silent_since(rows, [*waiting, *inside.values()], now),
    }


def _room(panel, row, pause, wall, now):
    called = row.last_called_at if row else None
    return {
        "room": panel.room,
        "token": row.token if row else None,
        "name": first_and_initial(row.application.name) if row and wall.shows_names else "",
        "fresh": bool(called and (now - called).total_seconds() < FRESH),
        "call": f"{row.token}.{row.times_called}" if row else "",
        "pause": pause,
    }


def _silent_since(rows, present, now):
    """The last sign of the desk, when it is old though people wait or sit inside; else ``None``."""
    signs = [at for row in rows for at in (row.arrived_at, row.last_called_at, row.left_at) if at]
    last = max(signs, default=now)
    return last if present and now - last > SILENT else None


def _is_break(day, now):
    at = timezone.localtime(now).time()
    today = timezone.localdate(now) == day.date
    return bool(today and day.break_starts and day.break_starts <= at < day.break_ends)
