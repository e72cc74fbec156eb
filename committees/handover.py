"""What an in-charge who left hands over: read from the tables on the day somebody asks."""

from dataclasses import dataclass
from datetime import datetime

from committees import reports
from committees.levels import Role
from committees.models import Appointment, Proposal, Seat, Unit, Visit
from committees.models.formation import Purpose
from committees.reports import Coverage
from committees.states import OPEN

SHOWN = 20  # visits, the latest first
CHAIRS = 60  # vacant chairs of presidents, from the top


@dataclass
class Handover:
    """``former`` left last, ``present`` came; the rest is what there is to do."""

    former: Appointment | None
    present: Appointment | None
    rows: list[Coverage]
    proposals: list[Proposal]
    waiting: list[Appointment]
    vacant: list[Seat]
    more_vacant: int
    visits: list[Visit]

    @property
    def formed(self) -> int:
        return sum(row.formed == reports.Formed.ANNOUNCED for row in self.rows)


def of(district: Unit, now: datetime) -> Handover:
    """Open lists, people who were asked and said nothing, chairs without a president, and the visits of who left."""
    gone = Appointment.objects.filter(seat__unit=district, seat__post__role=Role.INCHARGE, until__isnull=False)
    gone = gone.filter(accepted_at__isnull=False)
    former = gone.select_related("person", "seat__post").order_by("-until").first()
    proposals = Proposal.objects.filter(district.reach("unit"), purpose=Purpose.COMMITTEE, status__in=OPEN)
    asked = Appointment.objects.current(now).under(district).filter(accepted_at=None, seat__post__in_committee=True)
    heads = Seat.objects.open().under(district).of_committee().vacant(now).filter(post__role=Role.CONVENER)
    heads = heads.select_related("unit", "post").order_by("unit__path")
    visits = Visit.objects.none()
    if former is not None:
        visits = Visit.objects.filter(district.reach("unit"), person=former.person_id).select_related("unit")
    return Handover(
        former=former,
        present=reports.incharge_of(district, now),
        rows=reports.coverage(district, now),
        proposals=list(proposals.select_related("unit", "made_by__person").order_by("unit__path")),
        waiting=list(asked.select_related("person", "seat__post", "seat__unit").order_by("since")[:SHOWN]),
        vacant=list(heads[:CHAIRS]),
        more_vacant=max(0, heads.count() - CHAIRS),
        visits=list(visits[:SHOWN]),
    )
