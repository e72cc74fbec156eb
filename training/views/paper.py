"""What is printed for a workshop: the list to sign, the badges; and how the signed list is typed in."""

from django.contrib import messages
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from training.domain import attending, passes
from training.views.loading import key, session_of, taught
from training.views.rows import with_post

A_SHEET, A_CARD = 25, 10  # rows on a page of paper, badges on a page
MOST = 2000  # people on the longest list that is still printed
SPARE = 5  # empty rows for who came without having said so
COLUMNS = 4  # sessions that find room to sign beside each other


def sheet(request, slug):
    """The list on paper, 25 a page, with room to sign for each session; the QR leads to where it is typed in."""
    one = taught(request, slug)
    sessions = list(one.sessions.all()[:COLUMNS])
    rows = with_post(_coming(one), one) + [None] * SPARE
    entry = reverse("training:sheet-entry", args=[one.slug, sessions[0].number])
    context = {
        "nav": "training",
        "workshop": one,
        "sessions": sessions,
        "pages": _pages(list(enumerate(rows, start=1)), A_SHEET),
        "url": request.build_absolute_uri(entry),
        "now": timezone.now(),
    }
    return TemplateResponse(request, "training/sheet.html", context)


def entry(request, slug, number):
    """The signed list: those who signed are ticked in its order and sent at once."""
    one = taught(request, slug)
    session = session_of(one, number)
    rows = list(_coming(one).marked_at(session))
    if request.method == "POST":
        return _enter(request, one, session, rows)
    context = {
        "nav": "training",
        "workshop": one,
        "session": session,
        "sessions": one.sessions.with_numbers(),
        "rows": with_post(rows, one),
    }
    return TemplateResponse(request, "training/sheet_entry.html", context)


def badges(request, slug):
    """Ten a page; the QR on each opens the mark page of its person for a trainer."""
    one = taught(request, slug)
    rows = with_post(_coming(one), one)
    for row in rows:
        row.pass_url = passes.link(row)
    context = {"nav": "training", "workshop": one, "pages": _pages(rows, A_CARD), "people": len(rows)}
    return TemplateResponse(request, "training/badges.html", context)


def _coming(workshop):
    return workshop.enrolments.for_sheet().coming().order_by("person__name", "pk")[:MOST]


def _enter(request, one, session, rows):
    chosen = {key(text) for text in request.POST.getlist("enrolment")}
    for row in rows:
        row.workshop = one
    told = {"session": session, "by": request.user, "now": timezone.now()}
    try:
        fresh = attending.mark_all(enrolments=[row for row in rows if row.pk in chosen], **told)
    except attending.NotYet:
        messages.warning(request, _("Marking begins two hours before the workshop."))
    except attending.Cancelled:
        messages.warning(request, _("This workshop is cancelled."))
    else:
        words = ngettext("%(n)d person is marked from paper.", "%(n)d people are marked from paper.", fresh)
        messages.success(request, words % {"n": fresh})
    return redirect("training:marks", one.slug, session.number)


def _pages(rows, size):
    return [rows[start : start + size] for start in range(0, len(rows), size)]
