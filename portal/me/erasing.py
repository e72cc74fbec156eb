"""Erasing somebody, everywhere: what is personal goes into a sealed box, and leaves each table it stood in.

``portal.retention`` says which fields are personal; here stands which rows hang
on an application or a person, and what is put in place of a value that may not
be empty. Marks and outcomes stay, without anybody they belong to: the ranking
of the others was made with them.
"""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any
from urllib.parse import unquote_plus

from axes.models import AccessAttempt, AccessLog
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.db.models import Q

from applications.models import Application, Attachment, Draft, Merge, Photo, SavedFilter
from committees.models import Appointment, VisitPhoto
from interviews.models import Decision, Interview, Promotion, Score, ScoreSheet, TimeRequest
from portal import audit, requests, sealing
from portal.channels import files
from portal.me.holding import of_office
from portal.models import DataRequest, Job, JobPart, Nominee, Notice, Person, PhoneCode, Token, User
from portal.models.people import Gender, new_link_key
from portal.retention import TABLES

DOOR = (AccessAttempt, AccessLog)  # what the sign-in page notes of tries
DASH = "–"  # in place of words that may not be empty
STAYS = {  # sensitive without a name on it, and needed by the ranking of others
    "interviews.score": {"mark"},
    "interviews.decision": {"outcome", "reason"},
}
INSTEAD: dict[str, dict[str, Any]] = {
    "applications.application": {"name": DASH},
    "interviews.score": {"why_none": DASH},
    "interviews.decision": {"words": DASH},
    "interviews.conflictlift": {"why": DASH},
    "interviews.scoresheet": {"why_new": DASH, "late_reason": DASH},  # that it was late still counts
    "committees.appointment": {"ended_because": DASH},
    "committees.ending": {"reason": DASH},
    "committees.threadline": {"words": DASH},
    "portal.person": {"name": DASH, "gender": Gender.UNSAID},
}


def erase_application(
    *, application: Application, destroy_on: date, by: User | None, now: datetime, request: DataRequest | None = None
) -> None:
    """Erase one application with all that hangs on it, and the person when nothing else stands of them.

    ``destroy_on`` is the day on which the sealed values go too: a year from now
    when the person asked, today when the time of keeping is over. Safe to repeat.
    """
    with transaction.atomic():
        row = Application.objects.select_for_update().select_related("unit", "drive").get(pk=application.pk)
        if row.erased_at:
            return
        way = _Way(destroy_on, request, now)
        for folded in row.merged.filter(erased_at=None):
            erase_application(application=folded, destroy_on=destroy_on, by=by, now=now, request=request)
        _around(row, way)
        person, known_as = row.person, {"phone": row.phone, "share": row.share}
        _the_row(row, way)
        person = person or Person.objects.filter(**known_as).first()
        if person and not stands(person):
            erase_person(person=person, destroy_on=destroy_on, by=by, now=now, request=request)
        audit.record("erased", row, by=by, now=now, until=destroy_on.isoformat())
        application.refresh_from_db()


def erase_draft(*, draft: Draft, by: User | None, now: datetime) -> None:
    """Erase what was begun and never handed in: sealed for the year, like the rest."""
    with transaction.atomic():
        way = _Way(sealing.a_year_after(now), None, now)
        _draft(draft, way)
        if draft.phone and not Application.objects.filter(phone=draft.phone).exists():
            named = draft.answers.get("name", {}).get("name", "")
            way.on_phone(draft.phone, named, alone=not Person.objects.filter(phone=draft.phone).exists())
        audit.record("erased", draft, by=by, now=now)
        draft.delete()


def erase_person(
    *, person: Person, destroy_on: date, by: User | None, now: datetime, request: DataRequest | None = None
) -> None:
    """Erase somebody of whom nothing stands. Letters keep what is needed to check them: name, post, dates."""
    with transaction.atomic():
        way = _Way(destroy_on, request, now)
        for appointment in Appointment.objects.filter(person=person).exclude(ended_because=""):
            way.empty(appointment)
        way.drop(VisitPhoto.objects.filter(visit__person=person))
        for row in of_office(person):
            way.empty(row)
        way.on_phone(person.phone, person.name, alone=True)
        way.of_thing(person)
        user = User.objects.filter(person=person).first()
        if user:
            SavedFilter.objects.filter(owner=user).delete()
            Token.objects.filter(owner=user).delete()
            user.set_unusable_password()
            values = {"phone": f"x{user.pk}", "is_active": False, "password": user.password}
            User.objects.filter(pk=user.pk).update(**values)
        rest = {"phone": f"x{person.pk}", "name_key": "", "link_key": new_link_key(), "erased_at": now}
        way.empty(person, **rest)
        audit.record("erased", person, by=by, now=now, until=destroy_on.isoformat())


def stands(person: Person) -> bool:
    """Is there an office held, or an application not erased, by which we still know this person?"""
    return (
        Appointment.objects.filter(person=person, until=None).exists()
        or person.applications.filter(erased_at=None).exists()
        or person.panel_days.exists()
        or person.teaches.exists()
    )


class _Way:
    """How this erasing goes: until when the boxes stay, and by whose request."""

    def __init__(self, destroy_on: date, request: DataRequest | None, now: datetime) -> None:
        self.destroy_on, self.request, self.now = destroy_on, request, now

    def seal(self, row: models.Model) -> None:
        fields = list(personal(row._meta.label_lower))
        sealing.seal(row=row, fields=fields, destroy_on=self.destroy_on, request=self.request, now=self.now)

    def empty(self, row: models.Model, **rest: Any) -> None:
        """Seal the row's personal values and leave it standing without them."""
        self.seal(row)
        type(row)._base_manager.filter(pk=row.pk).update(**(emptied(row) | rest))

    def drop(self, rows: models.QuerySet) -> None:
        """Seal the rows, then remove them."""
        for row in rows:
            self.seal(row)
        rows.model._base_manager.filter(pk__in=[row.pk for row in rows]).delete()

    def on_phone(self, phone: str, name: str, *, alone: bool) -> None:
        """Messages and codes; on a shared phone those of this one person."""
        sent = Notice.objects.filter(phone=phone)
        if not alone:
            sent = Notice.objects.filter(pk__in=[one.pk for one in sent if one.context.get("name") in (name, None)])
        files.forget(sent.values_list("pk", flat=True))
        self.drop(sent)
        for codes in (PhoneCode.objects.filter(phone=phone), *(of.objects.filter(username=phone) for of in DOOR)):
            codes.delete()
        _searches(phone, name)

    def of_thing(self, thing: models.Model) -> None:
        """What was asked and said about it, and Django's own notes of it."""
        called = requests.name_of(thing)
        for asked in DataRequest.objects.filter(thing=called).exclude(pk=self.request.pk if self.request else None):
            self.empty(asked)
            if asked.status in requests.WAITING:  # without a number nobody is told
                requests.close(request=asked, status="DONE", answer=DASH, by=None, now=self.now)
        self.drop(Nominee.objects.filter(thing=called))
        of_kind = ContentType.objects.get_for_model(thing)
        LogEntry.objects.filter(content_type=of_kind, object_id=str(thing.pk)).update(
            object_repr=DASH, change_message=""
        )


def personal(table: str) -> Iterator[str]:
    """The fields of a table that are sealed: personal and sensitive, but for what stays as a number."""
    rules = TABLES[table]
    yield from (f for f in f"{rules.personal} {rules.sensitive}".split() if f not in STAYS.get(table, set()))


def emptied(row: models.Model) -> dict[str, Any]:
    """Nothing, in the shape of each personal field."""
    table = row._meta.label_lower
    nothing = {field: _nothing(row._meta.get_field(field)) for field in personal(table)}
    return nothing | {field: value for field, value in INSTEAD.get(table, {}).items() if getattr(row, field)}


def _nothing(field: models.Field) -> Any:
    if field.null:
        return None
    if isinstance(field, models.BinaryField):
        return b""
    if isinstance(field, models.IntegerField):
        return 0
    return field.get_default() if field.has_default() else ""


def _around(row: Application, way: _Way) -> None:
    """What hangs on an application, from the outside in."""
    interviews = Interview.objects.filter(application=row)
    for bond in (*row.conflicts.exclude(reason=""), *row.lifts.all()):
        way.empty(bond)
    for sheet in ScoreSheet.objects.filter(interview__in=interviews).exclude(
        note="", why_new="", late_reason="", set_aside=[]
    ):
        way.empty(sheet)
    for score in Score.objects.filter(sheet__interview__in=interviews).exclude(why_none=""):
        way.empty(score)
    for decision in Decision.objects.filter(interview__in=interviews).exclude(words=""):
        way.empty(decision)
    for later in (
        *Promotion.objects.filter(decision__interview__in=interviews),
        *TimeRequest.objects.filter(interview__in=interviews),
        *interviews,
    ):
        way.empty(later)
    way.drop(row.readings.all())
    for merge in Merge.objects.filter(Q(kept=row) | Q(folded=row)):
        way.empty(merge)
    way.drop(Attachment.objects.filter(application=row))
    for draft in Draft.objects.filter(Q(submitted_as=row) | Q(drive=row.drive, phone=row.phone, submitted_as=None)):
        _draft(draft, way)
        draft.delete()
    others = Application.objects.filter(phone=row.phone, erased_at=None).exclude(pk=row.pk)
    way.on_phone(row.phone, row.name, alone=not others.exists())
    way.of_thing(row)
    JobPart.objects.filter(job__finished_at__isnull=False).delete()  # lists that were asked for: made anew in a minute


def _draft(draft: Draft, way: _Way) -> None:
    way.drop(Attachment.objects.filter(draft=draft))
    way.seal(draft)
    if draft.photo and not Application.objects.filter(photo=draft.photo).exists():
        way.drop(Photo.objects.filter(pk=draft.photo_id))


def _the_row(row: Application, way: _Way) -> None:
    """The application itself: what is left is a count in a district."""
    photo = row.photo_id
    way.empty(
        row,
        phone=f"x{row.pk}",
        name_key="",
        link_key=new_link_key(),
        unit=row.unit.district or row.unit,
        prompt=None,
        photo=None,
        pencilled_by=None,
        consent_ended_at=row.consent_ended_at or way.now,
        erased_at=way.now,
    )
    row.tags.clear()
    row.consents.filter(withdrawn_at=None).update(withdrawn_at=way.now)
    if photo:
        way.drop(Photo.objects.filter(pk=photo))


def _searches(phone: str, name: str) -> None:
    """Filters and jobs in which a colleague typed the number or the name."""
    typed = [word for word in (phone.removeprefix("+91"), name) if word]
    for saved in SavedFilter.objects.all():
        if any(word in unquote_plus(saved.query) for word in typed):
            saved.delete()
    for job in Job.objects.exclude(settings={}).filter(finished_at__isnull=False):
        if any(word in unquote_plus(str(job.settings)) for word in typed):
            Job.objects.filter(pk=job.pk).update(settings={})
