"""The first administrator, without whom nobody could let anyone in."""

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from committees.domain import founding, seats
from committees.levels import Role
from committees.models import Appointment, Unit
from portal import people, phones
from portal.accounts import opening


class Command(BaseCommand):
    help = """Seat an administrator, who may then log in with a code by SMS.

    On an empty installation the posts, districts and assemblies come first.
    Running it again for the same person changes nothing.
    """

    def add_arguments(self, parser):
        parser.add_argument("phone", metavar="PHONE", help="Mobile number, in any spelling.")
        parser.add_argument("name", metavar="NAME", help="Full name, in quotes.")

    @transaction.atomic
    def handle(self, *, phone, name, **options):
        now = timezone.now()
        if not name.strip():
            raise CommandError("Give the name too.")
        person = self._know(phone, name, now)
        state = Unit.objects.filter(level="state").first() or founding.found(by=None, now=now)
        holders = Appointment.objects.current(now).with_role(Role.ADMIN)
        if holders.filter(person=person).exists():
            self.stdout.write(f"{person.name} is an administrator already.")
            return
        self._seat(person, state, now)
        self.stdout.write(f"{person.name} is an administrator now: log in with a code, then set up the app with codes.")

    def _know(self, phone, name, now):
        try:
            return people.know(phone=phone, name=name, now=now)
        except phones.BadPhone:
            raise CommandError(f"{phone} is not a mobile number of 10 digits.") from None
        except people.AnotherName as known:
            raise CommandError(f"This number belongs to {known.person.name}.") from None

    def _seat(self, person, state, now):
        chair = state.seats.vacant(now).filter(post__role=Role.ADMIN).order_by("post__order", "number").first()
        if chair is None:
            raise CommandError(
                "All administrators' seats are taken. End an appointment first, or add seats to the post."
            )
        try:
            seats.seat(person=person, seat=chair, by=None, now=now)
        except seats.SeatTaken:
            raise CommandError("Someone was quicker at this seat. Run the command again.") from None
        except opening.PhoneTaken as taken:
            raise CommandError(f"With this number {taken.user} logs in already.") from None
