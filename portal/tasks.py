"""Thin: read the clock, make one call. The work is in ``portal.outbox``, ``portal.jobs`` and ``portal.pulses``."""

from celery import shared_task
from django.utils import timezone

from portal import jobs, outbox, pulses


@shared_task
def show_life(**kwargs):
    pulses.beat(name=pulses.CLOCK, now=timezone.now())


@shared_task
def send_due_notices(**kwargs):
    return outbox.send_due(now=timezone.now())


@shared_task
def mend_notices(**kwargs):
    return outbox.mend(now=timezone.now())


@shared_task
def hear(**kwargs):
    """The question of who looks after a worker; that it began is the answer (``portal.deliveries``)."""


@shared_task(time_limit=840)  # a job may take long; still below the broker's patience
def do_jobs(**kwargs):
    return jobs.do_due(now=timezone.now())
