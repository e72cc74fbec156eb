"""Who is selected so far in a drive, as counts: by district and group, against the least that was set."""

from collections import Counter
from dataclasses import dataclass
from math import ceil
from typing import NamedTuple

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from applications.models import Application, Drive
from applications.models.answers import SocialGroup
from applications.states import Status
from committees import access
from committees.access import Right
from committees.reports import YOUNG
from interviews.domain import posts
from interviews.states import Outcome
from portal import names
from portal.models import User
from portal.models.people import Gender

CHOSEN = [Status.SELECTED, Status.APPOINTED]
DAY = "interview__day__unit"


class Bar(NamedTuple):
    """A group among those selected: how many, in percent, and the least percent that was set, if any."""

    label: str
    count: int
    share: int
    least: int | None
    lacking: int


@dataclass
class Tally:
    """``bars`` are empty for who may not see groups; ``unsaid`` told no social group."""

    selected: int
    bars: list[Bar]
    unsaid: int
    districts: list[tuple[str, int]]
    posts: list[posts.Left]

    @property
    def most(self) -> int:
        return max((count for _name, count in self.districts), default=0)


def of(drive: Drive, *, user: User, groups: bool) -> Tally:
    """Counts over those whom this person may see. ``groups``: with women, young people and social groups."""
    rows = list(_selected(drive, user).select_related("unit__district"))
    districts = Counter(row.unit.district.name if row.unit.district else _("elsewhere") for row in rows)
    in_order = sorted(districts.items(), key=lambda pair: (-pair[1], names.sort_key(pair[0])))
    asks = drive.asks_representation
    return Tally(
        selected=len(rows),
        bars=_bars(rows, drive) if groups and rows else [],
        unsaid=sum(row.social_group == SocialGroup.UNSAID for row in rows) if asks and groups else 0,
        districts=in_order,
        posts=posts.left(drive, access.narrow(posts.given(drive), user=user, right=Right.DECIDE, unit=DAY)),
    )


def _selected(drive: Drive, user: User) -> QuerySet[Application]:
    """Selected or appointed, or proposed for it by one person so far."""
    proposed = Q(
        interviews__decision__outcome=Outcome.SELECTED,
        interviews__decision__approved_at=None,
        status__in=posts.STILL_MEANT,
    )
    rows = Application.objects.filter(Q(status__in=CHOSEN) | proposed, drive=drive).distinct()
    return access.narrow(rows, user=user, right=Right.DECIDE)


def _bars(rows: list[Application], drive: Drive) -> list[Bar]:
    least, everyone = drive.least_shares or {}, len(rows)
    young = sum(row.birth_year >= drive.closes_at.year - YOUNG for row in rows)
    found = [_bar(_("up to 35 years"), young, everyone, least.get("young"))]
    if not drive.asks_representation:
        return found
    women = sum(row.gender == Gender.WOMAN for row in rows)
    told = Counter(row.social_group for row in rows)
    kinds = [SocialGroup.SC, SocialGroup.ST, SocialGroup.OBC, SocialGroup.MINORITY]
    return [
        _bar(_("women"), women, everyone, least.get("women")),
        *found,
        *(_bar(str(kind.label), told[kind], everyone, least.get(kind.value.lower())) for kind in kinds),
    ]


def _bar(label: str, count: int, everyone: int, least: int | None) -> Bar:
    lacking = max(ceil(everyone * least / 100) - count, 0) if least else 0
    return Bar(label, count, round(100 * count / everyone), least, lacking)
