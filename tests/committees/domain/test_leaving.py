"""Who leaves a post: alone by one's own word, else by two, and heard before."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from committees import above
from committees.domain import leaving, seats
from committees.levels import Role
from committees.models import Appointment, Ending, Post, Seat
from portal import documents, wording
from portal.models import Event, Notice
from tests.factories.committees import make_holder, make_user

WEEK = timedelta(days=7)


@pytest.fixture
def office(units, now):
    return make_user("state-office", units["RJ"], now, "अनिल जोशी")


@pytest.fixture
def incharge(units, now):
    return make_user("district-incharge", units["SKR"], now, "कविता शर्मा")


@pytest.fixture
def held(units, now):
    return make_holder("assembly-president", units["AC036"], now, accepted=True)


def told(template):
    return list(Notice.objects.filter(template=template).values_list("phone", "status"))


def test_who_resigns_goes_at_once_and_the_in_charge_is_told(held, incharge, now):
    leaving.resign(appointment=held, reason="परिवार", now=now)

    held.refresh_from_db()
    assert (held.until, held.ended_how, held.ended_because) == (now, "resigned", "परिवार")
    assert documents.standing(held.letter, now) == "revoked"
    assert Ending.objects.values_list("kind", "agreed", "asked_by", "decided_by").get() == (
        "resigned",
        True,
        None,
        None,
    )
    assert (told("post_ended"), told("post_vacant")) == (
        [(held.person.phone, "QUEUED")], [(incharge.person.phone, "QUEUED")],
    )  # fmt: skip
    page = Notice.objects.get(template="post_vacant").context
    assert (page["post"], page["url"]) == ("विधानसभा अध्यक्ष", "http://testserver/units/sikar/36/committee/")


def test_a_member_who_goes_costs_the_in_charge_no_message(units, incharge, now):
    member = make_holder("booth-member", units["AC036-P112"], now, accepted=True)

    leaving.resign(appointment=member, reason="पढ़ाई", now=now)

    assert (len(told("post_ended")), told("post_vacant")) == (1, [])


def test_relief_takes_two(held, incharge, office, now):
    row = leaving.ask(appointment=held, kind="relieved", reason="दूसरा दायित्व", by=incharge, now=now)

    with pytest.raises(leaving.SamePerson):
        leaving.decide(ending=row, agreed=True, by=incharge, now=now)
    assert Appointment.objects.get(pk=held.pk).until is None
    leaving.decide(ending=row, agreed=True, by=office, now=now)

    held.refresh_from_db()
    assert (held.until, held.ended_how) == (now, "relieved")
    assert (told("leaving_asked"), len(told("post_ended"))) == ([], 1)
    assert Event.objects.filter(verb__in=["asked for a leaving", "agreed to a leaving"]).count() == 2
    with pytest.raises(leaving.Decided):
        leaving.decide(ending=row, agreed=False, by=office, now=now)


def test_the_database_lets_nobody_be_both(held, incharge, now):
    row = leaving.ask(appointment=held, kind="relieved", reason="दूसरा दायित्व", by=incharge, now=now)

    with pytest.raises(IntegrityError), transaction.atomic():
        Ending.objects.filter(pk=row.pk).update(decided_by=incharge, decided_at=now)


def test_who_is_to_be_removed_is_heard_first(held, incharge, office, now):
    row = leaving.ask(appointment=held, kind="removed", reason="बैठकों में नहीं आए", by=incharge, now=now)

    assert (row.reply_by, told("leaving_asked")) == ((now + WEEK).date(), [(held.person.phone, "QUEUED")])
    with pytest.raises(leaving.StillHeard):
        leaving.decide(ending=row, agreed=True, by=office, now=now + WEEK)
    leaving.answer(ending=row, words="मैं बीमार था।", now=now + WEEK)
    with pytest.raises(leaving.Decided):
        leaving.answer(ending=row, words="और भी", now=now + WEEK)
    row.refresh_from_db()
    leaving.decide(ending=row, agreed=True, by=office, now=now + WEEK)

    assert Appointment.objects.values_list("ended_how", "ended_because").get(pk=held.pk) == ("removed", "बैठकों में नहीं आए")
    assert told("leaving_asked") == [(held.person.phone, "CANCELLED")]


def test_silence_of_a_week_is_an_answer_too(held, incharge, office, now):
    row = leaving.ask(appointment=held, kind="removed", reason="बैठकों में नहीं आए", by=incharge, now=now)
    after = now + WEEK + timedelta(days=1)

    with pytest.raises(leaving.TooLate):
        leaving.answer(ending=row, words="मैं बीमार था।", now=after)
    leaving.decide(ending=row, agreed=True, by=office, now=after)

    assert Appointment.objects.get(pk=held.pk).until == after


def test_a_no_and_a_proposal_taken_back_leave_the_person_where_they_are(held, incharge, office, now):
    why = {"appointment": held, "kind": "removed", "reason": "बैठकों में नहीं आए", "by": incharge, "now": now}
    first = leaving.ask(**why)
    with pytest.raises(leaving.AlreadyAsked):
        leaving.ask(**why)
    leaving.decide(ending=first, agreed=False, by=office, now=now)
    second = leaving.ask(**why)
    with pytest.raises(leaving.SamePerson):
        leaving.withdraw(ending=second, by=office, now=now)
    leaving.withdraw(ending=second, by=incharge, now=now)

    assert Appointment.objects.get(pk=held.pk).until is None
    assert list(Ending.objects.values_list("agreed", flat=True)) == [False, False]
    assert [status for _phone, status in told("leaving_dropped")] == ["QUEUED", "QUEUED"]


def test_nobody_relieves_themselves(units, incharge, now):
    own = incharge.person.appointments.get()

    with pytest.raises(leaving.OwnPost):
        leaving.ask(appointment=own, kind="relieved", reason="थक गए", by=incharge, now=now)


def test_one_person_takes_back_only_what_was_not_accepted(units, held, incharge, now):
    waiting = make_holder("assembly-secretary", units["AC036"], now)

    with pytest.raises(leaving.Accepted):
        leaving.take_back(appointment=held, reason="भूल", by=incharge, now=now)
    leaving.take_back(appointment=waiting, reason="भूल", by=incharge, now=now)
    with pytest.raises(seats.Ended):
        leaving.take_back(appointment=waiting, reason="भूल", by=incharge, now=now)
    with pytest.raises(leaving.NotAccepted):
        leaving.resign(appointment=make_holder("assembly-secretary", units["AC036"], now), reason="x", now=now)

    assert Appointment.objects.get(pk=held.pk).until is None
    assert Appointment.objects.values_list("ended_how", "ended_because").get(pk=waiting.pk) == ("relieved", "भूल")


@pytest.mark.once
@pytest.mark.parametrize("template", ["leaving_asked", "leaving_dropped", "post_ended", "post_vacant"])
@pytest.mark.parametrize("language", ["hi", "en"])
def test_each_notice_fits_into_two_messages(template, language):
    page = (
        "http://testserver/units/sikar/36/committee/"
        if template == "post_vacant"
        else "http://testserver/s/5k~aBcDeFgHiJkLmNoP/"
    )
    values = {
        "organisation": "प्रदेश सोशल मीडिया विभाग", "post": "विधानसभा अध्यक्ष", "unit": "36 दांतारामगढ़",
        "date": "31 दिसंबर 2026", "url": page,
    }  # fmt: skip

    text = wording.of(Notice(template=template, language=language, context=values), {}).text

    longer_address = len("https://srijan.example.in") - len("http://testserver")
    assert len(text) + longer_address <= (134 if language == "hi" else 306)


def test_of_a_vacant_chair_the_nearest_in_charge_hears(units, now):
    post = Post.objects.create(code="state-incharge", level="state", name_hi="प्रदेश प्रभारी", role=Role.INCHARGE)
    Seat.objects.create(post=post, unit=units["RJ"])
    make_holder(post.code, units["RJ"], now)
    near = make_holder("district-incharge", units["SKR"], now)

    assert above.incharges(units["AC036"], now) == [near]
