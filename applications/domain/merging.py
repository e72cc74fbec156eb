"""Two applications of one person made into one, by two colleagues, so that nothing is lost and all can be undone.

The kept one takes over what was chosen and the tags; everything else of the
folded one stays with it. It leads to the kept one and counts no more.
"""

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q

from applications.domain import reviewing
from applications.models import Application, Merge
from applications.states import MOVES, Status
from portal import audit, codes, transitions
from portal.models import Notice, User
from portal.models.notices import NoticeStatus

TAKEN = {  # what a colleague may choose to take over, and its columns
    "name": ["name", "name_key"],
    "place": ["unit_id", "place_note"],
    "birth_year": ["birth_year"],
    "education": ["education"],
    "since": ["since", "roles"],
    "work": ["work"],
    "links": ["links", "no_links", "followers"],
    "writing": ["prompt_id", "writing"],
    "photo": ["photo_id"],
    "can_come": ["can_come"],
    "serve_level": ["serve_level"],
    "wishes": ["wishes"],
}
OPEN = [status for status, to in MOVES.items() if Status.MERGED in to]  # neither gone nor with a seat in sight


class CannotMerge(Exception):
    """Not of one drive, or one of them is gone, selected, appointed, or in another merge."""


class SamePerson(Exception):
    """Whoever proposed a merge does not agree to it."""


class MovedOn(Exception):
    """One of the two has been changed or decided since; it cannot be undone any more."""


@transaction.atomic
def propose(*, kept: Application, folded: Application, taken: list[str], by: User, now: datetime) -> Merge:
    """Ask a second colleague to fold one into the other; ``taken`` names what of it is taken over (``TAKEN``).

    Raises ``CannotMerge``.
    """
    _check(kept, folded)
    wanted = [field for field in TAKEN if field in taken]
    try:
        with transaction.atomic():
            merge = Merge.objects.create(kept=kept, folded=folded, taken=wanted, asked_by=by, asked_at=now)
    except IntegrityError:  # folded_into_one_at_a_time
        raise CannotMerge(folded.ref) from None
    _record("merge proposed", merge, by, now)
    return merge


@transaction.atomic
def agree(*, merge: Merge, by: User, now: datetime) -> None:
    """The second colleague's word: now the two are one. Raises ``SamePerson``, ``CannotMerge`` or ``Stale``."""
    if by.pk == merge.asked_by_id:
        raise SamePerson(str(merge.pk))
    kept, folded = _locked(merge)
    waiting = Merge.objects.filter(pk=merge.pk, agreed_at=None, undone_at=None)
    before = {field: getattr(kept, field) for field in _columns(merge)}
    before |= {"status": kept.status, "tags": sorted(kept.tags.values_list("pk", flat=True))}
    if not waiting.update(agreed_by=by, agreed_at=now, before=before, folded_status=folded.status):
        raise transitions.Stale(str(merge.pk))
    _check(kept, folded)
    _write(kept, {field: getattr(folded, field) for field in _columns(merge)})
    if "photo" in merge.taken:  # they change places: a photo belongs to one application, which alone may drop it
        _write(folded, {"photo_id": before["photo_id"]})
    kept.tags.add(*folded.tags.all())
    transitions.move(folded, to=Status.MERGED, table=MOVES, by=by, now=now, merged_into=kept)
    _take_back_what_waits(folded, now)
    merge.refresh_from_db()
    _record("merged", merge, by, now)


@transaction.atomic
def undo(*, merge: Merge, by: User, now: datetime) -> None:
    """Two again, each as it was; or the proposal taken back. Raises ``MovedOn`` or ``Stale``."""
    kept, folded = _locked(merge)
    standing = Merge.objects.filter(pk=merge.pk, undone_at=None, agreed_at=merge.agreed_at)
    if not standing.update(undone_by=by, undone_at=now):
        raise transitions.Stale(str(merge.pk))
    merge.refresh_from_db()
    if merge.agreed_at is None:
        _record("merge declined", merge, by, now)
        return
    _still_as_merged(merge, kept, folded)
    before = dict(merge.before)
    photo = kept.photo_id
    _write(kept, {field: before[field] for field in _columns(merge)})
    if "photo" in merge.taken:
        _write(folded, {"photo_id": photo})
    kept.tags.set(before["tags"])
    transitions.move(folded, to=merge.folded_status, table=MOVES, by=by, now=now, merged_into=None)
    _record("merge undone", merge, by, now)


def can_be_merged(one: Application, other: Application) -> bool:
    """May these two become one at all?"""
    try:
        _check(one, other)
    except CannotMerge:
        return False
    return True


def _check(kept: Application, folded: Application) -> None:
    if kept.pk == folded.pk or kept.drive_id != folded.drive_id:
        raise CannotMerge(folded.ref)
    if kept.status not in OPEN or folded.status not in OPEN:
        raise CannotMerge(f"{kept.status}, {folded.status}")


def _locked(merge: Merge) -> tuple[Application, Application]:
    """Both as they are now, ours until the end; always in one order, so that two colleagues never block each other."""
    both = Application.objects.select_for_update().filter(pk__in=[merge.kept_id, merge.folded_id]).order_by("pk")
    rows = {row.pk: row for row in both}
    return rows[merge.kept_id], rows[merge.folded_id]


def _columns(merge: Merge) -> list[str]:
    return [column for field in merge.taken for column in TAKEN[field]]


def _write(application: Application, values: dict[str, Any]) -> None:
    if values:
        Application.objects.filter(pk=application.pk).update(**values)


def _still_as_merged(merge: Merge, kept: Application, folded: Application) -> None:
    """The kept one holds what it took over, in the status it had; the folded one is where the merge put it."""
    of_folded = {column: getattr(folded, column) for column in _columns(merge) if column != "photo_id"}
    same = all(getattr(kept, column) == value for column, value in of_folded.items())
    merged = folded.status == Status.MERGED and folded.merged_into_id == kept.pk
    photo_moved = "photo" in merge.taken and folded.photo_id != merge.before["photo_id"]
    if not (same and merged and kept.status == merge.before["status"]) or photo_moved:
        raise MovedOn(str(merge.pk))


def _take_back_what_waits(folded: Application, now: datetime) -> None:
    """Nobody is told anything about an application that counts no more."""
    reviewing.take_back_news(applications=[folded], now=now)
    ref = codes.pretty(folded.ref)
    about = Q(context__ref=ref) | Q(context__url__icontains=f"/a/{ref}/")
    Notice.objects.filter(about, phone=folded.phone, status=NoticeStatus.QUEUED).update(status=NoticeStatus.CANCELLED)


def _record(verb: str, merge: Merge, by: User, now: datetime) -> None:
    """On both, each naming the other by its number."""
    audit.record(verb, merge.kept, by=by, now=now, other=merge.folded.ref)
    audit.record(verb, merge.folded, by=by, now=now, other=merge.kept.ref)
