"""The app with codes, and administration behind it."""

import re
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.utils import timezone

from committees.domain import forming, founding, seats, tree
from committees.models import Unit
from tests.factories.committees import STATE
from tests.portal.accounts.conftest import PASSWORD, PHONE

SET_UP, SECOND, ADMIN = "/login/second/totp/activate/", "/login/second/authenticate/", "/admin/"


def code_of(secret, steps=0):
    """What the app shows; ``steps`` half minutes from now."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps))


def sign_in(client, phone):
    client.post("/login/", {"phone": PHONE})
    return client.post("/login/code/", {"code": phone.code})


def set_up(client):
    """Give the app its key, as a person does; returns the key."""
    page = client.get(SET_UP).content.decode()
    secret = re.search(r"<b>([A-Z2-7 ]{39})</b>", page)[1].replace(" ", "")
    client.post(SET_UP, {"code": code_of(secret)})
    return secret


def spare_code():
    return Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()[0]


@pytest.fixture
def administrator(user):
    """The same person, seated as administrator."""
    now = timezone.now()
    founding.load_posts(rows=founding.default_posts(), by=None, now=now)
    tree.load(rows=[STATE], by=None, now=now)
    forming.make_seats(unit=Unit.objects.get(), by=None, now=now)
    chair = Unit.objects.get().seats.filter(post__role="admin").first()
    seats.seat(person=user.person, seat=chair, by=None, now=now)
    user.set_unusable_password()
    user.save()
    return user


def test_an_app_is_set_up_and_asked_for_ever_after(client, user, phone):
    user.set_unusable_password()
    user.save()
    sign_in(client, phone)
    secret = set_up(client)
    client.post("/logout/")

    half_way = sign_in(client, phone)
    inside_before = "_auth_user_id" in client.session
    client.post(SECOND, {"code": code_of(secret, 1)})

    assert half_way.url == SECOND
    assert not inside_before
    assert "_auth_user_id" in client.session


def test_an_apps_code_works_once(client, user, phone):
    user.set_unusable_password()
    user.save()
    sign_in(client, phone)
    secret = set_up(client)
    client.post("/logout/")
    code = code_of(secret, 1)
    sign_in(client, phone)
    client.post(SECOND, {"code": code})
    client.post("/logout/")
    sign_in(client, phone)

    page = client.post(SECOND, {"code": code})

    assert page.status_code == 200
    assert "_auth_user_id" not in client.session


def test_with_an_app_a_password_asks_for_the_app_and_sends_no_sms(client, user, phone):
    sign_in(client, phone)
    client.post("/login/again/", {"password": PASSWORD})
    set_up(client)
    client.post("/logout/")
    arrived = len(phone.messages)

    answer = client.post("/login/password/", {"login": PHONE, "password": PASSWORD})

    assert answer.url == SECOND
    assert len(phone.messages) == arrived


def test_the_apps_key_is_not_readable_in_the_database(client, user, phone):
    user.set_unusable_password()
    user.save()
    sign_in(client, phone)
    secret = set_up(client)

    kept = [row.data for row in Authenticator.objects.all()]

    assert len(kept) == 2  # the app and the spare codes
    assert secret not in str(kept)


def test_a_wrong_first_code_sets_nothing_up(client, user, phone):
    user.set_unusable_password()
    user.save()
    sign_in(client, phone)
    client.get(SET_UP)

    page = client.post(SET_UP, {"code": "000000"})

    assert "यह कोड सही नहीं है" in page.content.decode()
    assert not Authenticator.objects.exists()


def test_a_spare_code_opens_once(client, user, phone):
    user.set_unusable_password()
    user.save()
    sign_in(client, phone)
    set_up(client)
    spare = spare_code()
    opened = []
    for _time in range(2):
        client.post("/logout/")
        sign_in(client, phone)
        client.post(SECOND, {"code": spare})
        opened.append("_auth_user_id" in client.session)

    assert opened == [True, False]


def test_administration_asks_for_the_app_and_then_opens(client, administrator, phone):
    sign_in(client, phone)
    closed = client.get(ADMIN, follow=True)
    set_up(client)
    open_at_once = client.get(ADMIN).status_code
    client.post("/logout/")
    sign_in(client, phone)
    client.post(SECOND, {"code": spare_code()})

    assert closed.redirect_chain[-1][0] == f"{SET_UP}?next=%2Fadmin%2F"
    assert (open_at_once, client.get(ADMIN).status_code) == (200, 200)


def test_administration_is_closed_to_a_session_without_the_app(client, administrator, phone):
    client.force_login(administrator)

    pages = {page: client.get(page).status_code for page in (ADMIN, "/admin/portal/person/", "/admin/portal/")}

    assert pages == dict.fromkeys(pages, 302)


def test_administration_does_not_exist_for_others(client, user):
    client.force_login(user)

    assert client.get(ADMIN, follow=True).status_code == 404


def test_a_demo_takes_password_and_shown_code_for_a_second_factor(client, administrator, phone, settings):
    settings.DEMO = True
    administrator.set_password(PASSWORD)
    administrator.save()
    client.post("/login/password/", {"login": PHONE, "password": PASSWORD})
    client.post("/login/code/", {"code": phone.code})
    in_a_demo = client.get(ADMIN).status_code
    settings.DEMO = False

    assert (in_a_demo, client.get(ADMIN).status_code) == (200, 302)
