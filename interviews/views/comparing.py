"""Beside the table of results: a few people side by side, what each group will read, and the table as a file."""

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from applications import exports
from interviews import news
from interviews.domain import exporting
from interviews.models import Interview
from interviews.table import Table, decidable
from interviews.views.common import number
from interviews.views.scope import drive_or_404

FEWEST, MOST = 2, 4


def compare(request, drive):
    """Two to four people side by side; POST, from the ticks of the table, leads to the address that can be shared."""
    found = drive_or_404(request, drive)
    if request.method == "POST":
        keys = [number(text) for text in request.POST.getlist("interview")]
        mine = decidable(user=request.user, drive=found).filter(pk__in=keys)
        query = QueryDict(mutable=True)
        query.setlist("ref", mine.order_by("pk").values_list("application__ref", flat=True)[: MOST + 1])
        return redirect(f"{reverse('interviews:compare', args=[drive])}?{query.urlencode()}")
    refs = request.GET.getlist("ref")
    table = Table(QueryDict(), user=request.user, drive=found)
    people = table.named(refs) if len(refs) <= MOST else []
    if len(people) < FEWEST:
        messages.warning(request, _("Tick two to four people to see them side by side."))
        return redirect("interviews:drive-results", drive)
    criteria = table.ranked.criteria
    context = {
        "nav": "interviews",
        "drive": found,
        "people": people,
        "lines": [(each, [(row.medians[each.pk], _marks(row, each)) for row in people]) for each in criteria],
        "several": len({row.interview.day_id for row in table.shown}) > 1,
    }
    return TemplateResponse(request, "interviews/compare.html", context)


@require_safe
def told(request, drive):
    """What each group will read before anything is approved or frozen."""
    found = drive_or_404(request, drive)
    mine = decidable(user=request.user, drive=found)
    context = {
        "nav": "interviews",
        "drive": found,
        "groups": news.of(mine),
        "silent": news.silent(mine),
        "undecided": Interview.objects.filter(pk__in=mine.values("pk"), decision=None).over().count(),
    }
    return TemplateResponse(request, "interviews/news.html", context)


@require_POST
def file(request, drive):
    """The table as a file: a small one at once, a large one when a second person agreed."""
    found = drive_or_404(request, drive)
    kind = request.POST.get("kind") if request.POST.get("kind") in exports.KINDS else "xlsx"
    wish = {"drive": found, "query": request.GET.urlencode(), "kind": kind, "by": request.user, "now": timezone.now()}
    try:
        book = exporting.export(**wish)
    except exporting.TooMany:
        return redirect("committees:job", exporting.ask(**wish).key)
    except exporting.ByRepresentation:
        messages.error(request, _("No file is made by gender, social group or age. Take that filter away."))
        return redirect(f"{reverse('interviews:drive-results', args=[drive])}?{request.GET.urlencode()}")
    name = f"results-{drive}-{timezone.localtime(wish['now']):%Y-%m-%d-%H%M}.{kind}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "X-Content-Type-Options": "nosniff"}
    return HttpResponse(book, content_type=exports.KINDS[kind][0], headers=headers)


def _marks(row, criterion):
    """The mark of each sheet for this criterion, in the order of the sheets."""
    by_sheet = [{score.criterion_id: score.mark for score in sheet.scores.all()} for sheet in row.sheets]
    return [marks.get(criterion.pk) for marks in by_sheet]
