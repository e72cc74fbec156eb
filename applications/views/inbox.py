"""The desk: the pile of applications, sieved by what stands in the address."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from applications import access as may_move
from applications.domain import duplicates, sieving
from applications.forms.desk import SaveFilterForm
from applications.models import Application, Draft, SavedFilter
from applications.sieve import Sieve
from applications.states import Status
from applications.views import undoing
from committees import access
from committees.access import Right
from portal import numbers

A_PAGE = 50
SMALL = 2000  # so many are compared on the way
LAST_PAGE = 200  # deeper than ten thousand nobody leafs: the filter is narrowed


class Pages(Paginator):
    """Counted elsewhere, and not endless."""

    @cached_property
    def num_pages(self):
        return min(super().num_pages, LAST_PAGE)


def gate(request):
    """404 for those who read no applications."""
    if not access.may(request.user, Right.REVIEW):
        raise Http404


def desk(request):
    gate(request)
    sieve = Sieve(request.GET, user=request.user)
    counts = _counts(sieve)
    page = _page(sieve, next((n for status, _label, n, _url in counts if status == sieve.answers.get("status", "")), 0))
    saved = list(SavedFilter.objects.filter(owner=request.user))
    context = {
        "nav": "applications",
        "sieve": sieve,
        "page": page,
        "is_cut": page.number == LAST_PAGE and page.paginator.count > A_PAGE * LAST_PAGE,
        "counts": counts,
        "pencilled": sum(pencilled for _count, pencilled in sieve.counted.values()),
        "beside": list(_beside(sieve, counts[0][2])),
        "may_answer": access.may(request.user, Right.ASSIGN),
        "saved": [(view, view.query == sieve.address) for view in saved],
        "save_form": SaveFilterForm() if sieve.conditions else None,
        "ways_out": _ways_out(sieve) if not page.object_list else [],
        "query": sieve.address,
        "may": [status for status in may_move.OFFERED if status != Status.SUBMITTED],
        "seen": timezone.now(),
        "undo": undoing.open_one(request),
    }
    return TemplateResponse(request, "applications/inbox.html", context)


@never_cache
@require_GET
def newer(request):
    """How many came in since the page was made, for the line above the rows."""
    gate(request)
    rows = Sieve(request.GET, user=request.user).rows
    count = rows.filter(submitted_at__gt=moment(request.GET.get("seen", ""))).count()
    told = ngettext("%(count)s new came in – show it", "%(count)s new came in – show them", count)
    return JsonResponse({"count": count, "told": told % {"count": numbers.lakh(count)}})


@require_POST
def save(request):
    """Keep the view under a name."""
    gate(request)
    sieve = Sieve(request.POST.get("query", ""), user=request.user)
    form = SaveFilterForm(request.POST)
    if form.is_valid():
        try:
            sieving.keep(name=form.cleaned_data["name"], query=sieve.address, by=request.user, now=timezone.now())
        except sieving.OnlySearched:
            messages.error(request, _("A searched name or number is not kept. Choose a filter beside it."))
        except sieving.TooLong:
            messages.error(request, _("This view asks for too much to be kept. Take a filter away."))
        except sieving.TooMany:
            messages.error(request, _("You keep thirty views already. Drop one first."))
        else:
            dropped = _("What was searched for is not kept.") if "q" in sieve.answers else ""
            told = _("Kept. Its address can also be sent to a colleague.")
            messages.success(request, f"{told} {dropped}".strip())
    else:
        messages.error(request, form.errors["name"][0])
    return redirect(f"{reverse('applications:desk')}?{sieve.address}")


@require_POST
def drop(request, pk):
    """Forget one of one's own views."""
    gate(request)
    saved = get_object_or_404(SavedFilter, pk=pk, owner=request.user)
    sieving.drop(saved=saved, by=request.user, now=timezone.now())
    return redirect("applications:desk")


def moment(text):
    """When the page was made; now, when that is no time."""
    try:
        found = parse_datetime(text)
    except ValueError:  # 30 February
        found = None
    return found if found and timezone.is_aware(found) and 2000 < found.year < 2200 else timezone.now()


def _page(sieve, count):
    """One page of rows: their keys first, then what a row shows; one query."""
    pages = Pages([], A_PAGE)
    pages.count = count
    page = pages.get_page(sieve.form.data.get("page"))
    start = (page.number - 1) * A_PAGE
    keys = sieve.in_order.values("pk")[start : start + A_PAGE]
    found = Application.objects.filter(pk__in=keys).for_desk(sieve.user).order_by(*sieve.order) if count else []
    page.object_list = list(found)
    for row in page.object_list:
        row.age = sieve.age_of(row)
    return page


def _counts(sieve):
    """How many stand where, under the other filters: (status, label, count, address); all of them first."""
    found = {status: count for status, (count, _pencilled) in sieve.counted.items()}
    shown = [status for status in Status if found.get(status) or sieve.answers.get("status") == status]
    total = sum(count for status, count in found.items() if status != Status.MERGED)
    return [
        ("", _("All"), total, sieve.url(without="status")),
        *((status.value, status.label, found.get(status, 0), sieve.url({"status": status})) for status in shown),
    ]


def _beside(sieve, total):
    """What is no status and still a pile of the drive: (label, how many, address); the number where it is known."""
    if (call := sieve.ground.call) is None:
        return
    mine = sieve.ground_rows.filter(drive=call.pk)
    pairs = duplicates.known(mine, drive=call.pk, user=sieve.user, is_small=total <= SMALL)
    yield _("Doubles"), pairs, f"{reverse('applications:doubles')}?drive={call.slug}"
    start = sieve.ground.start
    whole = start is not None and start.pk == call.unit_id
    unfinished = Draft.objects.unfinished().filter(drive=call.pk).count() if whole else None
    yield _("Unfinished"), unfinished, reverse("applications:unfinished", args=[call.slug])


def _ways_out(sieve):
    """(label, value, how many, address) of each filter whose removal brings rows."""
    return [(*sieve.told(name), count, sieve.url(without=name)) for name, count in sieve.ways_out()]
