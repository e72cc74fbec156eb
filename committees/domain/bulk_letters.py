"""All letters of a unit and of those below it in one ZIP, in the background.

Typst sets a page outside Python's lock, so as many threads as there are processors set them side by side:
2,200 letters take about half a minute on two. Each is drawn before the next hundred is read, the ZIP lies on the disk.
"""

import os
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from tempfile import TemporaryFile
from typing import IO, NamedTuple
from zipfile import ZIP_STORED, ZipFile

from django.db.models import QuerySet
from django.utils import translation
from django.utils.translation import gettext as _

from committees.domain import reaching
from committees.models import Appointment, Unit
from committees.rights import Right
from portal import audit, documents, jobs, numbers, typesetting
from portal.models import Job, User

KIND = "committees.letters"
ALONE = 100  # so many letters one person may take out alone
TOGETHER = 100  # drawn before the progress is told


class NoLetters(Exception):
    """Nobody at or below this unit holds a letter that is in force."""


class Drawn(NamedTuple):
    """One letter's file, or nothing where it could not be set."""

    name: str
    pdf: bytes | None


def letters_of(unit: Unit, now: datetime) -> QuerySet[Appointment]:
    """Current appointments at and below ``unit`` whose letter is in force, in a stable order."""
    rows = Appointment.objects.current(now).under(unit).filter(letter__isnull=False, letter__revoked_at=None)
    return rows.order_by("pk")


def ask(*, unit: Unit, by: User, now: datetime) -> Job:
    """Ask for the ZIP; more than ``ALONE`` letters need a second person. Raises ``NoLetters``."""
    count = letters_of(unit, now).count()
    if not count:
        raise NoLetters(unit.pk)
    return jobs.ask(
        kind=KIND,
        title=_("Letters: %(unit)s (%(n)s)") % {"unit": unit.title, "n": numbers.lakh(count)},
        settings={"unit": unit.pk, "told_in": translation.get_language()},
        right=Right.FORM,
        reach=unit.pk,
        needs_second=count > ALONE,
        by=by,
        now=now,
    )


def worker(*, job: Job, now: datetime) -> jobs.Result:
    """Draws them. A letter with a sign that our font lacks is told in the outcome, the others are there.

    What was asked for by one person alone stays under ``ALONE``, whoever was appointed meanwhile; it stops when
    who asked forms no committees there any more.
    """
    unit = Unit.objects.get(pk=job.settings["unit"])
    keys = list(letters_of(unit, now).values_list("pk", flat=True))
    left_out: list[str] = []
    if not job.agreed_by_id:
        keys = keys[:ALONE]
    with TemporaryFile() as file:
        _draw_all(file, unit, keys, job, left_out)
        handle = os.dup(file.fileno())
    audit.record("took out letters", unit, by=job.asked_by, now=now, number=len(keys))
    parcel = jobs.read_in_pieces(handle)
    return jobs.Result(parcel, f"letters-{unit.slug}.zip", "application/zip", _told(job, keys, left_out))


def _draw_all(file: IO[bytes], unit: Unit, keys: list[int], job: Job, left_out: list[str]) -> None:
    with ZipFile(file, "w", ZIP_STORED) as parcel, ThreadPoolExecutor(os.cpu_count()) as hands:
        for start in range(0, len(keys), TOGETHER):
            reaching.check(user=job.asked_by, right=Right.FORM, unit=unit)
            rows = Appointment.objects.filter(pk__in=keys[start : start + TOGETHER]).order_by("pk")
            found = list(rows.select_related("letter", "seat__unit", "seat__post"))
            for drawn in hands.map(_draw, found):
                if drawn.pdf is None:
                    left_out.append(drawn.name)
                else:
                    parcel.writestr(drawn.name, drawn.pdf)
            jobs.progress(job=job, done=min(start + TOGETHER, len(keys)), total=len(keys))
    file.flush()


def _draw(row: Appointment) -> Drawn:
    """In a thread of its own: asks the database nothing. The name is one that any computer can read."""
    if row.letter is None:
        return Drawn(f"{row.seat.unit.slug}-{row.seat.post.code}", None)
    number = documents.number_of(row.letter).replace("/", "-")
    name = f"{number}-{row.seat.unit.slug}-{row.seat.post.code}.pdf"
    try:
        return Drawn(name, documents.pdf(row.letter))
    except typesetting.TypesettingError:
        return Drawn(name, None)


def _told(job: Job, keys: list[int], left_out: list[str]) -> dict[str, list[str]]:
    with translation.override(job.settings["told_in"]):
        lines = [_("%(n)s letters in one file.") % {"n": numbers.lakh(len(keys) - len(left_out))}]
        if left_out:
            lines.append(_("These could not be set: %(which)s") % {"which": ", ".join(left_out)})
    return {"lines": lines}
