"""Series for those who plan: what is taught, its rule, and its batches."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from committees import access
from committees.access import Right
from training.domain import teaching
from training.forms import SeriesForm
from training.models import Answer, Enrolment, Series, Workshop
from training.usual import USUAL

A_PAGE = 50


def all_series(request):
    """What is taught, with how many batches lie ahead and how many people hold the certificate."""
    _check(request)
    rows = list(Series.objects.for_list(timezone.now()))
    slugs = {row.slug for row in rows}
    context = {
        "nav": "training",
        "series": rows,
        "lacks_usual": any(usual["slug"] not in slugs for usual in USUAL),
    }
    return TemplateResponse(request, "training/all_series.html", context)


@require_POST
def usual(request):
    """The three usual series at once."""
    _check(request)
    begun = teaching.begin_usual(**_by(request))
    words = ngettext("%(n)d series is begun.", "%(n)d series are begun.", begun)
    messages.success(request, words % {"n": begun})
    return redirect("training:all-series")


def new(request):
    """Something else to teach."""
    _check(request)
    form = SeriesForm(request.POST or None)
    if form.is_valid():
        series = teaching.begin(**form.cleaned_data, **_by(request))
        messages.success(request, _("The series is begun. Now plan its batches."))
        return redirect("training:series", series.slug)
    return TemplateResponse(request, "training/series_form.html", {"nav": "training", "form": form})


def series(request, slug):
    """One series: its rule, its workshops, who asks for another date; it is ended and taken up again here."""
    one, now = load(request, slug), timezone.now()
    if request.method == "POST":
        act = {"end": teaching.end, "take_up": teaching.take_up}.get(request.POST.get("do"))
        if act is None:
            raise Http404
        act(series=one, **_by(request))
        return redirect("training:series", one.slug)
    mine = access.narrow(Workshop.objects.for_list().filter(series=one), user=request.user, right=Right.TRAIN)
    ask = Enrolment.objects.filter(workshop__series=one, answer=Answer.OTHER, workshop__ends_at__gt=now)
    context = {
        "nav": "training",
        "series": one,
        "page": Paginator(mine, A_PAGE).get_page(request.GET.get("page")),
        "certified": Enrolment.objects.certified(now).filter(workshop__series=one).values("person").distinct().count(),
        "asking": access.narrow(ask, user=request.user, right=Right.TRAIN, unit="workshop__unit").count(),
        "now": now,
    }
    return TemplateResponse(request, "training/series.html", context)


def edit(request, slug):
    """Other words, or another rule."""
    one = load(request, slug)
    form = SeriesForm(request.POST or None, series=one)
    if form.is_valid():
        try:
            teaching.change(series=one, **form.cleaned_data, **_by(request))
        except teaching.Circle:
            form.add_error("prerequisite", _("That series itself needs this one first."))
        else:
            messages.success(request, _("Saved."))
            return redirect("training:series", one.slug)
    context = {"nav": "training", "form": form, "series": one}
    return TemplateResponse(request, "training/series_form.html", context)


def load(request, slug):
    """The series, for those who plan somewhere: series are of the whole organisation."""
    _check(request)
    return get_object_or_404(Series.objects.select_related("prerequisite"), slug=slug)


def _check(request):
    if not access.may(request.user, Right.TRAIN):
        raise Http404


def _by(request):
    return {"by": request.user, "now": timezone.now()}
