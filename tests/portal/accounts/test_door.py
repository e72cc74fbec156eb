"""Signing in, through the pages."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from portal.models import PhoneCode
from tests.portal.accounts.conftest import PASSWORD, PHONE

LOGIN, CODE, BY_PASSWORD = "/login/", "/login/code/", "/login/password/"


def is_in(client):
    return "_auth_user_id" in client.session


def text(answer):
    return answer.content.decode()


def shown(answer):
    """The page without what differs at each look: nonces and tokens."""
    return re.sub(r'(nonce|value)="[^"]*"', "", text(answer))


def test_a_phone_and_its_code_open_the_door(client, user, phone):
    asked = client.post(LOGIN, {"phone": "98290 12345"})
    answer = client.post(CODE, {"code": phone.code})

    assert (asked.status_code, asked.url) == (302, CODE)
    assert answer.status_code == 302
    assert is_in(client)


def test_a_wrong_code_opens_nothing_and_says_so(client, user, phone):
    client.post(LOGIN, {"phone": PHONE})

    page = client.post(CODE, {"code": "000000" if phone.code != "000000" else "000001"})

    assert "यह कोड सही नहीं है" in text(page)
    assert not is_in(client)


def test_after_five_wrong_codes_the_right_one_is_useless(client, user, phone):
    client.post(LOGIN, {"phone": PHONE})
    wrong = "000000" if phone.code != "000000" else "000001"
    for _try in range(5):
        client.post(CODE, {"code": wrong})

    client.post(CODE, {"code": phone.code})

    assert not is_in(client)


def test_a_code_of_one_browser_is_useless_in_another(client, user, phone):
    other = type(client)()
    client.post(LOGIN, {"phone": PHONE})
    stolen = phone.code
    other.post(LOGIN, {"phone": PHONE})

    other.post(CODE, {"code": stolen})

    assert phone.code == stolen or not is_in(other)


def test_known_and_unknown_numbers_get_the_same_pages(client, user, phone):
    other = type(client)()
    known, unknown = client.post(LOGIN, {"phone": PHONE}), other.post(LOGIN, {"phone": "9829099999"})
    pages = [shown(browser.get(CODE)) for browser in (client, other)]
    wrongs = [shown(browser.post(CODE, {"code": "123450"})) for browser in (client, other)]
    resent = [browser.post(CODE, {"action": "resend"}).url for browser in (client, other)]

    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)
    assert pages[0].replace("98290 12345", "") == pages[1].replace("98290 99999", "")
    assert wrongs[0].replace("98290 12345", "") == wrongs[1].replace("98290 99999", "")
    assert resent == [CODE, CODE]
    assert len(phone.messages) == 2


def test_known_and_unknown_numbers_meet_the_same_limit(client, user, phone):
    ends = []
    for number in (PHONE, "+919829099999"):
        pages = [type(client)().post(LOGIN, {"phone": number}) for _time in range(4)]
        ends.append([page.status_code for page in pages])

    assert ends == [[302, 302, 302, 200]] * 2
    assert "एक घंटे में तीन कोड" in text(pages[3])
    assert PhoneCode.objects.count() == 6


def test_a_closed_sign_in_is_like_none(client, user, phone):
    user.is_active = False
    user.save()

    answer = client.post(LOGIN, {"phone": PHONE})
    by_password = client.post(BY_PASSWORD, {"login": PHONE, "password": PASSWORD})

    assert (answer.status_code, phone.messages) == (302, [])
    assert by_password.status_code in {200, 302}
    assert not is_in(client)


def test_a_number_of_nine_digits_is_said_at_the_field(client, db, phone):
    page = client.post(LOGIN, {"phone": "98290 1234"})

    assert "मोबाइल नंबर 10 अंकों का होना चाहिए" in text(page)
    assert phone.messages == []


def test_another_number_begins_again(client, user, phone):
    client.post(LOGIN, {"phone": PHONE})

    answer = client.post(CODE, {"action": "restart", "next": "/units/"})

    assert answer.url == f"{LOGIN}?next=%2Funits%2F"
    assert client.get(CODE).url == LOGIN


def test_a_password_alone_opens_nothing(client, user, phone):
    answer = client.post(BY_PASSWORD, {"login": PHONE, "password": PASSWORD})
    half_way = is_in(client)
    client.post(CODE, {"code": phone.code})

    assert answer.url == CODE
    assert not half_way
    assert is_in(client)


def test_five_wrong_passwords_close_this_account_and_no_other(client, user, phone, db):
    for _try in range(5):
        last = client.post(BY_PASSWORD, {"login": PHONE, "password": "wrong"})
    right = client.post(BY_PASSWORD, {"login": PHONE, "password": PASSWORD})
    neighbour = client.post(BY_PASSWORD, {"login": "9829099999", "password": "wrong"})

    assert (last.status_code, right.status_code, neighbour.status_code) == (429, 429, 200)
    assert "पाँच मिनट रुकें" in text(right)
    assert not is_in(client)


def test_a_closed_account_still_opens_by_code_and_later_by_password(client, user, phone):
    for _try in range(5):
        client.post(BY_PASSWORD, {"login": PHONE, "password": "wrong"})
    with time_machine.travel(timezone.now() + timedelta(minutes=6)):
        later = client.post(BY_PASSWORD, {"login": PHONE, "password": PASSWORD})
    other = type(client)()
    other.post(LOGIN, {"phone": PHONE})
    other.post(CODE, {"code": phone.code})

    assert later.url == CODE
    assert is_in(other)


def test_two_hundred_people_behind_one_address_all_get_their_code(db, client, phone):
    answers = {type(client)().post(LOGIN, {"phone": f"98290{number:05}"}).status_code for number in range(200)}

    assert answers == {302}


def test_nobody_signs_up(client, db):
    assert client.get("/signup/").status_code == 404


def test_looking_at_the_log_out_page_logs_nobody_out(client, user):
    client.force_login(user)

    client.get(reverse("account_logout"))
    still = is_in(client)
    client.post(reverse("account_logout"))

    assert still
    assert not is_in(client)


@pytest.mark.parametrize(("hours", "ends"), [(2, False), (4, True)])
def test_a_session_ends_after_three_idle_hours(client, user, phone, hours, ends):
    client.post(LOGIN, {"phone": PHONE})
    client.post(CODE, {"code": phone.code})

    with time_machine.travel(timezone.now() + timedelta(hours=hours)):
        client.get("/login/second/")

    assert is_in(client) is not ends


def test_a_session_ends_after_twelve_hours_of_work(client, user, phone):
    client.post(LOGIN, {"phone": PHONE})
    client.post(CODE, {"code": phone.code})
    begun = timezone.now()
    seen = []
    for hours in (2, 4, 6, 8, 10, 11.9, 12.1):
        with time_machine.travel(begun + timedelta(hours=hours)):
            client.get("/login/second/")
            seen.append(is_in(client))

    assert seen == [True] * 6 + [False]
