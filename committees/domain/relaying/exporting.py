"""The numbers of a message leave the house as a file: never unnoticed, and without anybody's name."""

from collections.abc import Iterator
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from committees.levels import ORDER, Level
from committees.models import Broadcast, RelayTally, Unit
from portal import audit, dates
from portal.models import User
from portal.spreadsheets import KINDS

KIND = "xlsx"
DEEPEST = {Level.STATE: Level.BLOCK}  # of the state: a file that a page can wait for


@transaction.atomic
def export(*, broadcast: Broadcast, unit: Unit, by: User, now: datetime) -> bytes:
    """One row for each unit at and below ``unit``, and each level of it. It is in the log."""
    rows = list(_rows(broadcast, unit))
    audit.record("took out a file", broadcast, by=by, now=now, unit=unit.pk, count=len(rows))
    mark = _("Taken by %(who)s on %(when)s. Not for passing on.") % {"who": by, "when": dates.moment(now)}
    titles = [
        _("Level"), _("Unit"), _("District"), _("People of the level"), _("Told"), _("Opened"), _("Read it"),
        _("Passed on"), _("Opened by the public"), _("Minutes until half had read it"),
    ]  # fmt: skip
    _media_type, make = KINDS[KIND]
    return b"".join(make(rows, titles=titles, widths=[16, 30, 20, 18, *[12] * 6], mark=mark))


def file_name(broadcast: Broadcast) -> str:
    return f"message-{broadcast.number}.{KIND}"


def _rows(broadcast: Broadcast, unit: Unit) -> Iterator[list[str]]:
    deepest = DEEPEST.get(Level(unit.level), Level.MANDAL)
    levels = ORDER[: Level(deepest).depth + 1]
    tallies = RelayTally.objects.filter(unit.reach("unit"), broadcast=broadcast, unit__level__in=levels)
    order = {level: level.depth for level in ORDER}
    rows = sorted(tallies.select_related("unit__district"), key=lambda row: (row.unit.path, order[Level(row.level)]))
    for row in rows:
        half = "" if row.half_after is None else str(row.half_after // 60)
        numbers = [row.told, row.opened, row.acknowledged, row.passed_on, row.clicks]
        place = [row.unit.get_level_display(), row.unit.title, row.unit.district.title if row.unit.district else ""]
        yield [*place, str(Level(row.level).label), *map(str, numbers), half]
