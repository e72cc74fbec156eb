from datetime import timedelta

import pytest
from django.test import Client

from applications.domain import publishing, reviewing
from applications.models import Application
from applications.states import Reason, Status
from committees.levels import Role
from portal import jobs
from portal.models import Job, Notice
from portal.models.notices import NoticeStatus
from tests.factories.desk import a_colleague, an_application


@pytest.fixture
def pile(drive, places, now):
    return [an_application(drive, places.booth, now, number) for number in range(3)]


@pytest.fixture
def second(places, now):
    return a_colleague(places.state, Role.STATE_OFFICE, now, number=2, name="सुरेश गुर्जर")


def pencil(rows, to, by, now, code="", reason=""):
    return publishing.pencil(applications=rows, to=to, code=code, reason=reason, by=by, now=now)


def statuses():
    return list(Application.objects.order_by("pk").values_list("status", flat=True))


def test_in_pencil_nothing_moves_and_nothing_is_told(pile, office, now):
    pencil(pile[:1], Status.NOT_SELECTED, office, now, code=Reason.NO_ROOM)

    pile[0].refresh_from_db()
    assert (pile[0].status, pile[0].pencilled, pile[0].pencilled_code) == ("SUBMITTED", "NOT_SELECTED", "NO_ROOM")
    assert (pile[0].reason_code, Notice.objects.count()) == ("", 0)


def test_the_applicant_sees_nothing_of_it(pile, office, now):
    client = Client()
    before = client.get(f"/a/{pile[0].ref}/?k={pile[0].link_key}", follow=True).content
    pencil(pile[:1], Status.NOT_SELECTED, office, now, code=Reason.OTHER, reason="पेंसिल का कारण")

    after = client.get(f"/a/{pile[0].ref}/", follow=True).content.decode()

    assert pile[0].name in after
    assert before.decode().count(pile[0].name) == after.count(pile[0].name)
    assert [word for word in ("पेंसिल का कारण", "चयन नहीं") if word in after] == []


def test_not_selected_in_pencil_needs_a_reason_too(pile, office, now):
    with pytest.raises(reviewing.ReasonMissing):
        pencil(pile, Status.NOT_SELECTED, office, now)


def test_who_decided_does_not_publish_alone(pile, drive, office, second, now):
    pencil(pile, Status.WAITING, office, now)

    with pytest.raises(publishing.SamePerson):
        publishing.publish(drive=drive, by=office, now=now)
    done = publishing.publish(drive=drive, by=second, now=now)

    assert len(done.moved) == 3
    assert statuses() == [Status.WAITING] * 3
    assert set(Notice.objects.values_list("due_at", flat=True)) == {now + reviewing.UNDO_FOR}


def test_two_persons_publish_as_one_batch_and_undoing_brings_the_pencil_back(pile, drive, office, second, now):
    pencil(pile[:2], Status.WAITING, office, now)
    pencil(pile[2:], Status.NOT_SELECTED, second, now, code=Reason.UNFINISHED)
    job = publishing.ask(drive=drive, by=office, now=now)
    jobs.do_due(now=now)
    assert statuses() == [Status.SUBMITTED] * 3
    with pytest.raises(jobs.SamePerson):
        jobs.agree(job=job, by=office, now=now)

    jobs.agree(job=job, by=second, now=now)
    jobs.do_due(now=now)
    assert statuses() == [Status.WAITING, Status.WAITING, Status.NOT_SELECTED]
    assert Application.objects.get(pk=pile[2].pk).reason_code == Reason.UNFINISHED

    back = reviewing.undo(batch=job.key[:16], by=second, now=now + timedelta(minutes=9))
    assert (back, statuses()) == (3, [Status.SUBMITTED] * 3)
    assert Application.objects.in_pencil().count() == 3
    assert set(Notice.objects.values_list("status", flat=True)) == {NoticeStatus.CANCELLED}


def test_what_was_pencilled_after_the_asking_waits_for_the_next_time(pile, drive, office, second, now):
    pencil(pile[:1], Status.WAITING, office, now)
    job = publishing.ask(drive=drive, by=office, now=now)
    pencil(pile[1:], Status.WAITING, office, now + timedelta(minutes=1))

    jobs.agree(job=job, by=second, now=now + timedelta(minutes=2))
    jobs.do_due(now=now + timedelta(minutes=2))

    assert statuses() == [Status.WAITING, Status.SUBMITTED, Status.SUBMITTED]


def test_a_decision_rubs_the_pencil_out(pile, office, now):
    pencil(pile, Status.WAITING, office, now)
    fresh = list(Application.objects.order_by("pk"))

    reviewing.shortlist(application=fresh[0], by=office, now=now)
    publishing.rub_out(applications=fresh[1:2], by=office, now=now)

    assert list(Application.objects.in_pencil()) == [pile[2]]


def test_the_page_shows_what_would_go_out_and_asks(pile, drive, office, now):
    pencil(pile[:2], Status.WAITING, office, now)
    client = Client()
    client.force_login(office, backend="portal.accounts.backend.DoorBackend")

    page = client.get(f"/office/drives/{drive.slug}/publish/")
    asked = client.post(f"/office/drives/{drive.slug}/publish/")

    assert [(group["status"], group["count"]) for group in page.context["groups"]] == [(Status.WAITING, 2)]
    assert page.context["groups"][0]["news"].startswith("संगठन: आवेदन")
    assert page.context["undecided"] == 1
    assert asked.url == f"/jobs/{Job.objects.get().key}/"


def test_nothing_in_pencil_is_nothing_to_publish(drive, office, now):
    with pytest.raises(publishing.NothingInPencil):
        publishing.ask(drive=drive, by=office, now=now)
