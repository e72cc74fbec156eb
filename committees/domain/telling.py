"""What becomes of a proposal is told to whoever made it."""

from datetime import datetime, timedelta

from django.utils import translation

from committees.models import Proposal
from committees.models.formation import Purpose
from portal import addresses, organisation, outbox
from portal.bilingual import spoken
from portal.models import Notice

TELL_FOR = timedelta(days=7)


def tell_maker(*, proposal: Proposal, template: str, now: datetime) -> None:
    """Promise the maker one SMS of ``template``, with the way to the proposal."""
    person = proposal.made_by.person
    page = ("committees:incharges",) if proposal.purpose == Purpose.INCHARGES else ("committees:proposal", proposal.pk)
    with translation.override(person.language):
        context = {
            "name": person.name,
            "unit": proposal.unit.title,
            "organisation": spoken(organisation.current(), "name", person.language),
            "url": addresses.whole(*map(str, page), language=person.language),
        }
    notice = Notice(
        key=f"{template}:{proposal.pk}:{proposal.version}:sms",
        phone=person.phone,
        language=person.language,
        template=template,
        context=context,
        due_at=now,
        useful_until=now + TELL_FOR,
    )
    outbox.queue([notice])
