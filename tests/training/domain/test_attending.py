"""Marked at the door, taken back, certified."""

from datetime import timedelta

import pytest

from portal import documents
from portal.models import Document, Event, Notice
from tests.factories.training import make_invited, mark
from training.domain import attending, certifying, inviting, planning
from training.models import Attendance, Enrolment


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
