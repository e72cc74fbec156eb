"""Pages of the form that are the same for everyone, out of memory; see ``portal.kept``."""

import copy
from functools import partial

from django.db.models import prefetch_related_objects
from django.shortcuts import get_object_or_404
from django.utils import translation
from django.utils.translation import get_language

from applications import steps
from applications.forms import FORMS
from applications.models import Drive
from applications.views.walking import Walk
from portal import dates, kept, organisation, stencils

HOUR = 3600
OWN = [
    "self_url",
    "page",
    "opened",
    "saved_time",
    "draft_pk",
]  # what differs from visitor to visitor, beside the answers
WALKS = {"find", "pick", "all", "far", "to"}  # words of an address that make the picker's page another


def in_full(**which):
    """The drive out of memory, a few seconds old at most, with all that its form and its cards are made of."""
    return copy.copy(kept.remembered(("drive", *which.items()), lambda: _with_all(**which)))


def landing(request, slug, now, link_of, context_of):
    """The page of a drive that is not over, a few seconds old at most; ``None`` where one has to be made."""
    if request.method != "GET":
        return None
    drive = kept.remembered(
        ("landing", slug),
        lambda: get_object_or_404(Drive.objects.select_related("unit").with_last_extension(), slug=slug),
    )
    if now >= drive.closes_at:
        return None
    link = link_of(request, drive) if "q" in request.GET else None
    this = int(now.timestamp()) // kept.SECONDS
    key = ("landing", drive.pk, _of_us(), get_language(), link and link.pk, now < drive.opens_at, this)
    turn = drive.opens_at if now < drive.opens_at else drive.closes_at
    stands_for = min(HOUR, (turn - now).total_seconds())

    def make():
        return "applications/landing.html", context_of(drive, link, now)

    return kept.answer(request, key=key, make=make, stands_for=stands_for)


def template(name):
    return "applications/area.html" if name == "area" else "applications/step.html"


def step(request, walk, name, form, context, more):
    """The page of a step out of memory, or ``None`` where this visitor needs one of their own.

    ``more`` gives what the context lacks, when the page has to be made.
    """
    if request.method != "GET" or walk.by or _own_place(request, walk, name):
        return None
    own = {word: context[word] for word in OWN if context[word]}
    details = walk.form_details(name)

    def make():
        strangers = FORMS[name](drive=walk.drive, now=walk.now, **details)
        marks = {word: stencils.mark(word) for word in own}
        return template(name), context | more() | marks | {"form": strangers}

    page = kept.answer(request, key=_key(request, walk, name, own), make=make, own=own, form=form)
    if page and not steps.questions(walk.drive, name):  # what they ask may hang on what this person answered before
        page.stays = partial(_again, name=name, slug=walk.drive.slug, language=get_language()), kept.SECONDS
    return page


def own_words(walk, saved):
    """``OWN`` for this visitor; ``saved`` is what the step holds."""
    return {
        "self_url": walk.self_url,
        "page": walk.page,
        "opened": steps.fingerprint(saved),
        "saved_time": saved_time(walk.draft),
        "draft_pk": str(walk.draft.pk) if walk.draft else "",
    }


def _again(request, *, name, slug, language):
    """The page of a step for one more visitor, with one question; ``None`` where it is not as simple."""
    with translation.override(language):
        walk = Walk(request, in_full(slug=slug))
        if not walk.may_see(name) or _own_place(request, walk, name):
            return None
        saved = walk.draft.answers.get(name) if walk.draft else None
        if saved and FORMS[name].asks_more(saved, walk.now):
            return None
        own = {word: value for word, value in own_words(walk, saved).items() if value}
        answers = FORMS[name].shown(saved) if saved else {}
        return kept.again(request, _key(request, walk, name, own), own=own, answers=answers)


def _key(request, walk, name, own):
    near = walk.picking() if name == "area" else None
    return (
        *("step", walk.drive.pk, walk.drive.version, _of_us(), name, get_language(), near and near.pk),
        *(walk.now >= walk.drive.closes_at, request.GET.get("to") == steps.CHECK),
        *(*walk.form_details(name).items(), *own),
    )


def saved_time(draft):
    return dates.clock(draft.saved_at) if draft else ""


def _own_place(request, walk, name):
    """Does the picker show where this visitor is, or what they search for?"""
    return name == "area" and bool(WALKS & set(request.GET) or (walk.draft and "area" in walk.draft.answers))


def _with_all(**which):
    """With what its form is made of, and a sign that changes when any of it does."""
    drive = get_object_or_404(Drive.objects.select_related("unit"), **which)
    steps.steps_of(drive)
    prefetch_related_objects([drive], "prompts", "posts", "criteria")
    parts = [drive.step_texts, drive.questions, drive.prompts, drive.posts]
    rows = [drive, *(row for part in parts for row in part.all())]
    drive.version = hash(tuple(getattr(row, field.attname) for row in rows for field in row._meta.concrete_fields))
    return drive


def _of_us():
    """Changes with the organisation's name, look or help."""
    return kept.remembered("us", lambda: _words_of(organisation.current()))


def _words_of(ours):
    return tuple(value for name, value in vars(ours).items() if name not in {"_state", "logo"}), bool(ours.logo)
