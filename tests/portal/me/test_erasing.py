"""A marker in every personal field of all that hangs on a person: after erasing it is nowhere but in the box."""

from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.core.cache import cache
from django.db import connection, models

from applications.domain import drafting, photos
from applications.models import (
    Application,
    Attachment,
    Draft,
    Merge,
    Photo,
    Question,
    Reading,
    ReadingMark,
    SavedFilter,
)
from applications.states import Status
from committees.levels import Role
from committees.models import (
    Appointment,
    Broadcast,
    Ending,
    Nomination,
    Post,
    Proposal,
    Relay,
    Seat,
    Thread,
    Visit,
    VisitPhoto,
)
from interviews.models import Conflict, ConflictLift, Decision, Interview, Promotion, Score, ScoreSheet, TimeRequest
from portal import outbox, people, requests, sealing
from portal.accounts import opening
from portal.me import erasing, expiry
from portal.models import Job, JobPart, Nominee, Notice, PhoneCode, Sealed
from portal.retention import TABLES
from tests.emptying import triggers_asleep
from tests.factories import sunday
from tests.factories.desk import a_colleague, an_application
from tests.factories.form import handed_in, phone, picture
from tests.factories.training import make_workshop
from training.models import Enrolment, Feedback, QuizTry

MARK = "Zarqa-7Q"
PHONE = "+919000077777"
NOT_OF_PEOPLE = {"portal.organisation", "applications.importbatch"}  # the office's own; a file before it is taken in


def everything_of(drive, places, now):
    """One applicant with everything that can hang on one; each personal field bears the mark."""
    office = a_colleague(places.state, Role.STATE_OFFICE, now)
    application = handed_in(drive, places.booth, now)
    drafting.attach_photo(draft=handed_draft(drive, now), picture=photos.remake(picture()), now=now)
    photo = Draft.objects.get(submitted_as=None).photo
    Application.objects.filter(pk=application.pk).update(photo=photo, status=Status.SHORTLISTED)
    twin = an_application(drive, places.booth, now, number=9, status=Status.MERGED, merged_into=application)
    day = sunday.a_day(drive, places.state, now)
    application.refresh_from_db()
    interview = sunday.interviewed(day, application, now)
    judge, other = sunday.judges_of(interview.panel)
    sunday.handed_in(interview, judge, marks=(3, 3, 3, 3, None), note=MARK)
    Conflict.objects.create(application=application, person=other, reason=MARK, declared_at=now)
    by = {"proposed_by": office, "proposed_at": now}
    decision = Decision.objects.create(interview=interview, outcome="WAITING", reason="rank", words=MARK, **by)
    Promotion.objects.create(decision=decision, reason="rank", words=MARK, **by)
    TimeRequest.objects.create(interview=interview, note=MARK, why=MARK, asked_at=now)
    ConflictLift.objects.create(
        application=application, person=other, reason=MARK, why=MARK, asked_by=office, asked_at=now
    )
    reading = Reading.objects.create(application=application, reader=office, given_at=now, note=MARK)
    ReadingMark.objects.create(reading=reading, criterion=drive.criteria.first(), mark=3)
    Merge.objects.create(kept=application, folded=twin, asked_by=office, asked_at=now, before={"work": MARK})
    question = Question.objects.create(drive=drive, order=1, kind="file", label_hi="फ़ाइल")
    kept = {"name": MARK, "media_type": "text/plain", "content": MARK.encode(), "made_at": now}
    Attachment.objects.create(question=question, application=application, **kept)
    person = people.know(phone=PHONE, name=MARK, email=f"{MARK}@example.org", birth_year=1990, now=now)
    end = {"since": now - timedelta(days=9), "until": now, "ended_because": MARK}
    post = Post.objects.create(code="m", level="booth", name_hi="सदस्य", name_en="Member", role=Role.MEMBER)
    seat = Seat.objects.create(unit=places.booth, post=post)
    in_office(person, Appointment.objects.create(person=person, seat=seat, **end), office, now)
    outbox.queue([Notice(key="x", phone=PHONE, email=MARK, template="x", context={"name": MARK}, due_at=now)])
    PhoneCode.objects.create(phone=PHONE, session="s", digest="d", sent_at=now)
    SavedFilter.objects.create(owner=office, name="ढूँढें", query=f"q={MARK}", made_at=now)
    job = Job.objects.create(kind="x", title="x", settings={"q": MARK}, asked_by=office, asked_at=now, finished_at=now)
    JobPart.objects.create(job=job, number=1, content=MARK.encode())
    return application, office


def in_office(person, appointment, office, now):
    """What is written around somebody's post."""
    unit, seat = appointment.seat.unit, appointment.seat
    proposal = Proposal.objects.create(unit=unit, made_by=office, made_at=now)
    words = {"note": MARK, "reasons": [MARK], "returned_because": MARK, "no_because": MARK}
    Nomination.objects.create(proposal=proposal, seat=seat, person=person, by=office, made_at=now, **words)
    Ending.objects.create(appointment=appointment, kind="removed", reason=MARK, reply=MARK, asked_at=now)
    seen = Visit.objects.create(
        key="v", unit=unit, person=person, on=now.date(), place="पलसाना", note=MARK, made_at=now
    )
    taken = {"image": MARK.encode(), "small": MARK.encode(), "width": 1, "height": 1, "made_at": now}
    VisitPhoto.objects.create(visit=seen, **taken)
    user = opening.open_for(person=person, now=now)
    thread = Thread.objects.create(unit=unit, asked_by=user, asked_at=now, seen_at=now)
    thread.lines.create(key="t", by=user, from_office=False, words=MARK, made_at=now)
    times = {"goes_at": now, "valid_until": now + timedelta(days=1), "made_at": now}
    message = Broadcast.objects.create(number=1, unit=unit, made_by=office, **times)
    to = {"person": person, "appointment": appointment, "unit": unit, "level": unit.level}
    Relay.objects.create(broadcast=message, code="K7Q2", told_at=now, reply=MARK, **to)
    enrolment = Enrolment.objects.create(workshop=make_workshop(unit, now), person=person, invited_at=now)
    Feedback.objects.create(enrolment=enrolment, content=1, teaching=2, place=3, words=MARK, at=now)
    QuizTry.objects.create(enrolment=enrolment, number=1, answers={"1": 2}, score=60, at=now)


def handed_draft(drive, now):
    return drafting.begin(drive=drive, link=None, first_link=None, language="hi", now=now)


def plant(application):
    """The mark in every text that retention calls personal or sensitive, of the rows that bear none yet."""
    twins = [application.pk, *application.merged.values_list("pk", flat=True)]
    then = application.submitted_at
    asked = requests.ask(kind="complaint", thing=application, phone=PHONE, language="hi", words=MARK, now=then)
    Nominee.objects.create(thing=requests.name_of(application), name=MARK, phone=PHONE, named_at=then)
    rows = {
        "applications.application": Application.objects.filter(pk__in=twins),
        "applications.draft": Draft.objects.all(),
        "applications.photo": Photo.objects.all(),
        "interviews.interview": Interview.objects.all(),
        "interviews.score": Score.objects.exclude(why_none=""),
        "portal.datarequest": type(asked).objects.filter(pk=asked.pk),
    }
    with triggers_asleep():
        for table, found in rows.items():
            for row in found:
                found.model._base_manager.filter(pk=row.pk).update(**marks(row, table))


def marks(row, table):
    """The mark, in the shape of each field that takes one."""
    given = {}
    for name in f"{TABLES[table].personal} {TABLES[table].sensitive}".split():
        field = row._meta.get_field(name)
        if name == "phone":
            given[name] = PHONE if row._meta.model_name != "application" or not row.merged_into_id else row.phone
        elif isinstance(field, models.BinaryField):
            given[name] = MARK.encode()
        elif isinstance(field, models.JSONField):
            given[name] = {"1": MARK} if field.default is dict else [{"url": MARK}]
        elif isinstance(field, models.CharField | models.TextField) and not field.choices:
            given[name] = MARK[: field.max_length]
    return given


def places_of(*needles):
    """table.column of each value in the database, entry of the cache and file that holds one of these."""
    found = set()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            columns = [column[0] for column in cursor.description]
            for row in cursor.fetchall():
                for column, value in zip(columns, row, strict=True):
                    raw = isinstance(value, bytes | memoryview)
                    text = bytes(value).decode(errors="replace") if raw else str(value)
                    found |= {f"{table}.{column}" for needle in needles if needle in text}
    kept = getattr(cache, "_cache", {})
    found |= {f"cache.{key}" for key, value in kept.items() for needle in needles if needle in f"{key}{value}"}
    return found | files_of(*needles)


def files_of(*needles):
    """Files below the folders that the installation writes to, which hold one of these in name or content."""
    held = [
        (path, f"{path.name} {path.read_bytes().decode(errors='replace')}")
        for folder in (settings.MEDIA_ROOT, settings.SMS_FILE_DIR)
        for path in sorted(Path(folder).rglob("*"))
        if path.is_file()
    ]
    return {f"file {path.name}" for path, text in held for needle in needles if needle in text}


def test_erasing_reaches_everything(drive, places, now, settings):
    application, office = everything_of(drive, places, now)
    plant(application)
    planted = {name.split(".")[0] for name in places_of(MARK)}
    texts = {table.replace(".", "_") for table, rules in TABLES.items() if rules.personal or rules.sensitive}
    application.refresh_from_db()

    erasing.erase_application(
        application=application, destroy_on=sealing.a_year_after(now), by=office, now=now + timedelta(hours=1)
    )

    assert planted >= {"applications_application", "applications_draft", "interviews_scoresheet", "portal_notice"}
    assert texts - planted - WITHOUT_A_TEXT == set()
    assert places_of(MARK, PHONE, PHONE[3:]) == set()
    assert [model.objects.count() for model in (Photo, Attachment, Draft, JobPart, VisitPhoto)] == [0] * 5
    assert any(MARK in str(sealing.opened(box)) for box in Sealed.objects.all())
    marks_left = Score.objects.filter(mark=3).count(), ScoreSheet.objects.get().note
    assert marks_left == (4, "")

    expiry.erase_due(now=now + timedelta(days=367))
    assert Sealed.objects.count() == 0


def written_down(number, now):
    """A message to somebody, which became a file."""
    context = {"organisation": "संगठन", "code": MARK}
    outbox.queue([Notice(key=f"n{number}", phone=phone(number), template="code", context=context, due_at=now)])
    outbox.send_due(now=now)


def test_messages_that_became_files_go_with_the_person(drive, places, now, settings, tmp_path):
    settings.SMS_FILE_DIR, settings.CHANNELS = tmp_path, {"sms": "portal.channels.files.FileSMS"}
    application = handed_in(drive, places.booth, now)
    for number in (0, 1):
        written_down(number, now)
    before = files_of(phone(0)), files_of(phone(1))

    erasing.erase_application(application=application, destroy_on=sealing.a_year_after(now), by=None, now=now)

    assert [len(found) for found in before] == [2, 1]  # the receipt, too
    assert (files_of(phone(0)), files_of(phone(1))) == (set(), before[1])
    expiry.erase_due(now=now + timedelta(days=367))
    assert files_of(MARK) == set()


WITHOUT_A_TEXT = {  # numbers, choices, other people's, or planted below by its own row
    "portal_user", "portal_phonecode", "portal_organisation", "portal_document", "applications_importbatch",
    "applications_readingmark", "committees_fakereport", "training_quiztry",
}  # fmt: skip
