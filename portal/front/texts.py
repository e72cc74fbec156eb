"""What the pages about the words of notices show: which are in force, how long they are, how they fare."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db.models import Count, Max, Q

from portal import moments, organisation, registered, specimens, wording
from portal.models import Hold, Notice, NoticeTemplate
from portal.models.notices import NoticeStatus

LATELY = timedelta(days=30)
LANGUAGES = ("hi", "en")
GONE = [NoticeStatus.SENT, NoticeStatus.DELIVERED, NoticeStatus.UNKNOWN]
MOST = 8  # kinds of failures, versions
UCS2, GSM7 = (70, 67), (160, 153)  # signs of one SMS, and of one in a chain


class Fared(NamedTuple):
    """How a template fared of late."""

    sent: int = 0
    failed: int = 0
    last: datetime | None = None


class Meter(NamedTuple):
    """How long a text is when its values are at their longest, and what that costs at most."""

    signs: int
    room: int
    parts: int
    price: float  # rupees of one
    count: int  # sent of late
    rupees: float  # of these


@dataclass
class Line:
    """One template in one language."""

    moment: moments.Moment
    language: str
    own: NoticeTemplate | None = None  # the office's words in force
    waits: NoticeTemplate | None = None  # for a second person, or on trial
    hold: Hold | None = None
    fared: Fared = field(default_factory=Fared)

    @property
    def words(self) -> wording.Words:
        """Those in force."""
        product = wording.catalogue()[self.moment.template, self.language]
        return wording.Words(self.own.subject, self.own.text, self.own.dlt_id) if self.own else product

    @property
    def entry(self) -> registered.Entry:
        return registered.entry(self.moment.template, self.language, self.words)

    @property
    def wants_a_look(self) -> bool:
        """Does something wait, is it held back, or did it fail?"""
        return bool(self.waits or self.hold or self.fared.failed)

    @property
    def name(self) -> tuple[str, str]:
        return self.moment.template, self.language


def lines(now: datetime, *languages: str) -> dict[str, list[Line]]:
    """Each template in each of the languages, by its stage; three questions however many there are."""
    found = {
        (template, language): Line(moment, language)
        for template, moment in moments.every().items()
        for language in languages
    }
    for row in NoticeTemplate.objects.filter(ended_at=None):
        if line := found.get((row.template, row.language)):
            line.own, line.waits = (row, line.waits) if row.approved_at else (line.own, row)
    held = {hold.template: hold for hold in Hold.objects.filter(ended_at=None)}
    fares = _fares(now)
    by_stage: dict[str, list[Line]] = {stage.label: [] for stage in moments.Stage}
    for (template, language), line in found.items():
        line.hold, line.fared = held.get(template), fares.get((template, language), Fared())
        by_stage[line.moment.stage.label].append(line)
    return {label: rows for label, rows in by_stage.items() if rows}


def line_of(template: str, language: str, now: datetime) -> Line | None:
    """One of them; ``None`` for what nobody declared."""
    moment = moments.every().get(template)
    if moment is None or language not in LANGUAGES:
        return None
    line = Line(moment, language, hold=Hold.objects.filter(template=template, ended_at=None).first())
    rows = NoticeTemplate.objects.filter(template=template, language=language, ended_at=None)
    for row in rows.select_related("made_by__person", "approved_by__person"):
        line.own, line.waits = (row, line.waits) if row.approved_at else (line.own, row)
    line.fared = _fares(now, template=template, language=language).get((template, language), Fared())
    return line


def _fares(now: datetime, **which: str) -> dict[tuple[str, str], Fared]:
    rows = Notice.objects.filter(due_at__gt=now - LATELY, due_at__lte=now, **which).order_by()
    counted = rows.values_list("template", "language").annotate(
        gone=Count("pk", Q(status__in=GONE)), fell=Count("pk", Q(status=NoticeStatus.FAILED)), last=Max("sent_at")
    )
    return {(template, language): Fared(*numbers) for template, language, *numbers in counted}


def failures(line: Line, now: datetime) -> list[tuple[str, int]]:
    """Why they failed of late, the most frequent first."""
    rows = Notice.objects.filter(due_at__gt=now - LATELY, template=line.moment.template, language=line.language)
    failed = rows.filter(status=NoticeStatus.FAILED).order_by().values_list("error")
    return list(failed.annotate(times=Count("pk")).order_by("-times", "error")[:MOST])


def versions(line: Line) -> list[NoticeTemplate]:
    """The last ones, the newest first."""
    rows = NoticeTemplate.objects.filter(template=line.moment.template, language=line.language)
    return list(rows.select_related("made_by__person", "approved_by__person").order_by("-number")[:MOST])


def meter(words: wording.Words, line: Line) -> Meter:
    """For these words, as often as the template went out of late. Raises ``wording.BadWords``."""
    said = specimens.filled(words, specimens.longest(*line.name)).text
    parts = wording.segments(said)
    alone, chained = GSM7 if set(said) <= wording.GSM | wording.GSM_WIDE else UCS2
    price, count = parts * organisation.current().sms_paise / 100, line.fared.sent
    return Meter(len(said), alone if parts == 1 else parts * chained, parts, price, count, price * count)


def samples(words: wording.Words, line: Line) -> list[tuple[str, wording.Words]]:
    """The words as people would read them: (``usual``, ``longest`` or ``empty``, filled in)."""
    kinds = {"usual": specimens.usual, "longest": specimens.longest, "empty": specimens.empty}
    return [(kind, specimens.filled(words, values(*line.name))) for kind, values in kinds.items()]


def unregistered() -> int:
    """How many texts in force have no number of the register (DLT)."""
    own = {which for which, words in wording.of_the_office().items() if words.dlt_id}
    return sum((template, language) not in own for template in moments.every() for language in LANGUAGES)
