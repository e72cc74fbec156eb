"""What each group of a selection will read, with how many it is: before it is approved, and before it is frozen."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby

from django.db.models import QuerySet
from django.utils import translation

from applications.domain import reviewing
from applications.states import Status
from committees.models import Post
from interviews.models import Decision, Interview
from interviews.states import Outcome


@dataclass
class Text:
    """One wording: in which language and for which post, to how many, and the words as they will stand."""

    language: str
    post: Post | None
    count: int
    words: str


@dataclass
class Group:
    """All of one outcome: ``approved`` are told or will be within ten minutes, ``proposed`` only once approved."""

    outcome: str
    label: str
    proposed: int = 0
    approved: int = 0
    texts: list[Text] = field(default_factory=list)

    @property
    def count(self) -> int:
        return self.proposed + self.approved


def of(interviews: QuerySet[Interview]) -> list[Group]:
    """The three groups, the good news first; without those whom nobody writes to any more."""
    rows = Decision.objects.filter(interview__in=interviews.values("pk")).exclude(
        interview__application__status=Status.WITHDRAWN
    )
    decisions = list(rows.select_related("interview__application__drive", "post").order_by("pk"))
    return [_group(outcome, [row for row in decisions if row.outcome == outcome]) for outcome in Outcome]


def silent(interviews: QuerySet[Interview]) -> int:
    """How many were decided on and took their application back: they get no message."""
    rows = Decision.objects.filter(interview__in=interviews.values("pk"))
    return rows.filter(interview__application__status=Status.WITHDRAWN).count()


def _group(outcome: Outcome, decisions: list[Decision]) -> Group:
    approved = sum(row.approved_at is not None for row in decisions)
    return Group(outcome, str(outcome.label), len(decisions) - approved, approved, list(_texts(decisions)))


def _texts(decisions: list[Decision]) -> Iterator[Text]:
    """One for each language and post, with a real application of the group in it."""

    def kind(row: Decision) -> tuple[str, int, int]:
        language = row.interview.application.language
        return (language != "hi", row.post.order if row.post else 0, row.post_id or 0)

    for _kind, group in groupby(sorted(decisions, key=kind), key=kind):
        rows = list(group)
        application = rows[0].interview.application
        with translation.override(application.language):
            post = rows[0].post.name if rows[0].post else ""
        words = reviewing.told(application=application, to=rows[0].outcome, post=post)
        yield Text(application.language, rows[0].post, len(rows), words)
