"""A place is offered, and answered, lost by silence or given more time; the next of the list is proposed."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from applications.models import Application
from committees.models import Appointment
from interviews.domain import closing, conflicts, deciding, freezing, offering, promoting
from interviews.models import Decision, Offer, Promotion
from portal.models import Notice
from tests.factories.sunday import at, handed_in, interviewed, judges_of, shortlisted

DAY = timedelta(days=1)
END = at(23, 59) + 5 * DAY


@pytest.fixture
def frozen(day, drive, places, now, panel, office, other_office):
    """One is selected, two wait; the day is frozen."""
    rows = []
    for number, outcome in enumerate(["SELECTED", "WAITING", "WAITING"]):
        interview = interviewed(day, shortlisted(drive, places.danta, now, number), now)
        handed_in(interview, judges_of(panel)[0], (5 - number,) * 5)
        rows.append(deciding.propose(interview=interview, outcome=outcome, reason="rank", by=office, now=at(18)))
    deciding.approve_many(decisions=rows, by=other_office, now=at(18, 30))
    closing.close_day(day=day, by=office, now=at(19))
    return rows


@pytest.fixture
def offer(frozen, day, drive, office):
    freezing.freeze(day=day, by=office, now=at(19))
    return ask(drive, office)[0]


def ask(drive, by):
    keys = Decision.objects.values_list("pk", flat=True)
    return offering.send(drive=drive, decisions=keys, days=5, by=by, now=at(19, 30))


def told():
    rows = Notice.objects.filter(template__startswith="offer", status="QUEUED").order_by("due_at")
    return [(notice.template, notice.due_at, notice.useful_until) for notice in rows]


def status_of(decision):
    return Application.objects.get(interviews__decision=decision).status


def test_only_who_is_selected_on_a_frozen_day_is_asked_and_once(frozen, day, drive, office):
    assert ask(drive, office) == []
    freezing.freeze(day=day, by=office, now=at(19))

    offers = ask(drive, office)

    assert [offer.decision for offer in offers] == frozen[:1]
    assert offers[0].expires_at == END
    assert ask(drive, office) == []
    assert told() == [("offer", at(19, 40), END)]


def test_a_yes_is_said_once_and_takes_the_reminders_back(offer):
    offering.sweep(now=END - 2 * DAY)
    assert [template for template, _due, _until in told()] == ["offer", "offer_2d"]

    offering.answer(offer=offer, takes_it=True, now=END - DAY)

    assert (told(), offering.state_of(offer, END)) == ([], "yes")
    with pytest.raises(offering.Closed):
        offering.answer(offer=offer, takes_it=False, now=END - DAY)
    assert offering.sweep(now=END) == {"reminders": 0, "silent": 0, "withdrew": 0}
    assert status_of(offer.decision) == "SELECTED"


def test_a_no_frees_the_place_and_the_next_is_proposed_for_a_second_person(offer, frozen, office, other_office, day):
    offering.answer(offer=offer, takes_it=False, now=at(20))

    promotion = Promotion.objects.get()
    assert (promotion.decision, promotion.proposed_by) == (frozen[1], office)
    assert (status_of(frozen[0]), status_of(frozen[1])) == ("NOT_SELECTED", "WAITING")
    assert not Notice.objects.filter(template="result_not_selected", status="QUEUED").exists()
    assert freezing.same_as_shown(day) is True

    promoting.approve(promotion=promotion, by=other_office, now=at(20, 5))
    assert [one.decision for one in ask(day.drive, office)] == [frozen[1]]


def test_reminders_are_promised_once_each_with_their_own_end(offer):
    for moment in (END - 3 * DAY, END - 2 * DAY, END - DAY - timedelta(hours=1), END - timedelta(hours=12)):
        offering.sweep(now=moment)
        offering.sweep(now=moment)

    assert told() == [
        ("offer", at(19, 40), END),
        ("offer_2d", END - 2 * DAY, END - DAY),
        ("offer_12h", END - timedelta(hours=12), END - timedelta(hours=1)),
    ]
    Offer.objects.update(expires_at=at(19, 30) + timedelta(hours=20))
    assert offering.sweep(now=at(19, 30) + timedelta(hours=10))["reminders"] == 0


def test_silence_ends_it_at_the_last_moment_and_not_before(offer, frozen, drive):
    assert offering.sweep(now=END - timedelta(seconds=1))["silent"] == 0
    with pytest.raises(offering.Closed):
        offering.answer(offer=offer, takes_it=True, now=END)

    assert [offering.sweep(now=END)["silent"], offering.sweep(now=END)["silent"]] == [1, 0]

    assert Offer.objects.get().lapsed_at == END
    application = Application.objects.get(interviews__decision=frozen[0])
    assert (application.status, application.reason) == ("NOT_SELECTED", "ज़िम्मेदारी के प्रस्ताव पर उत्तर नहीं आया")
    assert sorted(template for template, _due, _until in told()) == ["offer_lapsed", "offer_over"]
    assert Notice.objects.get(template="offer_lapsed").phone == offer.sent_by.phone
    assert (Promotion.objects.get().decision, offering.free_places(drive)) == (frozen[1], 0)


def test_more_time_needs_a_reason_of_the_list_and_a_later_end(offer, office):
    given = {"offer": offer, "why": "asked", "by": office, "now": END - DAY}
    with pytest.raises(offering.NotLater):
        offering.extend(days=1, **given)
    with pytest.raises(ValueError, match="family matters"):
        offering.extend(days=3, **given | {"why": "family matters"})

    offering.extend(days=3, **given)

    assert told() == [("offer_more", END - DAY, END + 2 * DAY)]
    assert (offer.expires_at, offering.sweep(now=END)["silent"]) == (END + 2 * DAY, 0)
    offering.sweep(now=END + 2 * DAY)
    with pytest.raises(offering.Closed):
        offering.extend(days=9, **given | {"now": END + 3 * DAY})


def test_who_takes_the_application_back_frees_the_place_even_after_a_yes(offer, frozen):
    offering.answer(offer=offer, takes_it=True, now=at(20))
    Application.objects.filter(interviews__decision=offer.decision).update(status="WITHDRAWN")

    assert [offering.sweep(now=at(21))["withdrew"], offering.sweep(now=at(21, 1))["withdrew"]] == [1, 0]
    assert (Offer.objects.get().takes_it, Promotion.objects.get().decision) == (False, frozen[1])


def test_nothing_is_proposed_in_the_name_of_one_who_may_not_decide_any_more(offer, frozen, office, drive):
    Appointment.objects.filter(person=office.person).update(until=at(20), ended_because="पद छोड़ा")

    offering.answer(offer=offer, takes_it=False, now=at(21))

    assert (Promotion.objects.exists(), offering.free_places(drive)) == (False, 1)


def test_nor_by_one_who_knows_the_next_in_line_nor_is_a_relative_asked(frozen, day, drive, office):
    freezing.freeze(day=day, by=office, now=at(19))
    next_one = frozen[1].interview.application
    conflicts.declare(application=next_one, person=office.person, reason="चाचा", by=office, now=at(19))
    offer = ask(drive, office)[0]
    offering.answer(offer=offer, takes_it=False, now=at(20))
    assert not Promotion.objects.exists()

    Application.objects.filter(pk=next_one.pk).update(status="SELECTED")
    with pytest.raises(conflicts.ConflictStands):
        ask(drive, office)


def test_an_answer_has_a_time_in_the_database_too(offer):
    with pytest.raises(DatabaseError), transaction.atomic():
        Offer.objects.update(takes_it=True)

    assert Offer.objects.get().answered_at is None
