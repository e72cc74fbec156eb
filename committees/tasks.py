"""Thin: read the clock, make one call. The work is in ``committees.domain``."""

from celery import shared_task
from django.utils import timezone

from committees.domain import reminding, tallying


@shared_task
def remind(**kwargs):
    return reminding.remind(now=timezone.now())


@shared_task
def count(**kwargs):
    return tallying.count_due(now=timezone.now())
