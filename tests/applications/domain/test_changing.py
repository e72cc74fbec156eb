"""What an applicant may change, take back, and put back."""

from datetime import timedelta

import pytest

from applications.domain import changing, opening, photos, withdrawing
from applications.models import Photo
from applications.states import Status
from portal.models import Event, Notice
from portal.transitions import NotAllowed
from tests.factories.desk import a_drive
from tests.factories.form import handed_in, phone, picture

CONTACT = {"phone": "+919876500001", "on_whatsapp": False}


@pytest.fixture
def application(drive, places, now):
    return handed_in(drive, places.booth, now)


def in_status(application, status):
    type(application).objects.filter(pk=application.pk).update(status=status)
    application.refresh_from_db()


def test_all_steps_may_be_changed_until_the_deadline(application, places, now):
    later = application.drive.closes_at - timedelta(milliseconds=1)
    name = {"name": "सुनीता देवी", "phone": phone(), "on_whatsapp": True, "family": False}

    changing.change(
        application=application, step="area", answers={"unit": places.mandal.pk, "place_note": "ढाणी"}, now=later
    )
    changing.change(application=application, step="name", answers=name, now=later)

    application.refresh_from_db()
    assert (application.unit, application.place_note, application.changed_at) == (places.mandal, "ढाणी", later)
    assert (application.name, application.share) == ("सुनीता देवी", 0)
    assert "dv" in application.name_key or "db" in application.name_key
    assert Event.objects.filter(verb="changed", data={"step": "area"}).count() == 1


def test_after_the_deadline_only_the_number_and_the_day(application, now):
    late = application.drive.closes_at

    with pytest.raises(changing.TooLate):
        changing.change(application=application, step="work", answers={"roles": "अध्यक्ष"}, now=late)
    changing.change(application=application, step="contact", answers=CONTACT, now=late)
    changing.change(application=application, step="coming", answers={"can_come": "other"}, now=late)

    application.refresh_from_db()
    assert (application.roles, application.phone, application.can_come) == ("बूथ अध्यक्ष", "+919876500001", "other")


@pytest.mark.parametrize("status", [Status.NOT_SELECTED, Status.APPOINTED, Status.WITHDRAWN])
def test_nothing_may_be_changed_when_it_is_over(application, now, status):
    in_status(application, status)

    with pytest.raises(changing.TooLate):
        changing.change(application=application, step="contact", answers=CONTACT, now=now)


def test_the_number_of_the_same_persons_other_application_is_refused(application, drive, places, now):
    handed_in(drive, places.booth, now, number=1)

    with pytest.raises(changing.PhoneTaken):
        changing.change(application=application, step="name", answers={"name": "सुनीता देवी मीणा", **CONTACT}, now=now)

    application.refresh_from_db()
    assert (application.phone, application.name) == (phone(), "सुनीता मीणा")


def test_a_number_that_somebody_else_has_is_shared_without_a_word(application, drive, places, now):
    handed_in(drive, places.booth, now, number=1)

    changing.change(application=application, step="name", answers={"name": "कमला गोयल", **CONTACT}, now=now)

    application.refresh_from_db()
    assert (application.phone, application.share, application.name) == (phone(1), 1, "कमला गोयल")


def test_another_photo_replaces_the_first(application, now):
    for size in ((60, 40), (30, 20)):
        changing.change_photo(application=application, picture=photos.remake(picture(size=size)), now=now)

    assert [photo.width for photo in Photo.objects.all()] == [30]


def test_withdrawing_is_undone_until_the_deadline(application, now):
    withdrawing.withdraw(application=application, why="  दूसरे  काम में ", now=now)
    assert (application.status, application.withdrawn_why) == (Status.WITHDRAWN, "दूसरे काम में")

    withdrawing.undo(application=application, now=application.drive.closes_at - timedelta(milliseconds=1))

    application.refresh_from_db()
    assert (application.status, application.withdrawn_why) == (Status.SUBMITTED, "")


def test_after_the_deadline_what_was_taken_back_stays_so(application, now):
    withdrawing.withdraw(application=application, why="", now=now)

    with pytest.raises(withdrawing.TooLate):
        withdrawing.undo(application=application, now=application.drive.closes_at)

    application.refresh_from_db()
    assert application.status == Status.WITHDRAWN


def test_undo_never_undoes_a_decision(application, now):
    in_status(application, Status.SHORTLISTED)

    with pytest.raises(NotAllowed):
        withdrawing.undo(application=application, now=now)


def test_who_sits_cannot_withdraw_here(application, now):
    in_status(application, Status.APPOINTED)

    with pytest.raises(NotAllowed):
        withdrawing.withdraw(application=application, why="", now=now)


def test_one_word_at_the_opening_however_often_asked(places, now):
    drive = a_drive(places.sikar, now, "sikar-2026", opens_at=now + timedelta(days=3))

    for _time in range(3):
        opening.tell_when_open(drive=drive, phone=phone(), language="hi", now=now)
    opening.tell_when_open(drive=drive, phone=phone(1), language="hi", now=drive.opens_at)

    notice = Notice.objects.get()
    assert (notice.due_at, notice.useful_until) == (drive.opens_at, drive.closes_at)
    assert notice.context["url"] == "http://testserver/d/sikar-2026/"
