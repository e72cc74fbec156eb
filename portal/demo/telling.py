"""Tells the whole story at one of three scales, and who may look at it."""

from datetime import timedelta

from django.conf import settings
from django.db import connection, transaction

from applications.models import Application, Draft, Drive
from committees.domain import tallying
from committees.models import Appointment, Seat, Unit
from interviews.models import Interview, ScoreSheet
from portal import phones
from portal.demo import bulk, small, sunday, workshop, world
from portal.models import Notice, Person
from portal.models.notices import NoticeStatus
from training.models import Enrolment

SCALES = {"small": (0, 0), "state": (2_500, 0), "full": (200_000, 300_000)}  # applications and filled seats, in bulk
WEEKS = 8  # gone by, of which the committees are counted
COUNTED = [Unit, Seat, Person, Appointment, Drive, Draft, Application, Interview, ScoreSheet, Enrolment, Notice]


class NotEmpty(Exception):
    """There are people in this database already."""


@transaction.atomic
def tell(*, scale, seed, now):
    """Make the demo; all of it or nothing. Raises ``NotEmpty``."""
    refuse_real_people()
    crowd, sitting = SCALES[scale]
    told = world.begin(now=now, seed=seed, booths_in=None if crowd else world.HOMES)
    drive = small.open_drive(told)
    sunday.tell(told, small.closed_drive(told))
    small.districts(told)
    workshop.tell(told)
    bulk.applications(told, drive, crowd)
    bulk.sitting(told, Seat.objects.of_committee(), sitting)
    forget_the_messages()
    count(told)
    return told


def count(told):
    """The committees as they were week after week, and as they are: the pages of the tree begin with numbers."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    for weeks in range(WEEKS, -1, -1):
        tallying.count_all(now=told.now - timedelta(weeks=weeks))


def refuse_real_people():
    """A demo never mixes with real consents, nor with an earlier demo."""
    for model in (Person, Application):
        if model.objects.exists():
            raise NotEmpty(model._meta.verbose_name_plural)


def forget_the_messages():
    """The past is told in one go; nobody is to be flooded with its messages now."""
    Notice.objects.filter(status=NoticeStatus.QUEUED).update(status=NoticeStatus.CANCELLED)


def counts():
    """How many of each kind there are."""
    return {model._meta.model_name: model.objects.count() for model in COUNTED}


def sign_ins(told):
    """What a newcomer needs to walk around, as text for the terminal."""
    lines = ["", "Sign in with a mobile number; the demo shows the six-digit code on the page:", ""]
    lines += [f"  {phones.grouped(person.phone)}   {role}: {person.name}" for role, person in told.signs_in.items()]
    lines += ["", "Apply here (as a poster's QR code does):", ""]
    open_now = Drive.objects.open(told.now)
    lines += [f"  {settings.SITE_URL}/q/{drive.links.first().code}   {drive.title_hi}" for drive in open_now]
    return "\n".join(lines)
