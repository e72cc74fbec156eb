"""What a colleague can choose from on the desk: drives with their tags, and the places of their part of the tree."""

from datetime import datetime
from typing import NamedTuple

from django.db.models import Exists, OuterRef, Q
from django.utils.functional import cached_property

from applications.models import Drive
from committees import access
from committees.access import Right
from committees.levels import ANCESTORS, ORDER, Level
from committees.models import Post, Unit
from portal.bilingual import spoken
from portal.models import User

CHAIN = [level.value for level in ORDER[1:]]  # the state needs no choosing
DRIVE = ["pk", "slug", "title_hi", "title_en", "asks_representation", "closes_at", "unit_id", "has_posts"]


class Call(NamedTuple):
    """A drive as far as a filter needs to know it."""

    pk: int
    slug: str
    title_hi: str
    title_en: str
    asks_representation: bool
    closes_at: datetime
    unit_id: int
    has_posts: bool

    @property
    def title(self) -> str:
        return spoken(self, "title")


class Ground:
    """What stands to choose: four queries at most, and none for what nobody asks."""

    def __init__(self, user: User, asked: dict[str, str]) -> None:
        self.user = user
        self.tops = access.tops(user, Right.REVIEW)
        self.asked = asked

    @cached_property
    def calls(self) -> dict[Call, list[str]]:
        """The drives to which people of one's units apply, newest first, each with its tags."""
        found: dict[Call, list[str]] = {}
        has_posts = Exists(Drive.posts.through.objects.filter(drive=OuterRef("pk")))
        rows = (
            Drive.objects.filter(self._near()).annotate(has_posts=has_posts).order_by("-closes_at", "pk", "tags__name")
        )
        for *facts, tag in rows.values_list(*DRIVE, "tags__name"):
            found.setdefault(Call(*facts), []).extend([tag] if tag else [])
        return found

    def _near(self) -> Q:
        """At the units one works for, above them and below them."""
        near = Q(pk__in=[])
        for top in self.tops:
            line = [getattr(top, f"{level}_id") for level in ANCESTORS]
            near |= top.reach("unit") | Q(unit__in=[pk for pk in line if pk])
        return near

    @cached_property
    def call(self) -> Call | None:
        """The drive that is asked for; the only one when there is but one."""
        calls = list(self.calls)
        only = calls[0] if len(calls) == 1 else None
        return next((call for call in calls if call.slug == self.asked.get("drive")), only)

    @cached_property
    def tags(self) -> list[str]:
        """Of the drive, or of all of them."""
        chosen = self.calls[self.call] if self.call else [tag for tags in self.calls.values() for tag in tags]
        return sorted(set(chosen))

    @cached_property
    def posts(self) -> list[Post]:
        """Those that the drive lets people wish for."""
        return list(Post.objects.filter(drives=self.call.pk)) if self.call and self.call.has_posts else []

    @cached_property
    def start(self) -> Unit | None:
        """The unit below which one chooses; ``None`` when one works for several that lie side by side."""
        root = next((top for top in self.tops if top.is_root), None)
        return root or (self.tops[0] if len(self.tops) == 1 else None)

    @cached_property
    def places(self) -> dict[str, list[Unit]]:
        """Level → units to choose from: below the start, and below each unit that was chosen."""
        rows = Unit.objects.filter(parent__path__in=self._parents()).order_by("number", "name_hi")
        found = list(rows) + ([] if self.start else self.tops)
        return {level: [unit for unit in found if unit.level == level] for level in CHAIN}

    def _parents(self) -> list[str]:
        if self.start is None:
            paths = [top.path for top in self.tops if top.slug == self.asked.get(top.level)]
            depth = Level(self.tops[0].level).depth if self.tops else len(CHAIN)
        else:
            paths, depth = [self.start.path], Level(self.start.level).depth
        for level in CHAIN[depth:-1]:
            if not paths or not self.asked.get(level):
                break
            paths.append(f"{paths[-1]}/{self.asked[level]}".lstrip("/"))
        return paths

    @cached_property
    def place(self) -> Unit | None:
        """The deepest unit that was chosen, of those that lie below each other."""
        chosen = None
        for level in CHAIN:
            here = [unit for unit in self.places[level] if unit.slug == self.asked.get(level)]
            inside = [unit for unit in here if chosen is None or unit.parent_id == chosen.pk]
            chosen = inside[0] if inside else chosen
        return chosen

    def misplaced(self) -> list[str]:
        """The levels whose value names no place below the one above it."""
        line = {self.start.level: self.start.path.rpartition("/")[2]} if self.start else {}
        for unit in (self.start, self.place):
            if unit is not None and unit.path:
                line |= dict(zip(CHAIN, unit.path.split("/"), strict=False))
        return [level for level in CHAIN if self.asked.get(level) and line.get(level) != self.asked[level]]
