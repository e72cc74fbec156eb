"""Decisions about applications: one by one, many at once, and taken back.

News of a result waits ``UNDO_FOR`` before it leaves, so that an undone
decision reaches nobody.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.crypto import get_random_string

from applications.domain import telling
from applications.models import Application
from applications.states import MOVES, Reason, Status
from portal import codes, names, outbox, transitions, wording
from portal.models import Event, Notice, User
from portal.models.notices import NoticeStatus
from portal.transitions import NotAllowed, Stale

UNDO_FOR = timedelta(minutes=10)
USEFUL_FOR = timedelta(days=7)
NEWS = {  # shortlisting is told with the date, by the call to the interview
    Status.SELECTED: "result_selected",
    Status.WAITING: "result_waiting",
    Status.NOT_SELECTED: "result_not_selected",
}
FOR_A_POST = "result_selected_post"  # selected, and the post is known
NEEDS_A_REASON = {Status.NOT_SELECTED}
AT_A_TIME = 500
RUBBED_OUT = {
    "pencilled": "",
    "pencilled_code": "",
    "pencilled_reason": "",
    "pencilled_by": None,
    "pencilled_at": None,
}
DECISIONS = {Status.SUBMITTED, Status.SHORTLISTED, Status.WAITING, Status.SELECTED, Status.NOT_SELECTED}


class ReasonMissing(Exception):
    """A "not selected" without a reason, or with "another reason" and no words."""


class TooLate(Exception):
    """The ten minutes are over, or nothing of this batch is left as it was."""


class Done(NamedTuple):
    """What became of many: ``left`` were not allowed to go there, or someone was quicker."""

    moved: list[Application]
    left: list[Application]
    batch: str  # what ``undo`` asks for


def shortlist(*, application: Application, by: User | None, now: datetime, reason: str = "") -> Done:
    """To the interviews. Raises as ``move_one``."""
    return move_one(application=application, to=Status.SHORTLISTED, by=by, now=now, reason=reason)


def wait(*, application: Application, by: User | None, now: datetime, reason: str = "") -> Done:
    """To the waiting list. Raises as ``move_one``."""
    return move_one(application=application, to=Status.WAITING, by=by, now=now, reason=reason)


def select(*, application: Application, by: User | None, now: datetime, reason: str = "") -> Done:
    """Selected; where a drive has no interviews, straight from the pile. Raises as ``move_one``."""
    return move_one(application=application, to=Status.SELECTED, by=by, now=now, reason=reason)


def reject(*, application: Application, by: User | None, now: datetime, reason: str = "", code: str = "") -> Done:
    """Not selected, for a reason. Raises as ``move_one``."""
    return move_one(application=application, to=Status.NOT_SELECTED, by=by, now=now, reason=reason, code=code)


def put_back(*, application: Application, by: User | None, now: datetime, reason: str = "") -> Done:
    """Back to the pile. Raises as ``move_one``."""
    return move_one(application=application, to=Status.SUBMITTED, by=by, now=now, reason=reason)


@transaction.atomic
def move_one(
    *,
    application: Application,
    to: str,
    by: User | None,
    now: datetime,
    reason: str = "",
    code: str = "",
    post: str = "",
) -> Done:
    """Decide about one. Raises ``ReasonMissing``, ``transitions.NotAllowed`` or ``transitions.Stale``."""
    if to not in DECISIONS or to not in MOVES[application.status]:
        raise NotAllowed(f"{application.status} → {to}")
    done = move_many(applications=[application], to=to, by=by, now=now, reason=reason, code=code, post=post)
    if done.left:
        raise Stale(application.ref)
    return done


@transaction.atomic
def move_many(
    *,
    applications: Iterable[Application],
    to: str,
    by: User | None,
    now: datetime,
    reason: str = "",
    code: str = "",
    batch: str = "",
    noted: dict[str, Any] | None = None,
    keep_pencil: bool = False,
    post: str = "",
) -> Done:
    """Decide the same about many; what may not go there or was moved meanwhile is left and given back.

    Needs ``drive`` with each application. ``code`` is one of ``states.Reason``;
    words alone are "another reason". Several calls with one ``batch`` are
    undone together. What was in pencil is rubbed out, unless it is what is
    published here (``keep_pencil``). ``post`` is told to who is selected for one. Raises ``ReasonMissing`` and, for a
    status that is no decision of a reviewer, ``transitions.NotAllowed``.
    """
    if to not in DECISIONS:
        raise NotAllowed(to)
    also: dict[str, Any] = reasons(to=to, code=code, reason=reason)
    if not keep_pencil:
        also |= RUBBED_OUT
    rows = list(applications)
    batch = batch or new_batch()
    told_before = {application.pk for application in rows if application.status in NEWS}
    moved = transitions.move_many(
        rows, to=to, table=MOVES, by=by, now=now, noted={"batch": batch} | (noted or {}), **also
    )
    take_back_news(applications=[row for row in moved if row.pk in told_before], now=now)
    if to in NEWS:
        outbox.queue(_news(application, to, batch, now, post) for application in moved)
    won = {application.pk for application in moved}
    return Done(moved, [application for application in rows if application.pk not in won], batch)


def new_batch() -> str:
    """What holds the moves of one decision together."""
    return get_random_string(16)


def reasons(*, to: str, code: str, reason: str) -> dict[str, str]:
    """The columns of a reason: needed, with its kind, where someone is not selected. Raises ``ReasonMissing``."""
    words = names.clean(reason)
    if to not in NEEDS_A_REASON:
        return {"reason": words, "reason_code": ""} if words else {}
    kind = code or Reason.OTHER
    if kind == Reason.OTHER and not words:
        raise ReasonMissing(to)
    return {"reason": words, "reason_code": Reason(kind)}


@transaction.atomic
def undo(*, batch: str, by: User, now: datetime, asked_at: datetime | None = None) -> int:
    """Put back what this person moved in this batch, or agreed to, as far as nobody moved it on; how many.

    ``asked_at``: when a person asked, if the work is done later. Raises
    ``TooLate`` when there is nothing to put back.
    """
    came_from: dict[tuple[str, str], list[int]] = {}
    for event in moves_of(batch=batch, by=by, since=(asked_at or now) - UNDO_FOR):
        was, _arrow, to = event.verb.upper().partition(" → ")
        came_from.setdefault((was, to), []).append(int(event.thing))
    back = 0
    for (was, to), keys in came_from.items():
        no_reason = {} if was in NEEDS_A_REASON else {"reason": "", "reason_code": ""}
        for start in range(0, len(keys), AT_A_TIME):
            rows = Application.objects.filter(pk__in=keys[start : start + AT_A_TIME], status=to)
            moved = transitions.move_many(rows, to=was, table=MOVES, by=by, now=now, noted={"undo": batch}, **no_reason)
            take_back_news(applications=moved, now=now)
            back += len(moved)
    if not back:
        raise TooLate(batch)
    return back


def moves_of(*, batch: str, by: User, since: datetime) -> QuerySet[Event]:
    """What was moved in this batch since then, for whom it belongs to: who did it, or who agreed."""
    recent = Event.objects.filter(at__gt=since, kind=Application._meta.label_lower, data__batch=batch)
    return recent.filter(Q(by=by) | Q(data__agreed=by.pk))


def hold_news(*, batch: str) -> None:
    """Cancel the news of this batch at once, before its moves are taken back."""
    for template in [*NEWS.values(), FOR_A_POST]:
        outbox.cancel(f"{template}:{batch}:")


def shown(application: Application) -> str:
    """A sign of what a page showed as decided, in ink and in pencil: a decision is taken over this, or not at all."""
    return f"{application.status}:{application.pencilled}:{application.pencilled_code}"


def told(*, application: Application, to: str, post: str = "") -> str:
    """What the applicant will read, without the secret of the link; nothing when no news goes out."""
    if to not in NEWS:
        return ""
    url = telling.address("status", codes.pretty(application.ref), language=application.language)
    return wording.of(_notice(application, _template(to, post), key="", url=url, **_of_post(post))).text


def take_back_news(*, applications: list[Application], now: datetime) -> None:
    """Cancel the news of earlier results that has not left yet."""
    templates = [*NEWS.values(), FOR_A_POST]
    waiting = Notice.objects.filter(template__in=templates, status=NoticeStatus.QUEUED, due_at__gt=now - UNDO_FOR)
    ours = {str(application.pk) for application in applications}
    batches: dict[str, list[str]] = {}
    for key in waiting.values_list("key", flat=True):
        batch, application, _channel = key.rsplit(":", 2)
        batches.setdefault(batch, []).append(application)
    for batch, told in batches.items():
        if ours.issuperset(told):
            outbox.cancel(f"{batch}:")
        else:
            for application in ours.intersection(told):
                outbox.cancel(f"{batch}:{application}:")


def _template(to: str, post: str) -> str:
    return FOR_A_POST if post and to == Status.SELECTED else NEWS[Status(to)]


def _of_post(post: str) -> dict[str, str]:
    return {"post": post} if post else {}


def _news(application: Application, to: str, batch: str, now: datetime, post: str) -> Notice:
    template = _template(to, post)
    return _notice(
        application,
        template,
        key=f"{template}:{batch}:{application.pk}:sms",
        url=telling.own_page(application),
        **_of_post(post),
        due_at=now + UNDO_FOR,
        useful_until=now + USEFUL_FOR,
    )


def _notice(application: Application, template: str, **values: Any) -> Notice:
    return telling.notice(
        phone=application.phone,
        language=application.language,
        template=template,
        drive=application.drive,
        ref=codes.pretty(application.ref),
        **values,
    )
