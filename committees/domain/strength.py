"""Who says how many chairs there are: the strength of a post, in a unit and below it, under the caps of those above."""

from datetime import datetime
from typing import NamedTuple

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from committees.domain import forming
from committees.domain.forming import Laid
from committees.levels import Level
from committees.models import Post, Sanction, Unit
from committees.sanctions import Sanctions, Strength
from portal import audit, jobs, numbers
from portal.models import Job, User

KIND = "committees.strength"
AT_ONCE = 2000  # chairs; more are laid in the background


class OverCap(Exception):
    """More than those above allow; ``strength`` says how many, and who said so."""

    def __init__(self, strength: Strength) -> None:
        super().__init__(strength.cap)
        self.strength = strength

    @property
    def words(self) -> str:
        cap, row = self.strength.cap, self.strength.capped
        if row is None:
            return _("No unit may have more than %(cap)s: so says the post itself.") % {"cap": cap}
        told = {"cap": cap, "unit": row.unit.title, "who": row.by or _("the office")}
        return _("At most %(cap)s are allowed for %(unit)s, set by %(who)s.") % told


class NotBelow(Exception):
    """The post belongs to a level above the unit."""


class Outcome(NamedTuple):
    """What was laid at once, or the job that lays it."""

    laid: Laid
    job: Job | None = None


@transaction.atomic
def sanction(
    *, unit: Unit, post: Post, seats: int, by: User, now: datetime, cap: int | None = None, keeps_cap: bool = False
) -> Outcome:
    """So many chairs of ``post`` in each unit at or below ``unit``, and ``cap`` for what those below may say.

    With ``keeps_cap`` the cap stays as those above wrote it here, and holds for this word too.
    Lacking chairs are put up, empty ones beyond it taken away, more than ``AT_ONCE`` in the background.
    Raises ``OverCap`` or ``NotBelow``.
    """
    if Level(post.level).depth < Level(unit.level).depth:
        raise NotBelow(post.code)
    known = Sanctions([post])
    before = known.of(unit, post)
    limit = before if keeps_cap else known.above(unit, post)
    if keeps_cap:
        own = known.at(unit, post)
        cap = own.most if own else None
    said_now = seats if keeps_cap else max(seats, cap or 0)  # a cap that stays may lie above one that came down since
    if limit.cap is not None and said_now > limit.cap:
        raise OverCap(limit)
    said = {"seats": seats, "most": cap, "by": by, "at": now}
    row, _new = Sanction.objects.update_or_create(unit=unit, post=post, defaults=said)
    audit.record("sanctioned", row, by=by, now=now, unit=unit.pk, post=post.code, seats=seats, most=cap)
    return _lay(unit, post, max(seats, before.seats), by, now)


@transaction.atomic
def lift(*, unit: Unit, post: Post, by: User, now: datetime, keeps_cap: bool = False) -> Outcome:
    """Nothing is said here any more: what those above say holds again, with ``keeps_cap`` under their cap for here."""
    row = Sanction.objects.filter(unit=unit, post=post).first()
    if row is None:
        return Outcome(Laid())
    if keeps_cap and row.most is not None:
        from_above = min(Sanctions([post]).above(unit, post).seats, row.most)
        return sanction(unit=unit, post=post, seats=from_above, by=by, now=now, keeps_cap=True)
    audit.record("lifted", row, by=by, now=now, unit=unit.pk, post=post.code, seats=row.seats)
    before = row.seats
    row.delete()
    return _lay(unit, post, max(before, Sanctions([post]).of(unit, post).seats), by, now)


def worker(*, job: Job, now: datetime) -> jobs.Result:
    """Lays the chairs of one post below one unit as they are sanctioned at this moment. Safe to repeat."""
    unit, post = Unit.objects.get(pk=job.settings["unit"]), Post.objects.get(pk=job.settings["post"])
    units, done, laid = _units(unit, post), 0, Laid()
    total = units.count()
    for some in forming.slices(units):
        laid = laid.plus(forming.lay_some(units=some, posts=[post], now=now))
        done += len(some)
        jobs.progress(job=job, done=done, total=total)
    audit.record("laid seats", unit, by=job.asked_by, now=now, post=post.code, seats=laid.more, closed=laid.closed)
    return jobs.Result(outcome={"lines": [in_words(laid)]})


def in_words(laid: Laid) -> str:
    """What became of the chairs, for whoever asked."""
    told = {"more": numbers.lakh(laid.more), "fewer": numbers.lakh(laid.closed)}
    return _("%(more)s posts more, %(fewer)s vacant ones fewer.") % told


def _lay(unit: Unit, post: Post, each: int, by: User, now: datetime) -> Outcome:
    """At once, or as a job when there are many."""
    units = _units(unit, post)
    if units.count() * each <= AT_ONCE:
        return Outcome(forming.lay(units=units, posts=[post], now=now))
    title = _("Strength of %(post)s: %(unit)s") % {"post": post.name, "unit": unit.title}
    asked = {"unit": unit.pk, "post": post.pk}
    return Outcome(Laid(), jobs.ask(kind=KIND, title=title, settings=asked, by=by, now=now))


def _units(unit: Unit, post: Post) -> QuerySet[Unit]:
    return Unit.objects.under(unit).filter(level=post.level)
