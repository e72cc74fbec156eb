"""Every page of the site: where it lies, who may open it, and what came of asking."""

import tomllib
from pathlib import Path
from typing import NamedTuple

from django.db import transaction
from django.urls import URLPattern, get_resolver, reverse

from applications import consent
from committees.domain import consenting
from interviews.domain import telling
from portal import outbox
from portal.models import Notice
from tests.factories import sunday
from training.domain import passes

MATRIX = tomllib.loads((Path(__file__).resolve().parent.parent / "committees/matrix.toml").read_text("utf-8"))
METHODS = ("GET", "POST")
DOORS = ("/login/?next", "/admin/login/?next")
ADMIN = "admin:"


def roles(words):
    """The roles that these words name, with those of groups."""
    found = set()
    for word in words.split():
        found |= {word} if word in MATRIX["roles"] else roles(MATRIX["groups"][word])
    return found


class Page(NamedTuple):
    """A page of the site: the name of its address, the parameters of one of its addresses, open to strangers?"""

    name: str
    names: tuple[str, ...]
    is_open: bool


def pages(patterns=None, space="", given=()):
    """Each page that the resolver knows."""
    for entry in get_resolver().url_patterns if patterns is None else patterns:
        names = (*given, *entry.pattern.converters)
        if isinstance(entry, URLPattern):
            yield Page(f"{space}{entry.name}", names, not getattr(entry.callback, "login_required", True))
        else:
            inner = f"{space}{entry.namespace}:" if entry.namespace else space
            yield from pages(entry.url_patterns, inner, names)


def lines():
    """(line of the matrix, its page): the longer address where a page has two."""
    known = {page.name: page for page in sorted(pages(), key=lambda page: len(page.names))}
    return [(line, known[line.partition(" @ ")[0]]) for line in MATRIX["pages"] if line != ADMIN]


class Places:
    """Where each line of the matrix lies, and what a press of its button sends."""

    def __init__(self, world):
        ref = world.applications[0].ref
        code, letter = world.link.code, world.appointment.letter.code
        self.world = world
        self.values = {
            "applications": {"slug": "sikar", "ref": ref, "step": "about", "code": code, "drive": "rajya"},
            "interviews": {"date": sunday.SUNDAY, "drive": "rajya", "key": world.board.key, "token": 1, "ref": ref},
            "training": {
                "slug": world.workshop.slug,
                "link_key": world.enrolment.link_key,
                "number": 1,
                "code": "1-0",
                "token": passes.token(world.enrolment),
            },
            "me": {"thing": f"a-{ref}", "field": "applications.application.name", "number": world.asked.number},
            "committees": {"path": "sikar", "slug": "sikar", "code": letter, "token": world.token},
            "api": {"slug": "sikar", "code": "SKR", "rest": "nowhere"},
        }
        self.values["applications"] |= {"kind": "svg", "size": "a4", "other": world.double.ref}
        self.values["interviews"] |= {"token": world.interview.token, "pk": world.interview.pk}
        self.values["interviews"]["person"] = world.users["panel"].person_id
        panel = world.day.panels.get(room="ब")
        self.sent = {
            "applications:desk-move": {"to": "SHORTLISTED"},
            "applications:application-number": {"why": "call"},
            "committees:number": {"why": "call"},
            "applications:double": {"do": "differ"},
            "interviews:queue": {"do": f"next:{panel.pk}:"},
            "interviews:visitor": {"do": f"first:{world.interview.pk}"},
            "interviews:send": {"who": world.users["panel"].person_id, "interview": world.interview.pk, "revision": 0},
            "interviews:place": {"interview": world.interview.pk, "seen": world.interview.slot_id or 0, "do": "lock"},
            "committees:proposal": {"act": "publish"},
            "committees:incharges": {"act": "fill"},
            "committees:form": {"act": "ask-all"},
            "committees:export": {"kind": "csv"},
            "training:marks": {"enrolment": world.enrolment.pk},
            "training:pass": {"session": 1},
            "training:series": {"do": "end"},
            "training:coverage-file": {"kind": "csv"},
        }

    def chair(self, post, unit, *, vacant):
        chairs = self.world.units[unit].seats.filter(post__code=post)
        return {"pk": (chairs.vacant(self.world.now) if vacant else chairs.held(self.world.now)).first().pk}

    def special(self, line):
        """The values of lines that tell of another thing than the usual one of their page."""
        at_state = {"path": ""}
        return {
            "stop": lambda: {"token": outbox.stop_link(Notice.objects.earliest("pk")).split("/")[-2]},
            "me:key-end": lambda: {"pk": self.world.key.pk},
            "applications:team-poster": lambda: {"code": "SKR"},
            "applications:team-picture": lambda: {"code": "SKR", "number": 1},
            "applications:team-paper": lambda: {"code": "SKR"},
            "applications:file": lambda: {"pk": self.world.file.pk},
            "applications:import": lambda: {"code": self.world.batch.code},
            "applications:import-undo": lambda: {"code": self.world.batch.code},
            "applications:import-report": lambda: {"code": self.world.batch.code},
            "applications:drive-edit @ state": lambda: {"slug": "rajya"},
            "interviews:results @ sikar": lambda: {"drive": "sikar"},
            "interviews:duty": lambda: {"sign": telling.token_of(telling.duties(self.world.day)[0])},
            "interviews:panel": lambda: {"pk": self.world.day.panels.get(room="ब").pk},
            "training:marks": lambda: {"slug": self.world.held.slug},
            "training:series": lambda: {"slug": self.world.held.series.slug},
            "training:series-edit": lambda: {"slug": self.world.held.series.slug},
            "training:batches": lambda: {"slug": self.world.held.series.slug},
            "training:material": lambda: {"pk": self.world.material.pk},
            "training:own-material": lambda: {"pk": self.world.material.pk},
            "training:series-materials": lambda: {"slug": self.world.held.series.slug},
            "training:quiz": lambda: {"slug": self.world.held.series.slug},
            "training:question": lambda: {"slug": self.world.held.series.slug, "number": 1},
            "committees:committee @ own": lambda: at_state,
            "committees:form @ state": lambda: at_state,
            "committees:fill": lambda: self.chair("district-secretary", "SKR", vacant=True),
            "committees:fill @ in-charge": lambda: self.chair("district-incharge", "SKR", vacant=False),
            "committees:fill @ administrator": lambda: at_state | self.chair("admin", "RJ", vacant=True),
            "committees:fill @ state office": lambda: at_state | self.chair("state-office", "RJ", vacant=True),
            "applications:desk-drop": lambda: {"pk": self.world.kept.pk},
            "applications:desk-job": lambda: {"key": self.world.done.key},
            "applications:privacy-version": lambda: {"number": consent.version()},
            "committees:number": lambda: {"pk": self.world.appointment.pk},
            "committees:emergency-agree": lambda: {"pk": self.world.glass.pk},
            "committees:emergency-end": lambda: {"pk": self.world.glass.pk},
        }.get(line, self.formed(line))()

    def formed(self, line):
        """The same of what belongs to the tree and to its lists."""
        at_state = {"path": ""}
        return {
            "committees:lending-end": lambda: {"pk": self.world.lending.pk},
            "committees:proposal": lambda: {"pk": self.world.proposal.pk},
            "committees:incharges-review": lambda: {"pk": self.world.successor.pk},
            **self.messages(),
            "committees:consent": lambda: {"token": consenting.token_of(self.world.line)},
            "committees:fake-settle": lambda: {"pk": self.world.fake.pk},
            "committees:level": lambda: {"level": "booth"},
            "committees:thread": lambda: {"pk": self.world.thread.pk},
            "committees:thread-close": lambda: {"pk": self.world.thread.pk},
            **{
                f"committees:visit{page}": lambda: {"pk": self.world.visit.pk}
                for page in ("", "-photo", "-photo-small")
            },
            "committees:plan-new": lambda: {"kind": "renumber"},
            "committees:plan": lambda: {"key": self.world.plan.key},
            "committees:plan-agree": lambda: {"key": self.world.plan.key},
            "committees:plan-drop": lambda: {"key": self.world.plan.key},
            "committees:plan-undo": lambda: {"key": self.world.plan.key},
            "committees:plan-undo-asked": lambda: {"key": self.world.plan.key},
            "committees:roster": lambda: {"key": self.world.roster.key},
            "committees:roster-take": lambda: {"key": self.world.roster.key},
            "committees:roster-undo": lambda: {"key": self.world.roster.key},
            "committees:job": lambda: {"key": self.world.job.key},
            "committees:job-agree": lambda: {"key": self.world.job.key},
            "committees:job-file": lambda: {"key": self.world.done.key},
            "committees:seat": lambda: {"pk": self.world.appointment.seat_id},
            "committees:seat @ state office": lambda: at_state | self.chair("state-office", "RJ", vacant=False),
            "committees:strength-post": lambda: {"code": "district-member"},
            "committees:leaving": lambda: {"pk": self.world.leaving.pk},
            "committees:end": lambda: {"pk": self.world.appointment.seat_id},
            "committees:end @ in-charge": lambda: self.chair("district-incharge", "SKR", vacant=False),
            "committees:end @ state office": lambda: at_state | self.chair("state-office", "RJ", vacant=False),
        }.get(line, dict)

    def messages(self):
        """The same of messages down the tree."""
        relay, number = self.world.relay, self.world.message.number
        own, passed_on = lambda: {"key": relay.link_key}, lambda: {"code": relay.code}
        numbered = ("", "-picture", "-correct", "-recall", "-status", "-file")
        return {f"committees:message{page}": lambda: {"number": number} for page in numbered} | {
            "committees:message-change": lambda: {"number": self.world.unsent.number},
            "committees:message-own": own,
            "committees:message-own-picture": own,
            "committees:message-pass": own,
            "committees:message-copy": passed_on,
            "committees:message-copy-picture": passed_on,
            "committees:silence-end": lambda: {"pk": self.world.silence.pk},
        }

    def address(self, line, names):
        page = line.partition(" @ ")[0]
        known = self.values.get(page.partition(":")[0], {}) | self.special(line)
        return reverse(page, kwargs={name: known[name] for name in names})


def ask(client, method, address, sent):
    """One request that leaves no trace in the database or the browser."""
    cookies = dict(client.cookies)
    with transaction.atomic():
        answer = client.get(address) if method == "GET" else client.post(address, sent)
        transaction.set_rollback(True)
    client.cookies.clear()
    client.cookies.update(cookies)
    return answer


def outcome(answer):
    """``in``, ``out`` (404, the door, or no key), ``method`` (405), or what no page may answer."""
    if answer.status_code == 405:
        return "method"
    if answer.status_code in {401, 403, 404}:
        return "out"
    if answer.status_code == 302 and answer["Location"].startswith(DOORS):
        return "out"
    return "in" if answer.status_code in {200, 302, 409, 422, 503} else str(answer.status_code)
