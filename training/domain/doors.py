"""The code on the screen at the door: another one each minute, so that a photo of it is soon worth nothing."""

from datetime import datetime

from django.utils.crypto import constant_time_compare, salted_hmac

from training.models import Session, Workshop

MINUTE = 60  # seconds for which one code is shown; it is good for as long again
LONG = 16  # signs of 4 bits each


class Worn(Exception):
    """The code is older than two minutes, or was never one of ours."""


def code(*, session: Session, now: datetime) -> str:
    """What the screen shows at this minute: the session's number and a proof of the minute."""
    return f"{session.number}-{_proof(session, _minute(now))}"


def session_by(*, workshop: Workshop, code: str, now: datetime) -> Session:
    """The session at whose door this code is shown in this minute, or was in the last. Raises ``Worn``."""
    number, _dash, proof = code.partition("-")
    for session in workshop.sessions.all():
        fresh = (_proof(session, minute) for minute in (_minute(now), _minute(now) - 1))
        if str(session.number) == number and any(constant_time_compare(proof, one) for one in fresh):
            session.workshop = workshop
            return session
    raise Worn(workshop.slug)


def _minute(now: datetime) -> int:
    return int(now.timestamp() // MINUTE)


def _proof(session: Session, minute: int) -> str:
    signed = salted_hmac("training.door", f"{session.pk}:{minute}", secret=session.door_key, algorithm="sha256")
    return signed.hexdigest()[:LONG]
