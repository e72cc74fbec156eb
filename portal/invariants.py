"""What must always be true, beyond what the database itself refuses.

Each rule is a sentence and the rows that break it: there must be none. An app
keeps its rules in ``<app>/invariants.py``; the ground floor's stand below.
"""

from collections.abc import Callable, Iterable
from importlib import import_module
from importlib.util import find_spec
from typing import NamedTuple

from django.apps import apps
from django.db.models import DateField, F, Q, QuerySet
from django.db.models.functions import Cast

from portal.models import BreakGlass, DataRequest, Document, Job, Notice, Person, PhoneCode, User
from portal.models.notices import Channel, NoticeStatus
from portal.models.privacy import RequestStatus

SHOWN = 10  # keys of rows that are told
Rows = Callable[[], QuerySet]
RULES: dict[str, tuple[str, Rows]] = {}


class Violation(NamedTuple):
    """A sentence that is not true, how often, and the keys of a few of the rows."""

    name: str
    sentence: str
    rows: int
    some: list[int]


def always(sentence: str) -> Callable[[Rows], Rows]:
    """Make a function a rule: it gives the rows that break the sentence."""

    def keep(rows: Rows) -> Rows:
        RULES[f"{rows.__module__.split('.')[0]}.{rows.__name__}"] = (sentence, rows)
        return rows

    return keep


def rules() -> dict[str, tuple[str, Rows]]:
    """The rules of every app, by name."""
    for app in apps.get_app_configs():
        if find_spec(f"{app.name}.invariants"):
            import_module(f"{app.name}.invariants")
    return RULES


def check() -> tuple[int, list[Violation]]:
    """How many rules there are, and which are broken."""
    every_one = rules()
    return len(every_one), list(_broken(every_one))


def _broken(every_one: dict[str, tuple[str, Rows]]) -> Iterable[Violation]:
    for name, (sentence, rows) in every_one.items():
        some = list(rows().order_by("pk").values_list("pk", flat=True)[:SHOWN])
        if some:
            yield Violation(name, sentence, rows().count(), some)


# --- the ground floor --------------------------------------------------------------------------


@always("What was sent has the time of sending, what was delivered also that of delivery.")
def notices_sent_at_no_time() -> QuerySet:
    gone = Q(status__in=[NoticeStatus.SENT, NoticeStatus.DELIVERED], sent_at=None)
    return Notice.objects.filter(gone | Q(status=NoticeStatus.DELIVERED, delivered_at=None))


@always("An e-mail stands in the place of one SMS to the same number.")
def notices_in_the_place_of_nothing() -> QuerySet:
    fits = Q(channel=Channel.EMAIL, instead_of__channel=Channel.SMS, instead_of__phone=F("phone"))
    return Notice.objects.filter(instead_of__isnull=False).exclude(fits)


@always("What the parts of an SMS cost is known.")
def notices_without_a_price() -> QuerySet:
    return Notice.objects.filter(parts__isnull=False, cost=None)


@always("What waits to be sent has not been sent.")
def notices_that_wait_and_were_sent() -> QuerySet:
    return Notice.objects.filter(status=NoticeStatus.QUEUED, sent_at__isnull=False)


@always("What is being sent was taken in hand.")
def notices_in_nobodys_hand() -> QuerySet:
    return Notice.objects.filter(status=NoticeStatus.SENDING, claimed_at=None)


@always("What waits to be sent by SMS has a number, by e-mail an address.")
def notices_without_a_way() -> QuerySet:
    nowhere = Q(channel=Channel.SMS, phone="") | Q(channel=Channel.EMAIL, email="")
    return Notice.objects.filter(nowhere, status=NoticeStatus.QUEUED)


@always("A paper is cancelled after it was issued.")
def documents_cancelled_before_issued() -> QuerySet:
    return Document.objects.filter(revoked_at__lt=F("issued_at"))


@always("A paper is valid when it is issued.")
def documents_over_when_issued() -> QuerySet:
    return Document.objects.filter(valid_until__lt=Cast("issued_at", DateField()))


@always("A paper that was replaced is cancelled.")
def documents_replaced_and_valid() -> QuerySet:
    return Document.objects.filter(replaced_by__isnull=False, revoked_at=None)


@always("A paper is replaced by one of the same person and kind.")
def documents_replaced_by_anothers() -> QuerySet:
    same = Q(replaced_by__person=F("person"), replaced_by__kind=F("kind"))
    return Document.objects.filter(replaced_by__isnull=False).exclude(same)


@always("Whoever signs in does so with the number the office knows.")
def users_with_another_number() -> QuerySet:
    return User.objects.exclude(phone=F("person__phone")).filter(person__erased_at=None)


@always("Whoever was erased does not sign in.")
def users_of_the_erased() -> QuerySet:
    return User.objects.filter(is_active=True, person__erased_at__isnull=False)


@always("Every person can be found by the name.")
def people_without_a_key() -> QuerySet:
    return Person.objects.filter(name_key="", erased_at=None).exclude(name="")


@always("A code is used after it was sent.")
def codes_used_before_sent() -> QuerySet:
    return PhoneCode.objects.filter(used_at__lt=F("sent_at"))


@always("A job that needs a second person is done when one has agreed.")
def jobs_done_alone() -> QuerySet:
    return Job.objects.filter(needs_second=True, agreed_at=None, finished_at__isnull=False, error="")


@always("A job is finished after it was asked for.")
def jobs_finished_too_early() -> QuerySet:
    return Job.objects.filter(finished_at__lt=F("asked_at"))


@always("A request about one's data that is closed has an answer's time, an open one has none.")
def requests_closed_at_no_time() -> QuerySet:
    is_open = Q(status__in=[RequestStatus.OPEN, RequestStatus.AGREED])
    return DataRequest.objects.filter(is_open & Q(answered_at__isnull=False) | ~is_open & Q(answered_at=None))


@always("A request about one's data is answered after it was asked.")
def requests_answered_too_early() -> QuerySet:
    return DataRequest.objects.filter(answered_at__lt=F("asked_at"))


@always("An emergency begins when a second person has agreed and ends after that.")
def emergencies_without_agreement() -> QuerySet:
    return BreakGlass.objects.filter(
        Q(until__isnull=False, agreed_at=None) | Q(ended_at__lt=F("agreed_at")) | Q(until__lt=F("agreed_at"))
    )
