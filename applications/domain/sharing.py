"""Who reads what: shared out evenly, mixed, and never to somebody who knows the applicant.

Nothing is written here; ``readings`` does that. The same drive, applications
and readers always give the same plan, so what was shown beforehand is what
happens.
"""

from collections import Counter, defaultdict, deque
from collections.abc import Iterable
from hashlib import sha256
from math import ceil
from typing import NamedTuple

from django.db.models import Q, QuerySet

from applications.models import Application, Drive, Reading
from portal.models import User

Pair = tuple[int, int]  # application, reader


class Shared(NamedTuple):
    """A plan, by the keys of applications and readers."""

    new: list[Pair]
    loads: dict[int, int]  # reader → how many altogether, those of before too
    before: dict[int, int]  # reader → how many already
    short: list[int]  # applications that could not get all the readers wanted


def may_not_judge(user: User) -> Q:
    """Applications that this user must not read: their own, their family's, those they brought or are near to.

    Give it to ``exclude``.
    """
    numbers = [user.phone, user.person.phone]
    known = Q(person=user.person_id) | Q(phone__in=numbers) | Q(entered_by=user)
    brought = Q(link__person=user.person_id) | Q(first_link__person=user.person_id)
    friend = Q(link__referrer__phone__in=numbers) | Q(first_link__referrer__phone__in=numbers)
    return known | brought | friend | Q(**{Application.CONFLICT_OF: user.person_id})


def plan(
    *, drive: Drive, applications: QuerySet[Application], readers: Iterable[User], each: int, twice: int = 0
) -> Shared:
    """Give every application ``each`` readers; ``twice`` percent of them, drawn by lot, get one more.

    Loads differ by at most one wherever conflicts allow it. Readers who have
    an application keep it, and it counts.
    """
    rows = applications.order_by()
    keys = sorted(rows.values_list("pk", flat=True), key=lambda pk: _lot(drive.pk, pk))
    barred = {user.pk: set(rows.filter(may_not_judge(user)).values_list("pk", flat=True)) for user in readers}
    had: dict[int, set[int]] = defaultdict(set)
    for application, reader in Reading.objects.filter(application__in=rows).values_list("application", "reader"):
        had[application].add(reader)
    return _Sharing(barred, had, drive.pk).out(keys, _wanted(keys, had, each, twice))


def _lot(*of: int) -> bytes:
    """Chance that anybody can draw again."""
    return sha256(":".join(map(str, of)).encode()).digest()


def _wanted(keys: list[int], had: dict[int, set[int]], each: int, twice: int) -> dict[int, int]:
    """Application → readers it shall have. Those of the sample who have one reader more already stay in it."""
    more = ceil(len(keys) * twice / 100)
    drawn = set(sorted(keys, key=lambda pk: len(had[pk]) <= each)[:more])  # stable: the rest as the lot fell
    return {pk: each + (pk in drawn) for pk in keys}


class _Sharing:
    """The work of one sharing out."""

    def __init__(self, barred: dict[int, set[int]], had: dict[int, set[int]], seed: int) -> None:
        self.barred = barred
        self.had = had
        self.seed = seed
        self.before = Counter({reader: sum(reader in own for own in had.values()) for reader in barred})
        self.loads = Counter(self.before)
        self.met: Counter[frozenset[int]] = Counter()
        self.given: dict[int, set[int]] = defaultdict(set)  # application → its new readers
        self.has: dict[int, set[int]] = defaultdict(set)  # reader → their new applications

    def out(self, keys: list[int], wanted: dict[int, int]) -> Shared:
        short = []
        by_conflict = sorted(keys, key=lambda pk: -sum(pk in closed for closed in self.barred.values()))
        for pk in by_conflict:  # who has least choice first
            for _time in range(wanted[pk] - len(self.had[pk])):
                reader = self._best(pk)
                if reader is None:
                    short.append(pk)
                    break
                self._give(pk, reader)
        self._even_out()
        new = [(pk, reader) for pk in keys for reader in sorted(self.given[pk])]
        return Shared(new, dict(self.loads), dict(self.before), sorted(short))

    def _best(self, pk: int) -> int | None:
        """The least loaded; among equals who met the other readers of this one least; then by lot."""
        others = self.had[pk] | self.given[pk]
        free = [reader for reader in self.barred if self._may(pk, reader)]

        def order(reader: int) -> tuple[int, int, bytes]:
            met = sum(self.met[frozenset((reader, other))] for other in others)
            return self.loads[reader], met, _lot(self.seed, pk, reader)

        return min(free, key=order, default=None)

    def _may(self, pk: int, reader: int) -> bool:
        return pk not in self.barred[reader] and reader not in self.had[pk] and reader not in self.given[pk]

    def _give(self, pk: int, reader: int) -> None:
        for other in self.had[pk] | self.given[pk]:
            self.met[frozenset((reader, other))] += 1
        self.given[pk].add(reader)
        self.has[reader].add(pk)
        self.loads[reader] += 1

    def _even_out(self) -> None:
        """Hand applications on along chains of readers until no chain makes the loads more even.

        Without such a chain the loads are as even as they can be (Harvey,
        Ladner, Lovász, Tamir: "Semi-matchings for bipartite graphs", 2006).
        """
        while chain := self._chain():
            for pk, giver, taker in chain:
                self.given[pk].remove(giver)
                self.has[giver].remove(pk)
                self.loads[giver] -= 1
                self._give(pk, taker)

    def _chain(self) -> list[tuple[int, int, int]]:
        """(application, from, to) from a reader with more to one with at least two fewer."""
        for start in sorted(self.barred, key=lambda reader: -self.loads[reader]):
            came: dict[int, tuple[int, int]] = {}  # reader → (application, from whom)
            queue, seen = deque([start]), {start}
            while queue:
                giver = queue.popleft()
                if self.loads[giver] <= self.loads[start] - 2:
                    return self._back(came, start, giver)
                for taker in self.barred:
                    pk = None if taker in seen else self._to_hand_on(giver, taker)
                    if pk is not None:
                        came[taker] = (pk, giver)
                        seen.add(taker)
                        queue.append(taker)
        return []

    def _to_hand_on(self, giver: int, taker: int) -> int | None:
        return min((pk for pk in self.has[giver] if self._may(pk, taker)), default=None)

    @staticmethod
    def _back(came: dict[int, tuple[int, int]], start: int, end: int) -> list[tuple[int, int, int]]:
        steps, taker = [], end
        while taker != start:
            pk, giver = came[taker]
            steps.append((pk, giver, taker))
            taker = giver
        return steps
