"""A chair, its holder, the letter and the news."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from committees.domain import founding, letters, seats
from committees.models import Appointment, Seat
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


def test_an_address_is_kept_for_when_the_sms_fails(chair, now):
    person = make_person(now, email="sunita@example.com", language="en")

    appointment = seats.seat(person=person, seat=chair, by=None, now=now)

    kept = Notice.objects.filter(key__startswith=f"appointed:{appointment.pk}:").values_list("channel", "spare_email")
    assert list(kept) == [("sms", "sunita@example.com")]
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
    midnight = later.replace(hour=0)
    assert (old.until, old.ended_because, old.ended_how) == (midnight, "कार्यकाल पूरा हुआ।", "term")
    assert timezone.localdate(old.until) == timezone.localdate(new.since)
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


# --- to the day, one at a time ----------------------------------------------------------------------


def test_a_successor_of_the_same_moment_leaves_neither_gap_nor_overlap(chair, now):
    old = seats.seat(person=make_person(now), seat=chair, by=None, now=now)
    later = now + timedelta(days=30)

    seats.end(appointment=old, reason="नया दायित्व", by=None, now=later)
    new = seats.seat(person=make_person(now, "रमेश सैनी"), seat=chair, by=None, now=later)

    assert (old.until, old.ended_how, new.since) == (later, "relieved", later)


@pytest.mark.parametrize(("since", "until"), [(-9, 1), (-9, None), (1, 2), (1, None), (9, 11)])
def test_the_database_refuses_a_time_that_overlaps_another(chair, now, since, until):
    """Written past the domain, day by day: somebody sat from day 0 to 10."""
    held = seats.seat(person=make_person(now), seat=chair, by=None, now=now)
    seats.end(appointment=held, reason="त्यागपत्र", by=None, now=now + timedelta(days=10))
    times = {"since": now + timedelta(days=since), "until": until and now + timedelta(days=until)}
    reason = {"ended_because": "x"} if until else {}

    with pytest.raises(IntegrityError), transaction.atomic():
        Appointment.objects.create(person=make_person(now), seat=chair, **times, **reason)

    assert list(chair.appointments.all()) == [held]


def test_times_that_only_touch_are_no_overlap(chair, now):
    held = seats.seat(person=make_person(now), seat=chair, by=None, now=now)
    seats.end(appointment=held, reason="त्यागपत्र", by=None, now=now + timedelta(days=10))

    for since, until in ((-9, 0), (10, None)):
        times = {"since": now + timedelta(days=since), "until": None if until is None else now}
        Appointment.objects.create(person=make_person(now), seat=chair, ended_because="x", **times)

    assert chair.appointments.count() == 3


# --- one person, one such post -----------------------------------------------------------------------


def test_nobody_presides_twice_on_one_level(units, chair, now):
    first = seats.seat(person=make_person(now), seat=chair, by=None, now=now)
    other = units["AC034"].seats.get(post__code="assembly-president")
    before = (Document.objects.count(), Notice.objects.count(), Event.objects.count())

    with pytest.raises(seats.HoldsAnother) as refused:
        seats.seat(person=first.person, seat=other, by=None, now=now)

    assert (first.only_one, refused.value.other) == ("assembly", first)
    assert refused.value.words == ("सुनीता मीणा पहले से विधानसभा अध्यक्ष, 36 दांतारामगढ़ हैं। एक व्यक्ति ऐसा एक ही पद सँभालता है।")
    assert (Document.objects.count(), Notice.objects.count(), Event.objects.count()) == before
    block = units["AC036-A"].seats.get(post__code="block-president")
    assert seats.seat(person=first.person, seat=block, by=None, now=now).only_one == "block"


def test_a_term_that_passed_elsewhere_stands_in_nobodys_way(units, chair, now):
    first = seats.seat(person=make_person(now), seat=chair, by=None, now=now, term_ends=now.date())
    other = units["AC034"].seats.get(post__code="assembly-president")

    seats.seat(person=first.person, seat=other, by=None, now=now + timedelta(days=1))

    first.refresh_from_db()
    assert first.ended_how == "term"


def test_a_post_that_stands_alone_from_now_on_binds_who_sits_or_names_them(units, now):
    held = make_holder("assembly-vice-president", units["AC036"], now)
    post = held.seat.post
    post.exclusive = "all"
    founding.save_post(post=post, by=None, now=now)
    held.refresh_from_db()
    assert held.only_one == "all"

    member = make_holder("booth-member", units["AC036-P112"], now, held.person).seat.post
    member.exclusive = "all"
    with pytest.raises(seats.DoubleHolders) as refused, transaction.atomic():
        founding.save_post(post=member, by=None, now=now)

    assert refused.value.people == [held.person]
    assert set(Appointment.objects.values_list("only_one", flat=True)) == {"all", ""}


def test_a_closed_chair_is_offered_to_nobody_and_takes_nobody(units, now):
    seat = units["AC036-P112"].seats.filter(post__code="booth-member").first()
    Seat.objects.filter(pk=seat.pk).update(closed_on=now.date())

    with pytest.raises(seats.SeatClosed):
        seats.seat(person=make_person(now), seat=seat, by=None, now=now)

    assert not Seat.objects.vacant(now).filter(pk=seat.pk).exists()
    assert not Appointment.objects.exists()
