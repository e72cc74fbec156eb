"""The same for many applications: at once when they are few, else as background work that can be taken back too."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import translation
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from applications.domain import publishing, readings, reviewing, sharing, tagging
from applications.models import Application, Drive
from applications.querysets import ApplicationQuerySet
from applications.sieve import Sieve
from committees import access
from committees.access import Right
from portal import jobs
from portal.models import Job, User

KIND, UNDO = "applications.bulk", "applications.undo"
AT_ONCE = 200  # in the request; more goes on in the background
AT_A_TIME = 500
NAMED = 200  # rows left undone that are kept with the job
FROM_HERE, QUICKER, BROKEN = "from here", "quicker", "broken"
WHY_LEFT = {
    FROM_HERE: gettext_lazy("not possible from where it stands, or not with your rights"),
    QUICKER: gettext_lazy("someone was quicker"),
    BROKEN: gettext_lazy("the database refused; try again"),
}


@dataclass(frozen=True)
class Action:
    """What is to be done: ``do`` is move, pencil, rub (out), tag, untag or give (to ``reader``, the key of a user)."""

    do: str
    to: str = ""
    code: str = ""
    reason: str = ""
    tag: str = ""
    reader: int = 0


def able(*, rows: ApplicationQuerySet, action: Action, user: User) -> ApplicationQuerySet:
    """Those of the rows with which this user may do it."""
    if action.do in ("move", "pencil"):
        return rows.movable(user=user, to=action.to)
    rows = access.narrow(rows, user=user, right=Right.REVIEW)
    if action.do == "give":
        rows = rows.filter(status__in=readings.OPEN)
        reader = User.objects.filter(pk=action.reader).select_related("person").first()
        return rows.exclude(sharing.may_not_judge(reader)).exclude(readings__reader=reader) if reader else rows
    return rows.in_pencil() if action.do == "rub" else rows


@transaction.atomic
def act(*, applications: ApplicationQuerySet, action: Action, batch: str, by: User, now: datetime) -> reviewing.Done:
    """Do it with these, all of which are ``able``. Raises as the verbs of ``reviewing`` and ``publishing``."""
    rows = list(applications.select_related("drive"))
    told: dict[str, Any] = {"by": by, "now": now}
    if action.do == "move":
        why: dict[str, Any] = {"code": action.code, "reason": action.reason}
        return reviewing.move_many(applications=rows, to=action.to, batch=batch, **why, **told)
    if action.do == "pencil":
        why = {"code": action.code, "reason": action.reason}
        done = publishing.pencil(applications=rows, to=action.to, **why, **told)
    elif action.do == "rub":
        done = publishing.rub_out(applications=rows, **told)
    elif action.do == "tag":
        tagging.tag(applications=rows, name=action.tag, **told)
        done = rows
    elif action.do == "give":
        readings.give(applications=rows, reader=User.objects.get(pk=action.reader), **told)
        done = rows
    else:
        tagging.untag(applications=rows, name=action.tag, **told)
        done = rows
    won = {row.pk for row in done}
    return reviewing.Done(done, [row for row in rows if row.pk not in won], batch)


def ask(*, query: str, seen: datetime, action: Action, title: str, by: User, now: datetime) -> Job:
    """Ask for the same with all that matched this view when it was seen."""
    settings = {"query": query, "seen": seen.isoformat(), "action": asdict(action), "language": _language()}
    return jobs.ask(kind=KIND, title=title, settings=settings, by=by, now=now)


def ask_undo(*, batch: str, by: User, now: datetime) -> Job:
    """Ask to take a large batch back; its news is held back at once. Raises ``reviewing.TooLate``."""
    with transaction.atomic():
        if not reviewing.moves_of(batch=batch, by=by, since=now - reviewing.UNDO_FOR).exists():
            raise reviewing.TooLate(batch)
        reviewing.hold_news(batch=batch)
        settings = {"batch": batch, "asked_at": now.isoformat(), "language": _language()}
        return jobs.ask(kind=UNDO, title=_("Take back a decision about many"), settings=settings, by=by, now=now)


def worker(*, job: Job, now: datetime) -> jobs.Result:
    """Do what was asked, part by part; what a part could not do is left and named. Safe to repeat."""
    with translation.override(job.settings["language"]):
        action, batch = Action(**job.settings["action"]), batch_of(job)
        rows = Sieve(job.settings["query"], user=_user(job)).rows
        chosen = list(rows.filter(submitted_at__lte=parse_datetime(job.settings["seen"])).values_list("pk", flat=True))
        done, left = 0, []
        for start in range(0, len(chosen), AT_A_TIME):
            keys = chosen[start : start + AT_A_TIME]
            part = _part(keys, action, batch, job, now)
            left += part
            done += len(keys) - len(part)
            jobs.progress(job=job, done=min(start + AT_A_TIME, len(chosen)), total=len(chosen))
        return jobs.Result(outcome=_outcome(job, action, done, left))


def undo_worker(*, job: Job, now: datetime) -> jobs.Result:
    """Take a large batch back."""
    with translation.override(job.settings["language"]):
        asked_at = parse_datetime(job.settings["asked_at"])
        try:
            back = reviewing.undo(batch=job.settings["batch"], by=_user(job), now=now, asked_at=asked_at)
        except reviewing.TooLate:
            return jobs.Result(outcome={"lines": [_("Nothing was left to take back.")]})
        told = ngettext("%(count)s application is back where it was.", "%(count)s applications are back.", back)
        return jobs.Result(outcome={"lines": [told % {"count": back}]})


def publish_worker(*, job: Job, now: datetime) -> jobs.Result:
    """Publish what was in pencil when it was asked for."""
    with translation.override("hi"):
        drive, user = Drive.objects.select_related("unit").get(pk=job.settings["drive"]), _user(job)
        if not all(access.may(each, Right.DECIDE, drive.unit) for each in (user, job.agreed_by)):
            return jobs.Result(outcome={"lines": [_("Who asked or agreed has no right to decide here any more.")]})
        told: dict[str, Any] = {"by": user, "agreed_by": job.agreed_by, "asked_at": job.asked_at, "now": now}
        try:
            done = publishing.publish(drive=drive, batch=batch_of(job), **told)
        except publishing.NothingInPencil:
            return jobs.Result(outcome={"lines": [_("Nothing is in pencil any more.")]})
        left = [[row.ref, QUICKER] for row in done.left]
        return jobs.Result(outcome=_outcome(job, Action("publish"), len(done.moved), left))


def batch_of(job: Job) -> str:
    """The same at each try, so that all of it is taken back together."""
    return job.key[:16]


def _part(keys: list[int], action: Action, batch: str, job: Job, now: datetime) -> list[list[str]]:
    """One part in one transaction, with the rights of this moment; who was left, and why."""
    rows = Application.objects.filter(pk__in=keys)
    user = _user(job)
    try:
        done = act(applications=able(rows=rows, action=action, user=user), action=action, batch=batch, by=user, now=now)
    except DatabaseError:
        return [[ref, BROKEN] for ref in rows.values_list("ref", flat=True)]
    quicker = [[row.ref, QUICKER] for row in done.left]
    known = {row.pk for row in [*done.moved, *done.left]}
    return quicker + [[ref, FROM_HERE] for pk, ref in rows.values_list("pk", "ref") if pk not in known]


def _outcome(job: Job, action: Action, done: int, left: list[list[str]]) -> dict[str, Any]:
    lines = [ngettext("%(count)s application done.", "%(count)s applications done.", done) % {"count": done}]
    if left:
        told = ngettext("%(count)s was left as it is.", "%(count)s were left as they are.", len(left))
        lines.append(told % {"count": len(left)})
    if action.do in ("move", "publish") and done:
        lines.append(_("All of it can be taken back for ten minutes."))
    return {
        "lines": lines,
        "url": reverse("applications:desk-job", args=[job.key]),
        "done": done,
        "left": left[:NAMED],
        "left_count": len(left),
    }


def _user(job: Job) -> User:
    """Who asked, read anew: rights that ended meanwhile count no more."""
    return User.objects.select_related("person").get(pk=job.asked_by_id)


def _language() -> str:
    return translation.get_language() or "hi"


def why_left(left: list[list[str]]) -> Iterator[tuple[str, str]]:
    """Number and reason in words."""
    return ((ref, str(WHY_LEFT[why])) for ref, why in left)
