"""Another time: asked for by the person, given, offered or refused by the office, and told each time."""

from datetime import time, timedelta

import pytest
from icalendar import Calendar

from interviews.domain import calling, conflicts, openings, replying, scheduling, wishing
from interviews.models import Interview, Slot, TimeRequest
from portal import outbox, wording
from portal.models import Notice
from portal.transitions import Stale
from tests.factories.sunday import at, called, judges_of, shortlisted


@pytest.fixture
def interview(day, drive, places, now):
    """Called at eleven, and told so."""
    interview = called(day, shortlisted(drive, places.danta, now), now)
    outbox.send_due(now=now)
    return interview


def asks(interview, now, **wish):
    replying.answer(interview=interview, answer="other", now=now, **{"not_before": time(15), **wish})
    return TimeRequest.objects.select_related("interview__day", "interview__slot").get(settled_at=None)


def slot_at(day, hour, minute=0):
    return Slot.objects.select_related("panel__day").get(panel__day=day, starts_at=at(hour, minute))


def told():
    rows = Notice.objects.exclude(status="CANCELLED").exclude(template__startswith="panel").order_by("pk")
    return list(rows.values_list("template", flat=True))


def fresh(interview):
    return Interview.objects.with_person().select_related("day").get(pk=interview.pk)


def waits(day):
    return list(wishing.for_office(wishing.open_requests(Interview.objects.of_day(day))))


def test_asking_is_a_request_and_another_answer_takes_it_back(day, interview, now):
    asks(interview, now, note=" परीक्षा  है ")
    request = asks(interview, now, not_before=time(14), not_after=time(16), note="परीक्षा")

    assert (request.wished_from, request.wished_until, request.note) == (time(14), time(16), "परीक्षा")
    assert (fresh(interview).answer, waits(day)) == ("other", [request])
    replying.answer(interview=interview, answer="yes", now=now)
    assert (waits(day), TimeRequest.objects.get().outcome) == ([], "")


def test_hours_that_end_before_they_begin_are_no_wish(interview, now):
    with pytest.raises(replying.BadHours):
        asks(interview, now, not_after=time(14))

    assert fresh(interview).answer == ""


def test_a_time_within_the_wish_is_given_and_told_at_once(day, interview, now):
    request, slot = asks(interview, now), slot_at(day, 15)

    with pytest.raises(scheduling.NotThen):
        wishing.give(request=request, slot=slot_at(day, 12, 4), by=None, now=now)
    wishing.give(request=TimeRequest.objects.select_related("interview__day").get(), slot=slot, by=None, now=now)

    moved = fresh(interview)
    assert (moved.slot, moved.called_for, moved.answer) == (slot, at(15), "")
    assert (told(), waits(day)) == (["call", "call_changed"], [])
    assert calling.diff(day).is_empty
    with pytest.raises(Stale):
        wishing.refuse(request=request, why="नहीं", by=None, now=now)


def test_an_offered_time_is_kept_until_the_yes(day, drive, places, interview, now):
    request, slot = asks(interview, now), slot_at(day, 12, 4)

    wishing.offer(request=request, slot=slot, by=None, now=now)

    text = wording.of(Notice.objects.get(template="time_offered")).text
    assert "दोपहर 12:04 बजे" in text
    assert (slot in scheduling.free_slots(day), waits(day)) == (False, [])
    with pytest.raises(Stale):
        replying.take_offer(interview=fresh(interview), slot=slot.pk + 1, now=now)
    replying.take_offer(interview=fresh(interview), slot=slot.pk, now=now)
    moved = fresh(interview)
    assert (moved.called_for, moved.answer, TimeRequest.objects.get().outcome) == (at(12, 4), "yes", "given")
    assert told() == ["call", "time_offered", "call_changed"]


def test_who_leaves_the_offer_keeps_the_former_time(day, interview, now):
    slot = slot_at(day, 12, 4)
    wishing.offer(request=asks(interview, now), slot=slot, by=None, now=now)

    replying.leave_offer(interview=fresh(interview), slot=slot.pk, now=now)

    kept = fresh(interview)
    assert (kept.called_for, kept.answer, slot in scheduling.free_slots(day)) == (at(11), "", True)
    assert TimeRequest.objects.get().outcome == "offered"


def test_an_offer_that_another_got_waits_for_the_office_again(day, drive, places, interview, now):
    request, slot = asks(interview, now), slot_at(day, 12, 4)
    wishing.offer(request=request, slot=slot, by=None, now=now)

    called(day, shortlisted(drive, places.danta, now, 1), now, slot=slot)

    assert (waits(day), replying.offer_to(interview)) == ([request], None)
    with pytest.raises(scheduling.SlotTaken):
        replying.take_offer(interview=fresh(interview), slot=slot.pk, now=now)
    assert (fresh(interview).called_for, TimeRequest.objects.get().settled_at) == (at(11), None)


def test_no_needs_a_word_and_the_person_says_anew_whether_they_come(day, interview, now):
    request = asks(interview, now)

    with pytest.raises(wishing.NeedsWord):
        wishing.refuse(request=request, why=" ", by=None, now=now)
    wishing.refuse(request=request, why="दोपहर बाद सब समय भरे हैं", by=None, now=now)

    assert wishing.word_of(request) == "दोपहर बाद सब समय भरे हैं"
    assert "सुबह 11:00 बजे" in wording.of(Notice.objects.get(template="time_refused")).text
    assert (fresh(interview).answer, TimeRequest.objects.get().outcome) == ("", "refused")


def test_a_release_that_moves_the_person_settles_the_request(day, interview, now):
    asks(interview, now)
    scheduling.place(interview=fresh(interview), slot=slot_at(day, 15), by=None, now=now)

    calling.release(day=day, by=None, now=now)

    assert TimeRequest.objects.get().outcome == "given"


def test_openings_leave_out_who_must_not_judge(day, interview, panel, now):
    application = fresh(interview).application
    assert len(openings.for_one(day, application, now)) == 44
    conflicts.declare(application=application, person=judges_of(panel)[0], by=None, now=now)

    assert openings.for_one(day, application, now) == []


def event_of(file):
    calendar = Calendar.from_ical(file)
    [event] = calendar.walk("VEVENT")
    return str(calendar["method"]), str(event["uid"]), int(event["sequence"]), event


def test_the_calendar_file_grows_with_each_move_and_takes_itself_out(day, interview, now):
    first = event_of(calling.calendar(interview=fresh(interview), language="hi", now=now))
    scheduling.place(interview=fresh(interview), slot=slot_at(day, 15), by=None, now=now)
    unsent = event_of(calling.calendar(interview=fresh(interview), language="hi", now=now))
    calling.release(day=day, by=None, now=now)
    second = event_of(calling.calendar(interview=fresh(interview), language="hi", now=now))
    scheduling.unplace(interview=fresh(interview), by=None, now=now)
    calling.release(day=day, by=None, now=now + timedelta(hours=1))
    gone = event_of(calling.calendar_without(interview=fresh(interview), language="hi", now=now))

    assert (first[:3], first[3].start) == (unsent[:3], unsent[3].start)
    assert (second[0], second[1], second[3].start) == ("PUBLISH", first[1], at(15))
    assert (gone[0], gone[1], str(gone[3]["status"])) == ("CANCEL", first[1], "CANCELLED")
    assert first[2] < second[2] < gone[2]
