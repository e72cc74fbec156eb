"""What a person does about their own data: each a verb over the apps below."""

from datetime import datetime
from typing import Any

from django.db import models, transaction

from applications import steps
from applications.domain import consenting
from applications.models import Application, Consent, Draft
from applications.states import Status
from portal import audit, outbox, requests, sealing
from portal.me import erasing, items
from portal.me.holding import Holding
from portal.models import DataRequest, Nominee, Person
from portal.retention import TABLES

STEP_OF = {  # the step of the form that asks for a value; there an applicant changes it alone, as long as they may
    "name": "name",
    "phone": "contact",
    "unit": "area",
    "place_note": "area",
    "birth_year": "about",
    "gender": "about",
    "social_group": "about",
    "education": "about",
    "since": "work",
    "roles": "work",
    "work": "work",
    "links": "social",
    "followers": "social",
    "writing": "writing",
    "extra": "",
}
OF_PERSON = {"name": "name", "phone": "contact", "birth_year": "about", "gender": "about", "email": ""}


def withdraw(*, thing: models.Model, now: datetime) -> None:
    """Take consent back: of an application in any state, of a draft, of somebody who holds a post."""
    if isinstance(thing, Application):
        consenting.withdraw(application=thing, by=None, now=now)
    elif isinstance(thing, Draft):
        erasing.erase_draft(draft=thing, by=None, now=now)
    elif isinstance(thing, Person):
        set_messages(thing=thing, on=False, now=now)


@transaction.atomic
def set_messages(*, thing: models.Model, on: bool, now: datetime) -> None:
    """Later messages, yes or no."""
    if isinstance(thing, Application) and not (on and thing.consent_ended_at):
        consenting.set_messages(application=thing, on=on, by=None, now=now)
    elif isinstance(thing, Person):
        if on:
            outbox.break_silence(phone=thing.phone)
        else:
            outbox.silence(phone=thing.phone, now=now)
        audit.record("agreed to messages" if on else "took back consent to messages", thing, by=None, now=now)


def goes_at_once(thing: models.Model) -> bool:
    """Nothing was decided: no second look of the office is needed."""
    if isinstance(thing, Application):
        return thing.status in {Status.SUBMITTED, Status.WITHDRAWN} and not thing.interviews.exists()
    return isinstance(thing, Draft)


def erase(*, thing: models.Model, language: str, now: datetime) -> DataRequest | None:
    """Erase at once what nothing was decided about; else a request for two persons of the office.

    Consent ends at once either way: until they have looked, the data lies still.
    """
    with transaction.atomic():
        if isinstance(thing, Draft):
            erasing.erase_draft(draft=thing, by=None, now=now)
            return None
        at_once, phone = goes_at_once(thing), str(getattr(thing, "phone", ""))
        if isinstance(thing, Application):
            consenting.withdraw(application=thing, by=None, now=now)
            if at_once:
                until = sealing.a_year_after(now)
                erasing.erase_application(application=thing, destroy_on=until, by=None, now=now)
                return None
        return requests.ask(kind="erase", thing=thing, phone=phone, language=language, now=now)


def ask(*, thing: models.Model, language: str, now: datetime, **matter: str) -> DataRequest:
    """A correction or a complaint. ``matter`` is what ``requests.ask`` takes."""
    return requests.ask(thing=thing, phone=str(getattr(thing, "phone", "")), language=language, now=now, **matter)


@transaction.atomic
def nominate(*, thing: models.Model, name: str, phone: str, now: datetime) -> None:
    """Put this nominee in place of a former one."""
    values = {"name": name, "phone": phone, "named_at": now}
    Nominee.objects.update_or_create(thing=requests.name_of(thing), defaults=values)
    audit.record("named a nominee", thing, by=None, now=now)


def consents(thing: models.Model) -> dict[str, Any]:
    """What was agreed to, and whether it stands."""
    if isinstance(thing, Application):
        given = list(thing.consents.select_related("text").order_by("given_at", "pk"))
        return {"consents": given, "ended": thing.consent_ended_at, "hears": thing.wants_messages}
    if isinstance(thing, Person):
        return {"consents": [], "ended": None, "hears": not outbox.is_silenced(thing.phone)}
    return {"consents": [], "ended": None, "hears": False}


def changeable(thing: models.Model, now: datetime) -> dict[str, str]:
    """Field → step of the form, for what the applicant may change without asking."""
    if not isinstance(thing, Application) or thing.consent_ended_at:
        return {}
    open_steps = steps.changeable(thing.status, before_deadline=now < thing.drive.closes_at)
    return {f"applications.application.{name}": step for name, step in STEP_OF.items() if step in open_steps}


def can_be_corrected(thing: models.Model, name: str) -> bool:
    """Can the office write another value there (``applications.application.name``)?

    What was made from it, judged or decided is not a value of the person's: they complain about it.
    """
    table, _dot, field = name.rpartition(".")
    fields = {Application: STEP_OF, Person: OF_PERSON}.get(type(thing), {})
    return thing._meta.label_lower == table and field in fields


def everything(mine: Holding, now: datetime) -> dict[str, Any]:
    """All that is held, for machines: the lines of the page with their raw values, and what was done with them."""
    asked = ("number", "kind", "status", "asked_at", "due_on", "old", "new", "words", "answer")
    return {
        "made_at": now.isoformat(),
        "items": [_line(item) for item in items.items(mine)],
        "rows": [
            {"table": row._meta.label_lower, "values": {name: _raw(getattr(row, name)) for name in _personal(row)}}
            for _thing, row in mine.rows()
        ],
        "consents": [_consent(given) for row in mine.applications for given in row.consents.select_related("text")],
        "looked": [{"at": _iso(look.at), "role": look.role, "what": look.what} for look in items.looks(mine, now)],
        "messages": [
            {"at": _iso(one.sent_at), "channel": one.channel, "template": one.template, "values": one.context}
            for one in mine.messages()
        ],
        "requests": list(mine.requests().values(*asked)),
    }


def _line(item: items.Item) -> dict[str, Any]:
    dates = {"since": _iso(item.since), "until": _iso(item.until)}
    return {"item": item.label, "value": item.value, "why": item.why, "who": item.who, **dates}


def _consent(given: Consent) -> dict[str, Any]:
    times = {"given_at": _iso(given.given_at), "withdrawn_at": _iso(given.withdrawn_at)}
    return {"purpose": given.purpose, "notice": given.text.version, "digest": given.text.digest, **times}


def _personal(row: models.Model) -> list[str]:
    """What is decided in pencil is not decided, and not yet anybody's data."""
    rules = TABLES[row._meta.label_lower]
    return [name for name in f"{rules.personal} {rules.sensitive}".split() if not name.startswith("pencilled")]


def _raw(value: Any) -> Any:
    if isinstance(value, bytes | memoryview):
        return {"bytes": len(bytes(value))}
    return value


def _iso(when: Any) -> str | None:
    return when.isoformat() if when else None
