"""Every permission in the product.

A right belongs to a post (through its role, ``committees.rights``) and reaches
over the post's unit and all below it, for as long as the appointment is
current. A deputy sits in a seat that was lent and has what was lent with it.
Three things refine it, all here:

* **duty** – some rights belong to a person on duty at a thing (a panel member
  at an interview). A model names the path in ``DUTIES``: ``{Right.SCORE: "panel__members"}``.
* **conflict of interest** – beats every right. A model names the path in
  ``CONFLICT_OF``: the person on the other end never gets the row.
* **out of sight** – who withdrew consent is nobody's business any more; a model says it in ``OUT_OF_SIGHT``.
"""

from functools import reduce
from operator import or_

from django.db.models import Q
from django.shortcuts import get_object_or_404
from django.utils import timezone

from committees.levels import Level, Role
from committees.models import Appointment, Thread, Unit
from committees.rights import RIGHTS, Right, reaches, right_to_fill, rights_of

__all__ = ["RIGHTS", "Right", "appointments_of", "get_or_404", "may", "narrow", "right_to_fill", "rights_at", "tops"]


# What nobody sees through another's eyes (``portal.accounts.viewing``).
NOT_BY_LOOKING = {Right.READ, Right.SCORE, Right.DECIDE, Right.ASK, Right.READ_NUMBERS, Right.AUDIT, Right.ADMINISTER}
LENDING = ("person", "seat__unit", "seat__post")  # what is told of the giver
# Who carries a drive outside, by a code of their own.
SHARERS = (Role.MEMBER, Role.CONVENER, Role.INCHARGE, Role.STATE_OFFICE)


def appointments_of(user, right=None):
    """The user's current appointments, or those that carry ``right``; one query a request."""
    if not getattr(user, "is_authenticated", False) or not user.is_active or _is_kept_from(user, right):
        return []
    mine = getattr(user, "posts_held", None)
    if mine is None:
        rows = Appointment.objects.current().filter(person=user.person_id)
        mine = list(rows.with_rights())
        if getattr(user, "glass", None) is not None:  # put there for one look (portal.accounts.emergency)
            for appointment in mine:
                appointment.in_emergency = appointment.seat.post.role == Role.ADMIN
        if getattr(user, "is_asking", False):  # the object of one request (DoorBackend); any other may live longer
            user.posts_held = mine
    return [appointment for appointment in mine if right is None or right in rights_of(appointment)]


def shares_for(user):
    """The units for which this person carries drives outside, the highest first."""
    units = [row.seat.unit for row in appointments_of(user) if row.seat.post.role in SHARERS]
    return sorted(units, key=lambda unit: Level(unit.level).depth)


def tops(user, right, *, own=False):
    """The units at and below which this user has this right; ``own`` leaves out what was lent."""
    return [row.seat.unit for row in appointments_of(user, right) if not own or row.lent_by_id is None]


def may(user, right, unit=None):
    """Has this user the right anywhere, or at this unit?"""
    return any(unit is None or reaches(row, unit) for row in appointments_of(user, right))


def may_by_own_post(user, right, unit=None):
    """The same without what was lent: deciding over others stays with the post."""
    own = appointments_of(user, right)
    return any(row.lent_by_id is None and (unit is None or reaches(row, unit)) for row in own)


def rights_at(user, unit):
    """All rights of this user at this unit, from one query."""
    reaching = [appointment for appointment in appointments_of(user) if reaches(appointment, unit)]
    rights = set().union(*map(rights_of, reaching))
    return {right for right in rights if not _is_kept_from(user, right)}


def is_looked_through(user):
    """Does an administrator look with this user's eyes: a personal link would still be a key when the look is over."""
    return getattr(user, "looked_through_by", None) is not None


def _is_kept_from(user, right):
    """An administrator who looks with another's eyes sees less than the other."""
    return right in NOT_BY_LOOKING and is_looked_through(user)


def may_propose(user, unit):
    """May this user write a list for the committee of this unit: with the right to form it, or from above by name."""
    above = unit.parent
    return may(user, Right.FORM, unit) or (above is not None and may(user, Right.NOMINATE, above))


def may_form_alone(user, unit):
    """May this user fill vacant seats of this unit without a list that others see: the level above does."""
    return may(user, Right.FORM, unit.parent or unit)


def may_approve(user, unit):
    """May this user say yes to the list of this unit: the level above does, for the state its own office; no deputy."""
    return may_by_own_post(user, Right.FORM, unit.parent or unit)


def narrow(rows, *, user, right, unit="unit", own=False):
    """Keep the rows this user reaches with this right.

    ``unit`` is the path from the rows to the unit they belong to; ``""`` when
    the rows are units themselves. A model's ``DUTIES`` and ``CONFLICT_OF``
    are obeyed (see above). ``own`` leaves out what was lent: for what others decided on.
    """
    if not getattr(user, "is_authenticated", False) or not user.is_active or _is_kept_from(user, right):
        return rows.none()
    units = tops(user, right, own=own)
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
    if conflict:
        judges = [user.person_id, getattr(user, "looked_through_by", None)]
        rows = rows.exclude(**{f"{conflict}__in": judges}) if judges[1] else rows.exclude(**{conflict: user.person_id})
    return rows


def get_or_404(rows, *, user, right, unit="unit", **lookup):
    """One row, or a 404 that does not tell a stranger that the row exists."""
    return get_object_or_404(narrow(rows, user=user, right=right, unit=unit), **lookup)


def units_of(user, right):
    """The units this user reaches with this right."""
    return narrow(Unit.objects.all(), user=user, right=right, unit="")


def units_near(user, right):
    """The units this user was given with this right, and those right below: where one goes, what one asks about."""
    mine = [top.pk for top in tops(user, right)]
    units = units_of(user, right).on(timezone.localdate())
    return units.filter(Q(pk__in=mine) | Q(parent__in=mine)).order_by("path")


def is_office(user):
    """Does this user answer for the whole organisation: who assigns in-charges, everywhere?"""
    return any(top.is_root for top in tops(user, Right.ASSIGN))


def threads_of(user):
    """Questions to the state office: all of them for the office, for others those of the very units they look after."""
    rows = narrow(Thread.objects.all(), user=user, right=Right.ASK)
    return rows if is_office(user) else rows.filter(unit__in=tops(user, Right.ASK))


def questions_waiting(user):
    """How many questions wait for an answer of this user, who is of the state office; for others none does."""
    return threads_of(user).waiting().count() if is_office(user) else 0


def lendings():
    """What is lent now: the deputy's time and the giver's both go on."""
    rows = Appointment.objects.lent()
    return rows.select_related("person", "seat__unit", "seat__post", *(f"lent_by__{to}" for to in LENDING))


def lendings_to_end(user):
    """Of these, what this person may take back: the own ones, and those of givers at or below a unit of one's own."""
    own = [row for row in appointments_of(user) if row.lent_by_id is None]
    seating = [row.seat.unit for row in own if rights_of(row) & {Right.FORM, Right.ASSIGN}]
    reach = [unit.reach("lent_by__seat__unit") for unit in seating]
    return lendings().filter(reduce(or_, reach, Q(lent_by__person=user.person_id)))


def shown_to_all(unit, now):
    """Who sits in the committee of this unit and has agreed to be named to everybody."""
    rows = Appointment.objects.current(now).accepted().filter(seat__unit=unit, seat__post__in_committee=True)
    return rows.exclude(shown_at=None).for_list()


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
