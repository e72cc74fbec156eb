"""The usual series, and two batches of the first: one goes on today, one lies ahead."""

from datetime import timedelta

from portal.models import Person
from training.domain import attending, inviting, planning, teaching
from training.domain.sessions import Part
from training.models import Enrolment, Series

TITLES = [("फ़ोन से वीडियो और पोस्टर", "ब"), ("सुरक्षित खाता और सही समय", "ब")]  # what is taught in which room


def tell(world):
    """At the state office, for those who sit on district level; half of those who said yes have come today."""
    teaching.begin_usual(by=world.office, now=world.now - timedelta(days=9))
    today = world.now.replace(minute=0, second=0, microsecond=0) - timedelta(hours=1)
    ahead = (world.now + timedelta(days=6)).replace(hour=11, minute=0, second=0, microsecond=0)
    first, second = [_plan(world, starts, seats) for starts, seats in ((today, 12), (ahead, 20))]
    inviting.invite_new_members(now=today - timedelta(hours=20))
    for enrolment in Enrolment.objects.filter(workshop__in=[first, second]).order_by("pk")[:24]:
        coming = world.random.random() < 0.8
        inviting.answer(enrolment=enrolment, coming=coming, now=today - timedelta(hours=8))
    trainer = first.trainers.first().user
    session = first.sessions.get(number=1)
    for enrolment in first.enrolments.coming().select_related("workshop").order_by("pk")[:5]:
        attending.mark(enrolment=enrolment, session=session, by=trainer, now=world.now)


def _plan(world, starts, seats):
    hours = timedelta(hours=2)
    parts = [
        Part(starts + number * hours, starts + (number + 1) * hours, title_hi=title, room=room)
        for number, (title, room) in enumerate(TITLES)
    ]
    series = Series.objects.get(slug="tools")
    return planning.plan(
        unit=world.state,
        level="district",
        series=series,
        title_hi=series.title_hi,
        title_en=series.title_en,
        parts=parts,
        place_hi="प्रदेश कार्यालय, जयपुर",
        place_en="State office, Jaipur",
        capacity=seats,
        invites_from=starts - timedelta(days=8),
        trainers=list(Person.objects.filter(appointments__seat__post__code="trainer")),
        by=world.office,
        now=world.now - timedelta(days=2),
    )
