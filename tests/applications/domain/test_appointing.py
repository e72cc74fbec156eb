import pytest

from applications.domain import reviewing
from applications.domain.appointing import appoint
from applications.states import Status
from committees.domain.seats import SeatTaken
from committees.models import Appointment, Post, Seat
from portal import people
from portal.models import Event, Notice, Person
from portal.transitions import NotAllowed
from tests.factories.desk import an_application


@pytest.fixture
def seats(places):
    post = Post.objects.create(code="secretary", level="mandal", name_hi="मंडल सचिव", name_en="Mandal secretary")
    return [Seat.objects.create(unit=places.mandal, post=post, number=number) for number in (1, 2)]


def selected(drive, places, now, number=1, **fields):
    return an_application(drive, places.booth, now, number, status=Status.SELECTED, **fields)


def test_a_selected_applicant_gets_a_seat_and_a_letter(drive, places, seats, office, now):
    application = selected(drive, places, now)

    appointment = appoint(application=application, seat=seats[0], by=office, now=now)

    application.refresh_from_db()
    assert application.status == Status.APPOINTED
    assert application.person == appointment.person
    assert appointment.person.name == "रमेश चौधरी"
    assert appointment.letter is not None


def test_nothing_changes_when_the_seat_is_taken(drive, places, seats, office, now):
    appoint(application=selected(drive, places, now, 1), seat=seats[0], by=office, now=now)
    application = selected(drive, places, now, 2)
    events = Event.objects.count()

    with pytest.raises(SeatTaken):
        appoint(application=application, seat=seats[0], by=office, now=now)

    application.refresh_from_db()
    assert application.status == Status.SELECTED
    assert not Person.objects.filter(phone=application.phone).exists()
    assert Event.objects.count() == events


def test_only_the_selected_are_appointed(drive, places, seats, office, now):
    with pytest.raises(NotAllowed):
        appoint(application=an_application(drive, places.booth, now), seat=seats[0], by=office, now=now)

    assert not Appointment.objects.filter(seat=seats[0]).exists()


def test_a_family_phone_is_shared_only_when_the_office_says_so(drive, places, seats, office, now):
    application = selected(drive, places, now, name="सुनीता मीणा")
    people.know(phone=application.phone, name="मोहन लाल", now=now)

    with pytest.raises(people.AnotherName):
        appoint(application=application, seat=seats[0], by=office, now=now)
    appointment = appoint(application=application, seat=seats[0], shares_phone=True, by=office, now=now)

    assert (appointment.person.name, appointment.person.share) == ("सुनीता मीणा", 1)


def test_the_appointment_is_the_news_and_the_result_no_longer(drive, places, seats, office, now):
    application = an_application(drive, places.booth, now)
    reviewing.select(application=application, by=office, now=now)

    appoint(application=application, seat=seats[0], by=office, now=now)

    assert [notice.template for notice in Notice.objects.filter(status="QUEUED")] == ["appointed"]
