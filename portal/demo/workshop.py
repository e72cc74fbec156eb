"""A workshop that lies ahead, with its invitations and the first answers."""

from datetime import timedelta

from portal.models import Person
from training.domain import inviting, planning
from training.models import Enrolment


def tell(world):
    """Six days ahead, at the state office, for those who sit on district level."""
    starts = (world.now + timedelta(days=6)).replace(hour=10, minute=30, second=0, microsecond=0)
    planning.plan(
        unit=world.state,
        level="district",
        title_hi="सोशल मीडिया के नए साधन और डिजिटल रणनीति",
        title_en="New social media tools and digital strategy",
        starts_at=starts,
        ends_at=starts + timedelta(hours=6),
        place_hi="प्रदेश कार्यालय, जयपुर",
        place_en="State office, Jaipur",
        capacity=20,
        invites_from=world.now - timedelta(days=1),
        trainers=list(Person.objects.filter(appointments__seat__post__code="trainer")),
        by=world.office,
        now=world.now - timedelta(days=2),
    )
    inviting.invite_new_members(now=world.now - timedelta(hours=20))
    for enrolment in Enrolment.objects.order_by("pk")[:16]:
        coming = world.random.random() < 0.8
        inviting.answer(enrolment=enrolment, coming=coming, now=world.now - timedelta(hours=8))
