"""The desk's filters: from the words of an address to the rows that a colleague may see.

An address can be sent to a colleague, kept by name, given to a job. What cannot
be read is left out and named (``misread``); everyone sees only their own rows.
"""

from collections.abc import Mapping
from functools import reduce
from hashlib import md5
from operator import and_
from typing import Any

from django.core.cache import cache
from django.db.models import Count, Q
from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from applications import wishes
from applications.models import Application
from applications.querysets import IN_PENCIL, ApplicationQuerySet
from applications.sieve.form import AGES, REPRESENTATION, SieveForm
from applications.sieve.ground import CHAIN, Ground
from applications.sieve.meaning import band_of, conditions
from applications.states import Status
from committees import access, search
from committees.access import Right
from committees.models import Unit
from portal.models import User

ORDERS = {
    "": ["-submitted_at", "-pk"],
    "received": ["submitted_at", "pk"],
    "name": ["name", "pk"],
    "score": ["-score", "pk"],
}
VERY_LARGE, A_MINUTE = 20_000, 60


class Sieve:
    """One view of the pile: ``rows`` in their ``order``, counts, and how to say it again (``address``)."""

    def __init__(self, query: QueryDict | str, *, user: User) -> None:
        query = QueryDict(query) if isinstance(query, str) else query
        self.user = user
        asked = {name: query[name] for name in query}
        self.ground = Ground(user, asked)
        self.form = SieveForm(query, ground=self.ground)
        self.form.is_valid()
        misplaced = self.ground.misplaced()
        placed = {level: asked[level] for level in CHAIN if asked.get(level) and level not in misplaced}
        read = {name: value for name, value in self.form.cleaned_data.items() if value and name not in CHAIN}
        given = read | placed
        self.answers = {name: given[name] for name in SieveForm.base_fields if name in given}
        wrong = set(self.form.errors).difference(CHAIN).union(misplaced)
        wrong |= {name for name in REPRESENTATION if asked.get(name) and name not in self.form.fields}
        self.misread = [str(SieveForm.base_fields[name].label) for name in SieveForm.base_fields if name in wrong]
        self.conditions = conditions(self.answers, self.ground)

    @cached_property
    def ground_rows(self) -> ApplicationQuerySet:
        """All applications this colleague reads, in no order."""
        return access.narrow(Application.objects.all(), user=self.user, right=Right.REVIEW).order_by()

    @cached_property
    def rows(self) -> ApplicationQuerySet:
        """Those that match, in no order."""
        return self.ground_rows.filter(self._all_but())

    @property
    def order(self) -> list[Any]:
        """Who wishes a post most comes first where that post is asked for, unless another order is."""
        by = ORDERS[self.answers.get("sort", "")]
        wish = "" if self.answers.get("sort") else self.answers.get("wish")
        return [wishes.dearest_first(wish), *by] if wish else by

    @property
    def in_order(self) -> ApplicationQuerySet:
        rows = self.rows
        if self.answers.get("sort") == "score":
            rows = rows.scored(self.user)
        return rows.order_by(*self.order)

    def _all_but(self, *left_out: str) -> Q:
        """The conditions in force; what was merged into another is shown only to who asks for it."""
        kept = [condition for name, condition in self.conditions.items() if name not in left_out]
        if "status" not in self.conditions:
            kept.append(~Q(status=Status.MERGED))
        return reduce(and_, kept, Q())

    @cached_property
    def counted(self) -> dict[str, tuple[int, int]]:
        """Status → how many, and how many of them are decided in pencil; under all filters but that of the status.

        Of a very large pile it is remembered for a minute.
        """
        tops = ".".join(str(top.pk) for top in self.ground.tops)
        view = md5(self.url(without="status").encode(), usedforsecurity=False).hexdigest()
        key = f"desk:{self.user.pk}:{tops}:{view}"
        found = cache.get(key)
        if found is None:
            kept = [condition for name, condition in self.conditions.items() if name != "status"]
            rows = self.ground_rows.filter(reduce(and_, kept, Q()))
            counted = rows.values_list("status").annotate(n=Count("pk"), pencilled_n=Count("pk", filter=IN_PENCIL))
            found = {status: (count, pencilled) for status, count, pencilled in counted}
            if sum(count for count, _pencilled in found.values()) >= VERY_LARGE:
                cache.set(key, found, A_MINUTE)
        return found

    def ways_out(self) -> list[tuple[str, int]]:
        """When nothing matches: each filter whose removal brings rows, and how many. One query."""
        if not self.conditions:
            return []
        # Numbered: an aggregate that bore the name of a column would stand in the way of the next one's filter.
        without = {f"n{n}": Count("pk", filter=self._all_but(name)) for n, name in enumerate(self.conditions)}
        found = zip(self.conditions, self.ground_rows.aggregate(**without).values(), strict=True)
        return sorted(((name, n) for name, n in found if n), key=lambda pair: -pair[1])

    def neighbours(self, row: Application) -> tuple[str, str]:
        """The numbers of the applications before and after this one in this view; empty at the ends."""
        if len(self.order) > 2 or self.order[0] == "-score":
            return "", ""
        field, key = self.order
        rows = self.rows
        value, name = getattr(row, field.lstrip("-")), field.lstrip("-")
        lower = Q(**{f"{name}__lt": value}) | Q(**{name: value}, pk__lt=row.pk)
        higher = Q(**{f"{name}__gt": value}) | Q(**{name: value}, pk__gt=row.pk)
        before, after = (higher, lower) if field.startswith("-") else (lower, higher)
        turned = [part.removeprefix("-") if part.startswith("-") else f"-{part}" for part in (field, key)]
        previous = rows.filter(before).order_by(*turned).values_list("ref", flat=True).first()
        following = rows.filter(after).order_by(field, key).values_list("ref", flat=True).first()
        return previous or "", following or ""

    @property
    def by_representation(self) -> bool:
        """Does it ask for gender, social group or age? Then it makes no file and no mass decision."""
        return any(name in self.answers for name in REPRESENTATION)

    @cached_property
    def query(self) -> QueryDict:
        """What was understood, as it stands in an address."""
        query = QueryDict(mutable=True)
        for name in self.answers:
            query.setlist(name, self.form.data.getlist(name))
        return query

    @property
    def address(self) -> str:
        return self.query.urlencode()

    def url(self, changes: Mapping[str, Any] | None = None, *, without: str = "") -> str:
        """This view with other values; ``without`` one filter (a place with all its levels)."""
        query = self.query.copy()
        for name in CHAIN if without in CHAIN else [without]:
            query.pop(name, None)
        for name, value in (changes or {}).items():
            query[name] = value
            if not value:
                del query[name]
        return f"?{query.urlencode()}"

    def chips(self) -> list[tuple[str, str, str]]:
        """The filters in force: label, value, and the address without it."""
        return [(*self.told(name), self.url(without=name)) for name in self.conditions if name != "status"]

    def named(self) -> list[tuple[Unit, str]]:
        """Places that are called what is searched for, each with the address of all from there."""
        places = search.called(self.answers.get("q", ""), within=self.ground.tops) if "q" in self.answers else []
        lines = [dict(zip(CHAIN, unit.path.split("/"), strict=False)) for unit in places]
        return [
            (unit, self.url(dict.fromkeys(CHAIN, "") | line, without="q"))
            for unit, line in zip(places, lines, strict=True)
        ]

    @staticmethod
    def age_of(application: Application) -> str:
        """The band of age in words, in the year in which the drive closes; a row needs no year of birth."""
        band = band_of(application.birth_year, application.drive.closes_at.year)
        return str(dict(AGES).get(band, ""))

    def told(self, name: str) -> tuple[str, str]:
        """A filter in words: label and value."""
        field, value = self.form.fields[name], self.answers.get(name)
        if name in CHAIN:
            return str(field.label), self.ground.place.title
        words = {str(key): str(label) for key, label in getattr(field, "choices", ())}
        values = value if isinstance(value, list) else [value]
        shown = ", ".join(words.get(str(each), str(each)) for each in values)
        label = _("Search") if name == "q" else str(field.label)
        return label, "" if value is True else shown
