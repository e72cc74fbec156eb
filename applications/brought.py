"""What links brought, from the scan to the appointment: four queries, however many links."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db.models import Count, Max, Q, Sum
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from applications.models import Application, Draft, Scan, ShareLink
from applications.states import Status
from portal import numbers

FEW = 5  # fewer are not told of a person's link: one could guess who they are
DAYS = 14  # of the small chart
CALLED = [Status.SHORTLISTED, Status.WAITING, Status.SELECTED, Status.APPOINTED]
CHOSEN = [Status.SELECTED, Status.APPOINTED]
STEP, HEIGHT = 6, 24  # of one day's bar


@dataclass
class Brought:
    """One link's numbers. ``days`` are the scans of the last two weeks, the oldest first."""

    of_person: bool = False
    scanned: int = 0
    devices: int = 0
    begun: int = 0
    handed_in: int = 0
    shortlisted: int = 0
    selected: int = 0
    appointed: int = 0
    last: date | None = None
    days: list[tuple[date, int]] = field(default_factory=list)

    def told(self, number: int) -> str:
        """As it is shown: small numbers of a person's link stay hidden."""
        return f"<{FEW}" if self.of_person and number < FEW else numbers.lakh(number)

    @property
    def columns(self) -> list[tuple[str, str]]:
        """(heading, number) on the way from scan to appointment."""
        return [
            (_("Scans"), self.told(self.scanned)),
            (_("Devices"), self.told(self.devices)),
            (_("Begun"), self.told(self.begun)),
            (_("Applications"), self.told(self.handed_in)),
            (_("Called"), self.told(self.shortlisted)),
            (_("Selected"), self.told(self.selected)),
            (_("Appointed"), self.told(self.appointed)),
            (_("Per 100 scans"), self.share),
        ]

    @property
    def share(self) -> str:
        """Applications of a hundred scans, without decimals."""
        hidden = self.of_person and self.handed_in < FEW
        return "–" if hidden or not self.scanned else f"{round(100 * self.handed_in / self.scanned)} %"

    @property
    def by_day(self) -> list[tuple[date, str]]:
        """The days on which somebody scanned, the newest first, as a table shows them."""
        return [(day, self.told(count)) for day, count in reversed(self.days) if count]

    @property
    def spark(self) -> SafeString:
        """The two weeks as bars; the table beside it says the same in words."""
        counts = [max(count, FEW) if count and self.of_person else count for _day, count in self.days]
        top = max(counts, default=0) or 1
        bars = [(nth * STEP, HEIGHT - tall, tall) for nth, tall in enumerate(_tall(count, top) for count in counts)]
        rows = format_html_join("", '<path d="M{} {}h4v{}h-4z"/>', bars)
        size = (STEP * DAYS, HEIGHT)
        told = _("Scans of the last %(days)s days") % {"days": DAYS}
        return format_html(
            '<svg class="spark" viewBox="0 0 {0} {1}" width="{0}" height="{1}" role="img" aria-label="{2}">{3}</svg>',
            *size, told, rows,
        )  # fmt: skip


def brought(links: Iterable[ShareLink], *, now: datetime) -> dict[int, Brought]:
    """By the link's key. ``links`` is one page of them."""
    links = list(links)
    found = {link.pk: Brought(of_person=bool(link.person_id or link.referrer_id)) for link in links}
    of_these = Q(link__in=list(found))
    scans = Scan.objects.filter(of_these).values("link").annotate(n=Sum("count"), new=Sum("devices"), last=Max("day"))
    for row in scans:
        one = found[row["link"]]
        one.scanned, one.devices, one.last = row["n"], row["new"], row["last"]
    for row in Draft.objects.unfinished().filter(of_these).order_by().values("link").annotate(n=Count("pk")):
        found[row["link"]].begun = row["n"]
    handed_in = Application.objects.filter(of_these).exclude(status=Status.MERGED).order_by().values("link")
    for row in handed_in.annotate(
        n=Count("pk"),
        called=Count("pk", filter=Q(status__in=CALLED)),
        chosen=Count("pk", filter=Q(status__in=CHOSEN)),
        seated=Count("pk", filter=Q(status=Status.APPOINTED)),
    ):
        one = found[row["link"]]
        one.handed_in, one.shortlisted, one.selected, one.appointed = (
            row[k] for k in ("n", "called", "chosen", "seated")
        )
        one.begun += one.handed_in  # their drafts are erased in their time
    _fill_days(found, timezone.localdate(now))
    return found


def _fill_days(found: dict[int, Brought], today: date) -> None:
    since = today - timedelta(days=DAYS - 1)
    counts: defaultdict[tuple[int, date], int] = defaultdict(int)
    for link, day, count in Scan.objects.filter(link__in=list(found), day__gte=since).values_list(
        "link", "day", "count"
    ):
        counts[link, day] += count
    for link, one in found.items():
        one.days = [(day, counts[link, day]) for day in (since + timedelta(days=nth) for nth in range(DAYS))]


def _tall(count: int, top: int) -> int:
    return max(2, round(count * HEIGHT / top)) if count else 1
