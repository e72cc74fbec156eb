"""Drives: opened, and reworded. More time is given in ``extending``."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from applications import steps
from applications.domain import rubric
from applications.models import Anchor, Criterion, Drive, Prompt
from committees.levels import Level
from committees.models import Post, Unit
from portal import audit, kept
from portal.models import Notice, User
from portal.models.notices import NoticeStatus

WORDS = {  # what the office may reword at any time; dates have rules of their own
    "title_hi", "title_en", "purpose_hi", "purpose_en", "signed_hi", "signed_en", "interview_on", "interview_place_hi",
    "interview_place_en", "interview_map", "result_on", "training_on", "reads_blind", "readers_each",
    "least_shares",
}  # fmt: skip
STATE_SLUG = "pradesh"
LONGEST_SLUG = 56  # leaves room for -2, -3 …


class SlugTaken(Exception):
    """Another drive has this word in its address."""


class Reworded(Exception):
    """Since the page was opened a colleague has saved something else: ``there`` is what stands there now."""

    def __init__(self, there: Drive) -> None:
        super().__init__(there.slug)
        self.there = there


class Opened(Exception):
    """The drive has opened: its dates are a promise now, and only more time can be given (``extending``)."""


@transaction.atomic
def open_drive(
    *,
    unit: Unit,
    slug: str,
    title_hi: str,
    purpose_hi: str,
    opens_at: datetime,
    closes_at: datetime,
    by: User | None,
    now: datetime,
    posts: Iterable[Post] = (),
    **details: Any,
) -> Drive:
    """A new drive with the five criteria, their anchors and three subjects to write on.

    ``details`` are further fields of ``Drive``, ``posts`` those that applicants may wish for.
    It opens by its dates, not by this call. Raises ``SlugTaken``.
    """
    try:
        with transaction.atomic():
            drive = Drive.objects.create(
                unit=unit,
                slug=slug,
                title_hi=title_hi,
                purpose_hi=purpose_hi,
                opens_at=opens_at,
                closes_at=closes_at,
                **details,
            )
    except IntegrityError as problem:
        if Drive.objects.filter(slug=slug).exists():
            raise SlugTaken(slug) from problem
        raise
    _add_rubric(drive)
    drive.posts.set(posts)
    audit.record("opened a drive", drive, by=by, now=now)
    return drive


@transaction.atomic
def reword(
    *,
    drive: Drive,
    values: dict[str, Any],
    posts: Iterable[Post] | None = None,
    opened: str | None = None,
    by: User | None,
    now: datetime,
) -> list[str]:
    """Change texts, later dates and the posts to wish for; the names of the changed fields come back.

    ``opened`` is the ``fingerprint`` with which the page was opened. Raises
    ``Reworded`` when it is another by now, and ``ValueError`` for a field that
    is not among ``WORDS``; then nothing has changed.
    """
    if stray := set(values) - WORDS:
        raise ValueError(sorted(stray))
    there = Drive.objects.select_for_update().get(pk=drive.pk)
    changed = [field for field, value in values.items() if getattr(there, field) != value]
    if changed and opened not in (None, fingerprint(there)):
        raise Reworded(there)
    if changed:
        for field in changed:
            setattr(there, field, values[field])
            setattr(drive, field, values[field])
        there.save(update_fields=changed)
    if posts is not None and set(posts) != set(there.posts.all()):
        there.posts.set(posts)
        kept.forget()
        changed.append("posts")
    if changed:
        audit.record("changed", drive, by=by, now=now, fields=changed)
    return changed


def fingerprint(drive: Drive) -> str:
    """A sign of the words as a page showed them."""
    return steps.fingerprint({field: getattr(drive, field) for field in WORDS})


@transaction.atomic
def redate(*, drive: Drive, opens_at: datetime, closes_at: datetime, by: User | None, now: datetime) -> None:
    """Other dates for a drive that has not opened; words promised for the opening go along. Raises ``Opened``."""
    not_yet = Drive.objects.filter(pk=drive.pk, opens_at__gt=now)
    if not not_yet.update(opens_at=opens_at, closes_at=closes_at):
        raise Opened(drive.slug)
    words = Notice.objects.filter(key__begins=f"open:{drive.pk}:", status=NoticeStatus.QUEUED)
    words.update(due_at=opens_at, useful_until=closes_at)
    drive.opens_at, drive.closes_at = opens_at, closes_at
    audit.record("redated", drive, by=by, now=now, opens_at=opens_at.isoformat(), closes_at=closes_at.isoformat())


def free_slug(unit: Unit, year: int) -> str:
    """A word for the address that people can say: ``sikar-2025``, then ``sikar-2025-2``."""
    words = STATE_SLUG if unit.level == Level.STATE else unit.path.replace("/", "-") or unit.slug
    wanted = f"{words[: LONGEST_SLUG - 5]}-{year}"
    taken = set(Drive.objects.filter(slug__startswith=wanted).values_list("slug", flat=True))
    candidates = [wanted, *(f"{wanted}-{number}" for number in range(2, len(taken) + 2))]
    return next(slug for slug in candidates if slug not in taken)


def _add_rubric(drive: Drive) -> None:
    criteria = Criterion.objects.bulk_create(
        Criterion(
            drive=drive,
            order=order,
            name_hi=words.name.hi,
            name_en=words.name.en,
            tie_order=rubric.TIES.get(order),
            is_read=order in rubric.READ_ON_PAPER,
        )
        for order, words in enumerate(rubric.CRITERIA, start=1)
    )
    Anchor.objects.bulk_create(
        Anchor(criterion=criterion, mark=mark, text_hi=text.hi, text_en=text.en)
        for criterion, words in zip(criteria, rubric.CRITERIA, strict=True)
        for mark, text in rubric.anchors(words).items()
    )
    Prompt.objects.bulk_create(
        Prompt(drive=drive, order=order, text_hi=text.hi, text_en=text.en)
        for order, text in enumerate(rubric.PROMPTS, start=1)
    )
