"""Thin: read the clock, make one call. The work is in ``committees.domain``."""

from celery import shared_task
from django.utils import timezone

from committees.domain import escalating, foretelling, reminding, tallying
from committees.domain.relaying import carrying, counting
from committees.domain.relaying import reminding as asking


@shared_task
def remind(**kwargs):
    now = timezone.now()
    return reminding.remind(now=now) | foretelling.remind(now=now) | escalating.remind(now=now)


@shared_task
def count(**kwargs):
    return tallying.count_due(now=timezone.now())


@shared_task
def carry_messages(**kwargs):
    return carrying.carry(now=timezone.now())


@shared_task
def watch_messages(**kwargs):
    now = timezone.now()
    return {**asking.remind(now=now), "counted": counting.count_due(now=now)}
