"""When a person sits on a panel, as others ask for it."""

from datetime import timedelta

from portal import duties
from tests.factories.sunday import a_day, a_judge, at


def test_a_panel_is_a_duty_in_its_hours_and_for_its_members_alone(drive, now):
    day = a_day(drive, drive.unit, now)
    sits, free = a_judge(now), a_judge(now, 7)

    def told(person, hour):
        found = duties.at(person=person.pk, starts=at(hour), ends=at(hour) + timedelta(hours=1))
        return [(duty.key, duty.starts_at, duty.ends_at) for duty in found]

    mine = (f"panel:{day.panels.get().pk}", at(day.starts.hour), at(day.ends.hour))
    assert (told(sits, 12), told(sits, 18), told(free, 12)) == ([mine], [], [])
