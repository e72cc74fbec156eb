"""Thin: read the clock, make one call. The work is in ``domain/``."""

from celery import shared_task
from django.utils import timezone

from interviews.domain import offering, reminding


@shared_task
def remind(**kwargs):
    return reminding.remind(now=timezone.now())


@shared_task
def keep_offers(**kwargs):
    return offering.sweep(now=timezone.now())
