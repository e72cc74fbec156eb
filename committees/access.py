"""Every permission in the product.

A right belongs to a post (through its role) and reaches over the post's unit
and all below it, for as long as the appointment is current. Three things
refine it, all here:

* **duty** – some rights belong to a person on duty at a thing (a panel member
  at an interview). A model names the path in ``DUTIES``: ``{Right.SCORE: "panel__members"}``.
* **conflict of interest** – beats every right. A model names the path in
  ``CONFLICT_OF``: the person on the other end never gets the row.
* **out of sight** – who withdrew consent is nobody's business any more; a model says it in ``OUT_OF_SIGHT``.
"""

from enum import StrEnum
from functools import reduce
from operator import or_

from django.db.models import Q
from django.shortcuts import get_object_or_404

from committees.levels import Level, Role
from committees.models import Appointment, Unit


class Right(StrEnum):
    VIEW = "view"  # units, committees, own reports
    REVIEW = "review"  # applications: read, shortlist
    READ = "read"  # applications one was given: read and mark, nothing else
    DRIVE = "drive"  # open a drive, make share links and posters
    PLAN = "plan"  # interview days: panels, slots, calls
    RECEIVE = "receive"  # reception: check in, call next
    SCORE = "score"  # own sheets
    DECIDE = "decide"  # results
    FORM = "form"  # seats of committees
    ASSIGN = "assign"  # district in-charges
    TRAIN = "train"  # workshops
    READ_NUMBERS = "read_numbers"  # full phone numbers
    AUDIT = "audit"  # the log
    ADMINISTER = "administer"  # Django admin


RIGHTS: dict[str, set[Right]] = {
    Role.ADMIN: {Right.ADMINISTER},
    Role.STATE_OFFICE: {
        Right.VIEW,
        Right.REVIEW,
        Right.READ,
        Right.DRIVE,
        Right.PLAN,
        Right.RECEIVE,
        Right.DECIDE,
        Right.FORM,
        Right.ASSIGN,
        Right.TRAIN,
        Right.READ_NUMBERS,
    },
    Role.INCHARGE: {Right.VIEW, Right.REVIEW, Right.READ, Right.DRIVE, Right.DECIDE, Right.FORM, Right.READ_NUMBERS},
    Role.CONVENER: {Right.VIEW},
    Role.RECEPTION: {Right.RECEIVE},
    Role.TRAINER: set(),  # own workshops are a duty: Workshop.DUTIES
    Role.AUDITOR: {Right.VIEW, Right.AUDIT},
    Role.MEMBER: set(),
}
# Who carries a drive outside, by a code of their own.
SHARERS = (Role.MEMBER, Role.CONVENER, Role.INCHARGE, Role.STATE_OFFICE)


def appointments_of(user, right=None):
    """The user's current appointments, or those that carry ``right``; one query a request."""
    if not getattr(user, "is_authenticated", False) or not user.is_active:
        return []
    mine = getattr(user, "posts_held", None)
    if mine is None:
        rows = Appointment.objects.current().filter(person=user.person_id)
        mine = list(rows.select_related("seat__unit", "seat__post"))
        if getattr(user, "is_asking", False):  # the object of one request (DoorBackend); any other may live longer
            user.posts_held = mine
    return [appointment for appointment in mine if right is None or right in RIGHTS[appointment.seat.post.role]]


def shares_for(user):
    """The units for which this person carries drives outside, the highest first."""
    units = [row.seat.unit for row in appointments_of(user) if row.seat.post.role in SHARERS]
    return sorted(units, key=lambda unit: Level(unit.level).depth)


def tops(user, right):
    """The units at and below which this user has this right."""
    return [appointment.seat.unit for appointment in appointments_of(user, right)]


def may(user, right, unit=None):
    """Has this user the right anywhere, or at this unit?"""
    units = tops(user, right)
    if unit is None:
        return bool(units)
    return any(unit.pk == top.pk or getattr(unit, f"{top.level}_id", None) == top.pk for top in units)


def rights_at(user, unit):
    """All rights of this user at this unit, from one query."""
    reaching = [a for a in appointments_of(user) if getattr(unit, f"{a.seat.unit.level}_id", None) == a.seat.unit_id]
    return set().union(*(RIGHTS[appointment.seat.post.role] for appointment in reaching))


def right_to_fill(post):
    """Which right seats somebody on this post: rights are given away only by those who may."""
    if post.in_committee:
        return Right.FORM
    return Right.ASSIGN if post.role == Role.INCHARGE else Right.ADMINISTER


def narrow(rows, *, user, right, unit="unit"):
    """Keep the rows this user reaches with this right.

    ``unit`` is the path from the rows to the unit they belong to; ``""`` when
    the rows are units themselves. A model's ``DUTIES`` and ``CONFLICT_OF``
    are obeyed (see above).
    """
    if not getattr(user, "is_authenticated", False) or not user.is_active:
        return rows.none()
    units = tops(user, right)
    duty = getattr(rows.model, "DUTIES", {}).get(right)
    if not any(top.is_root for top in units):
        reach = [top.reach(unit) for top in units]
        if duty:
            reach.append(Q(pk__in=rows.model._base_manager.filter(**{duty: user.person_id}).values("pk")))
        if not reach:
            return rows.none()
        rows = rows.filter(reduce(or_, reach))
    gone = getattr(rows.model, "OUT_OF_SIGHT", None)
    rows = rows.exclude(gone) if gone else rows
    conflict = getattr(rows.model, "CONFLICT_OF", None)
    return rows.exclude(**{conflict: user.person_id}) if conflict else rows


def get_or_404(rows, *, user, right, unit="unit", **lookup):
    """One row, or a 404 that does not tell a stranger that the row exists."""
    return get_object_or_404(narrow(rows, user=user, right=right, unit=unit), **lookup)


def units_of(user, right):
    """The units this user reaches with this right."""
    return narrow(Unit.objects.all(), user=user, right=right, unit="")


class PostBackend:
    """Lets Django admin ask about permissions; the answer comes from posts alone."""

    def authenticate(self, request, **credentials):
        """Nobody signs in by this backend."""

    def get_user(self, user_id):
        """Nor is anybody found by it."""

    def has_module_perms(self, user, app_label):
        return _administers(user)

    def has_perm(self, user, perm, obj=None):
        return _administers(user)


def _administers(user):
    """Asked once for each request: one admin page wants to know it ninety times."""
    if getattr(user, "administers", None) is None:
        user.administers = may(user, Right.ADMINISTER)
    return user.administers
