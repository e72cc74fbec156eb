import pytest

from applications.domain import withdrawing
from interviews.domain import closing, queueing, scheduling, scoring
from interviews.models import Interview
from portal.transitions import Stale
from tests.factories.sunday import arrived, at, called, interviewed, judges_of, shortlisted


def test_when_the_day_closes_everybody_is_in_a_final_state(day, drive, places, now, panel):
    came = arrived(day, shortlisted(drive, places.danta, now, 0), now)
    absent = called(day, shortlisted(drive, places.danta, now, 1), now)
    gone = arrived(day, shortlisted(drive, places.danta, now, 2), now)
    unsent = shortlisted(drive, places.danta, now, 3)
    scheduling.add(day=day, application=unsent, slot=scheduling.free_slots(day)[0], by=None, now=now)
    with pytest.raises(queueing.RoomBusy):
        closing.close_day(day=day, by=None, now=at(17))
    queueing.call_next(panel=panel, by=None, now=at(11))
    came.refresh_from_db()
    queueing.finish(interview=came, by=None, now=at(11, 8))
    withdrawing.withdraw(application=gone.application, why="", now=at(12))

    assert closing.close_day(day=day, by=None, now=at(17)) == 1

    statuses = [Interview.objects.get(application=row).status for row in (came.application, gone.application, unsent)]
    absent.refresh_from_db()
    assert (statuses, absent.status) == (["DONE", "CANCELLED", "CANCELLED"], "NO_SHOW")
    with pytest.raises(scheduling.DayClosed):
        queueing.check_in(interview=absent, by=None, now=at(17))
    with pytest.raises(scheduling.DayClosed):
        scoring.declare_free(interview=came, panelist=judges_of(panel)[0], by=None, now=at(17))


def test_two_persons_and_a_reason_open_a_day_again(day, drive, places, now, office, other_office):
    interviewed(day, shortlisted(drive, places.danta, now, 0), now)
    absent = called(day, shortlisted(drive, places.danta, now, 1), now)
    closing.close_day(day=day, by=office, now=at(17))
    with pytest.raises(closing.NeedsReason):
        closing.ask_to_reopen(day=day, reason=" ", by=office, now=at(18))
    asked = closing.ask_to_reopen(day=day, reason="एक अभ्यर्थी बस में फँसे थे", by=office, now=at(18))

    with pytest.raises(closing.SamePerson):
        closing.agree_to_reopen(reopening=asked, by=office, now=at(18))
    with pytest.raises(Stale):
        closing.ask_to_reopen(day=day, reason="फिर से", by=other_office, now=at(18))
    closing.agree_to_reopen(reopening=asked, by=other_office, now=at(18, 5))

    absent.refresh_from_db()
    assert queueing.check_in(interview=absent, by=office, now=at(18, 6)) == 2
    assert closing.asked(day) is None


def test_a_day_stays_closed_when_the_question_is_dropped(day, office):
    closing.close_day(day=day, by=office, now=at(17))
    asked = closing.ask_to_reopen(day=day, reason="भूल से", by=office, now=at(18))
    closing.drop_reopening(reopening=asked, by=office, now=at(18))

    with pytest.raises(Stale):
        closing.drop_reopening(reopening=asked, by=office, now=at(18))
    day.refresh_from_db()
    assert day.locked_at == at(17)
