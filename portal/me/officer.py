"""The officer is reminded before a request is late; when it is, the whole state office hears of it."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from committees.levels import Role
from committees.models import Appointment
from portal import codes, dates, organisation, outbox, phones, requests
from portal.models import DataRequest, Notice
from portal.models.notices import Channel
from portal.moments import REQUEST_DUE, REQUEST_LATE

LATE_AGAIN = timedelta(days=7)  # and each week until it is answered


def remind(*, now: datetime) -> dict[str, int]:
    """Promise what is due now. Safe to run as often as you like: the key lets each promise in once."""
    today = timezone.localdate(now)
    if not REQUEST_DUE.hour_has_come(now):
        return {"due": 0, "late": 0}
    soon = list(requests.waiting().filter(due_on__gte=today, due_on__lte=today + REQUEST_DUE.before))
    late = list(requests.overdue(now))
    outbox.queue([notice for request in soon for notice in _to_officer(request, REQUEST_DUE.template, now)])
    for request in late:
        weeks = (today - request.due_on) // LATE_AGAIN
        outbox.queue([*_to_officer(request, REQUEST_LATE.template, now, weeks), *_to_office(request, now, weeks)])
    return {"due": len(soon), "late": len(late)}


def _to_officer(request: DataRequest, template: str, now: datetime, again: int = 0) -> Iterator[Notice]:
    """By SMS, with an e-mail in its place should it fail; by e-mail alone where the officer has a landline."""
    ours = organisation.current()
    key = f"{outbox.ANSWERS}{request.number}:{template}:{again}"
    try:
        number = phones.normalise(ours.grievance_phone)
    except phones.BadPhone:  # a landline
        if ours.grievance_email:
            yield _notice(request, template, now, key=f"{key}:email", channel=Channel.EMAIL, email=ours.grievance_email)
        return
    yield _notice(request, template, now, key=f"{key}:sms", phone=number, spare_email=ours.grievance_email)


def _to_office(request: DataRequest, now: datetime, again: int) -> Iterator[Notice]:
    """Escalation: everyone who holds the state office."""
    for holder in Appointment.objects.current().with_role(Role.STATE_OFFICE).select_related("person"):
        key = f"{outbox.ANSWERS}{request.number}:late:{holder.person_id}:{again}"
        yield _notice(request, REQUEST_LATE.template, now, key=key, phone=holder.person.phone)


def _notice(request: DataRequest, template: str, now: datetime, **where: str) -> Notice:
    values = {
        "organisation": organisation.current().name_hi,
        "number": codes.pretty(request.number),
        "day": dates.short_date(request.due_on, "hi"),
        "url": f"{settings.SITE_URL}{reverse('me:requests')}",
    }
    return Notice(template=template, context=values, due_at=now, **where)
