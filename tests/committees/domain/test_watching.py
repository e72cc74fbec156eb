"""Who reads many whole numbers is noticed."""

from datetime import timedelta

from committees.domain import watching
from portal.models import Event, Notice
from tests.factories.committees import make_holder, make_person, make_user


def test_each_reading_is_written_down_with_its_reason_and_many_alarm_once_an_hour(units, now):
    reader, auditor = make_user("district-incharge", units["SKR"], now), make_holder("auditor", units["RJ"], now).person
    office, seen = make_holder("state-office", units["RJ"], now).person, make_person(now)

    for minute in range(watching.MANY + 2):
        told = {"why": "call", "by": reader, "now": now + timedelta(seconds=minute)}
        shown = watching.read_number(thing=seen, phone=seen.phone, **told)

    assert shown == seen.phone
    assert Event.objects.filter(verb=watching.READ, data={"why": "call"}).count() == watching.MANY + 2
    alarms = Notice.objects.filter(template="many_numbers")
    assert set(alarms.values_list("phone", flat=True)) == {auditor.phone, office.phone}
    assert [notice.context["count"] for notice in alarms] == [51, 51]
    assert Event.objects.filter(verb=watching.ALARM).count() == 1


def test_fifty_in_an_hour_and_fifty_in_the_next_alarm_nobody(units, now):
    reader, seen = make_user("state-office", units["RJ"], now), make_person(now)

    for number in range(2 * watching.MANY):
        at = now + timedelta(hours=2) * (number // watching.MANY)
        watching.read_number(thing=seen, phone=seen.phone, why="call", by=reader, now=at)

    assert not Notice.objects.filter(template="many_numbers").exists()
