"""The door through which a provider tells what became of our messages.

Whoever knows one of ``SMS_RECEIPT_KEYS`` may say so: each call is signed over
its time and its body (HMAC-SHA256), and refused when it is older than five
minutes. What is told twice changes nothing, so a call that was overheard can
only be repeated in vain.
"""

import hashlib
import hmac
from datetime import datetime, timedelta
from typing import Annotated, Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Router, Schema
from pydantic import Field, ValidationError

from portal import outbox, programs

AT, SIGNATURE = "X-Srijan-Time", "X-Srijan-Signature"
LATEST = timedelta(minutes=5)  # the clocks of two servers, and a slow line
BIGGEST = 64 * 1024  # bytes
MOST = 1000  # receipts of one call
JSON = {"header": "Content-Type: application/json"}
SIGNED = [
    {"in": "header", "name": AT, "required": True, "schema": {"type": "string"}, "description": "Seconds since 1970."},
    {
        "in": "header",
        "name": SIGNATURE,
        "required": True,
        "schema": {"type": "string"},
        "description": "Hexadecimal HMAC-SHA256 over the time, a full stop and the body; several with commas between.",
    },
]
# PostgreSQL takes no text with a null byte, and no reference or reason has a line of its own.
Line = Annotated[str, Field(pattern=r"^[^\x00-\x1f]*$")]

router = Router(tags=["receipts"])


class Receipt(Schema):
    """What became of one message. ``reference`` is the id that the provider gave when it took it."""

    reference: Annotated[Line, Field(min_length=1, max_length=120)]
    delivered: bool
    why: Annotated[Line, Field(max_length=300)] = ""


class Receipts(Schema):
    """At most a thousand, in 64 KB."""

    receipts: Annotated[list[Receipt], Field(max_length=MOST)]


class Taken(Schema):
    """How many were of messages that we know, and how many were not."""

    known: int
    unknown: int


ANSWERS = {200: Taken, **dict.fromkeys((400, 401, 404, 413, 429), programs.Problem)}
LIST = {"type": "array", "maxItems": MOST, "items": Receipt.json_schema()}
WHOLE = {"type": "object", "required": ["receipts"], "properties": {"receipts": LIST}}
BODY = {"required": True, "content": {"application/json": {"schema": WHOLE}}}


@router.post(
    "/sms/", url_name="receipts-sms", response=ANSWERS, openapi_extra={"requestBody": BODY, "parameters": SIGNED}
)
def sms(request: HttpRequest) -> Any:
    """What became of SMS: delivered or not, and why. Signed by the provider, safe to repeat."""
    now = timezone.now()
    refused = _untimely(request, now) or _unfit(request) or _unsigned(request)
    if refused:
        return refused
    try:
        told = Receipts.model_validate_json(request.body)
    except ValidationError as problem:
        return programs.problem(400, "unreadable", _("These values are not as they should be."), fields=wrong(problem))
    known = sum(
        outbox.receive(reference=one.reference, delivered=one.delivered, why=one.why, now=now) for one in told.receipts
    )
    return {"known": known, "unknown": len(told.receipts) - known}


def sign(*, body: bytes, at: datetime, key: str) -> dict[str, str]:
    """The two headers of a call, as a provider writes them."""
    moment = str(int(at.timestamp()))
    return {AT: moment, SIGNATURE: _signature(key, moment, body)}


def wrong(problem: ValidationError) -> dict[str, str]:
    """Where in what was sent, and what is wrong there; the first hundred."""
    return {".".join(map(str, each["loc"])): each["msg"] for each in problem.errors(include_url=False)[:100]}


def _untimely(request: HttpRequest, now: datetime) -> HttpResponse | None:
    """Why the time of this call is not believed; nothing when it is."""
    moment = request.headers.get(AT, "")
    if not (moment.isascii() and moment.isdecimal() and len(moment) <= 12):
        return programs.problem(401, "unsigned", _("The header %(name)s lacks the time in seconds.") % {"name": AT})
    if abs(now.timestamp() - int(moment)) > LATEST.total_seconds():
        return programs.problem(401, "old", _("This call was signed more than five minutes ago. Sign it anew."))
    return None


def _unfit(request: HttpRequest) -> HttpResponse | None:
    """What is too large or no JSON is not read."""
    size = request.META.get("CONTENT_LENGTH") or "0"
    if size.isdecimal() and int(size) > BIGGEST:
        return programs.refused(413)
    if request.content_type != "application/json":
        return programs.problem(400, "unreadable", _("Send JSON, and say so: %(header)s.") % JSON)
    return None


def _unsigned(request: HttpRequest) -> HttpResponse | None:
    """Why nobody we agreed with has signed this; nothing when somebody has."""
    said = [one.strip().lower().encode() for one in request.headers.get(SIGNATURE, "").split(",")][:4]
    ours = [_signature(key, request.headers[AT], request.body).encode() for key in settings.SMS_RECEIPT_KEYS]
    right = [hmac.compare_digest(one, own) for one in said for own in ours]  # each, whichever is the right one
    if any(right):
        return None
    told = _("The signature in %(name)s is not right: it is made over time, full stop and body with the agreed key.")
    return programs.problem(401, "unsigned", told % {"name": SIGNATURE})


def _signature(key: str, moment: str, body: bytes) -> str:
    return hmac.new(key.encode(), f"{moment}.".encode() + body, hashlib.sha256).hexdigest()
