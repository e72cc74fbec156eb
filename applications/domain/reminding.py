"""Who began and has not finished is reminded before it is too late; in-charges hear that a drive closes soon."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import CharField, Exists, F, OuterRef, QuerySet, Value
from django.db.models.functions import Cast, Concat

from applications.domain import telling
from applications.models import Application, Draft, Drive
from applications.moments import DRAFTS, DRIVE_CLOSING
from applications.states import STILL_IN
from committees.levels import Role
from committees.models import Appointment
from portal import addresses, outbox, personal
from portal.models import Notice
from portal.moments import Reminder

AT_ONCE = 500


def remind(*, now: datetime) -> dict[str, int]:
    """Promise each unfinished draft with a number its reminders. Safe to repeat: the key lets each in once."""
    done = {_occasion(reminder): 0 for reminder in DRAFTS}
    for reminder in DRAFTS:
        for drive in Drive.objects.closing_within(reminder.before, now):
            if now < reminder.useful_until(drive.closes_at) and not _told_of_more_time(drive, reminder):
                done[_occasion(reminder)] += _promise(drive, reminder)
    return done


def remind_in_charges(*, now: datetime) -> dict[str, int]:
    """Promise each in-charge below a drive that closes soon one reminder. Safe to repeat, a few at a time."""
    done = 0
    for drive in Drive.objects.closing_within(DRIVE_CLOSING.before, now):
        if now < DRIVE_CLOSING.useful_until(drive.closes_at):
            done += _tell_in_charges(drive)
    return {"closing": done}


def _occasion(reminder: Reminder) -> str:
    """``48h``: as it stands in the keys of promises made."""
    return reminder.template.removeprefix("draft_")


def _told_of_more_time(drive: Drive, reminder: Reminder) -> bool:
    """Did the news of a later date come when the reminder would have? One message is enough."""
    return drive.extensions.agreed().filter(agreed_at__gt=reminder.due(drive.closes_at)).exists()


def _promise(drive: Drive, reminder: Reminder) -> int:
    count = 0
    for notices in _batches(drive, reminder):
        outbox.queue(notices)
        count += len(notices)
    return count


def _batches(drive: Drive, reminder: Reminder) -> Iterator[list[Notice]]:
    """Gathered before they are queued, so that no cursor is open over our own writes."""
    drafts = list(_waiting(drive, reminder))
    notices = list({draft.phone: _notice(draft, drive, reminder) for draft in drafts}.values())
    for start in range(0, len(notices), AT_ONCE):
        yield notices[start : start + AT_ONCE]


def _stem(drive: Drive) -> str:
    return f"draft:{drive.pk}:"


def _tail(drive: Drive, reminder: Reminder) -> str:
    """Names the date too: when it moves, there is a new reminder to give."""
    return f":{_occasion(reminder)}:{int(drive.closes_at.timestamp())}"


def _waiting(drive: Drive, reminder: Reminder) -> QuerySet[Draft]:
    """Drafts left lying since before the reminder, of people who neither applied nor were reminded; newest last."""
    applied = Application.objects.filter(drive=drive, phone=OuterRef("phone"))
    key = Concat(Value(_stem(drive)), OuterRef("phone"), Value(_tail(drive, reminder)))
    reminded = Notice.objects.filter(key=key)
    lying = drive.drafts.unfinished().exclude(phone="").filter(saved_at__lte=reminder.due(drive.closes_at))
    return lying.filter(~Exists(applied), ~Exists(reminded)).order_by(F("saved_at").asc(), "pk")


def _notice(draft: Draft, drive: Drive, reminder: Reminder) -> Notice:
    return telling.notice(
        key=f"{_stem(drive)}{draft.phone}{_tail(drive, reminder)}",
        phone=draft.phone,
        language=draft.language,
        template=reminder.template,
        drive=drive,
        due_at=reminder.due(drive.closes_at),
        useful_until=reminder.useful_until(drive.closes_at),
        name=draft.answers.get("name", {}).get("name", ""),
        deadline=telling.deadline(drive, draft.language),
        url=telling.resume_page(draft),
    )


def _tell_in_charges(drive: Drive) -> int:
    """Each in-charge below the drive once, with how many came from the own unit so far."""
    rows = Appointment.objects.current().with_role(Role.INCHARGE).under(drive.unit)
    occasion = f"{DRIVE_CLOSING.template}:{drive.pk}:{int(drive.closes_at.timestamp())}"
    keys = Concat(Value(f"{occasion}:"), Cast("person_id", CharField()), Value(":sms"), output_field=CharField())
    rows = rows.filter(person__erased_at=None).alias(its_key=keys)
    rows = rows.exclude(Exists(Notice.objects.filter(key=OuterRef("its_key"))))
    waiting = list(rows.select_related("person", "seat__unit").order_by("pk")[:AT_ONCE])
    outbox.queue([_closing(row, drive, occasion) for row in waiting])
    return len(waiting)


def _closing(row: Appointment, drive: Drive, occasion: str) -> Notice:
    person, unit = row.person, row.seat.unit
    came = Application.objects.filter(drive=drive, status__in=STILL_IN).under(unit).count()
    return personal.sms(
        person,
        occasion=f"{occasion}:{person.pk}",
        template=DRIVE_CLOSING.template,
        words=lambda: {
            "unit": unit.title,
            "count": came,
            "deadline": telling.deadline(drive, person.language),
            "url": addresses.whole("applications:desk", language=person.language),
        },
        now=DRIVE_CLOSING.due(drive.closes_at),
        useful_until=DRIVE_CLOSING.useful_until(drive.closes_at),
    )
