"""Thin: read the clock, make one call. The work is in ``portal.outbox``."""

from celery import shared_task
from django.utils import timezone

from portal import outbox


@shared_task
def send_due_notices(**kwargs):
    return outbox.send_due(now=timezone.now())
