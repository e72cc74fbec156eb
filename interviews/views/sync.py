"""The desk through a lost network: presses that waited on the device, and the worker that keeps the list readable."""

import json
from datetime import UTC, datetime

from django.http import JsonResponse
from django.http.request import RawPostDataException
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from committees.access import Right
from interviews.domain import pressing
from interviews.domain.pressing import Said
from interviews.models import Panel
from interviews.views.common import day_or_404, number, seen
from portal import copies

AT_ONCE = 200
NO_PRESS = (ValueError, TypeError, KeyError, AttributeError, OverflowError, OSError, RawPostDataException)


@never_cache
@require_POST
def sync(request, date, drive):
    """``{"presses": [{"key", "do", "at"}]}``, in their order; answers what became of each, 422 for what is no press."""
    day = day_or_404(request, date, drive, Right.RECEIVE)
    now = timezone.now()
    try:
        sent = json.loads(request.body or b"{}").get("presses", [])[:AT_ONCE]
        presses = [(str(one["key"]), str(one["do"]), datetime.fromtimestamp(one["at"] / 1000, UTC)) for one in sent]
        done = [{"key": key, **_done(request, day, key, do, at, now)} for key, do, at in presses]
    except NO_PRESS:
        return JsonResponse({"done": []}, status=422)
    return JsonResponse({"done": done})


@require_safe
def worker(request, date, drive):
    """The service worker of this one page."""
    day_or_404(request, date, drive, Right.RECEIVE)
    return copies.worker()


def _done(request, day, key, do, at, now):
    verb, *keys = do.split(":")
    first, inside, who = [*(number(text) or None for text in keys), None, None, None][:3]
    if verb == "next":
        said = Said(key, verb, at, panel=Panel.objects.filter(day=day, pk=first).first(), inside=inside, who=who)
    else:
        rows = seen(day, request.user, Right.RECEIVE).with_person().select_related("day")
        said = Said(key, verb, at, interview=rows.filter(pk=first).first())
    answer = pressing.press(day=day, said=said, by=request.user, now=now)
    return answer | {"words": _words(answer, said)}


def _words(answer, said):
    name = said.interview.application.name if said.interview else ""
    if answer["state"] == pressing.REFUSED:
        return _("%(what)s: not possible any more, please look.") % {"what": name or _("A call")}
    if said.verb == "check_in":
        return _("%(name)s: token %(token)d.") % {"name": name, "token": answer["token"]}
    return ""
