"""Consent is proved by its words; taken back, nothing more is done with the data, in whatever state it is."""

import json
from hashlib import sha256

import pytest
from django.db import DatabaseError, transaction

from applications import consent, funnel
from applications.domain import appointing, consenting, drafting, reviewing, withdrawing
from applications.models import Application, ConsentText, Draft
from applications.states import Status
from committees.access import Right, narrow
from committees.levels import Role
from committees.models import Post, Seat
from interviews.domain import ranking
from portal import outbox
from portal.models import Event, Notice
from tests.factories import sunday
from tests.factories.desk import a_colleague, an_application
from tests.factories.form import handed_in


def waiting():
    """What will still be sent, but for the calls of panel members: those are nobody's applications."""
    return list(
        Notice.objects.filter(status="QUEUED").exclude(template="panel_call").values_list("template", flat=True)
    )


def on_lists(user):
    return narrow(Application.objects.all(), user=user, right=Right.REVIEW).count()


def test_the_words_are_kept_once_in_each_language_with_their_digest(places, drive, now):
    texts = [consenting.text(version=consent.version(), language=each, now=now) for each in ("hi", "en", "hi")]

    assert ConsentText.objects.count() == 2
    assert texts[0] == texts[2]
    assert texts[0].body["items"][0][0] == "नाम और मोबाइल नंबर"
    assert texts[1].body["items"][0][0] == "Name and mobile number"
    words = json.dumps(texts[1].body, ensure_ascii=False, sort_keys=True).encode()
    assert texts[1].digest == sha256(words).hexdigest()


@pytest.mark.django_db
@pytest.mark.parametrize("way", ["update", "delete"])
def test_the_database_lets_nobody_change_what_was_shown(now, way):
    text = consenting.text(version=consent.version(), language="hi", now=now)
    rows = ConsentText.objects.filter(pk=text.pk)

    with pytest.raises(DatabaseError), transaction.atomic():
        rows.update(body={}) if way == "update" else rows._raw_delete(rows.db)

    assert ConsentText.objects.get() == text


@pytest.mark.parametrize("status", [Status.SUBMITTED, Status.SHORTLISTED, Status.WAITING, Status.NOT_SELECTED])
def test_withdrawn_consent_leaves_no_message_no_row_and_no_draft(places, drive, now, status):
    office = a_colleague(places.state, Role.STATE_OFFICE, now)
    application = handed_in(drive, places.booth, now)
    if status != Status.SUBMITTED:
        reviewing.move_one(application=application, to=status, by=office, now=now, reason="जगह नहीं")
    application.refresh_from_db()
    before = (on_lists(office), bool(waiting()))

    consenting.withdraw(application=application, by=None, now=now)

    assert (before, on_lists(office), waiting()) == ((1, True), 0, [])
    assert (application.status, application.consent_ended_at) == (Status.WITHDRAWN, now)
    assert list(application.consents.values_list("withdrawn_at", flat=True)) == [now]
    assert Draft.objects.count() == 0
    assert Event.objects.filter(verb="took back consent").count() == 1


def counted(drive, office):
    """The funnel by place, the desk and the export: each by its own query."""
    whole = funnel.total(funnel.table(drive=drive, area=drive.unit, user=office, by="unit"))
    rows = narrow(Application.objects.all(), user=office, right=Right.REVIEW)
    return whole.submitted, whole.shortlisted, rows.count(), rows.filter(status=Status.SHORTLISTED).count()


def recounted(drive):
    """The same, counted row by row over everything that is stored."""
    rows = [row for row in Application.objects.filter(drive=drive) if not row.consent_ended_at]
    short = [row for row in rows if row.status == Status.SHORTLISTED]
    return len(rows), len(short), len(rows), len(short)


def test_counts_agree_with_a_recount_before_and_after_consent_ends(places, drive, now):
    office = a_colleague(places.state, Role.STATE_OFFICE, now)
    statuses = [Status.SUBMITTED, Status.SHORTLISTED, Status.SHORTLISTED, Status.SUBMITTED]
    rows = [an_application(drive, places.booth, now, at, status=status) for at, status in enumerate(statuses)]
    seen = [(counted(drive, office), recounted(drive))]

    for row in rows[1:]:
        consenting.withdraw(application=row, by=None, now=now)
        seen.append((counted(drive, office), recounted(drive)))

    assert [found for found, _recount in seen] == [recount for _found, recount in seen]
    assert [found[:2] for found, _recount in seen] == [(4, 2), (3, 1), (2, 0), (1, 0)]


def test_with_a_time_and_with_marks_nothing_more_is_done_either(places, drive, now):
    day = sunday.a_day(drive, places.state, now)
    told = sunday.called(day, sunday.shortlisted(drive, places.booth, now, 0), now)
    scored = sunday.interviewed(day, sunday.shortlisted(drive, places.danta, now, 1), now)
    sunday.handed_in(scored, sunday.judges_of(day.panels.get())[0], (5, 5, 5, 5, 4), "साफ़ बोले", now)
    office = a_colleague(places.state, Role.STATE_OFFICE, now)
    assert (on_lists(office), len(ranking.rank(day).rows)) == (2, 1)

    for interview in (told, scored):
        consenting.withdraw(application=interview.application, by=None, now=now)

    assert (on_lists(office), waiting(), ranking.rank(day).rows) == (0, [], [])
    assert {row.status for row in Application.objects.all()} == {Status.WITHDRAWN}


def test_who_was_appointed_keeps_the_seat_and_hears_nothing_more(places, drive, now):
    office = a_colleague(places.state, Role.STATE_OFFICE, now)
    application = an_application(drive, places.booth, now, status=Status.SELECTED)
    post = Post.objects.create(code="m", level="booth", name_hi="सदस्य", name_en="Member", role=Role.MEMBER)
    seat = Seat.objects.create(unit=places.booth, post=post)
    appointment = appointing.appoint(application=application, seat=seat, by=office, now=now)
    assert waiting() == ["appointed"]

    consenting.withdraw(application=application, by=None, now=now)
    outbox.queue([Notice(key="x", phone=application.phone, template="workshop_2d", due_at=now)])

    appointment.refresh_from_db()
    assert (application.status, appointment.until, waiting()) == (Status.APPOINTED, None, [])
    assert on_lists(office) == 0


def test_the_family_on_the_same_phone_goes_on(places, drive, now):
    mother = an_application(drive, places.booth, now, name="सुनीता मीणा")
    son = an_application(drive, places.booth, now, name="रमेश मीणा", share=1)
    for one in (mother, son):
        values = {"phone": one.phone, "template": "call", "context": {"name": one.name}, "due_at": now}
        outbox.queue([Notice(key=f"call:{one.pk}", **values)])

    consenting.withdraw(application=mother, by=None, now=now)

    assert list(Notice.objects.filter(status="QUEUED").values_list("key", flat=True)) == [f"call:{son.pk}"]


def test_consent_taken_back_is_not_undone_by_a_change_of_mind(places, drive, now):
    application = handed_in(drive, places.booth, now)
    consenting.withdraw(application=application, by=None, now=now)
    consenting.withdraw(application=application, by=None, now=now)

    with pytest.raises(withdrawing.TooLate):
        withdrawing.undo(application=application, now=now)
    with pytest.raises(consenting.NoLongerOurs):
        consenting.set_messages(application=application, on=True, by=None, now=now)

    assert Event.objects.filter(verb="took back consent").count() == 1


def test_messages_are_switched_off_and_on_with_a_trace(places, drive, now):
    application = an_application(drive, places.booth, now)
    for on in (True, True, False):
        consenting.set_messages(application=application, on=on, by=None, now=now)

    of_messages = application.consents.filter(purpose="messages")
    assert list(of_messages.values_list("given_at", "withdrawn_at")) == [(now, now)]
    assert application.wants_messages is False


def test_a_new_application_on_the_number_is_heard_again(places, drive, now):
    application = handed_in(drive, places.booth, now)
    consenting.withdraw(application=application, by=None, now=now)
    silent = outbox.is_silenced(application.phone)
    Application.objects.filter(pk=application.pk).update(phone="+919999999999")

    handed_in(drive, places.booth, now)

    assert (silent, outbox.is_silenced(application.phone), drafting.Draft.objects.count()) == (True, False, 1)
