import pytest

from applications.domain import bulk
from applications.models import Application
from applications.states import Status
from committees.domain import seats
from portal import jobs
from portal.models import Job, Notice
from portal.models.notices import NoticeStatus
from tests.factories.desk import a_drive, an_application

MOVE, UNDO = "/office/applications/move/", "/office/applications/undo/"
EVERYONE = {"everyone": "1", "seen": "2025-12-31T00:00:00+05:30", "query": "district=sikar"}
LARGE = 230


@pytest.fixture
def large(drive, places, now):
    """More than go at once, one of them beyond reach."""
    first = an_application(drive, places.booth, now)
    rows = []
    for number in range(1, LARGE):
        row = Application.objects.get(pk=first.pk)
        row.pk, row.phone, row.ref, row.link_key = None, f"+9188000{number:05}", f"R{number:06}", f"key{number}"
        rows.append(row)
    Application.objects.bulk_create(rows)
    Application.objects.filter(pk=first.pk).update(status=Status.APPOINTED)
    return first


def counts():
    rows = Application.objects.values_list("status", flat=True)
    return {status: list(rows).count(status) for status in set(rows)}


def test_many_are_done_in_the_background_and_taken_back_together(at_office, large, now):
    look = at_office.post(MOVE, EVERYONE | {"to": "WAITING"}, follow=True)
    assert (look.context["count"], look.context["others"], look.context["in_background"]) == (LARGE - 1, 1, True)
    asked = at_office.post(MOVE, EVERYONE | {"to": "WAITING", "confirm": "1"})
    job = Job.objects.get()
    assert asked.url == f"/jobs/{job.key}/"
    assert counts() == {Status.SUBMITTED: LARGE - 1, Status.APPOINTED: 1}

    assert jobs.do_due(now=now) == {"done": 1, "failed": 0}

    job.refresh_from_db()
    assert counts() == {Status.WAITING: LARGE - 1, Status.APPOINTED: 1}
    assert (job.outcome["done"], job.outcome["left"]) == (LARGE - 1, [[large.ref, bulk.FROM_HERE]])
    assert Notice.objects.filter(status=NoticeStatus.QUEUED).count() == LARGE - 1


def test_the_page_of_the_work_names_who_was_left_and_takes_it_back(at_office, large, now, time_machine):
    time_machine.move_to(now, tick=False)
    at_office.post(MOVE, EVERYONE | {"to": "WAITING", "confirm": "1"})
    jobs.do_due(now=now)
    job = Job.objects.get()

    page = at_office.get(job.outcome["url"])
    assert page.context["left"] == [(large.ref, large.name, str(bulk.WHY_LEFT[bulk.FROM_HERE]))]

    at_office.post(UNDO, {"batch": page.context["batch"]})
    assert counts() == {Status.SUBMITTED: LARGE - 1, Status.APPOINTED: 1}
    assert set(Notice.objects.values_list("status", flat=True)) == {NoticeStatus.CANCELLED}


def test_a_very_large_batch_is_taken_back_in_the_background_and_its_news_held_at_once(
    at_office, large, now, time_machine, monkeypatch
):
    time_machine.move_to(now, tick=False)
    monkeypatch.setattr("applications.views.bulk.BACK_AT_ONCE", 100)
    at_office.post(MOVE, EVERYONE | {"to": "WAITING", "confirm": "1"})
    jobs.do_due(now=now)

    at_office.post(UNDO, {"batch": bulk.batch_of(Job.objects.get())})

    assert set(Notice.objects.values_list("status", flat=True)) == {NoticeStatus.CANCELLED}
    assert counts()[Status.WAITING] == LARGE - 1
    jobs.do_due(now=now)
    assert counts() == {Status.SUBMITTED: LARGE - 1, Status.APPOINTED: 1}


def test_rights_that_ended_meanwhile_do_nothing(at_office, office, large, now):
    at_office.post(MOVE, EVERYONE | {"to": "WAITING", "confirm": "1"})
    seats.end(appointment=office.person.appointments.get(), reason="त्यागपत्र", by=None, now=now)

    jobs.do_due(now=now)

    assert counts() == {Status.SUBMITTED: LARGE - 1, Status.APPOINTED: 1}


def test_work_that_died_and_began_anew_does_nothing_twice(at_office, large, now):
    at_office.post(MOVE, EVERYONE | {"to": "WAITING", "confirm": "1"})
    job = Job.objects.get()
    bulk.worker(job=job, now=now)

    again = bulk.worker(job=job, now=now)

    assert again.outcome["done"] == 0
    assert Notice.objects.count() == LARGE - 1


def test_tags_go_on_and_off_many(at_office, drive, places, now):
    rows = [an_application(drive, places.booth, now, number) for number in range(2)]
    chosen = {"ref": [row.ref for row in rows], "query": "", "tag": "वक्ता"}

    look = at_office.post(MOVE, chosen | {"to": "tag"}, follow=True)
    assert look.context["ask_form"].data["tag"] == "वक्ता"
    at_office.post(MOVE, chosen | {"to": "tag", "confirm": "1"})
    assert [list(row.tags.values_list("name", flat=True)) for row in rows] == [["वक्ता"], ["वक्ता"]]

    at_office.post(MOVE, {"ref": rows[0].ref, "tag": "वक्ता", "to": "untag", "confirm": "1"})
    assert [row.tags.count() for row in rows] == [0, 1]


def test_a_tag_without_a_word_is_refused(at_office, drive, places, now):
    row = an_application(drive, places.booth, now)

    refused = at_office.post(MOVE, {"ref": row.ref, "to": "tag", "tag": " ", "confirm": "1"})

    assert list(refused.context["ask_form"].errors) == ["tag"]


def test_nothing_is_decided_about_many_by_group(at_office, places, now):
    drive = a_drive(places.state, now, slug="mahila", asks_representation=True)
    an_application(drive, places.booth, now, gender="W")

    at_office.post(MOVE, {"query": "drive=mahila&gender=W", "everyone": "1", "to": "WAITING", "confirm": "1"})

    assert counts() == {Status.SUBMITTED: 1}
