"""What people wrote is shown, on every page, and never run."""

import html

import pytest
from django.apps import apps
from django.db import models
from django.db.models import F

from applications.models import Application, Draft
from committees.models import Proposal
from tests.emptying import triggers_asleep
from tests.pages import Places, ask
from tests.test_attacks import broken, browsers, insiders, world

__all__ = ["browsers", "world"]

pytestmark = pytest.mark.once

SCRIPT = '"><img src=x>'
OURS = ["portal", "committees", "applications", "interviews", "training"]
KEPT = {"slug", "path", "code", "ref", "phone", "key", "link_key", "name_key", "session", "digest", "language", "lot"}
KEPT |= {"status", "template", "channel", "verb", "kind", "thing", "brand", "on_brand", "strong", "tint", "password"}
KEPT |= {
    "saved_key",
    "version",
    "reference",
    "pin",
    "number",
    "share",
    "email",
    "grievance_email",
    "last_login",
    "url",  # a file has none, and the database says so
}


def plant():
    """The script in every text of every row that people write, made long enough to be seen; in frozen ones too."""
    Proposal.objects.update(override_by=F("made_by"))  # whoever sets rules aside is known
    with triggers_asleep():
        _everywhere()
    Application.objects.update(links=[{"url": f"https://x.example/{SCRIPT}", "text": SCRIPT}])
    for draft in Draft.objects.all():
        draft.answers["name"]["name"] = draft.answers["writing"]["writing"] = SCRIPT
        draft.save()


def _everywhere():
    for app in OURS:
        for model in apps.get_app_config(app).get_models():
            written = [
                field.name
                for field in model._meta.concrete_fields
                if isinstance(field, models.CharField | models.TextField)
                and not (field.choices or field.unique or field.name in KEPT)
                and (field.max_length or 999) > len(SCRIPT) + 8
            ]
            for row in model._base_manager.all() if written and model._meta.model_name != "scoresheet" else []:
                values = dict.fromkeys(written, f"{SCRIPT}{row.pk}")
                model._base_manager.filter(pk=row.pk).update(**values)


def test_what_people_wrote_is_shown_and_never_run(world, browsers):
    addresses = {(role, Places(world).address(line, page.names)) for line, page, role in insiders()}
    addresses |= {("admin", f"/admin/{app}/{model}/") for app, model in (
        ("portal", "person"), ("portal", "document"), ("committees", "unit"), ("applications", "drive"),
        ("applications", "application"), ("training", "workshop"), ("applications", "sharelink"),
    )}  # fmt: skip
    addresses |= {("office", "/office/interviews/2025-11-16/rajya/queue/?q=img"), ("office", "/units/?q=img")}
    plant()

    run, shown = [], 0
    for role, address in sorted(addresses):
        answer = ask(browsers[role], "GET", address, {})
        text = answer.content.decode(errors="replace") if "html" in answer["Content-Type"] else ""
        run += [address] if SCRIPT in text or "<img src=x" in text else []
        shown += html.escape(SCRIPT) in text
        assert not broken(answer, address.strip("/")), address

    assert run == []
    assert shown > 35


QUERIES = ["q", "code", "find", "pick", "next", "k", "status", "district", "page", "show"]
PAGES = ["/", "/d/", "/v/", "/resume/", "/login/", "/units/", "/units/search/", "/office/applications/", "/posters/"]
PAGES += ["/d/sikar/", "/d/sikar/apply/area/", "/office/interviews/2025-11-16/rajya/queue/", "/train/"]


def test_what_stands_in_an_address_is_never_run(world, browsers):
    def shown(page, query):
        return SCRIPT in browsers["office"].get(page, {query: f"abc{SCRIPT}"}).content.decode()

    assert [(page, query) for page in PAGES for query in QUERIES if shown(page, query)] == []
