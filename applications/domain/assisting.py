"""An application written down for somebody else: it counts only with the code on that person's own phone."""

import secrets
from datetime import datetime

from applications.domain import submitting
from applications.domain.submitting import Closed, Incomplete
from applications.models import Application, Draft
from committees import access
from committees.access import Right
from committees.models import Unit
from portal.accounts import phone_codes
from portal.models import User

__all__ = ["Closed", "Incomplete", "OutOfReach", "OwnNumber", "WrongCode", "ask", "must_be_theirs", "submit"]


class OutOfReach(Exception):
    """The place is outside the area of whoever writes it down."""


class OwnNumber(Exception):
    """The number is that of the helper, who cannot say yes for somebody else."""


class WrongCode(Exception):
    """The code of the person's phone does not fit, or is too old."""


def must_be_theirs(*, draft: Draft, by: User) -> None:
    """Raises ``OwnNumber`` or ``OutOfReach``."""
    if draft.phone in {by.phone, by.person.phone}:
        raise OwnNumber(str(draft.pk))
    unit = Unit.objects.filter(pk=draft.answers.get("area", {}).get("unit")).first()
    if unit and not access.may(by, Right.REVIEW, unit):
        raise OutOfReach(unit.code)


def ask(*, draft: Draft, by: User, now: datetime) -> str:
    """Send the code to the person's phone; gives the secret under which it is good.

    Raises ``Closed``, ``Incomplete``, ``OwnNumber``, ``OutOfReach`` or ``throttle.TooMany``.
    """
    draft = submitting.fresh(draft)
    submitting.must_be_ready(draft=draft, now=now)
    must_be_theirs(draft=draft, by=by)
    secret = secrets.token_urlsafe(24)
    phone_codes.ask(phone=draft.phone, session=_bound(secret, draft), now=now)
    return secret


def submit(
    *,
    draft: Draft,
    secret: str,
    code: str,
    consent_version: str,
    wants_messages: bool,
    by: User,
    now: datetime,
    read_in: str = "",
) -> Application:
    """Hand in what was written down, once the person has given the code.

    Not one transaction: a wrong code must count as a try even though nothing
    is handed in. Raises ``Closed``, ``Incomplete``, ``OwnNumber``,
    ``OutOfReach``, ``WrongCode`` or ``submitting.AlreadyApplied``.
    """
    draft = submitting.fresh(draft)
    if draft.submitted_as:
        return draft.submitted_as
    submitting.must_be_ready(draft=draft, now=now)
    must_be_theirs(draft=draft, by=by)
    if not phone_codes.check(phone=draft.phone, session=_bound(secret, draft), code=code, now=now):
        raise WrongCode(str(draft.pk))
    return submitting.submit(
        draft=draft, consent_version=consent_version, wants_messages=wants_messages, read_in=read_in, now=now
    )


def _bound(secret: str, draft: Draft) -> str:
    """The code is good for one draft alone."""
    return f"{secret}:{draft.pk}"
