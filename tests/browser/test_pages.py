"""Every page on a phone of 360 px in Hindi, and at a desk: fits, readable, touchable, without a fault."""

from datetime import time, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from applications.domain import linking, reviewing
from committees.domain import incharges, letters, seats
from interviews.domain import deciding, planning, queueing, scheduling, scoring
from interviews.models import Interview
from portal import codes
from tests.browser.looking import Looker
from tests.factories.committees import make_person, make_tree, make_user
from tests.factories.desk import a_drive
from tests.factories.form import a_draft, handed_in
from tests.factories.sunday import a_day, answers, arrived, judges_of
from tests.factories.sunday import called as with_a_time
from tests.factories.training import make_workshop, seat_members
from training.domain import inviting
from training.models import Enrolment

DAY = timedelta(days=1)
STEPS = ["name", "area", "about", "work", "social", "writing", "photo", "check"]


class World:
    """A small country on a Sunday: one of everything that a page can show."""

    def __init__(self):
        self.now = timezone.now()
        self.units = make_tree(self.now - 9 * DAY)
        self.state, self.sikar, self.booth = (self.units[code] for code in ("RJ", "SKR", "AC036-P112"))
        self.office = make_user("state-office", self.state, self.now, "विमला शर्मा")
        self.reception = make_user("reception", self.state, self.now, "नसीम बानो")
        self.trainer = make_user("trainer", self.state, self.now, "कमल सिंह")
        self.convener = make_user("state-president", self.state, self.now, "हेमलता गुर्जर")
        self._drives()
        self._sunday()
        self._district()
        self._school()

    def _drives(self):
        start = self.now - 5 * DAY
        self.drive = a_drive(self.state, start, closes_at=self.now + 5 * DAY, asks_representation=True)
        self.closed = a_drive(self.sikar, start, slug="sikar-2025", closes_at=self.now - DAY)
        self.link = linking.make_link(drive=self.drive, via="poster", unit=self.sikar, by=self.office, now=start)
        self.draft = a_draft(self.drive, self.booth, self.now, 90)
        self.applied = [handed_in(self.drive, self.booth, self.now, number) for number in range(7)]
        for application in self.applied[:5]:
            reviewing.shortlist(application=application, by=self.office, now=self.now)
        reviewing.wait(application=self.applied[5], by=self.office, now=self.now)
        for application in self.applied:
            application.refresh_from_db()

    def _sunday(self):
        """One is through and scored, one is inside, one waits, one has a time."""
        window = {"date": timezone.localdate(self.now), "starts": time(0), "ends": time(23, 59)}
        self.day = a_day(self.drive, self.state, self.now, panels=1, **window)
        scored, inside, waits, told = self.applied[:4]
        for application in (scored, inside, waits):
            arrived(self.day, application, self.now, when=self.now)
        with_a_time(self.day, told, self.now, slot=scheduling.free_slots(self.day).last())
        panel = self.day.panels.get()
        self.judge, other = judges_of(panel)
        first = queueing.call_next(panel=panel, by=None, now=self.now)
        for judge in (self.judge, other):
            sheet = scoring.declare_free(interview=first, panelist=judge, by=None, now=self.now)
            given = {"answers": answers(self.day), "revision": sheet.revision}
            scoring.submit_sheet(sheet=sheet, **given, by=None, now=self.now)
        queueing.finish_and_call(panel=panel, by=None, now=self.now)
        first.refresh_from_db()
        second = Interview.objects.get(status="IN_ROOM")
        scoring.declare_free(interview=second, panelist=self.judge, by=None, now=self.now)
        deciding.propose(interview=first, outcome="SELECTED", reason="rank", by=self.office, now=self.now)
        self.board = planning.open_board(day=self.day, by=self.office, now=self.now)

    def _district(self):
        words = {"term_ends": None, "form_by": timezone.localdate(self.now + 20 * DAY)}
        who = make_person(self.now, "देवेंद्र सैनी")
        given = incharges.assign(district=self.sikar, person=who, by=self.office, now=self.now - DAY, **words)
        seats.accept(appointment=given, now=self.now)
        self.incharge = who.user
        self.member = seat_members(self.sikar, self.now - DAY, 3)[0]
        self.chair = self.sikar.seats.vacant(self.now).of_committee().first()

    def _school(self):
        self.workshop = make_workshop(
            self.sikar, self.now, starts_in=timedelta(hours=1), trainers=[self.trainer.person]
        )
        inviting.invite_new_members(now=self.now)
        self.enrolment = Enrolment.objects.order_by("pk").first()
        inviting.answer(enrolment=self.enrolment, coming=True, now=self.now)

    def own(self, application):
        """The device of an applicant, who came by the personal link."""
        device = Client()
        device.get(f"/a/{application.ref}/?k={application.link_key}")
        return device

    def in_the_middle(self):
        """The device of someone with a finished draft."""
        device = Client()
        device.get(f"/resume/?k={self.draft.key}")
        return device


def of_day(world, *names):
    return [reverse(f"interviews:{name}", args=world.day.address) for name in names]


def by_strangers(look, world):
    slug, letter = world.drive.slug, codes.pretty(world.member.letter.code)
    look.sign_in(None)
    look.look("/", "/d/", f"/d/{slug}/", f"/d/{world.closed.slug}/", f"/d/{slug}/apply/name/", "/resume/", "/privacy/")
    look.look("/login/", "/login/password/", "/v/", f"/v/{letter}", f"/a/{world.applied[0].ref}/", "/en/", "/en/d/")
    look.look("/v/AAAA-AAAA-AA", "/nothing/here/", status=404)
    look.look(f"/tv/{world.board.key}/", f"/r/{world.enrolment.link_key}/", f"/s/{letters.token_of(world.member)}/")


def by_applicants(look, world):
    look.sign_in(None)
    look.carry(world.in_the_middle())
    steps = f"/d/{world.drive.slug}/apply/"
    look.look(*(f"{steps}{step}/" for step in STEPS), f"{steps}area/?find=palsana", f"{steps}area/?pick=SKR")
    look.look("/resume/")
    for application in (world.applied[0], world.applied[3], world.applied[5], world.applied[6]):
        look.sign_in(None)
        look.carry(world.own(application))
        look.look(f"/a/{application.ref}/", f"/a/{application.ref}/withdraw/", f"/a/{application.ref}/change/contact/")
    look.carry(world.own(world.applied[3]))
    look.look(f"/a/{world.applied[3].ref}/interview/")


def by_the_office(look, world):
    look.sign_in(world.office)
    one, code = world.applied[6].ref, world.link.code
    desk = "/office/applications/"
    look.look(
        desk,
        f"{desk}?q=sunita&status=SUBMITTED",
        f"{desk}?q=nobody",
        f"{desk}{one}/",
        "/office/drives/",
        "/office/drives/new/",
        f"/office/drives/{world.drive.slug}/",
        "/posters/",
    )
    look.look(f"/posters/{code}/", "/office/interviews/", "/office/interviews/new/")
    look.look(*of_day(world, "planner", "panel-new", "release", "print", "boards", "queue", "results", "day-change"))
    sikar = world.sikar.get_absolute_url()
    look.look("/units/", sikar, f"{sikar}committee/", f"{sikar}committee/form/")
    look.look(f"{sikar}committee/form/{world.chair.pk}/", f"/l/{world.member.letter.code}/cancel/")
    look.look("/incharges/", "/incharges/sikar/", "/incharges/jaipur/")


def by_others(look, world):
    look.sign_in(world.reception)
    look.look("/office/interviews/", *of_day(world, "queue"), of_day(world, "queue")[0] + "?q=sunita")
    look.sign_in(world.judge.user)
    today = timezone.localdate(world.now)
    look.look("/panel/", *(f"/panel/{today}/{token}/" for token in (1, 2, 3)))
    look.sign_in(world.incharge)
    look.look("/my/", "/office/applications/", "/units/", "/office/drives/new/", "/posters/", "/work/")
    look.sign_in(world.convener)
    look.look("/work/", "/units/", "/train/mine/")
    workshop = f"/train/{world.workshop.slug}/"
    look.sign_in(world.trainer)
    look.look("/train/", workshop, f"{workshop}attendance/", f"{workshop}sheet/")
    look.sign_in(world.office)
    look.look("/train/", "/train/new/", workshop, f"{workshop}edit/", f"{workshop}cancel/")


WALKS = [by_strangers, by_applicants, by_the_office, by_others]


@pytest.mark.parametrize("walk", WALKS, ids=lambda walk: walk.__name__)
def test_every_page_fits_and_can_be_read_and_touched(page, live_server, walk):
    look = Looker(page, live_server.url)

    walk(look, World())

    assert look.faults == {}


BAD = """<!doctype html><html lang="hi">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>क</title>
<body style="line-height: 1.2"><main>
<h1>शीर्षक</h1><p style="width: 2000px">पंक्ति</p><button style="height: 20px">बटन</button><img src="/logo"></main>"""


def test_the_look_finds_what_is_wrong(page, live_server):
    look = Looker(page, live_server.url)
    page.route("**/bad/", lambda route: route.fulfill(body=BAD, content_type="text/html; charset=utf-8"))

    look.look("/bad/")

    wrong = look.faults["/bad/"]
    assert set(wrong) >= {"wider than the phone", "low", "tight", "axe", "wider than a desk"}
    assert any("image-alt" in line for line in wrong["axe"])
