"""Applications that may be of one person, with the reasons. Nothing is decided here: a colleague looks.

A phone is shared by families and names repeat, so no reason alone is proof.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime
from enum import StrEnum
from itertools import combinations
from typing import NamedTuple

from django.core.cache import cache
from django.db import transaction
from django.db.models import Q, QuerySet

from applications.domain.photos import ALIKE
from applications.models import Application, NotTheSame
from applications.states import Status
from portal import audit, folding
from portal.models import User

GONE = [Status.WITHDRAWN, Status.MERGED]
BANDS = ALIKE + 1  # of two signs that differ in at most ALIKE places, one band of this many is the same
BITS = 64
SAME_NAME = 0.35  # shared groups of three letters, vowels and all: मीणा is not मैना
REMEMBERED = 600  # seconds
MOST_ELSEWHERE = 20  # people apply to a handful of drives in a life
CROWD = 6  # more than this on one handle or number are no pair of doubles but a shop


class Why(StrEnum):
    PHONE = "phone"
    NAME = "name"
    PHOTO = "photo"
    HANDLE = "handle"


WEIGHT = {Why.NAME: 4, Why.PHOTO: 3, Why.HANDLE: 3, Why.PHONE: 2}


class Pair(NamedTuple):
    """Two applications, the earlier first, and why they may be one."""

    first: int
    second: int
    reasons: list[Why]

    @property
    def weight(self) -> int:
        return sum(WEIGHT[reason] for reason in self.reasons)


class Elsewhere(NamedTuple):
    """An application to another drive that may be the same person's, and why."""

    application: Application
    reasons: list[Why]


class Traits(NamedTuple):
    """What two applications are compared by."""

    pk: int
    drive: int
    phone: str
    name: str
    name_key: str
    birth_year: int
    unit: int
    mandal: int | None
    fingerprint: str | None
    links: list[dict[str, str]]


COLUMNS = [*Traits._fields[:7], "unit__mandal", "photo__fingerprint", "links"]


def pairs(rows: QuerySet[Application]) -> list[Pair]:
    """The pairs among these, those with most reasons first; in two queries, however many there are."""
    found = _among(Traits(*row) for row in rows.exclude(status__in=GONE).order_by().values_list(*COLUMNS))
    if not found:
        return []
    drives = rows.order_by().values("drive")
    looked = NotTheSame.objects.filter(first__drive__in=drives).values_list("first", "second")
    return _kept(found, set(looked))


def known(rows: QuerySet[Application], *, drive: int, user: User, is_small: bool) -> int | None:
    """How many pairs this user has to look at: as counted last, anew only in a small pile; else not known."""
    key = f"doubles:{drive}:{user.pk}"
    found = cache.get(key)
    if found is None and is_small:
        found = len(pairs(rows))
        cache.set(key, found, REMEMBERED)
    return found


def remember(count: int, *, drive: int, user: User) -> None:
    """What somebody who looked at the pairs has counted, for ``known``."""
    cache.set(f"doubles:{drive}:{user.pk}", count, REMEMBERED)


def pairs_of(application: Application, rows: QuerySet[Application]) -> list[Pair]:
    """The pairs of one application with others of its drive among ``rows``."""
    if application.status in GONE:
        return []
    others = rows.filter(drive=application.drive_id).exclude(status__in=GONE).exclude(pk=application.pk).order_by()
    near = Q(phone=application.phone) | Q(name_key=application.name_key, birth_year=application.birth_year)
    for handle in _handles(application.links):
        near |= Q(links__icontains=handle.rpartition("/")[2])
    keys = set(others.filter(near).values_list("pk", flat=True))
    if application.photo and application.photo.fingerprint:
        signs = others.exclude(photo=None).exclude(photo__fingerprint="").values_list("pk", "photo__fingerprint")
        keys |= {pk for pk, sign in signs if _apart(sign, application.photo.fingerprint) <= ALIKE}
    near_ones = pairs(Application.objects.filter(pk__in=[application.pk, *keys]))
    return [pair for pair in near_ones if application.pk in (pair.first, pair.second)]


def elsewhere(application: Application, rows: QuerySet[Application]) -> list[Elsewhere]:
    """What may be the same person's in other drives, among ``rows``; the newest first, those withdrawn too."""
    others = rows.exclude(drive=application.drive_id).exclude(status=Status.MERGED).order_by()
    named = others.filter(name_key=application.name_key, birth_year=application.birth_year)
    # Not one OR: each half has an index of its own.
    near = others.filter(phone=application.phone).values("pk").union(named.values("pk"))
    found = []
    for row in (
        rows.filter(pk__in=near).select_related("drive", "unit").order_by("-submitted_at", "-pk")[:MOST_ELSEWHERE]
    ):
        reasons = [Why.PHONE] if row.phone == application.phone else []
        if _is_alike(row, application):
            reasons.insert(0, Why.NAME)
        if reasons:
            found.append(Elsewhere(row, reasons))
    return found


@transaction.atomic
def tell_apart(*, one: Application, other: Application, by: User, now: datetime) -> None:
    """Somebody looked: these are two people. They are not suggested again."""
    first, second = sorted((one, other), key=lambda application: application.pk)
    _row, is_new = NotTheSame.objects.get_or_create(first=first, second=second, defaults={"by": by, "at": now})
    if is_new:
        for application, of in ((first, second), (second, first)):
            audit.record("told apart", application, by=by, now=now, other=of.ref)


def _kept(found: dict[tuple[int, int], set[Why]], looked: set[tuple[int, int]]) -> list[Pair]:
    kept = [
        Pair(*both, sorted(why, key=lambda reason: -WEIGHT[reason]))
        for both, why in found.items()
        if both not in looked
    ]
    return sorted(kept, key=lambda pair: (-pair.weight, pair.first, pair.second))


def _among(rows: Iterable[Traits]) -> dict[tuple[int, int], set[Why]]:
    """Each pair with its reasons: whatever falls together in one group is compared, nothing else."""
    groups: dict[tuple[object, ...], list[Traits]] = defaultdict(list)
    for row in rows:
        for group in _groups(row):
            groups[group].append(row)
    found: dict[tuple[int, int], set[Why]] = defaultdict(set)
    for group, together in groups.items():
        reason = Why(str(group[0]))
        if 1 < len(together) <= CROWD or reason in {Why.NAME, Why.PHOTO}:
            for one, other in combinations(together, 2):
                if _holds(reason, one, other):
                    found[min(one.pk, other.pk), max(one.pk, other.pk)].add(reason)
    return found


def _groups(row: Traits) -> Iterator[tuple[object, ...]]:
    """Where a double of this one must fall too."""
    yield Why.PHONE, row.drive, row.phone
    yield Why.NAME, row.drive, row.name_key, row.birth_year, row.mandal or row.unit
    for handle in _handles(row.links):
        yield Why.HANDLE, row.drive, handle
    if row.fingerprint:
        sign = int(row.fingerprint, 16)
        for band in range(BANDS):
            start, end = band * BITS // BANDS, (band + 1) * BITS // BANDS
            yield Why.PHOTO, row.drive, band, (sign >> start) & ((1 << (end - start)) - 1)


def _holds(reason: Why, one: Traits, other: Traits) -> bool:
    if reason == Why.NAME:
        return folding.similarity(folding.fine(one.name), folding.fine(other.name)) >= SAME_NAME
    if reason == Why.PHOTO:
        return _apart(one.fingerprint or "", other.fingerprint or "") <= ALIKE
    return True


def _is_alike(one: Application, other: Application) -> bool:
    """Name, year of birth and place, as ``_groups`` puts them together."""
    spots = {row.unit.mandal_id or row.unit_id for row in (one, other)}
    same = {(row.name_key, row.birth_year) for row in (one, other)}
    alike = folding.similarity(folding.fine(one.name), folding.fine(other.name)) >= SAME_NAME
    return len(spots) == len(same) == 1 and alike


def _apart(one: str, other: str) -> int:
    return (int(one, 16) ^ int(other, 16)).bit_count()


def _handles(links: list[dict[str, str]]) -> set[str]:
    """``instagram/sunita.m``: the network and the account, in whatever way it was written."""
    found = set()
    for link in links:
        account = link.get("text", "").casefold().split("?")[0].rstrip("/").rpartition("/")[2].lstrip("@")
        if account:
            found.add(f"{link.get('platform', '').casefold()}/{account}")
    return found
