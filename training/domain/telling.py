"""What people are told about workshops: each occasion has one key, one text, and a time after which it is useless."""

from datetime import datetime, timedelta

from portal import addresses, dates, personal
from portal.models import Notice
from training.models import Enrolment, Workshop

CERTIFICATE_FOR = timedelta(days=30)


def link(enrolment: Enrolment, name: str = "rsvp") -> str:
    """The address of the person's own page about this workshop, whole, in the person's language."""
    return addresses.whole(f"training:{name}", enrolment.link_key, language=enrolment.person.language)


def prefix(template: str, workshop: Workshop, enrolment: Enrolment | None = None) -> str:
    """How the keys begin of all that was promised with this template, to everyone or to one person."""
    return f"{template}:{workshop.pk}:{enrolment.pk}" if enrolment else f"{template}:{workshop.pk}"


def notice(*, enrolment: Enrolment, template: str, now: datetime, useful_until: datetime, occasion: str = "") -> Notice:
    """What an invited person is told; the calendar file is behind the link."""
    workshop = enrolment.workshop

    def words() -> dict[str, object]:
        return {
            "title": workshop.title,
            "when": f"{dates.short_date(workshop.starts_at)}, {dates.clock(workshop.starts_at)}",
            "place": workshop.place,
            "url": link(enrolment),
        }

    return personal.sms(
        enrolment.person,
        occasion=":".join(filter(None, [prefix(template, workshop, enrolment), occasion])),
        template=template,
        words=words,
        now=now,
        useful_until=useful_until,
    )
