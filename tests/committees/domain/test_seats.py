"""A chair, its holder, the letter and the news."""

from datetime import date, timedelta

import pytest

from committees.domain import letters, seats
from committees.models import Appointment
from portal import documents
from portal.accounts.opening import PhoneTaken
from portal.models import Document, Event, Notice, User
from tests.factories.committees import make_holder, make_person


@pytest.fixture
def chair(units):
    return units["AC036"].seats.get(post__code="assembly-president")


def test_seat_gives_the_letter_the_news_and_the_sign_in_together(chair, now):
    person = make_person(now)

    appointment = seats.seat(person=person, seat=chair, by=None, now=now, term_ends=date(2027, 3, 31))

    letter = appointment.letter
    assert (letter.holder, letter.title) == ("सुनीता मीणा", "विधानसभा अध्यक्ष")
    assert letter.place == "36 दांतारामगढ़ (विधानसभा)"
    assert letter.printed["chain"] == ["सीकर"]
    assert letter.printed["term_until"] == "31 मार्च 2027"
    assert letter.valid_until == date(2027, 3, 31)
    assert User.objects.get(person=person).is_active
    notice = Notice.objects.get(key=f"appointed:{appointment.pk}:sms")
    assert notice.context["url"] == letters.link_for(appointment)
    assert Event.objects.filter(verb="appointed", thing=str(appointment.pk)).count() == 1


def test_a_member_gets_no_sign_in(units, now):
    appointment = make_holder("booth-member", units["AC036-P112"], now)

    assert not User.objects.filter(person=appointment.person).exists()


def test_an_address_brings_a_second_notice(chair, now):
    person = make_person(now, email="sunita@example.com", language="en")

    appointment = seats.seat(person=person, seat=chair, by=None, now=now)

    kept = Notice.objects.filter(key__startswith=f"appointed:{appointment.pk}:").values_list("channel", "email")
    assert sorted(kept) == [("email", "sunita@example.com"), ("sms", "")]
    assert appointment.letter.title == "Assembly President"


def test_a_taken_seat_stays_as_it_is(chair, now):
    first = seats.seat(person=make_person(now), seat=chair, by=None, now=now)
    before = (Document.objects.count(), Notice.objects.count(), Event.objects.count(), User.objects.count())

    with pytest.raises(seats.SeatTaken):
        seats.seat(person=make_person(now, "रमेश सैनी"), seat=chair, by=None, now=now)

    after = (Document.objects.count(), Notice.objects.count(), Event.objects.count(), User.objects.count())
    assert after == before
    assert list(Appointment.objects.filter(seat=chair, until=None)) == [first]


def test_a_holder_whose_term_is_over_makes_room(chair, now):
    old = seats.seat(person=make_person(now), seat=chair, by=None, now=now, term_ends=now.date())
    later = now + timedelta(days=1)

    new = seats.seat(person=make_person(now, "रमेश सैनी"), seat=chair, by=None, now=later)

    old.refresh_from_db()
    assert (old.until, old.ended_because) == (later, "कार्यकाल पूरा हुआ।")
    assert documents.standing(old.letter, later) == "expired"
    assert chair.appointments.get(until=None) == new


def test_a_term_in_the_past_is_refused(chair, now):
    with pytest.raises(seats.TermPassed):
        seats.seat(person=make_person(now), seat=chair, by=None, now=now, term_ends=date(2025, 11, 9))

    assert not Appointment.objects.exists()


def test_nobody_is_seated_when_the_phone_already_signs_in_for_another(units, chair, now):
    first = make_holder("assembly-president", units["AC034"], now)
    cousin = make_person(now, "मोहन मीणा", phone=first.person.phone, share=1)

    with pytest.raises(PhoneTaken):
        seats.seat(person=cousin, seat=chair, by=None, now=now)

    assert not chair.appointments.exists()


def test_accept_twice_is_one_yes(chair, now):
    appointment = seats.seat(person=make_person(now), seat=chair, by=None, now=now)

    seats.accept(appointment=appointment, now=now)
    seats.accept(appointment=appointment, now=now + timedelta(hours=1))

    assert Appointment.objects.get(pk=appointment.pk).accepted_at == now


def test_decline_frees_the_seat_and_cancels_letter_and_news(chair, now):
    appointment = seats.seat(person=make_person(now), seat=chair, by=None, now=now)

    seats.decline(appointment=appointment, reason="पढ़ाई", now=now)

    assert not chair.appointments.filter(until=None).exists()
    assert documents.standing(Document.objects.get(), now) == "revoked"
    assert set(Notice.objects.values_list("status", flat=True)) == {"CANCELLED"}
    with pytest.raises(seats.Ended):
        seats.accept(appointment=appointment, now=now)


def test_after_a_yes_there_is_no_no(chair, now):
    appointment = seats.seat(person=make_person(now), seat=chair, by=None, now=now)
    seats.accept(appointment=appointment, now=now)

    with pytest.raises(seats.AlreadyAccepted):
        seats.decline(appointment=appointment, reason="पढ़ाई", now=now)


def test_end_needs_a_reason_and_happens_once(chair, now):
    appointment = seats.seat(person=make_person(now), seat=chair, by=None, now=now)

    with pytest.raises(seats.NoReason):
        seats.end(appointment=appointment, reason="  ", by=None, now=now)
    seats.end(appointment=appointment, reason="त्यागपत्र", by=None, now=now)
    with pytest.raises(seats.Ended):
        seats.end(appointment=appointment, reason="त्यागपत्र", by=None, now=now)

    assert Appointment.objects.get().ended_because == "त्यागपत्र"
    assert documents.standing(Document.objects.get(), now) == "revoked"


def test_notices_of_another_appointment_stay(units, now):
    """The prefix of appointment 1 must not reach appointment 10."""
    held = [make_holder("booth-member", units["AC036-P112"], now) for _ in range(2)]
    held += [make_holder("mandal-member", units["AC036-A-M1"], now) for _ in range(3)]
    held += [make_holder("block-member", units["AC036-A"], now) for _ in range(3)]
    held += [make_holder("assembly-member", units["AC036"], now) for _ in range(3)]

    seats.end(appointment=held[0], reason="त्यागपत्र", by=None, now=now)

    assert Notice.objects.filter(status="CANCELLED").count() == 1


def test_the_letter_is_one_page_with_name_and_code(chair, now):
    appointment = seats.seat(person=make_person(now), seat=chair, by=None, now=now)

    assert documents.pdf(appointment.letter).startswith(b"%PDF")


def test_a_personal_link_leads_to_its_appointment_alone(chair, now):
    appointment = seats.seat(person=make_person(now), seat=chair, by=None, now=now)
    token = letters.link_for(appointment).rstrip("/").rsplit("/", 1)[1]

    assert letters.appointment_of(token) == appointment
    other = "x" if token[3] != "x" else "y"  # a token may hold any letter: the forgery must differ for certain
    for forged in (token[:-1], token[:3] + other + token[4:], "", "1"):
        with pytest.raises(letters.BadLink):
            letters.appointment_of(forged)


def test_a_cancelled_letter_is_written_anew(chair, now):
    appointment = seats.seat(person=make_person(now), seat=chair, by=None, now=now)
    old = appointment.letter

    documents.revoke(document=old, reason="नाम गलत", by=None, now=now)
    seats.reissue_letter(appointment=appointment, by=None, now=now)

    assert documents.standing(Document.objects.get(pk=old.pk), now) == "revoked"
    assert documents.standing(appointment.letter, now) == "valid"
