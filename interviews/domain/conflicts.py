"""Conflict of interest, asked in one way everywhere. It beats every right and every role."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from applications.models import Application, Drive
from committees import access
from committees.access import Right
from interviews.models import Conflict, ConflictLift, Interview, PanelMember, ScoreSheet
from interviews.states import Bond
from portal import audit, names
from portal.models import Person, User

WORKING = (Right.REVIEW, Right.PLAN, Right.RECEIVE, Right.DECIDE)


class ConflictStands(Exception):
    """This person, or a member of this panel, said to know the applicant too well to judge."""


class Frozen(Exception):
    """The sheet was handed in."""


class NeedsOthers(Exception):
    """A conflict is set aside by two people other than the one it is of."""


class NeedsWords(Exception):
    """Setting a conflict aside is explained in a sentence."""


class Settled(Exception):
    """It was agreed to before, or the conflict is gone."""


def check(interview: Interview, person: int) -> None:
    """Raise ``ConflictStands`` when the person with this key declared a conflict."""
    if Conflict.objects.filter(application=interview.application_id, person=person).exists():
        raise ConflictStands(str(interview.pk))


def drives_of(user: User) -> QuerySet[Drive]:
    """The drives this person works on: in an office, at a desk, or on a panel of today or later."""
    keys = set(PanelMember.objects.filter(person=user.person_id).values_list("panel__day__drive", flat=True))
    for right in WORKING:
        keys |= set(access.narrow(Drive.objects.all(), user=user, right=right).values_list("pk", flat=True))
    return Drive.objects.filter(pk__in=keys)


@transaction.atomic
def declare(
    *,
    application: Application,
    person: Person,
    kind: str = Bond.SAID,
    reason: str = "",
    by: User | None,
    now: datetime,
) -> Conflict:
    """This person neither sees nor judges this applicant any more; a sheet only begun goes. Said twice, once.

    Raises ``Frozen`` when marks of theirs were handed in.
    """
    sheets = ScoreSheet.objects.filter(interview__application=application, panelist=person)
    if sheets.submitted().exists():
        raise Frozen(application.ref)
    for sheet in sheets:
        audit.record("put away for a conflict", sheet, by=by, now=now)
        sheet.delete()
    try:
        with transaction.atomic():
            conflict = Conflict.objects.create(
                application=application,
                person=person,
                kind=kind,
                reason=names.clean(reason)[:300],
                declared_at=now,
            )
    except IntegrityError:
        return Conflict.objects.get(application=application, person=person)
    audit.record("declared a conflict", conflict, by=by, now=now)
    return conflict


@transaction.atomic
def ask_lift(*, conflict: Conflict, why: str, by: User, now: datetime) -> ConflictLift:
    """One asks to set a conflict aside, in writing; nothing changes yet. Raises ``NeedsOthers`` or ``NeedsWords``."""
    why = names.clean(why)[:300]
    if by.person_id == conflict.person_id:
        raise NeedsOthers(str(conflict.pk))
    if not why:
        raise NeedsWords(str(conflict.pk))
    lift, _new = ConflictLift.objects.get_or_create(
        application=conflict.application,
        person=conflict.person,
        agreed_at=None,
        defaults={"kind": conflict.kind, "reason": conflict.reason, "why": why, "asked_by": by, "asked_at": now},
    )
    audit.record("asked to set a conflict aside", lift, by=by, now=now)
    return lift


@transaction.atomic
def agree_lift(*, lift: ConflictLift, by: User, now: datetime) -> None:
    """Another agrees: the conflict goes, the writing stays. Raises ``NeedsOthers`` or ``Settled``."""
    if by.pk == lift.asked_by_id or by.person_id == lift.person_id:
        raise NeedsOthers(str(lift.pk))
    open_one = ConflictLift.objects.filter(pk=lift.pk, agreed_at=None).exclude(asked_by=by).exclude(person=by.person_id)
    if not open_one.update(agreed_by=by, agreed_at=now):
        raise Settled(str(lift.pk))
    Conflict.objects.filter(application=lift.application_id, person=lift.person_id).delete()
    audit.record("set a conflict aside", lift, by=by, now=now)
