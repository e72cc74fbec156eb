"""Panel members are told of their day, hear when it changes, and say that they cannot come."""

from datetime import timedelta

import pytest

from interviews.domain import answering, calling, filling, panels, telling
from interviews.models import PanelMember
from portal import outbox, wording
from portal.models import Notice
from tests.factories.sunday import at, judges_of, shortlisted


def told(template):
    rows = Notice.objects.filter(template=template, channel="sms").exclude(status="CANCELLED")
    return sorted(rows.values_list("phone", flat=True))


def release(day, now):
    return calling.release(day=day, by=None, now=now).members


def test_a_release_tells_each_member_once_and_again_when_the_room_changes(day, panel, now):
    first, second = judges_of(panel)

    assert (release(day, now), release(day, now)) == (2, 0)
    outbox.send_due(now=now)
    panels.change_panel(panel=panel, room="ज", by=None, now=now)
    assert release(day, now + timedelta(minutes=1)) == 2

    assert told("panel_call") == told("panel_changed") == sorted([first.phone, second.phone])
    text = wording.of(Notice.objects.filter(template="panel_changed").first()).text
    assert "11:00–17:00 कक्ष ज, प्रदेश कार्यालय, जयपुर" in text
    assert set(PanelMember.objects.values_list("told_version", flat=True)) == {2}


def test_who_is_taken_off_hears_of_it_but_not_when_put_back_at_once(day, panel, now):
    first, second = judges_of(panel)
    release(day, now)
    outbox.send_due(now=now)

    for person in (first, second):
        panels.remove_member(member=panel.memberships.get(person=person), by=None, now=now)
    panels.add_member(panel=panel, person=first, by=None, now=now)
    release(day, now + timedelta(minutes=5))
    outbox.send_due(now=now + timedelta(minutes=11))

    assert told("panel_off") == [second.phone]


def test_who_cannot_come_says_so_by_the_link_and_nobody_is_given_to_an_empty_table(day, drive, places, panel, now):
    shortlisted(drive, places.danta, now)
    links = [telling.token_of(duty) for duty in telling.duties(day)]

    for link in links:
        answering.cannot_come(duty=telling.duty_of(link), why="बीमार", now=now)
        answering.cannot_come(duty=telling.duty_of(link), now=now)

    assert panel.pauses.count() == 2
    assert filling.fill(day=day, by=None, now=now).placed == 0
    answering.can_come(duty=telling.duty_of(links[0]), now=now)
    assert filling.fill(day=day, by=None, now=now).placed == 1
    with pytest.raises(answering.TooLate):
        answering.can_come(duty=telling.duty_of(links[1]), now=at(17))


@pytest.mark.parametrize("spoil", [lambda link: link[:-1] + "~", lambda link: link[:-16] + "A" * 16, lambda link: "x"])
def test_a_link_that_we_did_not_write_leads_nowhere(day, spoil):
    link = telling.token_of(telling.duties(day)[0])

    with pytest.raises(telling.BadLink):
        telling.duty_of(spoil(link))
