"""The office settles a request: what was asked for is done in the same transaction as the answer."""

from datetime import datetime

from django.apps import apps
from django.db import models, transaction
from django.utils.translation import gettext as _

from applications.models import Application
from portal import audit, folding, names, phones, requests, sealing
from portal.me import erasing
from portal.models import DataRequest, Person, User
from portal.models.privacy import RequestKind, RequestStatus

TEXTS = {"name", "place_note", "education", "roles", "work", "writing", "email"}


class StillStands(Exception):
    """The person holds an office: it ends first, then the rest can go."""


class CannotCorrect(Exception):
    """The value asked for does not fit into its field."""


@transaction.atomic
def answer(*, request: DataRequest, status: str, answer: str, by: User, now: datetime) -> None:
    """Answer, and do what was asked when the answer is yes.

    Raises what ``requests.close`` raises, ``StillStands`` or ``CannotCorrect``;
    then nothing has changed.
    """
    if status == RequestStatus.DONE and request.kind == RequestKind.ERASE:
        _must_be_second(request, by)
        _erase(request, by, now)
    elif status == RequestStatus.DONE and request.kind == RequestKind.CORRECT:
        _correct(request, by, now)
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


def _correct(request: DataRequest, by: User, now: datetime) -> None:
    """Write the new value where it is a plain text, a year or a number; the log keeps the name of the field."""
    thing = thing_of(request)
    table, _dot, field = request.field.rpartition(".")
    if thing is None or thing._meta.label_lower != table:
        return  # another row of theirs: the answer says what was done
    value: str | int
    try:
        if field in TEXTS:
            value = thing._meta.get_field(field).clean(names.clean(request.new), thing)
        elif field == "birth_year":
            value = int(request.new)
        elif field == "phone":
            value = phones.normalise(request.new)
        else:
            return
    except Exception as problem:
        raise CannotCorrect(field) from problem
    values = {field: value} | ({"name_key": folding.search_key(str(value))[:240]} if field == "name" else {})
    type(thing)._base_manager.filter(pk=thing.pk).update(**values)
    audit.record("corrected on request", thing, by=by, now=now, field=field)
