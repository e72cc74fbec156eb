"""Each page that an applicant opens is at most 14 kB in one request, on a 2G phone too."""

import gzip
import re
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.test import Client

from applications.domain import linking
from applications.steps import STEPS
from tests.factories.desk import an_application
from tests.factories.form import a_draft, handed_in

PAGE, SCRIPT = 14 * 1024, 3 * 1024
ROOT = Path(__file__).resolve().parents[3]
SECOND_REQUEST = re.compile(r'<link rel="stylesheet"|<script src=|<img |@import|url\((?!data:)')


def weight(text):
    return len(gzip.compress(text if isinstance(text, bytes) else text.encode(), 6))


@pytest.fixture
def visitor(drive, places, now):
    """Somebody with a full draft, and a neighbour's application, on one phone."""
    with time_machine.travel(now, tick=False):
        client = Client()
        draft = a_draft(drive, places.booth, now)
        client.post(f"/resume/?k={draft.key}", {"year": "1995"})
        application = handed_in(drive, places.booth, now, number=1)
        client.get(f"/a/{application.ref}/?k={application.link_key}")
        client.ref = application.ref
        yield client


def pages(drive, ref, code):
    base = f"/d/{drive.slug}/"
    yield from ("/", "/d/", base, f"{base}?q={code}", "/privacy/", "/resume/", "/resume/?again=1", "/a/0000-0000/")
    yield from (f"{base}apply/{step}/" for step in [*STEPS, "check"])
    yield from (f"{base}apply/area/?find=palsana", f"{base}apply/area/?pick=", f"{base}apply/area/?pick=RJ-34-B1-M1")
    yield from (f"/a/{ref}/", f"/a/{ref}/withdraw/", *(f"/a/{ref}/change/{step}/" for step in STEPS))


def test_every_page_is_light_and_comes_in_one_request(visitor, drive, places, now):
    link = linking.make_link(drive=drive, via="poster", unit=places.sikar, by=None, now=now)
    heavy, many = {}, {}

    for address in pages(drive, visitor.ref, link.code):
        answer = visitor.get(address)
        assert answer.status_code == 200, address
        if weight(answer.content) > PAGE:
            heavy[address] = weight(answer.content)
        others = set(SECOND_REQUEST.findall(answer.content.decode()))
        if others - {"<script src="}:  # apply.js helps where it arrives; every page works without it
            many[address] = others

    assert (heavy, many) == ({}, {})


def test_a_list_of_forty_one_districts_is_light_too(visitor, drive, places, now):
    from_the_state = visitor.get(f"/d/{drive.slug}/apply/area/?pick=").content
    row = re.search(rb'<a class="opt".*?</a>', from_the_state, re.DOTALL)[0]

    assert weight(from_the_state + b"".join(row.replace(b"RJ-", b"R%d-" % n) for n in range(41))) < PAGE


def test_a_closed_drive_is_light(drive, places, now):
    for number in range(12):
        an_application(drive, places.booth, now, number)
    with time_machine.travel(drive.closes_at + timedelta(days=1), tick=False):
        assert weight(Client().get(f"/d/{drive.slug}/").content) < PAGE


def test_the_script_is_small():
    assert weight((ROOT / "static/apply.js").read_text()) < SCRIPT
