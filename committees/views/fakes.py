"""A paper that cannot be right: anyone may tell, the state office looks, auditors see."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.db.models import F
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from committees import access
from committees.access import Right
from committees.domain import fakes
from committees.forms.fakes import FindingForm, ReportForm
from committees.models import FakeReport
from committees.views.verify import HOUR
from portal import robots, throttle
from portal.views import too_many

REPORTS_A_DAY = 30  # of one address: a village may sit behind it
A_PAGE = 30


@login_not_required
def report(request):
    """Tell the office of a paper. Programs are answered as if all had gone well."""
    form = ReportForm(request.POST or None, initial={"code": request.GET.get("code", "")[:24]})
    seen = robots.look_at(request.POST) if request.method == "POST" else None
    if seen is robots.Seen.PROGRAM:
        return _page(request, told=True)
    if seen is robots.Seen.PERSON and form.is_valid():
        try:
            throttle.hit("fakes", throttle.address_of(request), limit=REPORTS_A_DAY, seconds=24 * HOUR)
        except throttle.TooMany as limit:
            return too_many(request, wait=limit.wait)
        fakes.report(**form.cleaned_data, now=timezone.now())
        return _page(request, told=True)
    return _page(request, form=form, quick=seen is robots.Seen.TOO_QUICK)


@require_safe
def reports(request):
    """What was told, newest first; what nobody has looked at before all other."""
    _gate(request.user, Right.ASSIGN, Right.AUDIT)
    rows = FakeReport.objects.select_related("seen_by__person").order_by(
        F("seen_at").desc(nulls_first=True), "-at", "-pk"
    )
    context = {
        "page": Paginator(rows, A_PAGE).get_page(request.GET.get("page")),
        "unseen": rows.filter(seen_at=None).count(),
        "form": FindingForm() if access.may(request.user, Right.ASSIGN) else None,
        "nav": "committees",
    }
    return TemplateResponse(request, "committees/fakes.html", context)


@require_POST
def settle(request, pk):
    """The state office writes down what it found."""
    _gate(request.user, Right.ASSIGN)
    told, form = get_object_or_404(FakeReport, pk=pk), FindingForm(request.POST)
    if not form.is_valid():
        messages.warning(request, _("Write what was found."))
        return redirect("committees:fakes")
    try:
        fakes.settle(report=told, finding=form.cleaned_data["finding"], by=request.user, now=timezone.now())
    except fakes.SeenBefore:
        messages.warning(request, _("Someone was quicker. Please look again."))
    else:
        messages.success(request, _("Noted."))
    return redirect("committees:fakes")


def _gate(user, *rights):
    """The whole organisation's business: for those whose right reaches over all of it."""
    if not any(top.is_root for right in rights for top in access.tops(user, right)):
        raise Http404


def _page(request, **context):
    response = TemplateResponse(request, "committees/fake.html", context)
    response["X-Robots-Tag"] = "noindex"
    return response
