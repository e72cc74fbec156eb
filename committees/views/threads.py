"""Questions to the state office: an in-charge asks, the office answers the one that waits longest first."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from committees import access
from committees.access import Right
from committees.domain import asking
from committees.forms.threads import AskForm, LineForm
from committees.rights import reaches

A_PAGE = 30


def threads(request):
    """For the office what waits, and all of it by ``?show=all``; for an in-charge the own ones and a form."""
    if not access.may(request.user, Right.ASK):
        raise Http404
    is_office = access.is_office(request.user)
    if is_office and request.method == "POST":
        raise Http404
    form = None if is_office else AskForm(request.POST or None, units=access.units_near(request.user, Right.ASK))
    if form and form.is_valid():
        return _ask(request, **form.cleaned_data)
    rows = access.threads_of(request.user)
    shows_all = not is_office or request.GET.get("show") == "all"
    rows = rows.with_state().order_by("-asked_at", "-pk") if shows_all else rows.waiting()
    rows = rows.select_related("unit", "about", "asked_by__person")
    context = {
        "page": Paginator(rows, A_PAGE).get_page(request.GET.get("page")),
        "form": form,
        "is_office": is_office,
        "shows_all": shows_all,
        "query": "show=all" if is_office and shows_all else "",
        "now": timezone.now(),
        "nav": "committees" if is_office else "my",
    }
    return TemplateResponse(request, "committees/threads.html", context)


def thread(request, pk):
    """One question with all that was written; who looks after the unit and the office write on."""
    row, is_office, now = _mine(request.user, pk), access.is_office(request.user), timezone.now()
    form = LineForm(request.POST or None)
    if form.is_valid():
        words = {name: form.cleaned_data[name] for name in ("words", "key")}
        try:
            asking.write(thread=row, from_office=is_office, by=request.user, now=now, **words)
        except asking.Closed:
            form.add_error(None, _("This question was closed meanwhile. Ask a new one."))
        else:
            messages.success(request, _("Sent."))
            return redirect("committees:thread", row.pk)
    if not is_office:
        asking.see(thread=row, now=now)
    return TemplateResponse(
        request,
        "committees/thread.html",
        {
            "thread": row,
            "lines": row.lines.select_related("by__person"),
            "form": form,
            "is_office": is_office,
            "now": now,
            "nav": "committees" if is_office else "my",
        },
    )


@require_POST
def close(request, pk):
    """Either side closes it; the office once it has answered."""
    row = _mine(request.user, pk)
    told = {"from_office": access.is_office(request.user), "by": request.user, "now": timezone.now()}
    try:
        asking.close(thread=row, **told)
    except asking.Unanswered:
        messages.warning(request, _("Answer first, then close."))
        return redirect("committees:thread", row.pk)
    except asking.Closed:
        messages.warning(request, _("Someone was quicker. Please look again."))
    else:
        messages.success(request, _("The question is closed."))
    return redirect("committees:threads")


def _mine(user, pk):
    rows = access.threads_of(user).with_state().select_related("unit", "about", "asked_by__person", "closed_by__person")
    return get_object_or_404(rows, pk=pk)


def _ask(request, *, about, words, key):
    """From the unit at or above the one that the question is about; about nothing in particular, from the first."""
    mine = access.appointments_of(request.user, Right.ASK)
    asking_from = next((row for row in mine if about is not None and reaches(row, about)), mine[0]).seat.unit
    told = {"about": about, "words": words, "key": key}
    asked = asking.ask(unit=asking_from, by=request.user, now=timezone.now(), **told)
    messages.success(request, _("Asked. The answer comes here and by SMS."))
    return redirect("committees:thread", asked.pk)
