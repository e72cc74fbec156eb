"""The filters and orders of a table of results: from the words of an address to rows of a ranking. Asks no database."""

from collections.abc import Callable, Iterable
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from applications.models import Criterion, Drive
from applications.sieve.form import choice
from committees.reports import YOUNG
from interviews.domain.ranking import Row
from interviews.states import Outcome, Status
from portal import dates
from portal.models.people import Gender

FLAGS = [
    ("any", gettext_lazy("any flag")),
    ("wide", gettext_lazy("marks far apart")),
    ("single", gettext_lazy("only one sheet")),
    ("bare", gettext_lazy("a 1 or a 5 without a note")),
    ("panel", gettext_lazy("a generous or strict panel")),
    ("conflict", gettext_lazy("a conflict was declared")),
    ("absent", gettext_lazy("did not come")),
]
STATES = [
    ("none", gettext_lazy("nothing decided")),
    ("proposed", gettext_lazy("proposed")),
    ("approved", gettext_lazy("approved")),
    *Outcome.choices,
]
WHO = [("women", gettext_lazy("women")), ("young", gettext_lazy("up to 35 years"))]
SORTS = [
    ("adjusted", gettext_lazy("adjusted total")),
    ("median", gettext_lazy("median of the totals")),
    ("spread", gettext_lazy("marks furthest apart")),
    ("counts", gettext_lazy("most 5s, then most 4s")),
    ("sheets", gettext_lazy("fewest sheets")),
    ("name", gettext_lazy("by name")),
]
ALONE = [("", gettext_lazy("by rank"))]
LAST = float("inf")  # who has no such number stands at the end


class SiftForm(forms.Form):
    """Checks each word of the address by itself; ``Sift`` says what it means."""

    flag = choice(gettext_lazy("Flag"), FLAGS)
    district = choice(gettext_lazy("District"), [])
    panel = choice(gettext_lazy("Panel"), [])
    day = choice(gettext_lazy("Interview day"), [])
    state = choice(gettext_lazy("Decision"), STATES)
    who = choice(gettext_lazy("Representation"), WHO)
    sort = forms.ChoiceField(label=gettext_lazy("Order"), required=False)

    def __init__(self, data: QueryDict, *, rows: list[Row], criteria: list[Criterion], groups: list[str]) -> None:
        super().__init__(data)
        days = {row.interview.day for row in rows}
        several = len(days) > 1
        districts = {unit.slug: unit.name for row in rows if (unit := row.interview.application.unit.district)}
        panels = {str(one.pk): _panel(one, several=several) for row in rows if (one := row.interview.panel)}
        self._offer("district", sorted(districts.items(), key=lambda pair: pair[1]))
        self._offer("panel", sorted(panels.items(), key=lambda pair: pair[1]))
        self._offer("day", [(f"{day.date}", dates.short_date(day.date)) for day in sorted(days, key=_date)])
        by_criterion = [(f"c{each.order}", f"{each.order}. {each.name}") for each in criteria]
        self.fields["sort"].choices = [*ALONE, *SORTS, *by_criterion]
        self.fields["who"].choices = [("", _("all")), *(pair for pair in WHO if pair[0] in groups)]
        if not several:
            del self.fields["day"]
        if not groups:
            del self.fields["who"]

    def _offer(self, name: str, choices: Iterable[tuple[str, str]]) -> None:
        self.fields[name].choices = [("", _("all")), *choices]


class Sift:
    """One view of the results: which rows in which order, and how to say it again (``address``).

    ``groups`` are those of ``WHO`` by which this reader may look. What cannot be read is left out and named.
    """

    def __init__(
        self, query: QueryDict, *, drive: Drive, rows: list[Row], criteria: list[Criterion], groups: list[str]
    ) -> None:
        self.form = SiftForm(query, rows=rows, criteria=criteria, groups=groups)
        self.form.is_valid()
        self.answers = {name: value for name, value in self.form.cleaned_data.items() if value}
        wrong = [name for name, field in SiftForm.base_fields.items() if query.get(name) and name not in self.answers]
        self.misread = [str(SiftForm.base_fields[name].label) for name in wrong]
        self.oldest = drive.closes_at.year - YOUNG
        self.criteria = {f"c{each.order}": each for each in criteria}

    @property
    def by_representation(self) -> bool:
        """Does it ask who is a woman or young? Then it makes no file and no decision about many."""
        return "who" in self.answers

    @property
    def address(self) -> str:
        query = QueryDict(mutable=True)
        query.update(self.answers)
        return query.urlencode()

    def chips(self) -> list[tuple[str, str, str]]:
        """The filters in force: label, value, and the address without it."""
        told = []
        for name, value in self.answers.items():
            query = QueryDict(mutable=True)
            query.update({other: kept for other, kept in self.answers.items() if other != name})
            field = self.form.fields[name]
            told.append((str(field.label), str(dict(field.choices)[value]), f"?{query.urlencode()}"))
        return told

    def of(self, rows: Iterable[Row]) -> list[Row]:
        """Those that match, in the order asked for; what is equal stays in the order of the ranking."""
        asked = [(TESTS[name], value) for name, value in self.answers.items() if name in TESTS]
        kept = [row for row in rows if all(test(row, value) for test, value in asked) and self._is_who(row)]
        order = self._order()
        return sorted(kept, key=order) if order else kept

    def _is_who(self, row: Row) -> bool:
        application = row.interview.application
        who = self.answers.get("who")
        return who is None or (
            application.gender == Gender.WOMAN if who == "women" else application.birth_year >= self.oldest
        )

    def _order(self) -> Callable[[Row], Any] | None:
        sort = self.answers.get("sort", "")
        criterion = self.criteria.get(sort)
        if criterion is None:
            return ORDERS.get(sort)
        key = criterion.pk
        return lambda row: (_down(row.medians[key]), _down(row.means.get(key)))


def _down(value: float | None) -> float:
    return LAST if value is None else -value


def _date(day: Any) -> Any:
    return day.date


def _panel(panel: Any, *, several: bool) -> str:
    return f"{panel.name} ({dates.short_date(panel.date)})" if several else panel.name


def _flagged(row: Row, flag: str) -> bool:
    absent = row.interview.status == Status.NO_SHOW
    if flag == "absent":
        return absent
    return flag in row.flags or (flag == "any" and bool(row.flags))


def _decided(row: Row, state: str) -> bool:
    if row.decision is None:
        return state == "none"
    if state in ("proposed", "approved"):
        return (row.decision.approved_at is not None) == (state == "approved")
    return row.decision.outcome == state


def _lives_in(row: Row, slug: str) -> bool:
    district = row.interview.application.unit.district
    return district is not None and district.slug == slug


TESTS: dict[str, Callable[[Row, str], bool]] = {
    "flag": _flagged,
    "district": _lives_in,
    "panel": lambda row, key: str(row.interview.panel_id) == key,
    "day": lambda row, day: f"{row.interview.day.date}" == day,
    "state": _decided,
}
ORDERS: dict[str, Callable[[Row], Any]] = {
    "adjusted": lambda row: _down(row.adjusted),
    "median": lambda row: _down(row.median),
    "spread": lambda row: -row.spread,
    "counts": lambda row: [-count for count in row.counts],
    "sheets": lambda row: row.n,
    "name": lambda row: row.interview.application.name_key,
}
