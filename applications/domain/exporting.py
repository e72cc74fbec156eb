"""Applications leave the house as a file: few at once, more with a second person, and never unnoticed."""

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.http import QueryDict
from django.utils import translation
from django.utils.translation import gettext as _

from applications import exports
from applications.models import Application, Question
from applications.querysets import ApplicationQuerySet
from applications.sieve import Sieve
from committees import access
from committees.access import Right
from committees.days import day_of
from committees.models import Unit
from portal import audit, dates, jobs, phones
from portal.models import Job, User

KIND = "applications.export"
MOST = 100  # more needs a second person
AT_A_TIME = 500


class TooMany(Exception):
    """More rows than one person may take out alone; ``count`` says how many."""

    def __init__(self, count: int) -> None:
        super().__init__(count)
        self.count = count


class ByRepresentation(Exception):
    """No file is made by gender, social group or age: these are counts."""


class RightEnded(Exception):
    """Who asked, or who agreed, reads no applications any more."""


@dataclass(frozen=True)
class Wish:
    """What file is wanted: the view, the columns by their words, and ``xlsx`` or ``csv``."""

    query: str
    columns: list[str]
    kind: str = "xlsx"


@transaction.atomic
def export(*, wish: Wish, by: User, now: datetime) -> bytes:
    """A small file at once. Raises ``TooMany`` and ``ByRepresentation``; each row of it is in the log."""
    sieve = _sieve(wish, by)
    count = sieve.rows.count()
    if count > MOST:
        raise TooMany(count)
    rows = list(_with_all(sieve.in_order, sieve.user))
    audit.record_many("exported", rows, by=by, now=now, with_numbers=access.may(by, Right.READ_NUMBERS))
    _log(by, wish, count, by=by, now=now)
    return b"".join(_file(rows, wish=wish, sieve=sieve, by=by, now=now))


def ask(*, wish: Wish, by: User, now: datetime) -> Job:
    """Ask for a large file; it is made when a second person of the same part agreed. Raises ``ByRepresentation``."""
    count = _sieve(wish, by).rows.count()
    top = access.tops(by, Right.REVIEW)[0]
    return jobs.ask(
        kind=KIND,
        title=_("A file of %(count)s applications") % {"count": count},
        settings=asdict(wish) | {"language": translation.get_language() or "hi"},
        right=Right.REVIEW,
        reach=top.pk,
        needs_second=True,
        by=by,
        now=now,
    )


def worker(*, job: Job, now: datetime) -> jobs.Result:
    """The large file, with the rights of this moment; it stops when they end on the way."""
    settings = dict(job.settings)
    language = settings.pop("language")
    wish, user = Wish(**settings), _user(job)
    with translation.override(language):
        sieve = _sieve(wish, user)
        total = sieve.rows.count()
        _log(job, wish, total, by=user, now=now, agreed=job.agreed_by_id)
        kind = wish.kind if wish.kind in exports.KINDS else "xlsx"
        return jobs.Result(
            file=jobs.told_in(language, _file(_watched(sieve, job, total), wish=wish, sieve=sieve, by=user, now=now)),
            file_name=f"applications-{day_of(now):%Y-%m-%d}.{kind}",
            media_type=exports.KINDS[kind][0],
            outcome={"lines": [_("%(count)s applications. The file says who took it.") % {"count": total}]},
        )


def questions_of(sieve: Sieve) -> list[Question]:
    """The own questions of the drive that is looked at."""
    call = sieve.ground.call
    return list(Question.objects.filter(drive=call.pk).order_by("order")) if call else []


def _sieve(wish: Wish, user: User) -> Sieve:
    sieve = Sieve(wish.query, user=user)
    if sieve.by_representation:
        raise ByRepresentation
    return sieve


def _with_all(rows: ApplicationQuerySet, user: User) -> ApplicationQuerySet:
    """What hundreds share is fetched once for all of them: joined, each row would bring a district of its own."""
    return rows.with_score(user).prefetch_related("unit__district", "unit__assembly", "link", "drive", "tags")


def _watched(sieve: Sieve, job: Job, total: int) -> Iterator[Application]:
    """The rows, a few hundred at a time; before each it looks whether both persons still may.

    Never from an open cursor: SQLite refuses to write beside one when somebody else wrote meanwhile.
    """
    order = list(sieve.in_order.values_list("pk", flat=True))
    for done in range(0, len(order), AT_A_TIME):
        jobs.progress(job=job, done=done, total=total)
        if not all(access.may(user, Right.REVIEW) for user in (_user(job), job.agreed_by)):
            raise RightEnded(job.key)
        wanted = order[done : done + AT_A_TIME]
        rows = {row.pk: row for row in _with_all(sieve.rows.filter(pk__in=wanted), sieve.user)}
        yield from (rows[pk] for pk in wanted if pk in rows)


def _file(rows: Iterable[Application], *, wish: Wish, sieve: Sieve, by: User, now: datetime) -> Iterator[bytes]:
    """The chosen columns of these rows; numbers in full only where ``by`` may read them."""
    columns = exports.chosen(wish.columns or exports.USUAL, questions_of(sieve))
    tops = access.tops(by, Right.READ_NUMBERS)

    def values(row: Application) -> list[str]:
        full = _within(row.unit, tops)
        return [
            phones.grouped(row.phone) if column.key == "phone" and full else column.value(row) for column in columns
        ]

    mark = _("Taken by %(who)s on %(when)s. Not for passing on.") % {"who": by, "when": dates.moment(now)}
    _media_type, make = exports.KINDS.get(wish.kind, exports.KINDS["xlsx"])
    titles, widths = [column.title for column in columns], [column.width for column in columns]
    return make(map(values, rows), titles=titles, widths=widths, mark=mark)


def _within(unit: Unit, tops: list[Unit]) -> bool:
    return any(unit.pk == top.pk or getattr(unit, f"{top.level}_id", None) == top.pk for top in tops)


def _log(thing: Any, wish: Wish, count: int, *, by: User, now: datetime, **noted: Any) -> None:
    """Once for each file: how many, which columns, which filters. What was searched for may be a name: left out."""
    asked = QueryDict(wish.query)
    filters = {name: values for name, values in asked.lists() if name != "q"}
    searched = "q" in asked
    audit.record(
        "took out a file", thing, by=by, now=now, count=count, columns=wish.columns, filters=filters,
        searched=searched, **noted,
    )  # fmt: skip


def _user(job: Job) -> User:
    """Who asked, read anew: rights that ended meanwhile count no more."""
    return User.objects.select_related("person").get(pk=job.asked_by_id)
