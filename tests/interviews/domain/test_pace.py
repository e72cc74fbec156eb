import pytest

from interviews.domain import hours, lines, pace, queueing, reminding, reserve
from interviews.models import Interview
from portal.models import Notice
from portal.transitions import Stale
from tests.factories.sunday import a_day, arrived, at, called, interviewed, shortlisted


def of(day, now):
    """The one room of the day, as the desk sees it."""
    return pace.lines(day, list(Interview.objects.of_day(day).in_plan().for_queue()), now)[0]


@pytest.mark.once
def test_work_rests_while_the_room_is_shut():
    rest = [hours.Span(at(13), at(13, 45)), hours.Span(at(15), at(15, 10))]

    assert pace.after(at(12, 50), at(13) - at(12, 50), rest) == at(13)
    assert pace.after(at(12, 50), at(13, 10) - at(12, 50), rest) == at(13, 55)
    assert pace.after(at(13, 5), at(13) - at(12), rest) == at(14, 45)
    assert pace.after(at(14, 30), at(13) - at(12), rest) == at(15, 40)


def test_the_forecast_follows_the_pace_of_today_and_says_how_late(drive, places, now):
    day = a_day(drive, places.state, now, ends=at(11, 35).time(), break_starts=None, break_ends=None)
    people = [shortlisted(drive, places.danta, now, number) for number in range(4)]
    for number, application in enumerate(people[:3]):
        interviewed(day, application, now, when=at(11, 10 * number))
    last = arrived(day, people[3], now, when=at(11, 20))

    line = of(day, at(11, 30))

    assert (line.minutes, line.done, line.forecast, line.late) == (7, 3, at(11, 38), 3)
    assert pace.place_of(last, [*Interview.objects.of_day(day).for_queue()], at(11, 30)) == (0, at(11, 30))


def test_a_break_and_a_pause_move_every_turn(drive, places, now):
    day = a_day(drive, places.state, now, break_starts=at(13).time(), break_ends=at(13, 45).time())
    waiting = [arrived(day, shortlisted(drive, places.danta, now, number), now) for number in range(3)]
    plain = of(day, at(12, 50))
    lines.pause(panel=day.panels.get(), why="", by=None, now=at(12, 50))
    paused = of(day, at(12, 50))

    assert [plain.turns[row.pk] for row in waiting] == [at(12, 50), at(12, 58), at(13, 51)]
    assert [paused.turns[row.pk] for row in waiting] == [at(13, 45), at(13, 53), at(14, 1)]
    assert paused.pause is not None


def test_who_waits_is_told_once_when_the_turn_is_near(day, drive, places, now):
    waiting = [arrived(day, shortlisted(drive, places.danta, now, number), now) for number in range(5)]

    assert reminding.remind(now=at(11, 1))["turn_soon"] == 3
    reminding.remind(now=at(11, 2))

    told = Notice.objects.filter(template="turn_soon").order_by("pk")
    assert [notice.key for notice in told] == [f"turn_soon:{row.pk}" for row in waiting[:3]]
    assert told[1].context["room"] == "अ"
    assert reminding.remind(now=at(11, 1))["interview_2h"] == 0


def test_the_standby_list_is_called_in_time_and_each_once(day, drive, places, now, office):
    called(day, shortlisted(drive, places.danta, now, 0), now)
    spare = Interview.objects.create(day=day, application=shortlisted(drive, places.danta, now, 1), standby=1)

    assert [row.pk for row in reserve.on_standby(day)] == [spare.pk]
    assert of(day, at(12)).spare > 20 > of(day, at(16, 50)).spare
    reserve.call(interview=spare, by=office, now=at(12))

    again = Interview.objects.get(pk=spare.pk)
    with pytest.raises(Stale):
        reserve.call(interview=again, by=office, now=at(12, 1))
    assert Notice.objects.get(template="standby_call").key == f"standby_call:{spare.pk}"
    assert queueing.check_in(interview=again, by=office, now=at(12, 40)) == 1
