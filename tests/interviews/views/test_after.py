"""After the decisions: the waiting list, the freeze, the record without names."""

from io import BytesIO

import pytest
from django.test import Client
from pypdf import PdfReader

from applications import outcomes
from applications.domain import withdrawing
from applications.models import Application
from interviews.domain import closing, deciding, freezing
from interviews.models import PublicRecord, Standing
from tests.factories.sunday import at, handed_in, interviewed, judges_of, shortlisted

DOOR = "portal.accounts.backend.DoorBackend"


@pytest.fixture
def decided(day, drive, places, now, panel, office, other_office):
    """Two interviewed, one selected and one on the waiting list; the day is closed."""
    rows = []
    for number, (marks, outcome) in enumerate([((5, 4, 4, 4, 4), "SELECTED"), ((3, 3, 3, 3, 3), "WAITING")]):
        interview = interviewed(day, shortlisted(drive, places.danta, now, number), now)
        handed_in(interview, judges_of(panel)[0], marks)
        rows.append(deciding.propose(interview=interview, outcome=outcome, reason="rank", by=office, now=at(18)))
    deciding.approve_many(decisions=rows, by=other_office, now=at(18, 30))
    closing.close_day(day=day, by=office, now=at(19))
    return rows


@pytest.fixture
def browsers(office, other_office):
    """Of two colleagues of the state office."""
    found = []
    for user in (office, other_office):
        client = Client()
        client.force_login(user, backend=DOOR)
        found.append(client)
    return found


def base(day):
    return f"/office/interviews/{day.date}/{day.drive.slug}/"


def test_two_colleagues_promote_the_first_of_the_list(decided, day, browsers):
    one, other = browsers
    waiting = decided[1]
    page = one.get(f"{base(day)}waiting/").content.decode()
    assert waiting.interview.application.name in page

    one.post(f"{base(day)}waiting/promote/", {"do": f"propose:{waiting.pk}", "reason": "rank"})
    promotion = waiting.promotions.get()
    one.post(f"{base(day)}waiting/promote/", {"do": f"approve:{promotion.pk}"})
    waiting.interview.application.refresh_from_db()
    assert waiting.interview.application.status == "WAITING"

    other.post(f"{base(day)}waiting/promote/", {"do": f"approve:{promotion.pk}"})
    waiting.interview.application.refresh_from_db()
    assert waiting.interview.application.status == "SELECTED"


def test_a_promotion_without_a_reason_says_so_and_an_unknown_press_is_none(decided, day, browsers):
    address = f"{base(day)}waiting/promote/"

    assert browsers[0].post(address, {"do": f"propose:{decided[1].pk}"}).status_code == 422
    assert browsers[0].post(address, {"do": "sell:1"}).status_code == 302
    assert decided[1].promotions.count() == 0


def test_frozen_results_stay_equal_to_what_was_shown_and_take_no_proposal(decided, day, browsers, office):
    browsers[0].post(f"{base(day)}results/freeze/")

    day.refresh_from_db()
    assert day.frozen_at is not None
    assert [row["rank"] for row in Standing.objects.get().rows] == [1, 2]
    assert freezing.same_as_shown(day) is True
    with pytest.raises(deciding.Frozen):
        deciding.propose(interview=decided[0].interview, outcome="WAITING", reason="rank", by=office, now=at(20))


def test_who_leaves_after_the_freeze_changes_nobodys_place(decided, day, browsers, office):
    freezing.freeze(day=day, by=office, now=at(19))
    first = Application.objects.select_related("drive").get(pk=decided[0].interview.application_id)
    withdrawing.withdraw(application=first, why="", now=at(20))

    page = browsers[0].get(f"{base(day)}results/").content.decode()

    assert freezing.same_as_shown(day) is True
    assert [row["rank"] for row in freezing.rows_of(day)] == [1, 2]
    assert (first.name in page, decided[1].interview.application.name in page) == (False, True)


def test_nobody_is_forgotten_when_results_are_frozen(day, drive, places, now, panel, office):
    interview = interviewed(day, shortlisted(drive, places.danta, now, 0), now)
    handed_in(interview, judges_of(panel)[0], (3, 3, 3, 3, 3))
    with pytest.raises(freezing.StillOpen):
        freezing.freeze(day=day, by=office, now=at(18))
    closing.close_day(day=day, by=office, now=at(19))

    with pytest.raises(freezing.Undecided) as left:
        freezing.freeze(day=day, by=office, now=at(19))
    assert left.value.count == 1


def test_the_public_record_names_nobody_and_everyone_finds_the_own_row(decided, day, drive, browsers, client):
    assert client.get(f"/d/{drive.slug}/record/").status_code == 404
    browsers[0].post(f"{base(day)}results/record/")
    assert not PublicRecord.objects.exists()

    browsers[0].post(f"{base(day)}results/freeze/")
    browsers[0].post(f"{base(day)}results/record/")

    page = client.get(f"/d/{drive.slug}/record/").content.decode()
    for decision in decided:
        application = Application.objects.get(pk=decision.interview.application_id)
        code = outcomes.receipt(application)
        assert f"{code[:4]}-{code[4:8]}" in page
        assert application.name not in page
        assert application.ref not in page
        own = Client()
        status = own.get(f"/a/{application.ref}/?k={application.link_key}", follow=True).content.decode()
        assert f"{code[:4]}-{code[4:8]}" in status


def test_the_minutes_hold_everyone_with_the_reason_and_lines_to_sign(decided, day, browsers):
    paper = browsers[0].get(f"{base(day)}results/minutes.pdf")

    words = "".join(page.extract_text() for page in PdfReader(BytesIO(paper.content)).pages)
    assert paper["Content-Type"] == "application/pdf"
    assert "21.00" in words
    assert day.lot in words
