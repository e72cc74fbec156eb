"""Applications and appointments by the hundred thousand, written in bulk."""

from datetime import timedelta
from functools import cache
from itertools import islice
from secrets import token_hex

from applications import consent
from applications.domain import consenting, submitting
from applications.models import Application
from committees.domain.seats import only_one_of
from committees.models import Appointment, Post, Unit
from portal import folding
from portal.demo import answers
from portal.models import Person

CHUNK = 5000
SAID_YES = 0.9
WOMEN = 0.4  # of those who sit; the names come in equal parts
SITTING = (0.35, 0.95)  # how full the committees of a district are: some districts are busy, some asleep
CAME_OVER = 180  # days over which they came to sit


def applications(world, drive, count):
    """``count`` applications to ``drive`` from all over the tree, most of them in the last days."""
    places = list(Unit.objects.filter(level="booth").only("pk")) or list(
        Unit.objects.filter(level="assembly").only("pk")
    )
    prompts = list(drive.prompts.all())
    made = iter(world.people(count))
    refs = iter(submitting.free_refs(count))
    words = consenting.text(version=consent.DEMO, language="hi", now=world.now)
    while some := list(islice(made, CHUNK)):
        rows = [_application(world, drive, person, next(refs), places, prompts, words) for person in some]
        consenting.record(applications=Application.objects.bulk_create(rows), now=world.now)


def _application(world, drive, made, ref, places, prompts, words):
    open_for = min(world.now, drive.closes_at) - drive.opens_at
    at = drive.opens_at + open_for * (1 - world.random.random() ** 2)  # the crowd comes late
    return Application(
        drive=drive,
        ref=ref,
        **submitting.columns(answers.for_steps(made, world.random.choice(places), prompts, world.random)),
        begun_at=at - timedelta(minutes=6),
        submitted_at=at,
        changed_at=at,
        consent_text=words,
        consent_at=at,
        link_key=token_hex(11),
    )


def sitting(world, seats, count):
    """People in ``count`` of the vacant ``seats``, appointed some time ago, without letters.

    Each district fills its own part of them, so that some places stand and some show their holes.
    """
    alone = {post.pk: only_one_of(post) for post in Post.objects.all()}
    chosen = iter(_chosen(world, seats, count))
    while some := list(islice(chosen, CHUNK)):
        people = Person.objects.bulk_create(_person(made, world) for made in world.people(len(some), women=WOMEN))
        Appointment.objects.bulk_create(
            _appointment(world, seat, post, person, alone) for (seat, post), person in zip(some, people, strict=True)
        )


def _chosen(world, seats, count):
    """(seat, post) of the seats to fill: by the luck of each district, in no order."""
    vacant = list(seats.vacant().order_by("pk").values_list("pk", "post_id", "unit__district_id")) if count else []
    luck = {district: world.random.uniform(*SITTING) for district in sorted({row[2] or 0 for row in vacant})}
    drawn = sorted(vacant, key=lambda row: world.random.random() / luck[row[2] or 0])
    return [(seat, post) for seat, post, _district in drawn[:count]]


def _appointment(world, seat, post, person, alone):
    since = person.created_at
    accepted = since + timedelta(days=world.random.randint(0, 5)) if world.random.random() < SAID_YES else None
    return Appointment(seat_id=seat, person=person, since=since, accepted_at=accepted, only_one=alone[post])


def _person(made, world):
    return Person(
        name=made.name,
        name_key=_name_key(made.name),
        phone=made.phone,
        gender=made.gender,
        birth_year=made.birth_year,
        created_at=world.now - timedelta(days=world.random.randint(6, CAME_OVER)),
        link_key=token_hex(11),  # the usual one is drawn letter by letter: a fifth of all the time
    )


_name_key = cache(folding.search_key)  # a few thousand names for all
