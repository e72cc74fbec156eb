"""What of ``committees.access`` applications refine: who decides, and which drives one may carry outside."""

from django.db.models import Q, QuerySet

from applications.models import Application, Drive
from applications.states import MOVES, Status
from committees import access
from committees.access import Right
from committees.levels import ANCESTORS
from committees.models import Unit
from portal.models import User

OFFERED = [Status.SHORTLISTED, Status.SELECTED, Status.WAITING, Status.NOT_SELECTED, Status.SUBMITTED]
DESK_ONLY = [Status.SUBMITTED, Status.SHORTLISTED]  # between these, whoever reads applications may move them
RESULTS = {Status.SELECTED, Status.WAITING, Status.NOT_SELECTED}


def movable(rows: QuerySet[Application], *, user: User, to: str) -> QuerySet[Application]:
    """The applications among ``rows`` that this user may move to ``to``.

    Reading and shortlisting go with the applicant's unit; a result belongs to
    those who decide for the drive. Where there are interviews, they select.
    """
    rows = access.narrow(rows, user=user, right=Right.REVIEW)
    rows = rows.filter(status__in=[was for was, targets in MOVES.items() if to in targets])
    decided = Drive.objects.filter(interviews=False) if to == Status.SELECTED else Drive.objects.all()
    decided = access.narrow(decided, user=user, right=Right.DECIDE)
    if to in RESULTS:
        return rows.filter(drive__in=decided)
    return rows.filter(Q(drive__in=decided) | Q(status__in=DESK_ONLY))


def moves(application: Application, *, user: User) -> list[Status]:
    """Where this user may move this application: ``movable`` for one row, in the order of the page."""
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
