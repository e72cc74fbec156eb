"""The desk: the pile of applications, and what is decided about many of them."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from applications import access as may_move
from applications.domain import exporting, reviewing
from applications.forms.desk import ApplicationFilter, MoveForm
from applications.models import Application
from applications.states import Status
from applications.views import undoing
from committees import access
from committees.access import Right

A_PAGE = 50
AT_ONCE = 5000
SAMPLE = 10
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SLIM = ["pk", "name", "phone", "ref", "link_key", "language", "status", "drive", "unit"]


def mine(request):
    """The applications this colleague reads; 404 for those who read none."""
    rows = access.narrow(Application.objects.all(), user=request.user, right=Right.REVIEW)
    if rows.query.is_empty():
        raise Http404
    return rows


def desk(request):
    filters = ApplicationFilter(request.GET, user=request.user, queryset=mine(request))
    query = {key: value for key, value in request.GET.items() if key != "page" and value}
    filters.form.is_valid()
    counts = _counts(filters, query)
    rows = Paginator(filters.qs.for_desk(), A_PAGE)
    asked = filters.form.cleaned_data.get("status")
    rows.count = next((n for status, _label, n, _url in counts if status == asked), 0)
    context = {
        "nav": "applications",
        "filters": filters,
        "page": rows.get_page(request.GET.get("page")),
        "counts": counts,
        "chips": _chips(filters, query),
        "query": _query(query).urlencode(),
        "may": [status for status in may_move.OFFERED if status != Status.SUBMITTED],
        "seen": timezone.now(),
        "undo": undoing.open_one(request),
    }
    return TemplateResponse(request, "applications/inbox.html", context)


@require_POST
def move(request):
    """First what would happen, then, confirmed, all of it at once."""
    now = timezone.now()
    rows, how_chosen = _chosen(request)
    form = MoveForm(request.POST, may=may_move.OFFERED)
    to = request.POST.get("to", "")
    if to not in dict(form.fields["to"].choices):
        raise Http404
    ready = may_move.movable(rows, user=request.user, to=to).select_related("drive", "unit").order_by("pk")
    count = ready.count()
    if "confirm" in request.POST and form.is_valid() and 0 < count <= AT_ONCE:
        moving = ready.only(*SLIM, "drive__title_hi", "unit__name_hi")
        reason = form.cleaned_data["reason"]
        done = reviewing.move_many(applications=moving, to=to, by=request.user, now=now, reason=reason)
        undoing.remember(request, done.batch, _told(done, to), now)
        if done.left:
            messages.warning(request, _left(done))
        return redirect(f"{reverse('applications:desk')}?{how_chosen['query']}")
    sample = list(ready[:SAMPLE])
    context = {
        "nav": "applications",
        "form": form if "confirm" in request.POST else MoveForm(initial={"to": to}, may=may_move.OFFERED),
        "to": Status(to),
        "count": count,
        "others": rows.count() - count,
        "too_many": AT_ONCE if count > AT_ONCE else None,
        "sample": sample,
        "news": reviewing.told(application=sample[0], to=to) if sample else "",
        "minutes": reviewing.UNDO_FOR.seconds // 60,
        **how_chosen,
    }
    return TemplateResponse(request, "applications/move_many.html", context)


@require_POST
def undo(request):
    return undoing.undo(request, fallback=reverse("applications:desk"))


@require_POST
def export(request):
    """An Excel file of what the filter shows."""
    now = timezone.now()
    query = QueryDict(request.POST.get("query", ""))
    rows = ApplicationFilter(query, user=request.user, queryset=mine(request)).qs
    numbers = access.may(request.user, Right.READ_NUMBERS)
    try:
        book = exporting.export(
            applications=rows.select_related("unit__district", "unit__assembly", "link"),
            with_numbers=numbers,
            by=request.user,
            now=now,
        )
    except exporting.TooMany as refused:
        told = _("%(count)s applications match. A file of more than %(most)s needs a second person; narrow the filter.")
        messages.error(request, told % {"count": refused.count, "most": exporting.MOST})
        return redirect(f"{reverse('applications:desk')}?{query.urlencode()}")
    name = f"applications-{timezone.localtime(now):%Y-%m-%d-%H%M}.xlsx"
    return HttpResponse(book, content_type=XLSX, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def _chosen(request):
    """The ticked rows, or all that matched the filter when the page was made; and how to say so again."""
    query = QueryDict(request.POST.get("query", ""))
    again = {"query": query.urlencode(), "refs": [], "seen": ""}
    if "everyone" not in request.POST:
        refs = request.POST.getlist("ref")
        return mine(request).filter(ref__in=refs), again | {"refs": refs}
    seen = _moment(request.POST.get("seen", ""))
    rows = ApplicationFilter(query, user=request.user, queryset=mine(request)).qs
    return rows.filter(submitted_at__lte=seen), again | {"seen": seen.isoformat()}


def _moment(text):
    """When the page was made; now, when that is no time."""
    try:
        moment = parse_datetime(text)
    except ValueError:  # 30 February
        moment = None
    return moment if moment and timezone.is_aware(moment) else timezone.now()


def _counts(filters, query):
    """How many stand where, under the other filters: (status, label, count, address); all of them first."""
    others = {key: value for key, value in query.items() if key != "status"}
    found = filters.counts()
    shown = [status for status in Status if found.get(status) or query.get("status") == status]
    return [
        ("", _("All"), sum(found.values()), _url(others)),
        *((status.value, status.label, found.get(status, 0), _url(others | {"status": status})) for status in shown),
    ]


def _chips(filters, query):
    """The filters in force, each with the address without it."""
    chips = []
    for name, value in filters.form.cleaned_data.items():
        if value and name not in ("sort", "status"):
            choices = {str(key): label for key, label in getattr(filters.form.fields[name], "choices", ())}
            rest = {key: kept for key, kept in query.items() if key != name}
            chips.append((filters.form.fields[name].label, choices.get(str(value), value), _url(rest)))
    return chips


def _query(values):
    query = QueryDict(mutable=True)
    query.update(values)
    return query


def _url(values):
    return f"?{_query(values).urlencode()}"


def _told(done, to):
    said = ngettext("%(count)s application: %(status)s.", "%(count)s applications: %(status)s.", len(done.moved))
    return said % {"count": len(done.moved), "status": Status(to).label}


def _left(done):
    refs = ", ".join(application.name for application in done.left[:10])
    return _("Someone was quicker with: %(names)s. These were left as they are.") % {"names": refs}
