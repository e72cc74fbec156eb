"""Posters in bulk, in the background: all sizes of one link, or the chosen sizes for many units."""

import os
import re
from dataclasses import asdict
from datetime import datetime
from tempfile import TemporaryFile
from typing import IO, Any
from zipfile import ZIP_STORED, ZipFile

from django.core.cache import cache
from django.utils import translation
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _

from applications import poster_words, posters
from applications.domain import linking
from applications.models import ShareLink
from applications.poster_words import Design
from portal import jobs, qr
from portal.models import Job, User

SIZES, UNITS = "posters.sizes", "posters.units"  # kinds of jobs
MOST = 330  # pictures of one zip, all sizes of 41 districts: of at most 2.5 seconds each, in the 840 of a job
PHOTO_KEPT = 60 * 60  # seconds; in the cache alone, never in the database
MODULE = 20  # pixels of one module of a bare code


def keep_photo(picture: bytes) -> str:
    """Lay a photo that was made anew aside for an hour; returns the word by which it is found."""
    token = get_random_string(24)
    cache.set(f"portrait:{token}", picture, PHOTO_KEPT)
    return token


def photo(token: str) -> bytes:
    """The photo laid aside, or nothing when its hour is over."""
    return cache.get(f"portrait:{token}", b"") if token else b""


def ask(
    *, kind: str, title: str, links: list[ShareLink], sizes: list[str], design: Design, token: str = "",
    by: User, now: datetime,
) -> Job:  # fmt: skip
    """Ask for a zip of these posters. ``token`` names the leader's photo, if one was chosen."""
    settings = {
        "links": [link.pk for link in links],
        "sizes": sizes,
        "design": asdict(design),
        "photo": token,
        "told_in": translation.get_language(),
    }
    return jobs.ask(kind=kind, title=title, settings=settings, by=by, now=now)


def pack(*, job: Job, now: datetime) -> jobs.Result:
    """The worker: each link's poster in each size, and its code alone, in one zip on the disk, never in memory.

    A text that does not fit is told in the outcome, the other posters are made. Nothing is made
    without the photo that was chosen, when its hour is over.
    """
    asked = job.settings
    design, portrait = Design(**asked["design"]), photo(asked["photo"])
    if asked["photo"] and not portrait:
        with translation.override(asked["told_in"]):
            return jobs.Result(outcome={"lines": [_("The photo is no longer kept. Choose it again.")]})
    rows = ShareLink.objects.filter(pk__in=asked["links"]).select_related("drive__unit", "unit")
    links = sorted(rows, key=lambda link: asked["links"].index(link.pk))
    plan = [(link, posters.Size(size)) for size in asked["sizes"] for link in links]
    with TemporaryFile() as file:
        left_out = _draw_all(file, plan, job=job, design=design, portrait=portrait, now=now)
        handle = os.dup(file.fileno())
    outcome = _outcome(job, len(plan), left_out)
    return jobs.Result(jobs.read_in_pieces(handle), f"posters-{job.key[:6]}.zip", "application/zip", outcome)


def _draw_all(
    file: IO[bytes], plan: list[tuple[ShareLink, posters.Size]], *, job: Job, design: Design, portrait: bytes,
    now: datetime,
) -> list[str]:  # fmt: skip
    """Fill the zip; returns what could not be drawn."""
    left_out = []
    with ZipFile(file, "w", ZIP_STORED) as parcel:  # pictures do not get smaller
        for link in dict.fromkeys(link for link, _size in plan):
            _add_codes(parcel, link)
        for done, (link, size) in enumerate(plan, start=1):
            words = poster_words.words(link, design, now=now, portrait=portrait)
            try:
                picture = posters.draw(words, size, language=design.language, kind="png")
            except (posters.TextTooLong, posters.Unprintable) as problem:
                left_out.append(f"{_called(link)}, {size}: {problem.field}")
            else:
                parcel.writestr(f"{_called(link)}-{size}.png", picture)
            jobs.progress(job=job, done=done, total=len(plan))
    file.flush()
    return left_out


def _add_codes(parcel: ZipFile, link: ShareLink) -> None:
    url = linking.url(link)
    parcel.writestr(f"{_called(link)}-qr.svg", qr.svg(url))
    parcel.writestr(f"{_called(link)}-qr.png", qr.png(url, box=MODULE))


def _called(link: ShareLink) -> str:
    """``sikar-7K3QX``: names of files that any phone and any printer's computer can read."""
    unit = re.sub(r"[^a-z0-9]+", "-", link.unit.slug.lower()).strip("-") if link.unit else "poster"
    return f"{unit or 'poster'}-{link.code}"


def _outcome(job: Job, total: int, left_out: list[str]) -> dict[str, Any]:
    with translation.override(job.settings["told_in"]):
        made = _("%(number)s posters, and each code alone as SVG and PNG.") % {"number": total - len(left_out)}
        lines = [made]
        if left_out:
            which = "; ".join(left_out)
            lines.append(_("Here a text is too long, or cannot be printed: %(which)s") % {"which": which})
    return {"lines": lines}
