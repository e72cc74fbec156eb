"""The whole road through the pages: from a poster at the bus stand to a certificate."""

import pytest
import time_machine

from tests.journey import applying, desk, district, opening, school, seating, sunday
from tests.journey.road import Road, at

pytestmark = pytest.mark.django_db


@pytest.fixture
def road(settings, tmp_path):
    settings.CHANNELS = {**settings.CHANNELS, "sms": "portal.channels.files.FileSMS"}
    settings.SMS_FILE_DIR = tmp_path / "sms"
    with time_machine.travel(at(10, 10), tick=False) as clock:
        yield Road(clock, settings.SMS_FILE_DIR, at(10, 10))


def test_from_the_poster_to_the_certificate(road):
    drive = opening.open_a_drive(road)
    address = opening.hang_a_poster(road, drive, "सीकर")
    hers = applying.sunita_applies(road, address)
    applying.the_others_apply(road, address)
    applying.the_draft_is_reminded(road, address)
    applying.nobody_applies_after_the_end(road, address)
    desk.the_office_finds(road)
    desk.two_people_read(road, drive)
    desk.the_office_sorts(road, drive)
    desk.results_without_an_interview_leave(road)
    day = sunday.plan(road, drive)
    call = sunday.release(road, day)
    sunday.she_confirms(road, call)
    sunday.reminders_before(road)
    board = sunday.arrive(road, day, call)
    sunday.the_panel_scores(road, day, board)
    sunday.the_last_sheet_is_asked_for(road)
    sunday.two_people_decide(road, day)
    sunday.she_reads_the_result(road, hers)
    letter = seating.appoint_her(road, hers)
    seating.she_accepts(road, letter)
    seating.the_tree_counts_her(road)
    seating.a_paper_is_cancelled(road, letter)
    incharge = district.assign(road)
    district.sign_in(road, incharge)
    district.only_the_own_part(road, incharge)
    district.own_drive(road, incharge)
    workshop = school.plan(road)
    school.invite(road, workshop)
    school.remind(road)
    school.attend(road, workshop)
    school.certify(road, workshop)
