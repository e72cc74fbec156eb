"""Who may know whom: plain facts that people are then asked about. Writes nothing, decides nothing.

Own application, one phone in the household, came by this person's QR or was
brought by them, and one surname at one place.
"""

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Q, QuerySet

from applications.models import Application
from committees.models import Appointment
from interviews.states import Bond
from portal import folding
from portal.models import Person

Bonds = dict[int, dict[int, Bond]]  # person → application → the nearest bond
FACTS = "pk phone person link__person first_link__person link__referrer__phone first_link__referrer__phone".split()
PLACE = ["name", "unit__mandal", "unit__block", "unit__assembly"]


def among(people: Iterable[Person], applications: QuerySet[Application]) -> Bonds:
    """For each person the applications they may be near to, with the nearest bond. Two questions, however many."""
    everyone = list(people)
    facts = list(applications.order_by().values(*FACTS, *PLACE))
    at_home = _surnames_at_home(everyone)
    found: Bonds = defaultdict(dict)
    for person in everyone:
        for row in facts:
            bond = _bond(person, row) or (Bond.NEAR if at_home[person.pk] & _surname_at(row) else None)
            if bond:
                found[person.pk][row["pk"]] = bond
    return dict(found)


def between(person: Person, application: Application) -> Bond | None:
    """How these two may be near, or None."""
    rows = Application.objects.filter(Q(pk=application.pk))
    return among([person], rows).get(person.pk, {}).get(application.pk)


def _bond(person: Person, row: dict) -> Bond | None:
    if row["person"] == person.pk or (row["phone"] == person.phone and _same(person.name, row["name"])):
        return Bond.OWN
    if row["phone"] == person.phone:
        return Bond.FAMILY
    brought = {row["link__person"], row["first_link__person"]}
    friends = {row["link__referrer__phone"], row["first_link__referrer__phone"]}
    return Bond.BROUGHT if person.pk in brought or person.phone in friends else None


def _same(one: str, other: str) -> bool:
    return folding.key(one) == folding.key(other)


def _surname(name: str) -> str:
    """The last word in the spelling-proof key; a single name is no surname."""
    words = name.split()
    return folding.key(words[-1]) if len(words) > 1 else ""


def _place(row: dict, prefix: str = "unit__") -> int | None:
    """The smallest place that people call theirs: the mandal, else the block, else the assembly."""
    return row[f"{prefix}mandal"] or row[f"{prefix}block"] or row[f"{prefix}assembly"]


def _surname_at(row: dict) -> set[tuple[str, int]]:
    surname, place = _surname(row["name"]), _place(row)
    return {(surname, place)} if surname and place else set()


def _surnames_at_home(people: list[Person]) -> dict[int, set[tuple[str, int]]]:
    """Where each person is at home: the places of own seats and of own applications."""
    home: dict[int, set[tuple[str, int]]] = defaultdict(set)
    surnames = {person.pk: _surname(person.name) for person in people}
    seats = Appointment.objects.filter(person__in=people)
    for row in seats.values("person", *(f"seat__unit__{level}" for level in ("mandal", "block", "assembly"))):
        place = _place(row, "seat__unit__")
        if surnames[row["person"]] and place:
            home[row["person"]].add((surnames[row["person"]], place))
    for row in Application.objects.filter(person__in=people).values("person", *PLACE[1:]):
        place = _place(row)
        if surnames[row["person"]] and place:
            home[row["person"]].add((surnames[row["person"]], place))
    return home
