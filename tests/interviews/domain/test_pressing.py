import pytest

from interviews.domain import pressing, queueing
from interviews.domain.pressing import Said
from interviews.models import Interview, Press
from tests.factories.sunday import at, called, shortlisted


@pytest.fixture
def expected(day, drive, places, now):
    return [called(day, shortlisted(drive, places.danta, now, number), now) for number in range(3)]


def fresh(interview):
    return Interview.objects.with_person().select_related("day").get(pk=interview.pk)


def test_presses_are_done_once_in_their_order_with_the_time_of_the_device(day, expected, panel, reception):
    first, second, _third = expected
    presses = [
        Said("key-0001", "check_in", at(10, 40), interview=first),
        Said("key-0002", "check_in", at(10, 50), interview=second),
        Said("key-0003", "next", at(11), panel=panel, who=second.pk),
        Said("key-0004", "next", at(11, 8), panel=panel, inside=second.pk, who=first.pk),
    ]
    for _twice in range(2):
        answers = [pressing.press(day=day, said=said, by=reception, now=at(11, 30)) for said in presses]

        assert [(answer["state"], answer["token"]) for answer in answers] == [("done", n) for n in (1, 2, 2, 1)]
    rows = Interview.objects.filter(token__isnull=False).order_by("token")
    assert list(rows.values_list("token", "status", "arrived_at", "entered_at")) == [
        (1, "IN_ROOM", at(10, 40), at(11, 8)),
        (2, "DONE", at(10, 50), at(11)),
    ]
    assert Press.objects.count() == 4


def test_two_desks_give_one_person_one_token(day, expected, reception):
    queueing.check_in(interview=fresh(expected[0]), by=None, now=at(10, 30))
    said = Said("key-0001", "check_in", at(10, 20), interview=fresh(expected[0]))

    assert pressing.press(day=day, said=said, by=reception, now=at(10, 40)) == {"state": "done", "token": 1}
    day.refresh_from_db()
    assert day.last_token == 1


def test_what_is_not_possible_any_more_is_said_and_stays_said(day, expected, reception):
    said = Said("key-0001", "finish", at(23), interview=fresh(expected[0]))
    refused = {"state": "refused", "why": "NotAllowed"}

    assert pressing.press(day=day, said=said, by=reception, now=at(11)) == refused
    assert pressing.press(day=day, said=said._replace(verb="skip"), by=reception, now=at(11)) == refused
    assert Press.objects.get().pressed_at == at(11)
    with pytest.raises(ValueError, match="close"):
        pressing.press(day=day, said=said._replace(key="key-0002", verb="close"), by=reception, now=at(11))
