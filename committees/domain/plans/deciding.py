"""A plan's way: proposed by one, agreed to by another and thereby done, or dropped; and perhaps undone."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet

from committees.days import day_of
from committees.domain.plans import applying, undoing
from committees.domain.plans.renumbering import renumbering
from committees.domain.plans.works import Steps, Work, merging, moving, splitting
from committees.domain.tree import addresses
from committees.models import Plan, Unit
from committees.unitfile import Problem
from portal import audit
from portal.models import User

WORKS = {
    Plan.Kind.MERGING: merging,
    Plan.Kind.SPLITTING: splitting,
    Plan.Kind.MOVING: moving,
    Plan.Kind.RENUMBERING: renumbering,
}


class Impossible(Exception):
    """The tree does not allow it; ``problems`` say why."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(problems[0].message)
        self.problems = problems


class SamePerson(Exception):
    """Who made the plan cannot be the one who agrees."""


class NotOpen(Exception):
    """The plan was applied, dropped or undone meanwhile."""


class Stale(Exception):
    """The tree is no longer the one for which the plan was made."""


class TooEarly(Exception):
    """The plan holds from a later day."""


@transaction.atomic
def propose(
    *, kind: str, unit: Unit, steps: Steps, effective_on: date, file_name: str = "", by: User, now: datetime
) -> Plan:
    """Write a plan down; nothing changes yet. Raises ``Impossible``."""
    plan = Plan(kind=kind, unit=unit, steps=steps, effective_on=effective_on, file_name=file_name)
    work = work_of(plan)
    if work.problems:
        raise Impossible(work.problems)
    plan.steps = steps | {"seen": work.seen}
    plan.made_by, plan.made_at = by, now
    plan.save()
    audit.record("planned", plan, by=by, now=now, kind=kind)
    return plan


@transaction.atomic
def agree(*, plan: Plan, by: User, now: datetime) -> None:
    """A second person agrees: everything happens at once, or nothing.

    Raises ``SamePerson``, ``TooEarly``, ``NotOpen``, ``Impossible`` or ``Stale``.
    """
    if by.pk == plan.made_by_id or by.person_id == plan.made_by.person_id:
        raise SamePerson(plan.key)
    if plan.effective_on > day_of(now):
        raise TooEarly(plan.key)
    addresses.hold_still()
    if not _open(plan).update(agreed_by=by, applied_at=now):
        raise NotOpen(plan.key)
    work = work_of(plan)
    if work.problems:
        raise Impossible(work.problems)
    if work.seen != plan.steps["seen"]:
        raise Stale(plan.key)
    plan.agreed_by, plan.applied_at = by, now
    plan.undo = applying.apply(plan=plan, work=work, by=by, now=now)
    plan.save(update_fields=["undo"])
    audit.record("agreed to a plan", plan, by=by, now=now, kind=plan.kind)


@transaction.atomic
def drop(*, plan: Plan, by: User, now: datetime) -> None:
    """It shall not happen. Raises ``NotOpen``."""
    if not _open(plan).update(dropped_at=now):
        raise NotOpen(plan.key)
    audit.record("dropped a plan", plan, by=by, now=now)


@transaction.atomic
def ask_to_undo(*, plan: Plan, by: User, now: datetime) -> None:
    """One person wants everything back as it stood; another one has to do it. Raises ``NotOpen``."""
    if not _applied(plan).filter(undo_asked_by=None).update(undo_asked_by=by, undo_asked_at=now):
        raise NotOpen(plan.key)
    audit.record("asked to undo a plan", plan, by=by, now=now)


@transaction.atomic
def undo(*, plan: Plan, by: User, now: datetime) -> None:
    """Put back everything as it stood, as another person asked.

    Raises ``NotOpen``, ``SamePerson`` or ``Overtaken``; then nothing has changed.
    """
    addresses.hold_still()
    if not _applied(plan).exclude(undo_asked_by=None).update(undone_at=now):
        raise NotOpen(plan.key)
    plan.refresh_from_db()
    asked = plan.undo_asked_by
    if asked is None or asked.person_id == by.person_id:
        raise SamePerson(plan.key)
    plan.undone_by = by
    plan.save(update_fields=["undone_by"])
    undoing.undo(plan=plan, by=by, now=now)
    audit.record("undid a plan", plan, by=by, now=now)


def work_of(plan: Plan) -> Work:
    """What the plan would do to the tree of now."""
    return WORKS[Plan.Kind(plan.kind)](plan.steps, plan.effective_on)


def _applied(plan: Plan) -> QuerySet[Plan]:
    return Plan.objects.filter(pk=plan.pk, applied_at__isnull=False, undone_at=None)


def _open(plan: Plan) -> QuerySet[Plan]:
    return Plan.objects.filter(pk=plan.pk, applied_at=None, dropped_at=None)
