"""A roster's way: looked at when it is uploaded, taken in by the background, perhaps with a second person's word.

What was uploaded is a finished job (``CHECK``) with the file, or with the list of errors; taking it in is a second one
(``TAKE``), taking it back a third (``undoing``). Each names the next in its outcome.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from committees.domain import reaching
from committees.domain.rosters import seating
from committees.domain.rosters.facts import Row
from committees.domain.rosters.planning import SLICE
from committees.models import Unit
from committees.rights import Right
from committees.unitfile import ENOUGH, Problem
from portal import jobs, names, numbers
from portal.models import Job, User
from portal.spreadsheets import CSV, harmless

CHECK, TAKE = "committees.roster-check", "committees.roster"
ALONE = 100  # so many people one person may bring in alone
ERRORS = "errors.csv"
HEAD = 10  # rows that a page shows
RIGHTS = (Right.FORM, Right.ADMINISTER)  # at the state; either will do


class AlreadyTaken(Exception):
    """Somebody has begun to take this file in."""


class NotToTake(Exception):
    """The file has errors, brings nobody, or is no longer kept."""


def all_of() -> QuerySet[Job]:
    """Every file that was looked at, newest first."""
    return Job.objects.filter(kind=CHECK).select_related("asked_by__person").order_by("-asked_at", "-pk")


def upload(*, content: bytes, file_name: str, by: User, now: datetime) -> Job:
    """Look at a file and keep it for a week; of one with errors only the errors are kept."""
    seen = seating.look(content=content, now=now)
    new, there, problems = len(seen.plan.new), len(seen.plan.there), seen.problems
    outcome = {
        "rows": new + there + seen.wrong,
        "new": new,
        "there": there,
        "wrong": seen.wrong,
        "errors": len(problems),
    }
    told = names.clean(file_name)[:100]
    return jobs.keep(
        kind=CHECK,
        title=_("People from a file: %(file)s") % {"file": told},
        file=_as_csv(problems) if problems else [content],
        file_name=ERRORS if problems else "people.csv",
        media_type=CSV,
        outcome=outcome,
        by=by,
        now=now,
    )


def first_rows(job: Job) -> list[Row]:
    """The first people of a file without errors, as long as it is kept."""
    if job.outcome["errors"]:
        return []
    head = next(jobs.file_of(job), b"")
    return seating.rows_of(b"\n".join(head.split(b"\n")[: HEAD + 1]), [])


def problems_of(job: Job) -> list[Problem]:
    """The errors of a file, or of taking it in, as long as they are kept."""
    text = b"".join(jobs.file_of(job)).decode("utf-8-sig")
    return [Problem(int(row["row"]), row["column"], row["message"]) for row in csv.DictReader(io.StringIO(text))]


@transaction.atomic
def ask(*, check: Job, asks: bool, by: User, now: datetime) -> Job:
    """Let a file be taken in; with ``asks`` each person is asked by SMS. Raises ``AlreadyTaken`` or ``NotToTake``.

    More than ``ALONE`` people sit only when a second person agreed.
    """
    kept = Job.objects.select_for_update().get(pk=check.pk, kind=CHECK)
    if "job" in kept.outcome:
        raise AlreadyTaken(check.key)
    people = kept.outcome["new"] + (kept.outcome["there"] if asks else 0)
    if kept.outcome["errors"] or not people or not kept.parts.exists():
        raise NotToTake(check.key)
    job = jobs.ask(
        kind=TAKE,
        title=kept.title,
        settings={"of": kept.key, "asks": asks, "told_in": translation.get_language()},
        right=Right.FORM,
        reach=Unit.objects.get(parent=None).pk,
        needs_second=people > ALONE,
        by=by,
        now=now,
    )
    Job.objects.filter(pk=kept.pk).update(outcome=kept.outcome | {"job": job.key})
    Job.objects.filter(pk=job.pk).update(outcome={"url": _page(kept)})  # whoever is to agree looks there
    return job


def worker(*, job: Job, now: datetime) -> jobs.Result:
    """The file is looked at once more, then seated some hundred at a time; begun anew it goes on where it stood.

    With an error nobody is seated. A chair that is taken at this very moment is left out and told.
    """
    job.refresh_from_db(fields=["outcome"])  # another worker, taken for dead, may have noted more since
    with translation.override(job.settings["told_in"]):
        check = Job.objects.get(key=job.settings["of"])
        content = b"".join(jobs.file_of(check))
        if not content:
            return _told(check, [], _("The file is no longer kept. Upload it again."), job.outcome)
        rows, _seen, problems, _wrong = seating.look(content=content, now=now)
        if problems and "at" not in job.outcome:
            return _told(check, problems, _("Nobody was seated: things have changed since. See the errors."), {})
        problems = _take_in(job, rows, now)
        return _told(check, problems, in_words(job.outcome), job.outcome)


def may(*, user: User) -> None:
    """Raises ``reaching.RightEnded`` unless this user may still bring people in."""
    state = Unit.objects.get(parent=None)
    try:
        reaching.check(user=user, right=RIGHTS[0], unit=state)
    except reaching.RightEnded:
        reaching.check(user=user, right=RIGHTS[1], unit=state)


def in_words(outcome: dict[str, Any]) -> str:
    """What came of it as a line."""
    told = {name: numbers.lakh(outcome.get(name, 0)) for name in ("new", "there", "left_out")}
    return _("%(new)s seated, %(there)s there already, %(left_out)s left out") % told


def keys_of(ranges: Iterable[Sequence[int]]) -> Iterator[int]:
    """Keys that are noted as ranges."""
    for first, last in ranges:
        yield from range(first, last + 1)


def _take_in(job: Job, rows: list[Row], now: datetime) -> list[Problem]:
    problems: list[Problem] = []
    told = {"source": job.key, "asks": job.settings["asks"], "by": job.asked_by, "now": now}
    for start in range(job.outcome.get("at", 0), len(rows), SLICE):
        may(user=job.asked_by)
        with transaction.atomic():
            made = seating.take_some(rows=rows[start : start + SLICE], **told)
            jobs.note(job=job, outcome=_added(job.outcome, made, start + SLICE))
        problems += made.problems
        jobs.progress(job=job, done=min(start + SLICE, len(rows)), total=len(rows))
    return problems[:ENOUGH]


def _added(outcome: dict[str, Any], made: seating.Made, at: int) -> dict[str, Any]:
    """The outcome with what one more slice brought: keys as ranges, for one person's import has few gaps."""
    counts = {"new": len(made.appointments), "there": made.there, "left_out": len(made.problems)}
    added: dict[str, Any] = {name: outcome.get(name, 0) + count for name, count in counts.items()}
    for name in ("appointments", "people", "users"):
        added[name] = [*outcome.get(name, []), *_ranges(getattr(made, name))]
    return added | {"at": at}


def _ranges(keys: Iterable[int]) -> list[list[int]]:
    found: list[list[int]] = []
    for key in sorted(keys):
        if found and found[-1][1] == key - 1:
            found[-1][1] = key
        else:
            found.append([key, key])
    return found


def _told(check: Job, problems: list[Problem], line: str, outcome: dict[str, Any]) -> jobs.Result:
    told = outcome | {"lines": [line], "url": _page(check)}
    file = _as_csv(problems) if problems else []
    return jobs.Result(file, ERRORS if problems else "", CSV if problems else "", told)


def _page(check: Job) -> str:
    return reverse("committees:roster", args=[check.key])


def _as_csv(problems: Iterable[Problem]) -> list[bytes]:
    """Errors as a file that a spreadsheet opens."""
    text = io.StringIO(newline="")
    rows = csv.writer(text)
    rows.writerow(Problem._fields)
    rows.writerows((problem.row, problem.column, harmless(problem.message)) for problem in problems)
    return [text.getvalue().encode("utf-8-sig")]
