"""What becomes of a proposal is told to whoever made it."""

from datetime import datetime, timedelta

from committees.models import Proposal
from committees.models.formation import Purpose
from portal import addresses, outbox, personal

TELL_FOR = timedelta(days=7)


def tell_maker(*, proposal: Proposal, template: str, now: datetime) -> None:
    """Promise the maker one SMS of ``template``, with the way to the proposal."""
    person = proposal.made_by.person
    page = ("committees:incharges",) if proposal.purpose == Purpose.INCHARGES else ("committees:proposal", proposal.pk)
    address = addresses.whole(*map(str, page), language=person.language)
    notice = personal.sms(
        person,
        occasion=f"{template}:{proposal.pk}:{proposal.version}",
        template=template,
        words=lambda: {"unit": proposal.unit.title, "url": address},
        now=now,
        useful_until=now + TELL_FOR,
    )
    outbox.queue([notice])
