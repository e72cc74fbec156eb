"""A place that an applicant did not find in the list: the office finds it."""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from applications.models import Application
from applications.states import STILL_IN
from committees.models import Unit
from portal import audit
from portal.models import User


class OutsideDrive(Exception):
    """The unit is not one for which this drive calls."""


class AlreadyPlaced(Exception):
    """A colleague was quicker, or the applicant has found the place by now."""


def waiting(rows: QuerySet[Application]) -> QuerySet[Application]:
    """Those among ``rows`` that name a place which nobody has found yet."""
    return rows.filter(placed_at=None, status__in=STILL_IN).exclude(place_note="")


@transaction.atomic
def place(*, application: Application, unit: Unit, by: User, now: datetime) -> None:
    """Put the application where it belongs; what the applicant wrote stays beside it.

    Raises ``OutsideDrive`` or ``AlreadyPlaced``.
    """
    if not Unit.objects.under(application.drive.unit).filter(pk=unit.pk).exists():
        raise OutsideDrive(unit.code)
    as_read = Application.objects.filter(pk=application.pk, unit=application.unit_id, place_note=application.place_note)
    if not waiting(as_read).update(unit=unit, placed_at=now):
        raise AlreadyPlaced(application.ref)
    audit.record("placed", application, by=by, now=now, was=application.unit.code, unit=unit.code)
    application.unit, application.placed_at = unit, now
