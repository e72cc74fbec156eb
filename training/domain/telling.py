"""What people are told about workshops: each occasion has one key, one text, and a time after which it is useless."""

from datetime import datetime, timedelta

from django.utils import translation

from portal import addresses, dates, organisation
from portal.bilingual import spoken
from portal.models import Notice
from training.models import Enrolment, Workshop

CERTIFICATE_FOR = timedelta(days=30)


def link(enrolment: Enrolment, name: str = "rsvp") -> str:
    """The address of the person's own page about this workshop, whole, in the person's language."""
    return addresses.whole(f"training:{name}", enrolment.link_key, language=enrolment.person.language)


def prefix(template: str, workshop: Workshop, enrolment: Enrolment | None = None) -> str:
    """How the keys begin of all that was promised with this template, to everyone or to one person."""
    return f"{template}:{workshop.pk}:{enrolment.pk}" if enrolment else f"{template}:{workshop.pk}"


def notices(
    *, enrolment: Enrolment, template: str, now: datetime, useful_until: datetime, occasion: str = ""
) -> list[Notice]:
    """One SMS, and an e-mail in its place should it fail; the calendar file is behind the link in both."""
    person = enrolment.person
    key = ":".join(filter(None, [prefix(template, enrolment.workshop, enrolment), occasion]))
    sms = Notice(
        key=f"{key}:sms",
        phone=person.phone,
        spare_email=person.email,
        language=person.language,
        template=template,
        context=_values(enrolment),
        due_at=now,
        useful_until=useful_until,
    )
    return [sms]


def _values(enrolment: Enrolment) -> dict[str, str]:
    workshop, language = enrolment.workshop, enrolment.person.language
    with translation.override(language):
        ours = organisation.current()
        return {
            "organisation": spoken(ours, "name", language),
            "name": enrolment.person.name,
            "title": workshop.title,
            "when": f"{dates.short_date(workshop.starts_at)}, {dates.clock(workshop.starts_at)}",
            "place": workshop.place,
            "url": link(enrolment),
        }
