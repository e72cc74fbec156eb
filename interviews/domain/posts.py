"""For which posts a drive selects, and how many chairs of each are left. Writes nothing."""

from collections import Counter
from typing import NamedTuple

from django.db.models import Count, QuerySet

from applications.models import Drive
from applications.states import Status
from committees.models import Post, Seat
from interviews.models import Decision, Promotion
from interviews.states import Outcome

STILL_MEANT = [Status.SUBMITTED, Status.SHORTLISTED, Status.WAITING, Status.SELECTED]  # and not yet in a chair


class Left(NamedTuple):
    """The chairs of one post: all, held by somebody, and given to those selected who hold none yet."""

    post: Post
    seats: int
    held: int
    given: int

    @property
    def left(self) -> int:
        return max(self.seats - self.held - self.given, 0)


def of(drive: Drive) -> QuerySet[Post]:
    """The posts of the committee of the drive's unit."""
    chairs = Seat.objects.filter(unit=drive.unit_id).of_committee()
    return Post.objects.filter(pk__in=chairs.values("post")).order_by("order", "pk")


def left(drive: Drive, decisions: QuerySet[Decision]) -> list[Left]:
    """Each post of the committee with its chairs, and what these decisions (of ``given``) take of them."""
    chairs = Seat.objects.filter(unit=drive.unit_id).of_committee()
    seats = dict(chairs.values_list("post").annotate(n=Count("pk")))
    held = dict(chairs.held().values_list("post").annotate(n=Count("pk")))
    meant = Counter(dict(decisions.values_list("post").annotate(n=Count("pk"))))
    meant.update(promoted(drive).values_list("post", flat=True))
    return [Left(post, seats[post.pk], held.get(post.pk, 0), meant[post.pk]) for post in of(drive)]


def given(drive: Drive) -> QuerySet[Decision]:
    """Decisions, proposed or approved, that give a post to somebody who sits in no chair yet."""
    rows = Decision.objects.filter(interview__day__drive=drive, outcome=Outcome.SELECTED, post__isnull=False)
    return rows.filter(interview__application__status__in=STILL_MEANT).order_by()


def promoted(drive: Drive) -> QuerySet[Promotion]:
    """Promotions, proposed or approved, that give a post to somebody who sits in no chair yet."""
    rows = Promotion.objects.filter(decision__interview__day__drive=drive, dropped_at=None, post__isnull=False)
    return rows.filter(decision__interview__application__status__in=STILL_MEANT).select_related("post").order_by("pk")


def of_promoted(drive: Drive) -> dict[int, Post]:
    """Decision → the post with which it was promoted."""
    return {row.decision_id: row.post for row in promoted(drive) if row.post}
