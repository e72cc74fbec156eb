"""The office settles a request: what was asked for is done in the same transaction as the answer."""

from datetime import datetime
from typing import Any

from django.apps import apps
from django.db import models, transaction
from django.utils.translation import gettext as _

from applications.domain import changing
from applications.models import Application
from portal import people, requests, sealing
from portal.me import asking, erasing
from portal.models import DataRequest, Person, User
from portal.models.privacy import RequestKind, RequestStatus


class StillStands(Exception):
    """The person holds an office: it ends first, then the rest can go."""


class CannotCorrect(Exception):
    """There is no such value any more, or none was given."""


class NumberTaken(Exception):
    """The number asked for is somebody else's."""


@transaction.atomic
def answer(
    *,
    request: DataRequest,
    status: str,
    answer: str,
    values: dict[str, Any] | None = None,
    by: User,
    now: datetime,
) -> None:
    """Answer, and do what was asked when the answer is yes.

    ``values`` are the columns that a correction writes, as ``corrections.ValueForm``
    gives them. Raises what ``requests.close`` raises, ``StillStands``, ``CannotCorrect``,
    ``NumberTaken`` or ``changing.TooYoung``; then nothing has changed.
    """
    if status == RequestStatus.DONE and request.kind == RequestKind.ERASE:
        _must_be_second(request, by)
        _erase(request, by, now)
    elif status == RequestStatus.DONE and request.kind == RequestKind.CORRECT:
        _correct(request, values, by, now)
    requests.close(request=request, status=status, answer=answer, by=by, now=now)
    if status == RequestStatus.DONE and request.kind == RequestKind.ERASE:
        rest = {"phone": "", "old": "", "new": "", "words": ""}
        DataRequest.objects.filter(pk=request.pk).update(**rest)


def thing_of(request: DataRequest) -> models.Model | None:
    """The row that a request is about, if it is there."""
    label, _colon, pk = request.thing.partition(":")
    return apps.get_model(label)._base_manager.filter(pk=pk).first()


def _must_be_second(request: DataRequest, by: User) -> None:
    fresh = DataRequest.objects.get(pk=request.pk)
    if fresh.first_by_id is None:
        raise requests.NeedsSecond(request.number)
    if fresh.first_by_id == by.pk:
        raise requests.SamePerson(request.number)


def _erase(request: DataRequest, by: User, now: datetime) -> None:
    thing = thing_of(request)
    how = {"destroy_on": sealing.a_year_after(now), "by": by, "now": now, "request": request}
    if isinstance(thing, Application):
        erasing.erase_application(application=thing, **how)
    elif isinstance(thing, Person):
        if erasing.stands(thing):
            raise StillStands(_("This person holds a post or has an application. End or erase that first."))
        erasing.erase_person(person=thing, **how)


def _correct(request: DataRequest, values: dict[str, Any] | None, by: User, now: datetime) -> None:
    """Write the checked value; the log keeps the name of the field."""
    thing = thing_of(request)
    if thing is None or not values or not asking.can_be_corrected(thing, request.field):
        raise CannotCorrect(request.field)
    try:
        if isinstance(thing, Application):
            changing.correct(application=thing, values=values, by=by, now=now)
        elif isinstance(thing, Person) and "phone" in values:
            people.renumber(person=thing, phone=values["phone"], by=by, now=now)
        elif isinstance(thing, Person):
            facts = {fact: value for fact, value in values.items() if fact in people.CHANGEABLE}
            people.change(person=thing, **facts, by=by, now=now)
    except (changing.PhoneTaken, people.NumberTaken):
        raise NumberTaken(request.number) from None
