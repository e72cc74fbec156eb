"""The pages of the living tree, of those who help and those who watch: fit, readable, touchable, without a fault."""

import pytest
from django.urls import reverse

from committees.domain import bulk_letters, consenting, letters
from portal import jobs
from tests.browser.grove import Grove
from tests.browser.looking import Looker


def by_who_checks_a_paper(look, grove):
    look.sign_in(None)
    look.look(*grove.papers, "/v/fake/", "/v/fake/?code=K7Q2-98X4-3T")
    look.look(*(f"/n/{consenting.token_of(line)}/" for line in grove.asked))
    look.look(f"/s/{letters.token_of(grove.holder)}/")


def by_the_office(look, grove):
    look.sign_in(grove.office)
    sikar, state = grove.sikar.get_absolute_url(), grove.state.get_absolute_url()
    look.look(state, f"{state}coverage/", f"{state}strength/")
    look.look(f"{state}level/booth/", f"{sikar}level/booth/")
    look.look(f"{state}compare/?u=SKR&u=JPR", f"{sikar}compare/?u=AC034&u=AC036", f"{sikar}coverage/")
    look.look("/units/?q=sikar", "/units/?q=xyzzy", grove.booth.get_absolute_url())
    look.look("/emergencies/", "/v/fakes/", f"/numbers/{grove.holder.pk}/")
    look.look("/proposals/", *(reverse("committees:proposal", args=[one.pk]) for one in grove.lists))
    look.look("/letters/", f"/letters/?unit={grove.booth.path}")
    asked = bulk_letters.ask(unit=grove.sikar, by=grove.office, now=grove.now)
    look.look(f"/jobs/{asked.key}/")
    jobs.do_due(now=grove.now)
    look.look(f"/jobs/{asked.key}/", "/jobs/")


def by_who_forms(look, grove):
    look.sign_in(grove.incharge)
    look.look("/units/", "/proposals/", *(f"{one.unit.committee_url}form/" for one in grove.lists))
    look.look("/lendings/", "/lendings/new/", f"/lendings/new/?in={grove.units['AC036'].path}")
    look.look(f"/lendings/{grove.lending.pk}/end/", reverse("committees:proposal", args=[grove.lists[2].pk]))
    look.sign_in(grove.deputy)
    look.look("/work/", "/my/", "/lendings/", "/units/", "/proposals/", f"{grove.booth.committee_url}form/")


def by_who_watches(look, grove):
    look.sign_in(grove.auditor)
    look.look("/emergencies/", "/v/fakes/", "/units/")
    look.carry(grove.desk_of(grove.admin))
    look.look("/admin/", "/admin/find/?q=sikar", "/admin/find/?q=xyzzy", "/admin/look/", "/admin/look/?q=sikar")
    look.look("/admin/emergency/", "/emergencies/", "/admin/committees/unit/load/", "/admin/committees/unit/?q=sikar")
    look.look(f"/admin/committees/unit/{grove.sikar.pk}/change/", "/admin/committees/norm/add/")
    look.carry(grove.desk_of(grove.admin, looks_as=grove.incharge))
    look.look("/units/", "/my/", f"{grove.booth.committee_url}form/")
    look.look("/login/second/", status=403)


WALKS = [by_who_checks_a_paper, by_the_office, by_who_forms, by_who_watches]


@pytest.mark.parametrize("english_every", [24, pytest.param(1, marks=pytest.mark.soak)])
@pytest.mark.browser_context_args(device_scale_factor=1)  # looked at in numbers: no pixel is painted twice
@pytest.mark.parametrize("walk", WALKS, ids=lambda walk: walk.__name__)
def test_every_page_of_the_tree_fits_and_can_be_read_and_touched(page, live_server, settings, walk, english_every):
    settings.LETTER_KEYS = ["a secret of the walk"]
    look = Looker(page, live_server.url, english_every=english_every)

    walk(look, Grove())

    assert look.faults == {}


def test_the_page_of_work_in_the_background_tells_its_end_by_itself(page, live_server):
    grove = Grove()
    look = Looker(page, live_server.url)
    look.sign_in(grove.office)
    said = []
    page.on("console", lambda line: said.append(line.text))
    asked = bulk_letters.ask(unit=grove.booth, by=grove.office, now=grove.now)
    page.goto(f"{live_server.url}/jobs/{asked.key}/")

    jobs.do_due(now=grove.now)

    page.get_by_role("link", name="डाउनलोड").wait_for()
    assert said == []
