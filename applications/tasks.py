"""Thin: read the clock, make one call. The work is in ``domain/``."""

from celery import shared_task
from django.utils import timezone

from applications.domain import appointing, reading_reminders, reminding


@shared_task
def remind(**kwargs):
    now = timezone.now()
    return reminding.remind(now=now) | reminding.remind_in_charges(now=now)


@shared_task
def note_appointed(**kwargs):
    return appointing.note_appointed(now=timezone.now())


@shared_task
def remind_readers(**kwargs):
    return reading_reminders.remind(now=timezone.now())
