"""Who looks at the living tree of the full demo, which pages there are, and what each costs."""

import time
from dataclasses import dataclass
from datetime import timedelta
from statistics import median

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from committees.days import day_of
from committees.domain import incharges, plans, proposing, seats, visiting
from committees.levels import Role
from committees.models import Seat, Unit, Visit
from committees.models.formation import Purpose
from portal import people
from portal.models import User

ROUNDS, TRIES = 5, 4
LISTS, VISITS = 60, 200
FIRST = 7_000_000_000  # mobile numbers below belong to the demo
TOP = "/units/"
STATE = {  # what the state office opens, by its name
    "state": TOP,
    "state, worst gaps": f"{TOP}?sort=worst&show=gaps",
    "search of a place": f"{TOP}?q=palsana",
    "search of part 112": f"{TOP}?q=palsana+112",
    "search of a person": f"{TOP}?q=sunita+meena",
    "search of a number": f"{TOP}?q=432101",
    "search of nobody": f"{TOP}?q=xyzzy",
    "districts": f"{TOP}level/district/",
    "mandals": f"{TOP}level/mandal/",
    "booths": f"{TOP}level/booth/",
    "booths, last page": f"{TOP}level/booth/?page=600",
    "booths with nobody": f"{TOP}level/booth/?show=empty",
    "booths, worst first": f"{TOP}level/booth/?sort=worst",
    "next gap": f"{TOP}next/",
    "coverage": f"{TOP}coverage/",
    "coverage of booths": f"{TOP}coverage/?level=booth",
    "coverage as a file": f"{TOP}coverage/file",
    "committee of the state": f"{TOP}committee/",
    "form of the state": f"{TOP}committee/form/",
    "strength": f"{TOP}strength/",
    "history": f"{TOP}history/",
    "plans": f"{TOP}plans/",
    "in-charges": "/incharges/",
    "in-charges, vacant first": "/incharges/?show=vacant-first",
    "in-charge of a district": "/incharges/jaipur/",
    "who is behind": "/incharges/behind/",
    "proposals": "/proposals/",
    "leavings": "/leavings/",
    "letters": "/letters/",
    "visits of all": "/visits/of/",
    "lendings": "/lendings/",
}
INCHARGE = {"home": "/my/", "work": "/work/", "visits": "/visits/", "proposals": "/proposals/", "letters": "/letters/"}
INCHARGE |= {"visits of the district": "/visits/of/", "search of a person": f"{TOP}?q=sunita"}
UNIT = {  # of each unit of one line of the tree
    "": "",
    "next gap": "next/",
    "coverage": "coverage/",
    "committee": "committee/",
    "form": "committee/form/",
    "history": "history/",
    "strength": "strength/",
}


@dataclass(frozen=True)
class Cost:
    """What a page took: questions to the database, and milliseconds in the middle of some rounds."""

    queries: int
    milliseconds: float


class Full:
    """Two of the state office and an in-charge of the full demo, and what busy weeks left behind."""

    def __init__(self):
        self.now = timezone.now()
        self.state = Unit.objects.get(path="")
        sitting = User.objects.filter(person__appointments__until=None)
        self.office, self.second = sitting.filter(person__appointments__seat__post__role=Role.STATE_OFFICE).order_by(
            "pk"
        )[:2]
        self.incharge = sitting.get(
            person__appointments__seat__post__role=Role.INCHARGE, person__appointments__seat__unit__code="SKR"
        )
        self.line = _line_down(Unit.objects.get(code="SKR"))

    def grow_busy(self):
        """Every other district gets its in-charge; Sikar sends lists of mandals and its visits; a plan waits."""
        told = {"by": self.office, "now": self.now}
        terms = {"term_ends": day_of(self.now) + timedelta(days=365), "form_by": day_of(self.now) + timedelta(days=9)}
        vacant = Seat.objects.vacant().filter(post__role=Role.INCHARGE, unit__level="district").select_related("unit")
        for number, seat in enumerate(vacant.order_by("pk")[::4]):
            who = people.know(phone=f"+91{FIRST + number}", name="सुनीता मीणा", now=self.now)
            proposal = incharges.propose_one(district=seat.unit, seat=seat, who=who, **terms, **told)
            [appointment] = incharges.release(proposal=proposal, by=self.second, now=self.now)
            seats.accept(appointment=appointment, now=self.now)
        self._lists()
        self._visits()
        mandal, other = Unit.objects.under(self.line[1]).filter(level="block").order_by("path")[:2]
        units = list(mandal.children.values_list("code", flat=True)[:1])
        today = day_of(self.now)
        self.plan = plans.propose(
            kind="move", unit=self.line[1], steps={"units": units, "to": other.code}, effective_on=today, **told
        )
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")  # as PostgreSQL does by itself after a while

    def _lists(self):
        told = {"by": self.incharge, "now": self.now}
        chairs = Seat.objects.of_committee().under(self.line[0]).filter(unit__level="mandal")
        first = {seat.unit_id: seat for seat in chairs.select_related("unit", "post").order_by("-pk")}
        for number, seat in enumerate(list(first.values())[:LISTS]):
            proposal = proposing.begin(unit=seat.unit, purpose=Purpose.COMMITTEE, **told)
            who = people.know(phone=f"+91{FIRST + 1000 + number}", name="रमेश मीणा", now=self.now)
            proposing.nominate(proposal=proposal, seat=seat, person=who, **told)
            proposing.send(proposal=proposal, **told)
        self.proposal = proposal

    def _visits(self):
        for number in range(VISITS):
            where = {"unit": self.line[number % 2], "place": "पंचायत भवन", "met": 12, "note": "बैठक हुई"}
            told = visiting.Told(on=day_of(self.now) - timedelta(days=number % 60), **where)
            visiting.log(key=f"v{number}", told=told, person=self.incharge.person, by=self.incharge, now=self.now)
        assert Visit.objects.count() >= VISITS

    def of_the_office(self):
        """Pages by name, as the state office opens them."""
        own = {"fill of the state": _fill(self.state), "compare": _compare(self.state)}
        own |= {"plan": f"/units/plans/{self.plan.key}/", "proposal": f"/proposals/{self.proposal.pk}/"}
        return STATE | own | self._down(self.line)

    def of_the_incharge(self):
        """Pages by name, as the in-charge of a district opens them."""
        booths = {"booths of the district": f"{self.line[0].get_absolute_url()}level/booth/?show=empty"}
        return INCHARGE | booths | self._down(self.line)

    def _down(self, line):
        found = {}
        for unit in line:
            base = unit.get_absolute_url()
            found |= {f"{unit.level} {name}".strip(): f"{base}{rest}" for name, rest in UNIT.items()}
            found[f"{unit.level} fill"] = _fill(unit)
            if unit.level != "booth":
                found[f"{unit.level} compare"] = _compare(unit)
        return found


def _line_down(district):
    """The district, and below it the unit with the most units each time, down to a booth."""
    line = [district]
    while children := list(line[-1].children.order_by("path")):
        line.append(max(children, key=lambda child: child.children.count()))
    return line


def _fill(unit):
    seat = Seat.objects.of_committee().filter(unit=unit).vacant().order_by("pk").first()
    seat = seat or Seat.objects.of_committee().filter(unit=unit).order_by("pk").first()
    return f"{unit.committee_url}form/{seat.pk}/"


def _compare(unit):
    codes = unit.children.order_by("path").values_list("code", flat=True)[:4]
    return f"{unit.get_absolute_url()}compare/?" + "&".join(f"u={code}" for code in codes)


def cost(user, address, goal):
    """What an address costs; one that seems too dear is tried again, for others use the machine too."""
    client = Client()
    client.force_login(user, backend="portal.accounts.backend.DoorBackend")
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code in (200, 302), address
    queries = len(asked)
    return Cost(queries, min(_middle(client, address, goal)))


def _middle(client, address, goal):
    for _try in range(TRIES):
        found = median(_milliseconds(client, address) for _round in range(ROUNDS))
        yield found
        if found <= goal:
            break


def _milliseconds(client, address):
    begun = time.perf_counter()
    client.get(address)
    return (time.perf_counter() - begun) * 1000
