"""A roster taken back: who came by it and whom nobody has touched since is gone, as if they had never come.

Touched is what the log says anything else of, what anything hangs on, and who was asked already.
"""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from django.db import models, transaction
from django.utils import translation
from django.utils.translation import gettext as _

from committees.domain.rosters.taking import TAKE, keys_of, may
from committees.models import Appointment
from portal import audit, jobs, numbers
from portal.models import Document, Event, Job, Notice, Person, User
from portal.models.notices import NoticeStatus

KIND = "committees.roster-undo"
WINDOW = jobs.KEPT  # after it was done
AT_A_TIME = 250
LEFT = [NoticeStatus.SENDING, NoticeStatus.SENT, NoticeStatus.UNKNOWN]  # a message that left is not unsaid
GONE = "taken back with its file"  # in the log


class NothingToTakeBack(Exception):
    """The roster was not taken in, is being taken back already, or its time is over."""


def can_be_undone(job: Job, now: datetime) -> bool:
    """May this roster be taken back now?"""
    done = job.finished_at is not None and now < job.finished_at + WINDOW
    return done and bool(job.outcome.get("appointments")) and "undo" not in job.outcome


@transaction.atomic
def ask(*, job: Job, by: User, now: datetime) -> Job:
    """Let a roster be taken back in the background. Raises ``NothingToTakeBack``."""
    taken = Job.objects.select_for_update().get(pk=job.pk, kind=TAKE)
    if not can_be_undone(taken, now):
        raise NothingToTakeBack(job.key)
    settings = {"of": taken.key, "told_in": translation.get_language()}
    title = _("Taken back: %(what)s") % {"what": taken.title}
    undo = jobs.ask(kind=KIND, title=title[:160], settings=settings, by=by, now=now)
    Job.objects.filter(pk=taken.pk).update(outcome=taken.outcome | {"undo": undo.key})
    return undo


def worker(*, job: Job, now: datetime) -> jobs.Result:
    """Takes back some hundred at a time; begun anew it finds what is left."""
    job.refresh_from_db(fields=["outcome"])
    taken = Job.objects.get(key=job.settings["of"])
    keys = list(keys_of(taken.outcome["appointments"]))
    for start in range(0, len(keys), AT_A_TIME):
        may(user=job.asked_by)
        with transaction.atomic():
            gone, stay = take_back(keys=keys[start : start + AT_A_TIME], taken=taken, by=job.asked_by, now=now)
            before = job.outcome
            noted = {"gone": before.get("gone", 0) + gone, "stay": sorted({*before.get("stay", []), *stay})}
            jobs.note(job=job, outcome=before | noted)
        jobs.progress(job=job, done=min(start + AT_A_TIME, len(keys)), total=len(keys))
    with translation.override(job.settings["told_in"]):
        told = {"gone": numbers.lakh(job.outcome["gone"]), "stay": numbers.lakh(len(job.outcome["stay"]))}
        line = _("%(gone)s taken back; %(stay)s stay, somebody has touched them since") % told
    return jobs.Result(outcome=job.outcome | {"lines": [line]})


@transaction.atomic
def take_back(*, keys: Collection[int], taken: Job, by: User, now: datetime) -> tuple[int, list[int]]:
    """Of these appointments those that nobody touched go, with their letters, people and sign-ins.

    How many went, and the keys of those that stay.
    """
    rows = list(Appointment.objects.filter(pk__in=keys).select_related("seat__unit", "letter"))
    stay = _touched(rows, taken)
    going = [row for row in rows if row.pk not in stay]
    told = {f"appointed:{row.pk}:{channel}": row.pk for row in going for channel in ("sms", "email")}
    Notice.objects.filter(key__in=told, status=NoticeStatus.QUEUED).update(status=NoticeStatus.CANCELLED)
    left = Notice.objects.filter(key__in=told, status__in=LEFT).values_list("key", flat=True)
    stay |= {told[key] for key in left}
    going = [row for row in going if row.pk not in stay]
    audit.record_many(GONE, going, by=by, now=now, source=taken.key)
    units = {row.seat.unit_id: row.seat.unit for row in going}
    audit.record_many(GONE, units.values(), by=by, now=now, source=taken.key)  # their numbers are counted anew
    Appointment.objects.filter(pk__in=[row.pk for row in going]).delete()
    Document.objects.filter(pk__in=[row.letter_id for row in going if row.letter_id]).delete()
    _forget({row.person_id for row in going}, taken)
    return len(going), sorted(stay)


def _touched(rows: list[Appointment], taken: Job) -> set[int]:
    keys = [row.pk for row in rows]
    touched = {row.pk for row in rows if row.until or row.accepted_at or (row.letter and row.letter.revoked_at)}
    return touched | _spoken_of(Appointment, keys, taken) | _hung_on(Appointment, keys)


def _forget(people: set[int], taken: Job) -> None:
    """Sign-ins and people that came with the roster and are needed for nothing else."""
    came, opened = set(keys_of(taken.outcome["people"])), set(keys_of(taken.outcome["users"]))
    sitting = set(Appointment.objects.filter(person__in=people).values_list("person", flat=True))
    idle = User.objects.filter(person__in=people - sitting, last_login=None)
    users = [key for key in idle.values_list("pk", flat=True) if key in opened]
    busy = _hung_on(User, users) | _spoken_of(User, users, taken, but=("opened",))
    User.objects.filter(pk__in=set(users) - busy).delete()
    new = people & came
    known = _hung_on(Person, new) | _spoken_of(Person, new, taken)
    Person.objects.filter(pk__in=set(new) - known).delete()


def _spoken_of(model: type[models.Model], keys: Iterable[int], taken: Job, but: Collection[str] = ()) -> set[int]:
    """Of which of these things the log says anything beside that they came by this roster, or ``but``."""
    things = [str(key) for key in keys]
    said = Event.objects.filter(kind=model._meta.label_lower, thing__in=things).exclude(verb__in=but)
    told: Iterable[tuple[str, dict[str, Any]]] = said.values_list("thing", "data")
    return {int(thing) for thing, data in told if data.get("source") != taken.key}


def _hung_on(model: type[models.Model], keys: Collection[int]) -> set[int]:
    """On which of these rows a row of any table hangs, of the apps above too."""
    found: set[int] = set()
    for relation in model._meta.get_fields(include_hidden=True):
        if isinstance(relation, models.ForeignObjectRel):
            name = relation.field.name
            rows = relation.field.model._base_manager.filter(**{f"{name}__in": keys})
            found |= set(rows.values_list(name, flat=True))
    return found
