"""The board on the wall, and the keys that open it."""

from hashlib import sha256

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse, HttpResponseNotModified
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from committees.access import Right
from interviews.domain import planning
from interviews.models import Board, Interview, Panel
from interviews.states import Status
from interviews.views.common import day_or_404, number
from portal.names import first_and_initial

NEXT = 4
MISSED = 6
FRESH = 60  # seconds for which a call stands out


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
        unchanged = request.headers.get("If-None-Match") == tag
        response = HttpResponseNotModified() if unchanged else HttpResponse(part)
        response["ETag"] = tag
    response["Cache-Control"] = "no-store" if "part" not in request.GET else "no-cache"
    response["X-Robots-Tag"] = "noindex"
    response["Referrer-Policy"] = "no-referrer"
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
    """Rooms with the token inside, the next four, those missed, the mean wait. Three queries, whatever the day."""
    rows = Interview.objects.of_day(wall.day_id).in_plan().filter(token__isnull=False)
    rows = list(rows.select_related("application").order_by("queue_at", "token"))
    inside = {row.panel_id: row for row in rows if row.status == Status.IN_ROOM}
    rooms = []
    for panel in Panel.objects.filter(day=wall.day_id).order_by("room"):
        row = inside.get(panel.pk)
        rooms.append(
            {
                "room": panel.room,
                "token": row.token if row else None,
                "name": first_and_initial(row.application.name) if row and wall.shows_names else "",
                "fresh": bool(row and row.entered_at and (now - row.entered_at).total_seconds() < FRESH),
            }
        )
    waits = [(row.entered_at - row.arrived_at).total_seconds() for row in rows if row.entered_at and row.arrived_at]
    return {
        "rooms": rooms,
        "next": [row.token for row in rows if row.status == Status.ARRIVED][:NEXT],
        "missed": [row.token for row in rows if row.status == Status.NO_SHOW][-MISSED:],
        "wait": round(sum(waits[-20:]) / len(waits[-20:]) / 60) if waits else None,
        "is_break": _is_break(wall.day, now),
    }


def _is_break(day, now):
    at = timezone.localtime(now).time()
    today = timezone.localdate(now) == day.date
    return bool(today and day.break_starts and day.break_starts <= at < day.break_ends)
