"""Every page on a phone of 360 px in Hindi and English, and at a desk: fits, readable, touchable, without a fault."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from applications import consent
from applications.posters import Template
from committees.domain import letters
from interviews.domain import ranking, telling
from interviews.models import InterviewDay
from portal import codes, outbox
from portal.models import Notice
from tests.browser.conftest import asking_nobody_else
from tests.browser.looking import Looker
from tests.browser.world import World
from training.domain import doors, passes

STEPS = ["name", "area", "about", "work", "social", "writing", "photo", "check"]


def of_day(world, *names):
    return [reverse(f"interviews:{name}", args=world.day.address) for name in names]


def by_strangers(look, world):
    slug, letter = world.drive.slug, codes.pretty(world.member.letter.code)
    look.sign_in(None)
    look.look("/", "/d/", f"/d/{slug}/", f"/d/{world.closed.slug}/", f"/d/{slug}/apply/name/", "/resume/", "/privacy/")
    look.look(f"/privacy/{consent.version()}/", "/me/")
    look.look("/login/", "/login/password/", "/v/", f"/v/{letter}", f"/a/{world.applied[0].ref}/", "/en/", "/en/d/")
    look.look("/api/")
    look.look(f"/m/r/{world.relay.link_key}/", f"/c/{world.relay.code}/")
    look.look("/v/AAAA-AAAA-AA", "/nothing/here/", status=404)
    look.look(outbox.stop_link(Notice.objects.earliest("pk")).removeprefix(settings.SITE_URL))
    look.look(reverse("interviews:duty", args=[telling.token_of(telling.duties(world.day)[0])]))
    learner = f"/r/{world.learner.link_key}/"
    look.look(learner, f"{learner}quiz/", f"{learner}quiz/result/", f"{learner}feedback/")
    look.look(f"/tv/{world.board.key}/", f"/r/{world.enrolment.link_key}/", f"/s/{letters.token_of(world.member)}/")
    code = doors.code(session=world.workshop.sessions.get(), now=timezone.now())
    look.look(f"/train/{world.workshop.slug}/here/{code}/")
    look.look(f"/train/{world.workshop.slug}/here/1-0/", status=409)
    look.look(f"/s/{letters.token_of(world.member)}/leave/", f"/s/{letters.token_of(world.named)}/", "/team/sikar/")


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
    look.look(f"/a/{world.applied[3].ref}/interview/", f"/a/{world.applied[3].ref}/interview/times/")
    look.sign_in(None)
    look.carry(world.own(world.applied[4]))
    look.look(f"/a/{world.applied[4].ref}/interview/")
    look.carry(world.own(world.applied[0]))
    look.look(f"/a/{world.applied[0].ref}/offer/")


def by_who_asks_what_is_held(look, world):
    look.sign_in(None)
    look.carry(world.asking())
    mine = f"/me/a-{world.applied[0].ref}/"
    look.look("/me/", "/me/print/", *(f"{mine}{page}/" for page in ("withdraw", "erase", "complain", "nominee")))
    look.look(f"{mine}correct/applications.application.name/")


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
    look.look(*of_day(world, "planner", "panel-new", "rotate", "release", "print", "requests", "standby"))
    cancel, move, copy = of_day(world, "day-cancel", "day-move", "day-copy")
    later = f"?to={timezone.localdate(world.now) + timedelta(days=9)}"
    look.look(reverse("interviews:needs", args=[*world.day.address, world.applied[4].ref]))
    look.look(cancel, move, f"{move}{later}", f"{copy}{later}", f"/office/drives/{world.drive.slug}/interviews/")
    look.look(*of_day(world, "boards", "queue", "results", "offers", "day-change"))
    look.look("/me/keys/", "/me/keys/new/", "/known/", "/office/conflicts/", *of_day(world, "sheets", "blank"))
    sikar = world.sikar.get_absolute_url()
    look.look("/units/", sikar, f"{sikar}committee/", f"{sikar}committee/form/")
    look.look("/posters/team/SKR/", "/posters/team/AC036-P112/")
    look.look(f"{sikar}committee/form/{world.chair.pk}/", f"/l/{world.member.letter.code}/cancel/")
    look.look("/incharges/", "/incharges/sikar/", "/incharges/jaipur/", "/incharges/sikar/left/")
    look.look("/incharges/behind/", "/ask/", "/ask/?show=all", f"/ask/{world.thread.pk}/")
    look.look(f"/incharges/review/{world.successor.pk}/")
    look.look(f"{sikar}strength/", f"{sikar}strength/booth-member/", "/leavings/", f"/leavings/{world.leaving.pk}/")
    held = f"{sikar}committee/form/{world.sikar.seats.held().of_committee().last().pk}"
    look.look(f"{sikar}committee/seat/{world.member.seat_id}/", f"{held}/end/")
    look_at_the_tree_in_time(look, world)
    look_at_messages(look, world)
    look_at_results(look, world)


def look_at_the_tree_in_time(look, world):
    """A unit's history, and plans for the tree: before, and after a second person agreed."""
    plans, sikar = reverse("committees:plans"), world.sikar.get_absolute_url()
    kinds = (f"{plans}new/{kind}/?unit={code}" for kind, code in world.plannable)
    look.look(f"{sikar}history/", f"{sikar}history/?on=2025-01-31", f"{plans}?q=sikar", *kinds)
    look.look(*(reverse("committees:plan", args=[plan.key]) for plan in world.plans))
    rosters = reverse("committees:rosters")
    look.look(rosters, *(f"{rosters}{check.key}/" for check in world.rosters))


def look_at_messages(look, world):
    """What is written, approved, corrected, called back and counted."""
    status = f"/m/{world.message.number}/status/"
    mandal = world.units["AC036-A-M1"].path
    look.look("/m/", "/m/new/", "/m/silences/", f"/m/{world.unsent.number}/", f"/m/{world.message.number}/")
    look.look(f"/m/{world.message.number}/correct/", f"/m/{world.message.number}/recall/")
    look.look(status, f"{status}?unit=sikar", f"{status}?unit={mandal}")


def look_at_results(look, world):
    """What is only to be seen once the day is closed."""
    InterviewDay.objects.filter(pk=world.day.pk).update(locked_at=world.now)
    heard = [row.interview.application.ref for row in ranking.rank(world.day).rows]
    drive, meeting = f"/office/drives/{world.drive.slug}/results/", of_day(world, "calibration")[0]
    look.look(*of_day(world, "results"), f"{drive}?flag=any&sort=spread", f"{drive}messages/")
    look.look(f"{drive}compare/?ref={heard[0]}&ref={heard[1]}", meeting, f"{meeting}?at={heard[0]}")


def by_the_desk(look, world):
    look.sign_in(world.office)
    desk, drive = "/office/applications/", f"/office/drives/{world.drive.slug}/"
    look.look(f"{desk}?{world.kept.query}", f"{desk}export/", f"{desk}new/", "/office/places/")
    look.look(
        f"/office/places/?ref={world.placeless.ref}", "/office/requests/", f"/office/requests/{world.asked.number}/"
    )
    look.look(
        *(f"{drive}{page}/" for page in ("form", "funnel", "unfinished", "publish", "readers", "import")),
        f"{drive}funnel/?by=hour",
    )
    look.look(*(f"{drive}import/{batch.code}/" for batch in world.batches))
    look.look("/office/notices/", "/admin/templates/", "/admin/templates/call/hi/")
    one, other = (application.ref for application in world.applied[4:6])
    look.look("/office/doubles/", f"/office/doubles/{one}/{other}/", "/jobs/", f"/jobs/{world.job.key}/", "/read/")
    look.look(*(f"/posters/{world.link.code}/?template={name}" for name in Template))
    look.look_beside(desk, "[data-open]")
    look.sign_in(world.reader)
    look.look("/read/", f"/read/{world.drive.slug}/{world.fresh[0].ref}/", f"/jobs/{world.job.key}/", drive)
    look.sign_in(None)
    look.carry(world.beside_somebody())
    look.look(*(f"{desk}new/{world.drive.slug}/{step}/" for step in STEPS))


def by_others(look, world):
    look.sign_in(world.reception)
    desk, waits = of_day(world, "queue")[0], world.day.interviews.filter(status="ARRIVED").first()
    look.look("/office/interviews/", desk, f"{desk}?q=sunita", f"{desk}new/", f"{desk}{waits.pk}/")
    look.sign_in(world.judge.user)
    today = timezone.localdate(world.now)
    look.look("/panel/", "/panel/prepared/", *(f"/panel/{today}/{token}/" for token in (1, 2, 3)))
    look.sign_in(world.incharge)
    look.look("/my/", "/office/applications/", "/units/", "/office/drives/new/", "/posters/", "/work/")
    look.look("/visits/", f"/visits/{world.visit.pk}/", "/visits/of/", "/ask/", f"/ask/{world.thread.pk}/")
    look.sign_in(world.convener)
    look.look("/work/", "/units/", "/train/mine/")
    workshop = f"/train/{world.workshop.slug}/"
    look.sign_in(world.trainer)
    look.look("/train/", workshop, f"{workshop}attendance/1/", f"{workshop}sheet/", f"{workshop}sheet/1/")
    look.look(f"{workshop}badges/", f"{workshop}door/1/", f"/train/pass/{passes.token(world.enrolment)}/")
    look.sign_in(world.office)
    look.look("/train/", "/train/new/", workshop, f"{workshop}edit/", f"{workshop}cancel/")
    series = f"/train/series/{world.series.slug}/"
    look.look("/train/series/", "/train/series/new/", series, f"{series}edit/", f"{series}batches/?level=")
    look.look(
        "/train/coverage/", f"{workshop}materials/", f"{workshop}opinions/", f"{series}materials/", f"{series}quiz/"
    )


WALKS = [by_strangers, by_applicants, by_who_asks_what_is_held, by_the_office, by_the_desk, by_others]


@pytest.mark.parametrize("english_every", [24, pytest.param(1, marks=pytest.mark.soak)])
@pytest.mark.browser_context_args(device_scale_factor=1)  # looked at in numbers: no pixel is painted twice
@pytest.mark.parametrize("walk", WALKS, ids=lambda walk: walk.__name__)
def test_every_page_fits_and_can_be_read_and_touched(page, live_server, walk, english_every):
    look = Looker(page, live_server.url, english_every=english_every)

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


def open_a_page_with(body, context, server):
    page = context.new_page()
    page.route("**/bad/", lambda route: route.fulfill(body=body, content_type="text/html"))
    page.goto(f"{server.url}/bad/")


def test_a_page_that_asks_another_host_is_found(browser, live_server):
    bad = '<img src="https://elsewhere.example/a.png">'

    with pytest.raises(AssertionError, match=r"elsewhere\.example"), asking_nobody_else(browser.new_context()) as asks:
        open_a_page_with(bad, asks, live_server)

    asks.close()
