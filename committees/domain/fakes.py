"""What the public tells of a paper that says something else than we do, and what the office found."""

from datetime import datetime

from django.db import transaction

from committees.models import FakeReport
from portal import audit
from portal.models import User


class SeenBefore(Exception):
    """Somebody else has looked at this report."""


@transaction.atomic
def report(*, code: str, words: str, phone: str, now: datetime) -> FakeReport:
    """Keep what somebody says about a paper. ``code`` is as it was typed: a forger's need not be one of ours."""
    told = FakeReport.objects.create(code=code, words=words, phone=phone, at=now)
    audit.record("reported a fake", told, by=None, now=now)
    return told


@transaction.atomic
def settle(*, report: FakeReport, finding: str, by: User, now: datetime) -> None:
    """Write down what was found, once. Raises ``SeenBefore``."""
    unseen = FakeReport.objects.filter(pk=report.pk, seen_at=None)
    if not unseen.update(finding=finding, seen_by=by, seen_at=now):
        raise SeenBefore(report.code)
    report.finding, report.seen_by, report.seen_at = finding, by, now
    audit.record("looked at a report of a fake", report, by=by, now=now)
