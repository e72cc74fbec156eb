"""A whole file: kept while it is looked at, taken in at once or not at all, given up."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from applications import consent
from applications.domain import consenting, submitting, telling
from applications.domain.importing import columns, plans, sheets
from applications.models import Application, Drive, ImportBatch
from portal import audit, codes, folding, jobs, names, outbox
from portal.models import Job, Notice, User

AT_ONCE = 100  # more people are told only when a second person agrees
TOLD_AFTER = timedelta(minutes=30)  # until then an import is taken back and nobody has heard of it
KEPT = timedelta(days=7)  # how long a file waits to be taken in
CODE_SIGNS = 8
NOTICE = "import_notice"
LANGUAGE = "hi"  # of the notice; the page it leads to speaks English too
SLICE = 500
HEAD = 60  # rows that a page reads
TRIES = 3


class BadColumns(Exception):
    """The chosen columns will not do; ``told`` says why, in sentences."""

    def __init__(self, told: list[str]) -> None:
        super().__init__(" ".join(told))
        self.told = told


class AlreadyDone(Exception):
    """The file was taken in, or given up, meanwhile."""


@transaction.atomic
def upload(*, drive: Drive, content: bytes, file_name: str, by: User | None, now: datetime) -> ImportBatch:
    """Keep a file to look at, with the columns guessed. Raises ``sheets.Unreadable``.

    Files that nobody took in within a week go.
    """
    sheet = sheets.read(content)
    ImportBatch.objects.filter(done_at=None, uploaded_at__lt=now - KEPT).delete()
    batch = ImportBatch.objects.create(
        drive=drive,
        code=codes.new(CODE_SIGNS),
        file_name=names.clean(file_name)[:160],
        content=sheets.pack(sheet),
        mapping=columns.guess(sheet.headings, drive),
        by=by,
        uploaded_at=now,
    )
    audit.record("uploaded a file", batch, by=by, now=now, rows=len(sheet.rows))
    return batch


@transaction.atomic
def choose_columns(*, batch: ImportBatch, mapping: Mapping[str, str], by: User | None, now: datetime) -> None:
    """Say what the columns hold, and foresee what comes of it. Raises ``BadColumns`` or ``AlreadyDone``."""
    told = columns.lacking(dict(mapping), sheet_of(batch).headings, batch.drive)
    if told:
        raise BadColumns(told)
    batch.mapping = dict(mapping)
    if not _waiting(batch).update(mapping=batch.mapping):
        raise AlreadyDone(batch.code)
    foresee(batch=batch, now=now)


def sheet_of(batch: ImportBatch, most: int = -1) -> sheets.Sheet:
    """The table of a file that waits, or its first rows, ``most`` of them. Raises ``AlreadyDone``."""
    if batch.content is None:
        raise AlreadyDone(batch.code)
    return sheets.unpack(bytes(batch.content), most)


@transaction.atomic
def foresee(*, batch: ImportBatch, now: datetime) -> None:
    """Note what taking it in would bring, so that a page need not read the whole file. Raises as ``look``."""
    planned = look(batch=batch, now=now)
    batch.created, batch.duplicates, batch.skipped = len(planned.people), planned.duplicates, planned.skipped
    batch.problems = [problem._asdict() for problem in planned.problems]
    noted = {field: getattr(batch, field) for field in ("created", "duplicates", "skipped", "problems")}
    if not _waiting(batch).update(**noted):
        raise AlreadyDone(batch.code)


def first_people(*, batch: ImportBatch, now: datetime) -> list[tuple[int, dict[str, Any]]]:
    """The first rows as they would go in: row number and columns. Raises ``AlreadyDone``."""
    head = sheet_of(batch, HEAD)
    return plans.plan(sheet=head, mapping=batch.mapping, drive=batch.drive, now=now).people


def look(*, batch: ImportBatch, now: datetime) -> plans.Plan:
    """What taking it in would bring; writes nothing. Raises ``BadColumns`` or ``AlreadyDone``."""
    sheet = sheet_of(batch)
    told = columns.lacking(batch.mapping, sheet.headings, batch.drive)
    if told:
        raise BadColumns(told)
    return plans.plan(sheet=sheet, mapping=batch.mapping, drive=batch.drive, now=now)


def take_in(*, batch: ImportBatch, by: User | None, now: datetime) -> ImportBatch:
    """Every row in, a duplicate, or in the report; all of it in one transaction.

    Each person is told half an hour later who holds what about them, and how
    to see, correct or withdraw it. Raises ``BadColumns`` or ``AlreadyDone``.
    """
    for left in reversed(range(TRIES)):
        try:
            return _take_in(batch, by, now)
        except IntegrityError:  # somebody applied with one of the numbers at this moment: then it is a duplicate
            if not left:
                raise
    raise AlreadyDone(batch.code)


@transaction.atomic
def give_up(*, batch: ImportBatch, by: User | None, now: datetime) -> None:
    """Forget a file that was not taken in. Raises ``AlreadyDone``."""
    audit.record("gave up a file", batch, by=by, now=now)
    if not _waiting(batch).delete()[0]:
        raise AlreadyDone(batch.code)


def ask_for(*, batch: ImportBatch, people: int, right: str, by: User, now: datetime) -> Job:
    """Let it be taken in in the background; more than ``AT_ONCE`` people are told only when two persons agree."""
    return jobs.ask(
        kind="import",
        title=f"{batch.drive.title}: {batch.file_name}"[:160],
        settings={"batch": batch.code},
        right=right,
        reach=batch.drive.unit_id,
        needs_second=people > AT_ONCE,
        by=by,
        now=now,
    )


def work(*, job: Job, now: datetime) -> jobs.Result:
    """The worker. Begun anew after a crash, it finds all of the file or none of it taken in."""
    batch = ImportBatch.objects.select_related("drive__unit").get(code=job.settings["batch"])
    if batch.done_at is None:
        jobs.progress(job=job, done=0, total=len(sheet_of(batch).rows))
        take_in(batch=batch, by=job.asked_by, now=now)
    total = batch.created + batch.duplicates + batch.skipped
    jobs.progress(job=job, done=total, total=total)
    page = reverse("applications:import", args=[batch.drive.slug, batch.code])
    return jobs.Result(outcome=counts(batch) | {"lines": [in_words(counts(batch))], "url": page})


def in_words(told: Mapping[str, Any]) -> str:
    """The counts as a line."""
    return _("%(created)d taken in, %(duplicates)d duplicates, %(skipped)d left out") % told


def counts(batch: ImportBatch) -> dict[str, Any]:
    """What became of the rows, in the words that the outside counts on."""
    return {
        "batch": batch.code, "created": batch.created, "duplicates": batch.duplicates, "skipped": batch.skipped,
    }  # fmt: skip


def _waiting(batch: ImportBatch) -> Any:
    return ImportBatch.objects.filter(pk=batch.pk, done_at=None)


@transaction.atomic
def _take_in(batch: ImportBatch, by: User | None, now: datetime) -> ImportBatch:
    if not _waiting(batch).update(done_at=now):
        raise AlreadyDone(batch.code)
    planned = look(batch=batch, now=now)
    people = _create(batch, [values for _row, values in planned.people], by, now)
    batch.done_at, batch.content = now, None
    batch.created, batch.duplicates, batch.skipped = len(people), planned.duplicates, planned.skipped
    batch.problems = [problem._asdict() for problem in planned.problems]
    batch.save(update_fields=["done_at", "content", "created", "duplicates", "skipped", "problems"])
    audit.record("took a file in", batch, by=by, now=now, **counts(batch))
    return batch


def _create(batch: ImportBatch, rows: list[dict[str, Any]], by: User | None, now: datetime) -> list[Application]:
    text = consenting.text(version=consent.IMPORT, language=LANGUAGE, now=now)
    refs = submitting.free_refs(len(rows))
    people = Application.objects.bulk_create(
        (
            Application(
                **values,
                drive=batch.drive,
                batch=batch,
                ref=ref,
                language=LANGUAGE,
                name_key=folding.search_key(values["name"])[:240],
                begun_at=values["submitted_at"],
                changed_at=now,
                consent_text=text,
                consent_at=values["submitted_at"],
            )
            for values, ref in zip(rows, refs, strict=True)
        ),
        batch_size=SLICE,
    )
    consenting.record(applications=people, now=now)
    audit.record_many("came with an import", people, by=by, now=now, batch=batch.code)
    outbox.queue(_notice(batch, application, now + TOLD_AFTER) for application in people)
    return people


def _notice(batch: ImportBatch, application: Application, due_at: datetime) -> Notice:
    return telling.notice(
        key=f"{NOTICE}:{batch.code}:{application.pk}",
        phone=application.phone,
        language=application.language,
        template=NOTICE,
        drive=batch.drive,
        due_at=due_at,
        ref=codes.pretty(application.ref),
        url=telling.own_page(application),
    )
