"""Rights end at once, and a conflict beats them all."""

import pytest
import time_machine
from django.contrib.admin import site
from django.test import Client
from django.urls import reverse

from committees.domain import seats
from committees.models import Appointment
from interviews.domain import queueing, ranking
from interviews.models import Decision, InterviewDay
from portal.accounts import opening
from tests.factories import sunday
from tests.factories.everyone import NAME, sign_in

FAMILY_NAME = NAME.split()[0]


@pytest.fixture
def world(everyone):
    """Everyone, on Sunday at eleven."""
    with time_machine.travel(sunday.at(11), tick=False):
        yield everyone


def codes_of(client, *addresses):
    return [client.get(address).status_code for address in addresses]


# --- rights end at once ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("role", "address"),
    [
        ("office", "/office/applications/"),
        ("office", "/office/interviews/2025-11-16/rajya/"),
        ("incharge", "/my/"),
        ("incharge", "/units/sikar/committee/form/"),
        ("convener", "/units/"),
        ("reception", "/office/interviews/2025-11-16/rajya/queue/"),
        ("auditor", "/units/"),
    ],
)
def test_the_next_request_after_the_end_of_a_term_is_refused(world, role, address):
    client = world.browser(role)
    assert client.get(address).status_code == 200

    appointment = world.users[role].person.appointments.get()
    seats.end(appointment=appointment, reason="कार्यकाल पूरा", by=None, now=sunday.at(11))

    assert client.get(address).status_code == 404


def test_a_form_half_sent_is_refused_when_the_term_ends_between(world):
    client = world.browser("incharge")
    ref = world.applications[1].ref
    assert client.get(f"/office/applications/{ref}/").status_code == 200

    appointment = world.users["incharge"].person.appointments.get()
    seats.end(appointment=appointment, reason="कार्यकाल पूरा", by=None, now=sunday.at(11))
    answer = client.post(f"/office/applications/{ref}/move/", {"to": "SELECTED"})

    world.applications[1].refresh_from_db()
    assert (answer.status_code, world.applications[1].status) == (404, "SUBMITTED")


def test_a_term_ends_with_its_last_day_by_itself(world):
    Appointment.objects.filter(person=world.users["incharge"].person).update(term_ends=sunday.SUNDAY)
    client = world.browser("incharge")

    assert codes_of(client, "/my/") == [200]
    with time_machine.travel(sunday.at(11).replace(day=17, hour=0, minute=1), tick=False):
        assert codes_of(Client(), "/my/") == [302]
        sign_in(client, world.users["incharge"])
        assert codes_of(client, "/my/", "/office/applications/") == [404, 404]


def test_a_sign_in_that_is_shut_ends_the_session(world, now):
    client = world.browser("office")
    opening.let_in(user=world.users["office"], active=False, by=None, now=now)

    assert client.get("/office/applications/")["Location"].startswith("/login/?next=")


def test_who_leaves_the_panel_sees_no_card(world):
    client = world.browser("panel")
    assert client.get(f"/panel/2025-11-16/{world.interview.token}/").status_code == 200

    world.interview.panel.memberships.filter(person=world.users["panel"].person).delete()

    assert client.get(f"/panel/2025-11-16/{world.interview.token}/").status_code == 404


# --- a conflict of interest beats every right -------------------------------------------------------


def test_a_relative_of_the_state_office_neither_sees_nor_moves_the_interview(world):
    client, day = world.browser("conflicted"), "/office/interviews/2025-11-16/rajya"
    pages = ["/", "/queue/", f"/queue/?q={FAMILY_NAME}", "/queue/?q=1", "/print/", "/results/", "/release/"]
    shown = "".join(client.get(day + page).content.decode() for page in pages)
    shown += client.get("/panel/").content.decode()

    presses = [{"do": f"{verb}:{world.interview.pk}"} for verb in ("check_in", "finish", "skip")]
    refused = [client.post(f"{day}/queue/", press).status_code for press in presses]

    assert "राठौड़" not in shown
    assert refused == [404, 404, 404]
    assert client.get(f"/panel/2025-11-16/{world.interview.token}/").status_code == 404


def test_a_relative_neither_proposes_nor_sees_the_marks(world):
    queueing.call_next(panel=world.interview.panel, by=None, now=sunday.at(11))
    world.interview.refresh_from_db()
    queueing.finish(interview=world.interview, by=None, now=sunday.at(11, 7))
    sunday.handed_in(world.interview, world.users["panel"].person, (5, 5, 5, 5, 4), "साफ़ बोले", sunday.at(11, 8))
    assert [row.interview for row in ranking.rank(world.day).rows] == [world.interview]
    InterviewDay.objects.filter(pk=world.day.pk).update(locked_at=sunday.at(17))
    client, results = world.browser("conflicted"), "/office/interviews/2025-11-16/rajya/results/"

    page = client.get(results).content.decode()
    asked = {"interview": world.interview.pk, "outcome": "SELECTED", "reason": "skill", "words": "जानते हैं"}
    client.post(f"{results}propose/", asked)

    assert FAMILY_NAME not in page
    assert not Decision.objects.exists()
    assert FAMILY_NAME in world.browser("office").get(results).content.decode()


# --- admin ---------------------------------------------------------------------------------------------


def admin_addresses():
    yield reverse("admin:index")
    for model in site._registry:
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        yield reverse(f"{name}_changelist")
        yield reverse(f"{name}_add")
        yield from (reverse(f"{name}_{page}", args=[1]) for page in ("change", "delete", "history"))


@pytest.mark.once
@pytest.mark.parametrize("role", ["anonymous", "applicant", "office", "auditor", "incharge", "panel", "member"])
def test_nobody_but_administrators_opens_any_page_of_admin(world, role):
    client = world.browser(role)
    last = [client.get(address, follow=True) for address in admin_addresses()]
    posted = [client.post(address, {"name": "x"}).status_code for address in admin_addresses()]

    wanted = 200 if role in {"anonymous", "applicant"} else 404  # strangers come to the door, the others nowhere
    assert {answer.status_code for answer in last} == {wanted}
    assert all("/login/" in answer.redirect_chain[-1][0] for answer in last)
    assert set(posted) <= {302, 404}


def test_an_administrator_without_the_second_factor_is_asked_for_it(world):
    client = Client()
    sign_in(client, world.users["admin"])

    answer = client.get("/admin/portal/person/", follow=True)

    assert "/login/second/totp/activate/" in answer.redirect_chain[-1][0]
