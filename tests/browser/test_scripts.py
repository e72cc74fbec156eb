"""Eighty hostile texts, sown through the real forms: no page of any role runs one of them."""

import pytest
from django.test import Client

from applications import consent
from applications.models import Application, Draft
from tests.browser.looking import Looker
from tests.browser.test_pages import WALKS
from tests.browser.world import World, answers_sent
from tests.factories.form import SAMPLE
from tests.factories.payloads import PAYLOADS

IN_ONE = 6  # texts that one application carries


class Watcher(Looker):
    """Opens pages in Hindi and writes down what ran there, or tried to: dialogs, and what the console says."""

    def __init__(self, page, server):
        super().__init__(page, server, english_every=10**6)
        page.on("dialog", self._hear)

    def _hear(self, dialog):
        self._said.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def _wrong(self):
        return {"ran": list(self._said)} if self._said else {}


def sow(world):
    """Each text in a field of the form, by the form; beside them in words of the office. Returns who applied."""
    steps = f"/d/{world.drive.slug}/apply/"
    for number, first in enumerate(range(0, len(PAYLOADS), IN_ONE)):
        texts = (PAYLOADS * 2)[first : first + IN_ONE]
        device, sent = Client(), answers_sent(world.drive, world.booth)
        sent["name"] = {"name": texts[0], "phone": f"98111{number:05}", "on_whatsapp": "on"}
        sent["area"] = {"unit": world.state.pk, "place_note": texts[1]}
        sent["about"] |= {"education": texts[2]}
        sent["work"] |= {"roles": texts[3], "work": texts[4]}
        device.post(f"{steps}social/", {"link1": texts[5]})  # refused, and shown again
        sent["social"] = {"no_links": "on"}
        sent["writing"] |= {"writing": f"{SAMPLE} {' '.join(texts)}"}
        for step, answers in sent.items():
            device.post(f"{steps}{step}/", answers)
        agreed = {"consent": "on", "version": consent.version(), "draft": Draft.objects.latest("pk").pk}
        device.post(f"{steps}check/", agreed)
    office = Client()
    office.force_login(world.office)
    words = {"title_hi": PAYLOADS[0], "title_en": PAYLOADS[1], "purpose_hi": PAYLOADS[8], "purpose_en": PAYLOADS[64]}
    office.post(f"/office/drives/{world.drive.slug}/", words)
    return list(Application.objects.filter(phone__startswith="+9198111").order_by("pk"))


def by_who_wrote_them(look, world, sown):
    for application in sown[::5]:
        look.sign_in(None)
        look.carry(world.own(application))
        look.look(f"/a/{application.ref}/", f"/a/{application.ref}/change/work/")
    look.look(f"/d/{world.drive.slug}/")


def by_who_reads_them(look, world, sown):
    look.sign_in(world.office)
    look.look("/office/applications/", "/office/places/", *(f"/office/applications/{one.ref}/" for one in sown[::5]))


def test_nothing_that_people_wrote_runs_before_two_roles(page, live_server):
    world, look = World(), Watcher(page, live_server.url)
    sown = sow(world)

    by_who_wrote_them(look, world, sown)
    by_who_reads_them(look, world, sown)

    assert len(sown) == len(range(0, len(PAYLOADS), IN_ONE))
    assert look.faults == {}


@pytest.mark.soak
@pytest.mark.parametrize("walk", WALKS, ids=lambda walk: walk.__name__)
def test_nothing_that_people_wrote_runs_on_any_page(page, live_server, walk):
    world, look = World(), Watcher(page, live_server.url)
    sown = sow(world)

    walk(look, world)
    by_who_reads_them(look, world, sown)

    assert look.faults == {}


def test_the_watcher_hears_what_runs(page, live_server):
    look = Watcher(page, live_server.url)
    page.route("**/bad/", lambda route: route.fulfill(body=PAYLOADS[0], content_type="text/html; charset=utf-8"))

    look.look("/bad/")

    assert look.faults == {"/bad/": {"ran": ["dialog: 1"]}}
