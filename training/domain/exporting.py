"""Who is trained where, as a file: never unnoticed, and only numbers."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from committees.models import Unit
from portal import audit, dates
from portal.models import User
from portal.spreadsheets import KINDS
from training import trained
from training.models import Series


@transaction.atomic
def export(*, kind: str, top: Unit, units: Sequence[Unit], series: Sequence[Series], by: User, now: datetime) -> bytes:
    """The page of districts and series as a file of ``kind``; it is in the log of ``top``."""
    rows = trained.by_series(units=units, series=series, now=now)
    titles = [_("Unit"), _("In post"), _("Trained in any series"), *(one.title for one in series)]
    told = (
        [row.unit.title, str(row.all.sitting), str(row.all.trained), *(str(one.trained) for _series, one in row.each)]
        for row in rows
    )
    mark = _("Taken by %(who)s on %(when)s. Not for passing on.") % {"who": by, "when": dates.moment(now)}
    audit.record("took out a file", top, by=by, now=now, count=len(rows), of="training")
    widths = [24, 12, 20, *(30 for _one in series)]
    return b"".join(KINDS[kind][1](told, titles=titles, widths=widths, mark=mark))
