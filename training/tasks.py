"""Thin: read the clock, make one call. The work is in ``domain/``."""

from celery import shared_task
from django.utils import timezone

from training.domain import inviting, reminding


@shared_task
def invite_and_remind(**kwargs):
    now = timezone.now()
    return inviting.invite_new_members(now=now) | reminding.remind(now=now)
