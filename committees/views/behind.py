"""Who among the in-charges is behind: each morning's question of the state office."""

from django.http import Http404
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from committees import access
from committees.access import Right
from committees.domain.behind import behind as standings
from committees.levels import Role
from committees.models import Appointment


@require_GET
def behind(request):
    """In-charges, the worst first: committees right below, days since anything happened, visits."""
    if not access.may(request.user, Right.ASSIGN):
        raise Http404
    now = timezone.now()
    rows = (
        Appointment.objects.current(now).with_role(Role.INCHARGE).select_related("person", "seat__post", "seat__unit")
    )
    rows = access.narrow(rows, user=request.user, right=Right.ASSIGN, unit="seat__unit")
    context = {"rows": standings(list(rows), now), "nav": "committees"}
    return TemplateResponse(request, "committees/behind.html", context)
