"""The office's own words for a notice: written as versions, put in force by a second person, turned off at any time.

A version waits until somebody else approves it; one on trial is sent meanwhile
to those who sit in the state office. Turning the words off brings those of the
product back. What is in force is read by ``portal.wording``.
"""

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Max, QuerySet

from portal import audit, outbox, registered, specimens, wording
from portal.models import Notice, NoticeTemplate, User

SAMPLES = 10  # that one person may send to oneself in an hour
SPAN = timedelta(hours=1)
SAMPLE_FOR = timedelta(minutes=30)
COLUMNS = ("subject", "text", "dlt_id", "registered", "is_trial")


class SamePerson(Exception):
    """Who wrote the words cannot be the one who approves them."""


class NotWaiting(Exception):
    """Somebody was quicker: the version is in force, replaced or dropped."""


class NotAsRegistered(Exception):
    """The text is not the registered one: no operator would let it through."""


class StrayValues(ValueError):
    """The words ask for values that the notice does not carry; they stand in ``args``."""


class ForeignLink(ValueError):
    """The words hold a link; only the value ``url`` may be one."""


class TooOften(Exception):
    """So many samples within an hour are enough."""


@dataclass(frozen=True)
class Written:
    """What somebody wrote."""

    subject: str
    text: str
    dlt_id: str = ""
    registered: str = ""
    is_trial: bool = False


def check(template: str, words: Written) -> None:
    """Could these words be sent? Raises ``StrayValues`` or ``ForeignLink``."""
    stray = (wording.values(words.text) | wording.values(words.subject)) - wording.carried(template)
    if stray:
        raise StrayValues(*sorted(stray))
    bare = wording.VALUE.sub("", f"{words.subject}\n{words.text}")
    if wording.LINKISH.search(bare.translate(wording.LOOKALIKES)):
        raise ForeignLink(template)


@transaction.atomic
def write(*, template: str, language: str, words: Written, by: User, now: datetime) -> NoticeTemplate:
    """A new version, which waits for a second person; one that waited so far is dropped.

    Raises ``StrayValues``, ``ForeignLink``, or ``NotWaiting`` when somebody wrote at the same time.
    """
    check(template, words)
    versions = _versions(template, language)
    versions.filter(approved_at=None, ended_at=None).update(ended_at=now)
    number = (versions.aggregate(last=Max("number"))["last"] or 0) + 1
    columns = {"template": template, "language": language, "number": number, "made_by": by, "made_at": now}
    try:
        with transaction.atomic():
            row = NoticeTemplate.objects.create(**columns, **asdict(words))
    except IntegrityError:
        raise NotWaiting(template) from None
    audit.record("wrote words of a notice", row, by=by, now=now, template=template, language=language, number=number)
    return row


@transaction.atomic
def approve(*, row: NoticeTemplate, by: User, now: datetime) -> None:
    """The second person's word: in force for everybody, in the place of what was.

    Raises ``SamePerson``, ``NotAsRegistered`` or ``NotWaiting``; then nothing has changed.
    """
    if row.made_by is not None and by.person_id == row.made_by.person_id:
        raise SamePerson(str(row))
    if row.registered and not registered.matches(row.text, row.registered):
        raise NotAsRegistered(str(row))
    _in_force(row.template, row.language).update(ended_at=now)
    agreed = {"approved_by": by, "approved_at": now, "is_trial": False}
    _end_of_waiting(row, **agreed)
    audit.record("approved words of a notice", row, by=by, now=now, template=row.template, language=row.language)


@transaction.atomic
def drop(*, row: NoticeTemplate, by: User, now: datetime) -> None:
    """What waits, or is on trial, is not wanted any more. Raises ``NotWaiting``."""
    _end_of_waiting(row, ended_at=now)
    audit.record("dropped words of a notice", row, by=by, now=now, template=row.template, language=row.language)


@transaction.atomic
def turn_off(*, template: str, language: str, by: User, now: datetime) -> None:
    """The product's own words again. Raises ``NotWaiting`` when they are in force already."""
    row = _in_force(template, language).first()
    if row is None or not _in_force(template, language).filter(pk=row.pk).update(ended_at=now):
        raise NotWaiting(template)
    audit.record("turned off words of a notice", row, by=by, now=now, template=template, language=language)


def restore(*, row: NoticeTemplate, by: User, now: datetime) -> NoticeTemplate:
    """An old version anew, which waits for a second person. Raises what ``write`` does."""
    words = Written(**{name: getattr(row, name) for name in COLUMNS} | {"is_trial": False})
    return write(template=row.template, language=row.language, words=words, by=by, now=now)


@transaction.atomic
def send_to_myself(
    *, template: str, language: str, version: NoticeTemplate | None = None, by: User, now: datetime
) -> Notice:
    """One SMS with usual values to the own number: of a version, or of the words in force. Raises ``TooOften``."""
    mine = f"sample:{by.pk}"
    if Notice.objects.filter(phone=by.phone, due_at__gt=now - SPAN, key__begins=f"{mine}:").count() >= SAMPLES:
        raise TooOften(mine)
    sample = specimens.notice(template, language, phone=by.phone, due_at=now, useful_until=now + SAMPLE_FOR)
    sample.key = f"{mine}:{template}:{language}:{now:%Y%m%d%H%M%S%f}"
    if version is not None:
        sample.context[wording.VERSION] = version.pk
    outbox.queue([sample])
    audit.record("sent a sample to oneself", by, by=by, now=now, template=template, language=language)
    return sample


def _versions(template: str, language: str) -> QuerySet[NoticeTemplate]:
    return NoticeTemplate.objects.filter(template=template, language=language)


def _in_force(template: str, language: str) -> QuerySet[NoticeTemplate]:
    return _versions(template, language).filter(approved_at__isnull=False, ended_at=None)


def _end_of_waiting(row: NoticeTemplate, **values: object) -> None:
    """Write ``values`` to a version that still waits. Raises ``NotWaiting``."""
    if not NoticeTemplate.objects.filter(pk=row.pk, approved_at=None, ended_at=None).update(**values):
        raise NotWaiting(str(row))
    for name, value in values.items():
        setattr(row, name, value)
