"""Six digits: short-lived, used once, and useless to guess."""

from datetime import timedelta

import pytest

from portal.accounts import phone_codes
from portal.models import Notice, PhoneCode
from portal.models.notices import NoticeStatus
from portal.throttle import TooMany
from tests.portal.accounts.conftest import PHONE

MINUTE = timedelta(minutes=1)


@pytest.fixture
def code(db, phone, now):
    """A code that has just arrived."""
    phone_codes.ask(phone=PHONE, session="mine", now=now)
    return phone.code


def right(code, now, phone=PHONE, session="mine"):
    return phone_codes.check(phone=phone, session=session, code=code, now=now)


def wrong(code):
    return f"{(int(code) + 1) % 10**6:06}"


def test_the_code_arrives_and_works_once(code, now):
    assert [right(code, now), right(code, now)] == [True, False]


@pytest.mark.parametrize(("minutes", "works"), [(9, True), (10, False), (11, False)])
def test_a_code_lives_for_ten_minutes(code, now, minutes, works):
    assert right(code, now + minutes * MINUTE) is works


def test_five_tries_and_no_more(code, now):
    guesses = [right(wrong(code), now) for _try in range(5)]

    assert guesses == [False] * 5
    assert not right(code, now)


def test_four_wrong_tries_leave_one(code, now):
    for _try in range(4):
        right(wrong(code), now)

    assert right(code, now)


def test_a_code_is_bound_to_session_and_phone(code, now):
    assert not right(code, now, session="another")
    assert not right(code, now, phone="+919829099999")
    assert right(code, now)


def test_a_newer_code_replaces_the_older(code, phone, now):
    phone_codes.ask(phone=PHONE, session="mine", now=now + MINUTE)

    assert phone.code == code or not right(code, now + MINUTE)
    assert right(phone.code, now + MINUTE)


@pytest.mark.parametrize("typed", ["{0[0]}{0[1]}{0[2]} {0[3]}{0[4]}{0[5]}", " {} ", "{}\u200b"])
def test_blanks_do_not_matter(code, now, typed):
    assert right(typed.format(code), now)


def test_hindi_digits_are_digits(code, now):
    assert right(code.translate(str.maketrans("0123456789", "०१२३४५६७८९")), now)


def test_the_code_is_written_down_nowhere(code):
    rows = [*Notice.objects.values(), *PhoneCode.objects.values()]

    assert [row for row in rows if code in str({name: value for name, value in row.items() if "_at" not in name})] == []
    assert Notice.objects.get().status == NoticeStatus.SENT


def test_three_codes_an_hour_to_one_phone(db, phone, now):
    for number in range(3):
        phone_codes.ask(phone=PHONE, session=f"session {number}", now=now)

    with pytest.raises(TooMany):
        phone_codes.ask(phone=PHONE, session="one more", now=now)

    assert len(phone.messages) == 3


def test_another_phone_is_not_held_up(db, phone, now):
    for number in range(3):
        phone_codes.ask(phone=PHONE, session=f"session {number}", now=now)

    phone_codes.ask(phone="+919829099999", session="neighbour", now=now)

    assert len(phone.messages) == 4


def test_the_days_codes_have_an_end(db, phone, now, settings):
    settings.CODES_A_DAY = 5

    for number in range(5):
        phone_codes.ask(phone=f"+9198290000{number:02}", session="s", now=now)
    with pytest.raises(TooMany):
        phone_codes.ask(phone="+919829000099", session="s", now=now)

    assert len(phone.messages) == 5


def test_a_demo_shows_the_code_and_nobody_else_does(db, phone, now, settings):
    phone_codes.ask(phone=PHONE, session="mine", now=now)
    hidden = phone_codes.shown_in_demo("mine")
    settings.DEMO = True
    phone_codes.ask(phone=PHONE, session="mine", now=now)

    assert hidden == ""
    assert phone_codes.shown_in_demo("mine") == phone.code
    assert phone_codes.shown_in_demo("another") == ""
