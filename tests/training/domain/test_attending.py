"""Marked at the door, taken back, certified."""

from datetime import timedelta

import pytest

from portal import documents
from portal.models import Document, Event, Notice
from tests.factories.training import make_invited, make_workshop, mark
from training.domain import attending, certifying, inviting, planning
from training.domain.sessions import Part
from training.models import Attendance, Enrolment, How

HOUR = timedelta(hours=1)


@pytest.fixture
def came(sikar, now, office):
    """A workshop that is over: two of three were there."""
    workshop, people = make_invited(sikar, now, 3, trainers=[office.person])
    for enrolment in people[:2]:
        inviting.answer(enrolment=enrolment, coming=True, now=now)
        mark(enrolment, workshop.starts_at, office)
    return workshop, people


def test_marking_twice_is_marking_once(sikar, now, office):
    workshop, (enrolment,) = make_invited(sikar, now, 1)

    for _tap in range(2):
        mark(enrolment, workshop.starts_at, office)

    assert Attendance.objects.count() == 1
    assert Event.objects.filter(verb="came").count() == 1


def test_the_doors_open_two_hours_before(sikar, now, office):
    workshop, (enrolment,) = make_invited(sikar, now, 1)

    with pytest.raises(attending.NotYet):
        mark(enrolment, workshop.starts_at - timedelta(hours=2, minutes=1), office)
    mark(enrolment, workshop.starts_at - timedelta(hours=2), office)

    assert Attendance.objects.count() == 1


def test_nobody_comes_to_a_cancelled_workshop(sikar, now, office):
    workshop, (enrolment,) = make_invited(sikar, now, 1)
    planning.cancel(workshop=workshop, by=office, now=now)
    enrolment = Enrolment.objects.opened().get(pk=enrolment.pk)

    with pytest.raises(attending.Cancelled):
        mark(enrolment, workshop.starts_at, office)


def test_a_wrong_mark_is_taken_back_and_says_so(came, office):
    workshop, people = came

    attending.unmark(enrolment=people[0], session=workshop.sessions.get(), by=office, now=workshop.ends_at)

    assert list(Attendance.objects.values_list("enrolment", flat=True)) == [people[1].pk]
    assert Event.objects.filter(verb="mark taken back", thing=str(people[0].pk)).count() == 1


def test_those_who_came_are_certified_once(came, office):
    workshop, people = came

    first = certifying.issue(workshop=workshop, by=office, now=workshop.ends_at)
    again = certifying.issue(workshop=workshop, by=office, now=workshop.ends_at)

    assert (first, again) == (2, 0)
    assert {document.person for document in Document.objects.filter(kind="CERTIFICATE")} == {
        people[0].person,
        people[1].person,
    }
    assert Notice.objects.filter(template="workshop_certificate").count() == 2


def test_a_certificate_is_a_paper_that_can_be_set(came, office):
    workshop, people = came
    certifying.issue(workshop=workshop, by=office, now=workshop.ends_at)

    document = Enrolment.objects.get(pk=people[0].pk).certificate

    assert documents.pdf(document).startswith(b"%PDF-")
    assert document.title == workshop.title_hi
    assert document.printed["dates"] == "20 नवंबर 2025"
    assert document.printed["trainer"] == "कमला देवी"


def test_no_certificate_before_the_end(came, office):
    workshop, _people = came

    with pytest.raises(certifying.NotOver):
        certifying.issue(workshop=workshop, by=office, now=workshop.ends_at - timedelta(minutes=1))

    assert not Document.objects.filter(kind="CERTIFICATE").exists()


def test_a_certified_mark_stays(came, office):
    workshop, people = came
    certifying.issue(workshop=workshop, by=office, now=workshop.ends_at)

    with pytest.raises(attending.Certified):
        attending.unmark(enrolment=people[0], session=workshop.sessions.get(), by=office, now=workshop.ends_at)

    assert Attendance.objects.count() == 2


def test_a_person_is_marked_at_each_session_on_its_own_and_paper_comes_later(sikar, now, office):
    first = now + timedelta(days=10)
    parts = [Part(first + hour * HOUR, first + (hour + 1) * HOUR) for hour in (0, 4)]
    workshop, people = make_invited(sikar, now, 2, parts=parts)
    morning, afternoon = workshop.sessions.order_by("number")
    attending.mark(enrolment=people[0], session=morning, by=None, now=first, how=How.QR)

    with pytest.raises(attending.NotYet):
        attending.mark(enrolment=people[0], session=afternoon, by=office, now=first)
    fresh = attending.mark_all(enrolments=people, session=morning, by=office, now=workshop.ends_at)

    assert fresh == 1
    marks = Attendance.objects.order_by("pk").values_list("enrolment", "how", "marked_by")
    assert list(marks) == [(people[0].pk, "qr", None), (people[1].pk, "paper", office.pk)]


def test_a_mark_of_a_phone_without_network_has_its_own_time_where_that_can_be(sikar, now, office):
    workshop, people = make_invited(sikar, now, 2)
    session, late = workshop.sessions.get(), workshop.ends_at

    for enrolment, at in zip(people, (workshop.starts_at, late + HOUR), strict=True):
        attending.mark(enrolment=enrolment, session=session, by=office, now=late, at=at)

    assert list(Attendance.objects.order_by("pk").values_list("marked_at", flat=True)) == [workshop.starts_at, late]


def test_nobody_is_marked_at_a_session_of_another_workshop(sikar, now, office):
    _workshop, (enrolment,) = make_invited(sikar, now, 1)
    other = make_workshop(sikar, now)

    with pytest.raises(attending.Elsewhere):
        attending.mark(enrolment=enrolment, session=other.sessions.get(), by=office, now=other.starts_at)


@pytest.mark.parametrize(("hour", "number"), [(-30, 1), (0.5, 1), (2, 2), (4.5, 2), (9, 2)])
def test_people_come_to_the_first_session_that_is_not_over(sikar, now, hour, number):
    parts = [Part(now + begins * HOUR, now + (begins + 1) * HOUR) for begins in (0, 4)]
    workshop = make_workshop(sikar, now, parts=parts)

    found = attending.session_of(sessions=workshop.sessions.all(), now=now + hour * HOUR)

    assert found.number == number
