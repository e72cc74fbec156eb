"""The districts' chairs as they stand: who sits, who is on a list, and who could be asked."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import QuerySet

from committees import geography
from committees.days import day_of
from committees.domain import candidacy, matching
from committees.domain.candidacy import Known
from committees.domain.matching import Candidate, Choice, Need, Rules
from committees.levels import Level, Role
from committees.models import Appointment, Nomination, Seat, Unit
from committees.models.formation import Purpose
from committees.states import OPEN
from portal.models import User

SHOWN = 3  # choices for one chair


@dataclass
class Chair:
    """One chair of an in-charge. ``line`` stands in a list that is on its way; ``no`` are those who said no."""

    seat: Seat
    holder: Appointment | None = None
    line: Nomination | None = None
    no: list[Appointment] = field(default_factory=list)
    offers: list[Choice] = field(default_factory=list)
    wider: list[Rules] = field(default_factory=list)

    @property
    def unit(self) -> Unit:
        return self.seat.unit

    @property
    def is_vacant(self) -> bool:
        """Nobody sits here and nobody is on the way."""
        return self.holder is None and (self.line is None or self.line.person_id is None)

    @property
    def person_id(self) -> int | None:
        """Who will sit here when all goes as it stands."""
        if self.line is not None:
            return self.line.person_id
        return self.holder.person_id if self.holder else None


@dataclass
class Table:
    """All chairs of in-charges below ``top``, and all candidates by key."""

    top: Unit
    chairs: list[Chair]
    known: dict[str, Known]
    rules: Rules

    @property
    def people(self) -> list[Candidate]:
        return [one.candidate for one in self.known.values()]

    def need(self, chair: Chair) -> Need:
        mates = [
            self.known[f"p{other.person_id}"].candidate
            for other in self.chairs
            if other is not chair and other.unit.pk == chair.unit.pk and f"p{other.person_id}" in self.known
        ]
        return Need(chair.seat.pk, chair.unit.code, mates[0] if mates else None)

    def women(self) -> tuple[int, int]:
        """How many of those who sit, or are to sit, are women; and how many these are."""
        settled = [self.known.get(f"p{chair.person_id}") for chair in self.chairs if chair.person_id]
        return sum(one is not None and one.gender == "W" for one in settled), len(settled)

    def best(self, chair: Chair, most: int = SHOWN) -> list[Choice]:
        return matching.best(self.need(chair), self.people, self.rules, geography.distance_km, most)

    def explain(self, chair: Chair, candidate: Candidate) -> list[matching.Reason]:
        return matching.explain(self.need(chair), candidate, self.rules, geography.distance_km)

    def suggest(self, chairs: Collection[Chair]) -> dict[int, Choice]:
        """For these chairs, by the key of the seat: the best for the whole."""
        return matching.suggest(
            needs=[self.need(chair) for chair in chairs],
            people=self.people,
            rules=self.rules,
            km=geography.distance_km,
            women=self.women(),
        )


def table(*, top: Unit, rules: Rules, user: User, now: datetime, freed: Collection[int] = ()) -> Table:
    """Everything in a fixed number of questions. The lines ``freed`` count as if nobody stood in them."""
    chairs = {seat.pk: Chair(seat) for seat in seats_below(top, now)}
    sitting = Appointment.objects.current(now).filter(seat__in=chairs)
    for row in sitting.select_related("person", "seat"):
        chairs[row.seat_id].holder = row
    lines = list(lines_below(top))
    for line in lines:
        if line.seat_id in chairs and line.pk not in freed:
            chairs[line.seat_id].line = line
    for seat, gone in _said_no(chairs, now).items():
        chairs[seat].no = gone
    known = candidacy.everyone(user=user, lines=lines, freed=freed, now=now)
    return Table(top, list(chairs.values()), known, rules)


def with_offers(found: Table) -> Table:
    """The same with the best few for each vacant chair; where the rules let nobody in, what would."""
    vacant = [chair for chair in found.chairs if chair.is_vacant]
    needs, people = [found.need(chair) for chair in vacant], found.people
    few = matching.offers(needs, people, found.rules, geography.distance_km, SHOWN)
    for chair, need, offers in zip(vacant, needs, few, strict=True):
        chair.offers = offers
        chair.wider = [] if offers else matching.widened(need, people, found.rules)
    return found


def seats_below(top: Unit, now: datetime) -> QuerySet[Seat]:
    """The chairs of in-charges of all districts at ``top`` or below."""
    districts = Unit.objects.under(top).filter(level=Level.DISTRICT).on(day_of(now))
    rows = Seat.objects.open().filter(unit__in=districts, post__role=Role.INCHARGE)
    return rows.select_related("post", "unit__district").order_by("unit__code", "post__order", "number")


def lines_below(top: Unit) -> QuerySet[Nomination]:
    """The lines of lists of in-charges that are on their way at ``top`` or below."""
    rows = Nomination.objects.filter(
        top.reach("proposal__unit"),
        proposal__purpose=Purpose.INCHARGES,
        proposal__status__in=OPEN,
        appointment=None,
    )
    return rows.select_related("person", "proposal", "seat__unit", "seat__post").order_by("pk")


def _said_no(chairs: Collection[int], now: datetime) -> dict[int, list[Appointment]]:
    """Who left these chairs without a yes, the latest first."""
    rows = Appointment.objects.filter(seat__in=chairs, accepted_at=None, until__gte=now - candidacy.REMEMBERED)
    found: dict[int, list[Appointment]] = defaultdict(list)
    for row in rows.select_related("person").order_by("-until"):
        found[row.seat_id].append(row)
    return found
