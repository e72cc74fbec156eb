"""Thin: read the clock, make one call."""

from celery import shared_task
from django.utils import timezone

from portal.me import expiry, officer


@shared_task
def erase_what_is_due(**kwargs):
    return expiry.erase_due(now=timezone.now())


@shared_task
def remind_the_officer(**kwargs):
    return officer.remind(now=timezone.now())
