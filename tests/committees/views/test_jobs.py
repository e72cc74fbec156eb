"""The pages of background work: progress, agreement, the file."""

import pytest

from committees.domain import seats
from portal import jobs
from portal.models import Job
from tests.factories.committees import make_tree, make_user
from tests.factories.everyone import DOOR

pytestmark = pytest.mark.django_db


def bring(*, job, now):
    """A worker with a small file."""
    return jobs.Result([b"ready"], "file.txt", "text/plain", {"lines": ["312"]})


@pytest.fixture
def office(now, settings):
    settings.JOBS = {"bring": f"{__name__}.bring"}
    units = make_tree(now)
    posts = {"first": ("state-office", "RJ"), "second": ("state-office", "RJ"), "sikar": ("district-incharge", "SKR")}
    people = {name: make_user(post, units[code], now, name) for name, (post, code) in posts.items()}
    people["state"] = units["RJ"]
    return people


def ask(office, now, **more):
    asked = {"right": "review", "reach": office["state"].pk, "by": office["first"], "now": now}
    return jobs.ask(kind="bring", title="41 पोस्टर", settings={}, **asked, **more)


def as_(client, user):
    client.force_login(user, backend=DOOR)
    return client


def test_the_page_looks_again_until_the_work_is_done_and_then_offers_the_file(client, office, now):
    job = ask(office, now)
    page = f"/jobs/{job.key}/"

    before = as_(client, office["first"]).get(page).content.decode()
    jobs.do_due(now=now)
    after = client.get(page).content.decode()
    file = client.get(f"{page}file")

    assert ('http-equiv="refresh"' in before, 'http-equiv="refresh"' in after) == (True, False)
    assert b"".join(file.streaming_content) == b"ready"
    assert file["Content-Disposition"] == 'attachment; filename="file.txt"'


def test_the_file_is_gone_with_the_right_it_was_made_with(client, office, now):
    job = ask(office, now)
    jobs.do_due(now=now)
    page = f"/jobs/{job.key}/"
    held = office["first"].person.appointments.get()
    before = as_(client, office["first"]).get(f"{page}file").status_code

    seats.end(appointment=held, reason="पद छोड़ा", by=None, now=now)

    assert (before, client.get(f"{page}file").status_code) == (200, 404)
    assert (client.get(page).status_code, client.get(page).context["has_file"]) == (200, False)


def test_a_second_person_finds_it_in_their_list_and_agrees(client, office, now):
    job = ask(office, now, needs_second=True)

    listed = as_(client, office["second"]).get("/jobs/").content.decode()
    client.post(f"/jobs/{job.key}/agree/")

    job.refresh_from_db()
    assert job.key in listed
    assert job.agreed_by == office["second"]


def test_who_asked_cannot_agree(client, office, now):
    job = ask(office, now, needs_second=True)

    answer = as_(client, office["first"]).post(f"/jobs/{job.key}/agree/")

    assert (answer.status_code, Job.objects.get().agreed_at) == (404, None)


def test_who_lacks_the_right_there_sees_nothing_of_it(client, office, now):
    job = ask(office, now, needs_second=True)
    as_(client, office["sikar"])

    answers = [
        client.get(f"/jobs/{job.key}/"),
        client.post(f"/jobs/{job.key}/agree/"),
        client.get(f"/jobs/{job.key}/file"),
    ]

    assert [answer.status_code for answer in answers] == [404, 404, 404]
    assert job.key not in client.get("/jobs/").content.decode()
