"""The tree leaves as a file: never unnoticed, never with a number of a phone, many names never by one alone."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from committees import exports, listing
from committees.days import day_of
from committees.domain import reaching
from committees.exports import Line
from committees.levels import Level
from committees.models import Unit
from committees.rights import Right
from portal import audit, dates, jobs, numbers
from portal.models import Job, User
from portal.spreadsheets import KINDS

KIND = "committees.export"
AT_ONCE = 3000  # units; a larger file is made in the background
NAMED_ALONE = 100  # units whose chairs one person may take out by name


class TooMany(Exception):
    """More units than a page waits for."""


@dataclass(frozen=True)
class Wish:
    """Which file: of what lies at and below ``unit``, of one level or all, as in ``listing.SHOWN`` or all.

    ``names`` asks for who sits; without it only a file of up to ``NAMED_ALONE`` units tells it.
    """

    unit: int
    kind: str = "xlsx"
    level: str = ""
    show: str = ""
    names: str = ""

    def needs_second(self, count: int) -> bool:
        return bool(self.names) and count > NAMED_ALONE


@transaction.atomic
def export(*, wish: Wish, by: User, now: datetime) -> bytes:
    """A file of up to ``AT_ONCE`` units, by name up to ``NAMED_ALONE``; it is in the log.

    Raises ``TooMany`` and ``reaching.RightEnded``.
    """
    unit = _unit(wish, by)
    keys = _keys(wish, unit, now)
    if len(keys) > AT_ONCE or wish.needs_second(len(keys)):
        raise TooMany(len(keys))
    _log(wish, unit, len(keys), by=by, now=now)
    return b"".join(_file(wish, _lines(keys, now), named=len(keys) <= NAMED_ALONE, by=by, now=now))


def ask(*, wish: Wish, by: User, now: datetime) -> Job:
    """Ask for a file of any size; many names wait for a second person's word. Raises ``reaching.RightEnded``."""
    unit = _unit(wish, by)
    return jobs.ask(
        kind=KIND,
        title=_("The tree as a file: %(unit)s") % {"unit": unit.title},
        settings=asdict(wish) | {"language": translation.get_language() or "hi"},
        right=Right.FORM if wish.names else Right.VIEW,
        reach=wish.unit,
        needs_second=wish.needs_second(len(_keys(wish, unit, now))),
        by=by,
        now=now,
    )


def worker(*, job: Job, now: datetime) -> jobs.Result:
    """The file, with the rights of this moment; it stops when they end on the way. Safe to repeat."""
    asked = dict(job.settings)
    language = asked.pop("language")
    wish = Wish(**asked)
    with translation.override(language):
        unit = _unit(wish, job.asked_by)
        keys = _keys(wish, unit, now)
        _log(wish, unit, len(keys), by=job.asked_by, now=now)
        lines = [_("%(count)s units. The file says who took it.") % {"count": numbers.lakh(len(keys))}]
        named = len(keys) <= NAMED_ALONE or (bool(wish.names) and job.agreed_by_id is not None)
        pieces = _file(wish, _watched(wish, keys, job, now), named=named, by=job.asked_by, now=now)
        return jobs.Result(jobs.told_in(language, pieces), file_name(wish, now), KINDS[wish.kind][0], {"lines": lines})


def file_name(wish: Wish, now: datetime) -> str:
    return f"committees-{day_of(now):%Y-%m-%d}.{wish.kind}"


def _unit(wish: Wish, user: User) -> Unit:
    """The unit, as long as this person sees it. Raises ``reaching.RightEnded``."""
    unit = Unit.objects.get(pk=wish.unit)
    reaching.check(user=user, right=Right.VIEW, unit=unit)
    return unit


def _keys(wish: Wish, unit: Unit, now: datetime) -> list[int]:
    """Level by level, each in the order of the tree."""
    levels = [Level(wish.level)] if wish.level else list(Level)[Level(unit.level).depth :]
    return [
        key
        for level in levels
        for key in listing.listed(unit, level=level, show=wish.show, now=now).values_list("pk", flat=True)
    ]


def _lines(keys: list[int], now: datetime) -> Iterator[Line]:
    for start in range(0, len(keys), exports.AT_A_TIME):
        yield from exports.lines(keys[start : start + exports.AT_A_TIME], now)


def _watched(wish: Wish, keys: list[int], job: Job, now: datetime) -> Iterator[Line]:
    """The lines, a few hundred at a time; before each it looks whether who asked still may."""
    for done in range(0, len(keys), exports.AT_A_TIME):
        jobs.progress(job=job, done=done, total=len(keys))
        _unit(wish, job.asked_by)
        yield from exports.lines(keys[done : done + exports.AT_A_TIME], now)


def _file(wish: Wish, lines: Iterator[Line], *, named: bool, by: User, now: datetime) -> Iterator[bytes]:
    columns = exports.columns(named=named)
    mark = _("Taken by %(who)s on %(when)s. Not for passing on.") % {"who": by, "when": dates.moment(now)}
    _media_type, make = KINDS[wish.kind]
    titles, widths = [column.title for column in columns], [column.width for column in columns]
    return make(exports.values(lines, columns), titles=titles, widths=widths, mark=mark)


def _log(wish: Wish, unit: Unit, count: int, *, by: User, now: datetime) -> None:
    audit.record("took out a file", unit, by=by, now=now, count=count, level=wish.level, show=wish.show)
