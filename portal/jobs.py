"""Work in the background: asked for in the request's transaction, done by the clock, fetched by who asked.

A worker is a function ``worker(*, job, now) -> Result`` named in
``portal.timetable.WORKERS``. It is written to be repeated: when the process dies,
the job is begun anew. It tells ``progress`` now and then.
"""

import logging
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.conf import settings as site
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone, translation
from django.utils.crypto import get_random_string
from django.utils.module_loading import import_string

from portal import audit
from portal.models import Job, JobPart, User

SLICE = 256 * 1024  # bytes of a file in one row
IN_HAND = timedelta(minutes=10)  # a worker that is silent for longer has died
KEPT = timedelta(days=7)  # how long a finished job's file can be fetched, and what was asked for is known

log = logging.getLogger(__name__)


class SamePerson(Exception):
    """Who asked cannot be the one who agrees."""


class NotWaiting(Exception):
    """The job waits for nobody's agreement."""


class Superseded(Exception):
    """The worker was silent for so long that another one has the job now."""


class Result(NamedTuple):
    """What a worker made: a file in pieces, if any, and what to say about it."""

    file: Iterable[bytes] = ()
    file_name: str = ""
    media_type: str = ""
    outcome: dict[str, Any] = {}


@transaction.atomic
def ask(
    *,
    kind: str,
    title: str,
    settings: dict[str, Any],
    right: str = "",
    reach: int | None = None,
    needs_second: bool = False,
    by: User,
    now: datetime,
) -> Job:
    """Ask for a job; it begins within a minute, or when a second person who has ``right`` at ``reach`` agreed."""
    job = Job.objects.create(
        kind=kind,
        title=title,
        settings=settings,
        right=right,
        reach=reach,
        needs_second=needs_second,
        asked_by=by,
        asked_at=now,
    )
    audit.record("asked for a job", job, by=by, now=now, kind=kind)
    return job


@transaction.atomic
def keep(
    *,
    kind: str,
    title: str,
    file: Iterable[bytes],
    file_name: str,
    media_type: str,
    outcome: dict[str, Any],
    by: User,
    now: datetime,
) -> Job:
    """What a page did itself, kept among the jobs with its file, and as long as theirs."""
    times = {"asked_at": now, "claimed_at": now, "finished_at": now}
    about = {"file_name": file_name, "media_type": media_type, "outcome": outcome}
    job = Job.objects.create(kind=kind, title=title, asked_by=by, **times, **about)
    parts = enumerate(_slices(file))
    JobPart.objects.bulk_create(JobPart(job=job, number=number, content=content) for number, content in parts)
    audit.record("kept a file", job, by=by, now=now, kind=kind)
    return job


@transaction.atomic
def agree(*, job: Job, by: User, now: datetime) -> None:
    """Let a job that needs a second person begin. Raises ``SamePerson`` or ``NotWaiting``."""
    if by.pk == job.asked_by_id:
        raise SamePerson(job.key)
    waiting = Job.objects.filter(pk=job.pk, needs_second=True, agreed_at=None, finished_at=None)
    if not waiting.update(agreed_by=by, agreed_at=now):
        raise NotWaiting(job.key)
    job.agreed_by, job.agreed_at = by, now
    audit.record("agreed to a job", job, by=by, now=now, kind=job.kind)


def waiting_for_second() -> QuerySet[Job]:
    """Jobs that begin when another person agrees."""
    return Job.objects.filter(needs_second=True, agreed_at=None, finished_at=None)


def do_due(*, now: datetime) -> dict[str, int]:
    """Do the jobs that wait, one after the other. Safe to run side by side and again."""
    done = {"done": 0, "failed": 0}
    _drop_old(now)
    tried: set[int] = set()
    while job := _next(now, tried):
        tried.add(job.pk)
        if _claim(job, now):
            done["failed" if _do(job, now) else "done"] += 1
    return done


def progress(*, job: Job, done: int, total: int) -> None:
    """Say how far the work is, and that its worker lives."""
    job.done, job.total = done, total
    _mine(job).update(done=done, total=total, claimed_at=timezone.now())


def note(*, job: Job, outcome: dict[str, Any]) -> None:
    """What is done so far, in the transaction that did it. Raises ``Superseded``; then none of it may stay."""
    if not _mine(job).update(outcome=outcome, claimed_at=timezone.now()):
        raise Superseded(job.key)
    job.outcome = outcome


def told_in(language: str, pieces: Iterator[bytes]) -> Iterator[bytes]:
    """The pieces, each made in the language of who asked: they are taken after the worker returned."""
    while True:
        with translation.override(language):
            piece = next(pieces, None)
        if piece is None:
            return
        yield piece


def read_in_pieces(handle: int) -> Iterator[bytes]:
    """What was written to a file on the disk; ``handle`` is a descriptor of its own, closed in the end."""
    with open(handle, "rb") as file:
        file.seek(0)
        while piece := file.read(SLICE):
            yield piece


def file_of(job: Job) -> Iterator[bytes]:
    """The finished file, slice by slice."""
    for number in JobPart.objects.filter(job=job).values_list("number", flat=True).order_by("number"):
        yield bytes(JobPart.objects.values_list("content", flat=True).get(job=job, number=number))


def _ready() -> QuerySet[Job]:
    return Job.objects.filter(Q(needs_second=False) | Q(agreed_at__isnull=False), finished_at=None)


def _next(now: datetime, tried: set[int]) -> Job | None:
    free = _ready().filter(Q(claimed_at=None) | Q(claimed_at__lt=now - IN_HAND))
    return free.exclude(pk__in=tried).order_by("asked_at", "pk").first()


def _claim(job: Job, now: datetime) -> bool:
    """Take it for this worker alone."""
    free = Job.objects.filter(pk=job.pk, claim=job.claim, finished_at=None)
    job.claim = get_random_string(24)
    return bool(free.update(claim=job.claim, claimed_at=now))


def _do(job: Job, now: datetime) -> str:
    """The work, and how it went: an empty string, or the error."""
    try:
        worker = import_string(site.JOBS[job.kind])
        result = worker(job=job, now=now)
        for number, content in enumerate(_slices(result.file)):
            _keep(job, number, content)
        values = {"file_name": result.file_name, "media_type": result.media_type, "outcome": result.outcome}
        _mine(job).update(finished_at=timezone.now(), **values)
    except Superseded:
        log.warning("job %s was given to another worker", job.key)
        return "Superseded"
    except Exception as problem:
        log.exception("job %s failed", job.key)
        error = type(problem).__name__
        _mine(job).update(finished_at=timezone.now(), error=error)
        return error
    return ""


def _mine(job: Job) -> QuerySet[Job]:
    """The job, as long as it is this worker's."""
    return Job.objects.filter(pk=job.pk, claim=job.claim)


def _slices(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The same bytes, ``SLICE`` at a time."""
    rest = bytearray()
    for piece in pieces:
        rest += piece
        while len(rest) >= SLICE:
            yield bytes(rest[:SLICE])
            del rest[:SLICE]
    if rest:
        yield bytes(rest)


def _keep(job: Job, number: int, content: bytes) -> None:
    """One slice, each in a transaction of its own: a long file holds up nobody's writing. Raises ``Superseded``.

    The first one takes the place of what an earlier try left. Nobody is given a file before the job is finished.
    """
    with transaction.atomic():
        if not _mine(job).update(claimed_at=timezone.now()):
            raise Superseded(job.key)
        JobPart.objects.filter(job=job, number__gte=number).delete()
        JobPart.objects.create(job=job, number=number, content=content)


def _drop_old(now: datetime) -> None:
    """The file, and what was asked for: a view of the desk may search for a name."""
    JobPart.objects.filter(job__finished_at__lt=now - KEPT).delete()
    Job.objects.filter(finished_at__lt=now - KEPT).exclude(settings={}).update(settings={})
