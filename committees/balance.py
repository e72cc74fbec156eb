"""In-charges as a whole: women, young people, load on one person, and whose committees come too slowly."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from committees.days import day_of
from committees.domain.staffing import Table
from committees.levels import Level
from committees.models import Tally


@dataclass(frozen=True)
class Pace:
    """Committees right below one district, and the days left; behind when fewer stand than the time gone asks for."""

    formed: int
    all: int
    days: int
    is_behind: bool


@dataclass(frozen=True)
class Balance:
    """Of ``people`` who sit or are to sit: how many are women, young; and who has more than one district."""

    people: int
    women: int
    young: int
    loaded: list[tuple[str, list[str]]]


def of(table: Table, now: datetime) -> Balance:
    """Each person counts once, however many districts."""
    chairs = defaultdict(list)
    for chair in table.chairs:
        if chair.person_id:
            chairs[f"p{chair.person_id}"].append(chair.unit.name)
    known = [table.known[key] for key in chairs if key in table.known]
    loaded = [(table.known[key].name, units) for key, units in chairs.items() if len(units) > 1 and key in table.known]
    return Balance(
        people=len(known),
        women=sum(one.gender == "W" for one in known),
        young=sum(one.is_young(now) for one in known),
        loaded=sorted(loaded, key=lambda one: (-len(one[1]), one[0])),
    )


def paces(table: Table, now: datetime) -> dict[int, Pace]:
    """By seat, of those who have a date to form the committees by; the kept counts of all districts in one question."""
    dated = {chair.seat.pk: chair for chair in table.chairs if chair.holder and chair.holder.form_by}
    below = Tally.objects.filter(unit__in=[chair.unit.pk for chair in dated.values()], level=Level.DISTRICT.below)
    kept = {tally.unit_id: tally for tally in below}
    found = {}
    for key, chair in dated.items():
        tally, holder = kept.get(chair.unit.pk), chair.holder
        if tally is None or holder is None or holder.form_by is None:
            continue
        began, today = day_of(holder.since), day_of(now)
        gone = (today - began).days / max(1, (holder.form_by - began).days)
        is_behind = tally.formed < int(min(1.0, gone) * tally.units)
        found[key] = Pace(tally.formed, tally.units, (holder.form_by - today).days, is_behind)
    return found
