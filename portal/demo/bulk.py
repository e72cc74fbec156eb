"""Applications and appointments by the hundred thousand, written in bulk."""

from datetime import timedelta
from itertools import islice

from applications import consent
from applications.domain import consenting
from applications.domain.submitting import REF_SIGNS, columns
from applications.models import Application
from committees.models import Appointment, Seat, Unit
from portal import codes, folding
from portal.demo import answers
from portal.models import Person

CHUNK = 2000


def applications(world, drive, count):
    """``count`` applications to ``drive`` from all over the tree, most of them in the last days."""
    places = list(Unit.objects.filter(level="booth").only("pk")) or list(
        Unit.objects.filter(level="assembly").only("pk")
    )
    prompts = list(drive.prompts.all())
    made = iter(world.people(count))
    words = consenting.text(version=consent.DEMO, language="hi", now=world.now)
    while some := list(islice(made, CHUNK)):
        rows = [_application(world, drive, person, places, prompts, words) for person in some]
        consenting.record(applications=Application.objects.bulk_create(rows), now=world.now)


def _application(world, drive, made, places, prompts, words):
    open_for = min(world.now, drive.closes_at) - drive.opens_at
    at = drive.opens_at + open_for * (1 - world.random.random() ** 2)  # the crowd comes late
    return Application(
        drive=drive,
        ref=codes.new(REF_SIGNS),
        **columns(answers.for_steps(made, world.random.choice(places), prompts, world.random)),
        begun_at=at - timedelta(minutes=6),
        submitted_at=at,
        changed_at=at,
        consent_text=words,
        consent_at=at,
    )


def sitting(world, seats, count):
    """People in the first ``count`` vacant seats of ``seats``, appointed some time ago, without letters."""
    since = world.now - timedelta(days=60)
    vacant = iter(Seat.objects.filter(pk__in=seats.vacant().values("pk")).only("pk").order_by("pk")[:count])
    while some := list(islice(vacant, CHUNK)):
        people = Person.objects.bulk_create(_person(made, since) for made in world.people(len(some)))
        Appointment.objects.bulk_create(
            Appointment(seat=seat, person=person, since=since, accepted_at=since)
            for seat, person in zip(some, people, strict=True)
        )


def _person(made, since):
    return Person(
        name=made.name,
        name_key=folding.search_key(made.name),
        phone=made.phone,
        gender=made.gender,
        birth_year=made.birth_year,
        created_at=since,
    )
