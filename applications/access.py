"""What of ``committees.access`` applications refine: who decides, and which drives one may carry outside."""

from django.db.models import Q, QuerySet

from applications.models import Application, Drive
from applications.querysets import DECIDED_BY_PANEL
from applications.states import DESK_ONLY, MOVES, RESULTS, Status
from committees import access
from committees.access import Right
from committees.levels import ANCESTORS
from committees.models import Unit
from portal.models import User

OFFERED = [Status.SHORTLISTED, Status.SELECTED, Status.WAITING, Status.NOT_SELECTED, Status.SUBMITTED]


def moves(application: Application, *, user: User) -> list[Status]:
    """Where this user may move this application: ``Application.objects.movable`` for one row, in the page's order."""
    if type(application).objects.filter(DECIDED_BY_PANEL, pk=application.pk).exists():
        return []  # two people decided after the interview: it changes there, by two again
    decides = access.may(user, Right.DECIDE, application.drive.unit)

    def may_go(to: Status) -> bool:
        if to == Status.SELECTED and application.drive.interviews:
            return False
        return decides or (to not in RESULTS and application.status in DESK_ONLY)

    return [to for to in OFFERED if to in MOVES[application.status] and may_go(to)]


def drives_to_share(user: User, tops: list[Unit]) -> QuerySet[Drive]:
    """The drives this user may make posters for: those at, above and below the units they work for, ``tops``."""
    near = Q(pk__in=access.narrow(Drive.objects.all(), user=user, right=Right.DRIVE).values("pk"))
    for top in tops:
        near |= Q(unit__in=[getattr(top, f"{level}_id") for level in ANCESTORS if getattr(top, f"{level}_id")])
    return Drive.objects.filter(near).order_by("-closes_at", "pk")
