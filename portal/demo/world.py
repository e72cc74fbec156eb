"""The world every scale begins with: the organisation, its posts, its tree, its office."""

from dataclasses import dataclass, field
from datetime import datetime
from random import Random

from django.db import connection

from committees.domain import forming, founding, generating, seats, tree
from committees.levels import Level, Role
from committees.models import Seat, Unit
from portal import organisation, people
from portal.demo import people as made_up
from portal.models import Person, User

HOMES = ["SKR", "JJN"]  # the two districts that go down to the booth in the small demo
OFFICE = [  # role, how many
    (Role.STATE_OFFICE, 2),
    (Role.ADMIN, 1),
    (Role.RECEPTION, 1),
    (Role.TRAINER, 1),
    (Role.AUDITOR, 1),
]


@dataclass
class World:
    """What the story needs at hand while it is told."""

    now: datetime
    random: Random
    state: Unit
    office: User
    second: User
    made: int = 0
    signs_in: dict[str, Person] = field(default_factory=dict)

    def people(self, count, *, women=0.5):
        """So many new made-up people."""
        new = list(made_up.make(count, random=self.random, start=self.made, women=women))
        self.made += count
        return new

    def known(self, count):
        """So many new made-up people whom the organisation knows."""
        return [know(made, self.now) for made in self.people(count, women=0.4)]


def know(made, now):
    """A made-up person as someone we know."""
    return people.know(phone=made.phone, name=made.name, gender=made.gender, birth_year=made.birth_year, now=now)


def begin(*, now, seed, booths_in):
    """Organisation, posts, units and office.

    ``booths_in`` names the codes of the districts that go down to the booth; ``None`` means all.
    """
    organisation.save(
        name_hi="प्रदेश सोशल मीडिया विभाग",
        name_en="State Social Media Department",
        help_phone="0141-000 0000",
        help_hours_hi="सोमवार से शनिवार, सुबह 10 से शाम 6 बजे",
        help_hours_en="Monday to Saturday, 10 am to 6 pm",
        shows_committees=True,
        office_hi="प्रदेश कार्यालय, जयपुर",
        office_en="State office, Jaipur",
        grievance_name="शिकायत अधिकारी, प्रदेश कार्यालय",
        grievance_phone="0141-000 0001",
        grievance_email="grievance@example.org",
        signs_hi="डेमो प्रभारी, प्रदेश सोशल मीडिया प्रभारी",
        signs_en="Demo In-charge, State Social Media In-charge",
        printer_line="प्रकाशक: प्रदेश सोशल मीडिया विभाग, जयपुर",
    )
    state = founding.found(by=None, now=now)
    grow(state, booths_in=booths_in, seed=seed, now=now)
    random = Random(seed)
    world = World(now=now, random=random, state=state, office=None, second=None)
    staff(world)
    return world


def grow(state, *, booths_in, seed, now):
    """Blocks, mandals and booths below the real assemblies, with their seats."""
    rows = [row for row in founding.default_units() if row.level == Level.ASSEMBLY]
    if booths_in is not None:
        inside = set(
            Unit.objects.filter(level=Level.ASSEMBLY, district__code__in=booths_in).values_list("code", flat=True)
        )
        rows = [row for row in rows if row.code in inside]
    tree.load(rows=generating.rows_below(rows, chance=Random(seed)), by=None, now=now)
    forming.make_seats_below(unit=state, by=None, now=now)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # so many new rows at once: without statistics PostgreSQL plans for a handful


def staff(world):
    """The people of the state office, each in a seat that carries their rights."""
    for role, count in OFFICE:
        chairs = (
            Seat.objects.filter(unit=world.state, post__role=role).select_related("post", "unit").order_by("number")
        )
        for chair, person in zip(chairs[:count], world.known(count), strict=True):
            appointment = seats.seat(person=person, seat=chair, by=None, now=world.now)
            seats.accept(appointment=appointment, now=world.now)
            world.signs_in[f"{chair.post.name} {chair.number}" if count > 1 else str(chair.post.name)] = person
    holders = User.objects.filter(person__appointments__seat__post__role=Role.STATE_OFFICE).order_by("pk")
    world.office, world.second = holders[:2]
