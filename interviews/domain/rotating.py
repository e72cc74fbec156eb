"""Who changes rooms on a day: the proposal of ``linking`` from the plan, and its stays written."""

from datetime import datetime
from typing import cast

from django.db import transaction
from django.utils.translation import gettext as _

from interviews.domain import facts, linking, panels, scheduling
from interviews.models import Interview, InterviewDay, Panel, PanelMember, Slot
from portal import audit
from portal.models import Person, User


class NothingToRotate(Exception):
    """There is no change of rooms to propose, or members change rooms already."""


def propose(day: InterviewDay) -> linking.Proposal:
    """Members are proposed by person, panels by name; who knows applicants of other rooms rather stays.

    A day on which somebody has part of a day somewhere is left as it is: then nothing is proposed, with the reason.
    """
    rows = list(scheduling.panels_of(day))
    whole = panels.whole_date(day.date)
    stays = [stay for panel in rows for stay in panel.memberships.all()]
    if any((stay.starts_at, stay.ends_at) != whole for stay in stays):
        return linking.Proposal(linked=True, why_not=_("Members sit for parts of the day already."))
    held = (
        Interview.objects.of_day(day).in_plan().filter(slot__isnull=False).select_related("application__unit__district")
    )
    called = {row.slot_id: row.application for row in held}
    times = [
        linking.Time(slot.panel, slot.starts_at, slot.ends_at, called.get(slot.pk))
        for slot in Slot.objects.filter(panel__day=day).select_related("panel")
    ]
    people = {stay.person_id: stay.person for stay in stays}
    guests = facts.guests([day], list(called.values()))
    by_key = {one.pk: one for one in called.values()}
    apart = {(people[person], by_key[guest.key]) for guest in guests for person in guest.apart if person in people}
    return linking.propose(
        {panel: [stay.person for stay in panel.memberships.all()] for panel in rows}, times, apart=apart
    )


@transaction.atomic
def apply(*, day: InterviewDay, by: User | None, now: datetime) -> int:
    """Write the proposed stays; returns how many changes of rooms there are.

    A mover's row of the whole day becomes one row for each stay. Raises ``NothingToRotate`` or ``DayClosed``.
    """
    scheduling.open_or_raise(day)
    proposal = propose(day)
    if not proposal.moves:
        raise NothingToRotate(str(day))
    begins, ends = panels.whole_date(day.date)
    movers = {cast(Person, move.member) for move in proposal.moves}
    for person in movers:
        stays = [one for one in proposal.sittings if one.member == person]
        row = PanelMember.objects.get(panel__day=day, person=person)
        speaks, told = row.speaks, {"told_as": row.told_as, "told_version": row.told_version}
        row.delete()
        for number, stay in enumerate(stays):
            since = begins if number == 0 else stay.starts_at
            until = ends if number == len(stays) - 1 else stay.ends_at
            PanelMember.objects.create(
                panel=cast(Panel, stay.panel), person=person, starts_at=since, ends_at=until, speaks=speaks, **told
            )
    audit.record("rotated the members", day, by=by, now=now, moves=len(proposal.moves))
    return len(proposal.moves)
