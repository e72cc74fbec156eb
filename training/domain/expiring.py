"""A certificate that ends is told of while there is time to renew it."""

from datetime import datetime, time, timedelta

from django.db.models import CharField, Exists, F, OuterRef, Q, Value
from django.db.models.functions import Cast, Concat
from django.utils import timezone, translation

from committees.days import day_of
from portal import dates, outbox
from portal.models import Notice
from training.domain import telling
from training.models import Enrolment
from training.moments import CERTIFICATE_ENDS

BEFORE, TEMPLATE = CERTIFICATE_ENDS.before, CERTIFICATE_ENDS.template
A_SWEEP = 500


def remind(*, now: datetime) -> int:
    """Promise one reminder to each whose certificate ends within ``BEFORE`` and who holds no later one of the series.

    Safe to run as often as you like. Returns to how many.
    """
    ending = Enrolment.objects.certified(now).filter(certificate__valid_until__lte=day_of(now) + BEFORE)
    fresh = ending.alias(key=_key()).exclude(Exists(Notice.objects.filter(key=OuterRef("key")))).exclude(_renewed())
    told = list(fresh.select_related("person", "workshop", "certificate").order_by("pk")[:A_SWEEP])
    outbox.queue(notice for enrolment in told if (notice := _notice(enrolment, now)))
    return len(told)


def _key() -> Concat:
    """As ``telling.notice`` writes it."""
    workshop, own = (Cast(F(name), CharField()) for name in ("workshop_id", "pk"))
    return Concat(Value(f"{TEMPLATE}:"), workshop, Value(":"), own, Value(":sms"))


def _renewed() -> Exists:
    later = Q(certificate__valid_until=None) | Q(certificate__valid_until__gt=OuterRef("certificate__valid_until"))
    same = Enrolment.objects.filter(person=OuterRef("person"), workshop__series=OuterRef("workshop__series"))
    return Exists(same.filter(later, certificate__isnull=False, certificate__revoked_at=None))


def _notice(enrolment: Enrolment, now: datetime) -> Notice | None:
    """With the last day in the person's language; useless when that day is over."""
    last = enrolment.certificate.valid_until if enrolment.certificate else None
    if last is None:
        return None
    over = datetime.combine(last + timedelta(days=1), time.min, timezone.get_default_timezone())
    notice = telling.notice(enrolment=enrolment, template=TEMPLATE, now=now, useful_until=over)
    with translation.override(enrolment.person.language):
        notice.context |= {"until": dates.short_date(last)}
    return notice
