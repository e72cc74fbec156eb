"""Thin: read the clock, make one call. The work is in ``committees.domain.reminding``."""

from celery import shared_task
from django.utils import timezone

from committees.domain import reminding


@shared_task
def remind(**kwargs):
    return reminding.remind(now=timezone.now())
