"""Whose data a visitor may see: proved by a code or a link for half an hour, by a sign-in, or held by this device.

A device that opens the page of an application opens the data of the same application too.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import models
from django.db.models import Exists, OuterRef
from django.http import HttpRequest

from applications.models import Application, Attachment, Draft, Merge, Reading, ReadingMark
from applications.states import Status
from applications.views import device
from committees.models import Appointment, Ending, Nomination, Relay, ThreadLine, Visit, VisitPhoto
from interviews.models import Decision, Interview, Promotion, Score, ScoreSheet, TimeRequest
from portal import requests
from portal.models import DataRequest, Document, Nominee, Notice, Person, User
from portal.models.notices import NoticeStatus
from training.models import Feedback, QuizTry

GOOD_FOR = timedelta(minutes=30)
KEY = "me"
UNTOLD = [NoticeStatus.FAILED, NoticeStatus.UNKNOWN]
UNDERWAY = [NoticeStatus.QUEUED, NoticeStatus.SENDING, NoticeStatus.SENT, NoticeStatus.DELIVERED]
KINDS = ["applications", "drafts", "people"]
DECIDED = {Status.SELECTED, Status.NOT_SELECTED, Status.WAITING, Status.APPOINTED}


@dataclass
class Holding:
    """The rows a proof reaches. ``alone`` is off for one member of a family on a shared phone.

    ``ends`` says that the proof is good for ``GOOD_FOR`` only.
    """

    applications: list[Application] = field(default_factory=list)
    drafts: list[Draft] = field(default_factory=list)
    people: list[Person] = field(default_factory=list)
    phone: str = ""
    alone: bool = True
    ends: bool = False

    def __bool__(self) -> bool:
        return bool(self.applications or self.drafts or self.people)

    def joined(self, other: "Holding") -> "Holding":
        """Both together, each row once."""
        return Holding(
            *(list(dict.fromkeys([*getattr(self, kind), *getattr(other, kind)])) for kind in KINDS),
            self.phone or other.phone,
            alone=self.alone and other.alone,
            ends=self.ends,
        )

    def things(self) -> list[models.Model]:
        """What a request can be about."""
        return [*self.applications, *self.drafts, *self.people]

    def rows(self) -> Iterator[tuple[models.Model, models.Model]]:
        """(thing, row): each row with personal values that hangs on one of the things."""
        for application in self.applications:
            yield from ((application, row) for row in _of_application(application))
        for draft in self.drafts:
            yield draft, draft
            yield from ((draft, row) for row in [draft.photo, *draft.attachments.all()] if row)
        for person in self.people:
            yield from ((person, row) for row in _of_person(person))
        for nominee in Nominee.objects.filter(thing__in=map(requests.name_of, self.things())):
            thing = next(one for one in self.things() if requests.name_of(one) == nominee.thing)
            yield thing, nominee

    def requests(self) -> models.QuerySet[DataRequest]:
        return DataRequest.objects.filter(thing__in=map(requests.name_of, self.things())).order_by("-asked_at", "-pk")

    def messages(self) -> list[Notice]:
        """What was sent to the number, newest first; on a shared phone what names this person."""
        sent = Notice.objects.filter(phone=self.phone, sent_at__isnull=False).order_by("-sent_at", "-pk")[:200]
        return self._own(sent)

    def untold(self) -> list[Notice]:
        """What could not be told in any way, newest first: here it is, as the last way of all."""
        told = Notice.objects.filter(instead_of=OuterRef("pk"), status__in=UNDERWAY)
        failed = Notice.objects.filter(phone=self.phone, status__in=UNTOLD).exclude(template="code")
        return self._own(failed.filter(~Exists(told), instead_of=None).order_by("-due_at", "-pk")[:20])

    def _own(self, notices: Iterable[Notice]) -> list[Notice]:
        names = {one.name for one in [*self.applications, *self.people]}
        return [one for one in notices if self.alone or one.context.get("name") in names]


def of_phone(phone: str) -> Holding:
    """All that stands under a number, a family's too: the phone is in their hands."""
    applications = _applications().filter(phone=phone)
    drafts = Draft.objects.unfinished().filter(phone=phone).select_related("drive", "photo")
    people = Person.objects.filter(phone=phone, erased_at=None)
    return Holding(list(applications), list(drafts), list(people), phone)


def of_application(application: Application) -> Holding:
    """What a personal link opens: one application, and the person it became."""
    return _of_applications([application])


def of_user(user: User) -> Holding:
    """What a signed-in colleague sees: their own."""
    own = _applications().filter(person=user.person)
    drafts = Draft.objects.unfinished().filter(phone=user.phone).select_related("drive", "photo")
    return Holding(list(own), list(drafts), [user.person], user.phone, alone=False)


def remember(request: HttpRequest, *, phone: str = "", ref: str = "", now: datetime) -> None:
    """Keep the proof in the session. Only keys of rows stand there, never the number."""
    found = of_phone(phone) if phone else of_application(_applications().get(ref=ref))
    request.session[KEY] = {
        "until": (now + GOOD_FOR).timestamp(),
        "applications": [row.pk for row in found.applications],
        "drafts": [row.pk for row in found.drafts],
        "people": [row.pk for row in found.people],
        "alone": found.alone,
    }


def current(request: HttpRequest, now: datetime) -> Holding | None:
    """What this browser proved or holds, as it is now; ``None`` for a stranger."""
    proved = _proved(request, now)
    if proved is None and request.user.is_authenticated:
        proved = of_user(request.user)
    here = _of_applications(list(_applications().filter(link_key__in=device.keys(request, device.OWN))))
    return proved.joined(here) if proved else here or proved


def _proved(request: HttpRequest, now: datetime) -> Holding | None:
    state = request.session.get(KEY)
    if state is None or state["until"] < now.timestamp():
        request.session.pop(KEY, None)
        return None
    applications = list(_applications().filter(pk__in=state["applications"]))
    drafts = list(Draft.objects.unfinished().filter(pk__in=state["drafts"]).select_related("drive", "photo"))
    people = list(Person.objects.filter(pk__in=state["people"], erased_at=None))
    phone = next((row.phone for row in [*applications, *drafts, *people]), "")
    return Holding(applications, drafts, people, phone, state["alone"], ends=True)


def _of_applications(rows: list[Application]) -> Holding:
    people = [row.person for row in rows if row.person_id]
    numbers = [row.phone for row in rows]
    shared = Application.objects.filter(phone__in=numbers, erased_at=None).exclude(pk__in=[row.pk for row in rows])
    is_shared = bool(rows) and (len(set(numbers)) > 1 or shared.exists())
    return Holding(rows, [], list(dict.fromkeys(people)), next(iter(numbers), ""), alone=not is_shared)


def _applications() -> models.QuerySet[Application]:
    rows = Application.objects.filter(erased_at=None).select_related("drive__unit", "unit__district", "photo", "person")
    return rows.select_related("consent_text").order_by("-submitted_at", "-pk")


def _of_application(application: Application) -> Iterator[models.Model]:
    yield application
    if application.photo:
        yield application.photo
    yield from Attachment.objects.filter(application=application)
    yield from Merge.objects.filter(kept=application)
    interviews = Interview.objects.filter(application=application)
    yield from interviews
    yield from TimeRequest.objects.filter(interview__in=interviews)
    if application.status in DECIDED:
        yield from Reading.objects.filter(application=application)
        yield from ReadingMark.objects.filter(reading__application=application).select_related("criterion")
        yield from ScoreSheet.objects.filter(interview__in=interviews)
        yield from Score.objects.filter(sheet__interview__in=interviews).select_related("criterion")
        yield from Decision.objects.filter(interview__in=interviews)
        yield from Promotion.objects.filter(decision__interview__in=interviews)


def _of_person(person: Person) -> Iterator[models.Model]:
    yield person
    yield from User.objects.filter(person=person)
    yield from Appointment.objects.filter(person=person).select_related("seat__post", "seat__unit")
    yield from Document.objects.filter(person=person)
    yield from of_office(person)


def of_office(person: Person) -> Iterator[models.Model]:
    """What was proposed, asked and written around this person's posts."""
    yield from Nomination.objects.filter(person=person)
    yield from Ending.objects.filter(appointment__person=person)
    yield from Visit.objects.filter(person=person)
    yield from VisitPhoto.objects.filter(visit__person=person)
    yield from ThreadLine.objects.filter(by__person=person)
    yield from Relay.objects.filter(person=person)
    yield from Feedback.objects.filter(enrolment__person=person)
    yield from QuizTry.objects.filter(enrolment__person=person)
