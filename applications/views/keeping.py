"""Pages of the form that are the same for everyone, out of memory; see ``portal.kept``."""

import copy

from django.db.models import prefetch_related_objects
from django.shortcuts import get_object_or_404
from django.utils.translation import get_language

from applications import steps
from applications.forms import FORMS
from applications.models import Drive
from portal import dates, kept, organisation, stencils

HOUR = 3600
OWN = ["back_url", "self_url", "page", "opened", "saved_time"]  # what differs from visitor to visitor
WALKS = {"find", "pick", "all", "far", "to"}  # words of an address that make the picker's page another


def drive_of(request, slug):
    """The drive out of memory, a few seconds old at most; for what is sent, its opening and closing are asked anew."""
    drive = in_full(slug)
    if request.method != "GET":
        times = Drive.objects.values_list("opens_at", "closes_at")
        drive.opens_at, drive.closes_at = get_object_or_404(times, pk=drive.pk)
    return drive


def in_full(slug, row=None):
    """The drive of this address with all that its form and its cards are made of; ``row`` is its row, where known."""
    return copy.copy(kept.remembered(("drive", slug), lambda: _with_all(row or _row(slug))))


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
    if request.method != "GET" or walk.by or not hasattr(walk.drive, "version"):
        return None
    if name == "area" and _own_place(request, walk):
        return None
    own = {word: context[word] for word in OWN if context[word]}
    near = walk.picking() if name == "area" else None
    details = walk.form_details(name)
    key = (
        *("step", walk.drive.pk, walk.drive.version, _of_us(), name, get_language()),
        *(context["late"], near and near.pk, *details.items(), *own),
    )

    def make():
        strangers = FORMS[name](drive=walk.drive, now=walk.now, **details)
        return template(name), context | more() | {word: stencils.mark(word) for word in own} | {
            "form": strangers,
            "draft": None,
        }

    return kept.answer(request, key=key, make=make, own=own, form=form)


def saved_time(draft):
    return dates.clock(draft.saved_at) if draft else ""


def _own_place(request, walk):
    return bool(WALKS & set(request.GET)) or bool(walk.draft and "area" in walk.draft.answers)


def _row(slug):
    return get_object_or_404(Drive.objects.select_related("unit"), slug=slug)


def _with_all(drive):
    """With what its form is made of, and a sign that changes when any of it does."""
    steps.steps_of(drive)
    prefetch_related_objects([drive], "prompts", "posts", "criteria")
    parts = [drive.step_texts, drive.questions, drive.prompts, drive.posts]
    rows = [drive, *(row for part in parts for row in part.all())]
    drive.version = hash(tuple(getattr(row, field.attname) for row in rows for field in row._meta.concrete_fields))
    return drive


def _of_us():
    """Changes with the organisation's name, look or help."""
    ours = organisation.current()
    return tuple(value for name, value in vars(ours).items() if name not in {"_state", "logo"}), bool(ours.logo)
