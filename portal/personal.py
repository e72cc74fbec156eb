"""A promise to a person whom we know: by SMS, in the person's own language, in our name."""

from collections.abc import Callable, Mapping
from datetime import datetime

from django.utils import translation

from portal import organisation
from portal.bilingual import spoken
from portal.models import Notice, Person


def sms(
    person: Person,
    *,
    occasion: str,
    template: str,
    words: Callable[[], Mapping[str, object]],
    now: datetime,
    useful_until: datetime,
) -> Notice:
    """One notice of ``template``, due now, with an e-mail in its place should it fail.

    ``occasion`` is its key, to which the channel is added.

    ``words`` is called in the person's language, so that names of posts and units and days come in it.
    What the organisation and the person are called is told besides.
    """
    with translation.override(person.language):
        context = {
            "name": person.name,
            "organisation": spoken(organisation.current(), "name", person.language),
            **words(),
        }
    return Notice(
        key=f"{occasion}:sms",
        phone=person.phone,
        spare_email=person.email,
        language=person.language,
        template=template,
        context=context,
        due_at=now,
        useful_until=useful_until,
    )
