"""Thin: read the clock, make one call. The work is in ``domain/``."""

from celery import shared_task
from django.utils import timezone

from training.domain import certifying, expiring, inviting, reminding


@shared_task
def invite_and_remind(**kwargs):
    now = timezone.now()
    return inviting.invite_new_members(now=now) | reminding.remind(now=now)


@shared_task
def certify(**kwargs):
    now = timezone.now()
    return {"certified": certifying.issue_due(now=now), "ending": expiring.remind(now=now)}
