"""Answers from a Google Form: upload, see what would become of them, take in, take back."""

import csv
from contextlib import suppress

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from applications import answered
from applications.domain.importing import batches, columns, rows, sheets, undoing
from applications.forms.imports import ColumnsForm, UploadForm
from applications.models import Drive, ImportBatch
from committees import access
from committees.access import Right
from committees.models import Unit
from portal.spreadsheets import harmless

SAMPLE = 10
SHOWN = 200  # problems on the page; the file has them all
KINDS = {
    rows.LEFT_OUT: gettext_lazy("left out"),
    rows.DOUBLE: gettext_lazy("duplicate"),
    rows.NOTE: gettext_lazy("in, with a note"),
}


@never_cache
def imports(request, slug):
    """The files of a drive, and a place for another."""
    drive = _drive(request, slug)
    form = UploadForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            content = file.read(sheets.BIGGEST + 1)
            about = {"drive": drive, "file_name": file.name, "by": request.user, "now": timezone.now()}
            batch = batches.upload(content=content, **about)
            _foresee(batch)
        except sheets.Unreadable as problem:
            form.add_error("file", str(problem))
        else:
            return redirect("applications:import", drive.slug, batch.code)
    past = drive.imports.defer("content", "problems").select_related("by__person").order_by("-uploaded_at", "-pk")[:50]
    context = {"nav": "applications", "drive": drive, "form": form, "past": past}
    return TemplateResponse(request, "applications/imports.html", context)


@never_cache
def batch(request, slug, code):
    """One file: what its columns hold and what would become of each row; once taken in, what became of it."""
    found = _batch(request, slug, code)
    if found.done_at:
        return _done(request, found)
    sheet = batches.sheet_of(found, batches.HEAD)
    form = ColumnsForm(request.POST if request.POST.get("do") == "columns" else None,
                       sheet=sheet, mapping=found.mapping, drive=found.drive)  # fmt: skip
    if request.method == "POST":
        answer = _act(request, found, form)
        if answer:
            return answer
    lacking = columns.lacking(found.mapping, sheet.headings, found.drive)
    problems = [] if lacking else _problems(found)
    total = found.created + found.duplicates + found.skipped
    context = {
        "nav": "applications",
        "drive": found.drive,
        "batch": found,
        "form": form,
        "lacking": lacking,
        "total": total,
        "sample": [] if lacking else _sample(batches.first_people(batch=found, now=timezone.now())[:SAMPLE]),
        "problems": _shown(problems),
        "more": max(0, len(problems) - SHOWN),
        "needs_second": found.created > batches.AT_ONCE,
    }
    return TemplateResponse(request, "applications/import.html", context)


@require_POST
def undo(request, slug, code):
    """Out again, all of it; or nothing, with the names of those on whom somebody has worked."""
    found = _batch(request, slug, code)
    try:
        gone = undoing.take_back(batch=found, by=request.user, now=timezone.now())
    except undoing.NothingToTakeBack:
        messages.warning(request, _("There is nothing to take back: it never came in, or is out again."))
    except undoing.MovedOn as moved:
        return _done(request, found, moved=moved.applications)
    else:
        said = ngettext("%(n)d application is taken back.", "%(n)d applications are taken back.", gone)
        messages.success(request, said % {"n": gone})
    return redirect("applications:import", slug, code)


@never_cache
@require_GET
def report(request, slug, code):
    """Every row that is not plainly in, as a file for whoever mends the sheet."""
    found = _batch(request, slug, code)
    if not found.done_at and columns.lacking(found.mapping, batches.sheet_of(found, 0).headings, found.drive):
        raise Http404
    problems = _problems(found)
    answer = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="import-{found.code}.csv"'
    page = csv.writer(answer)
    page.writerow([_("Row"), _("Column"), _("What became of it"), _("What to do")])
    for problem in problems:
        cells = [str(problem.row), problem.column, str(KINDS[problem.kind]), problem.message]
        page.writerow([harmless(cell) for cell in cells])
    return answer


def _drive(request, slug):
    """A drive whose results this colleague decides, and whose people they may call."""
    mine = access.narrow(Drive.objects.select_related("unit"), user=request.user, right=Right.DECIDE)
    return access.get_or_404(mine, user=request.user, right=Right.READ_NUMBERS, slug=slug)


def _batch(request, slug, code):
    rows_ = ImportBatch.objects.filter(drive=_drive(request, slug)).select_related("drive__unit", "by__person")
    return get_object_or_404(rows_, code=code)


def _act(request, found, form):
    """Choose the columns, take in, or give up; the page to go to, if any."""
    asked = {"batch": found, "by": request.user, "now": timezone.now()}
    here = redirect("applications:import", found.drive.slug, found.code)
    try:
        if request.POST.get("do") == "give-up":
            batches.give_up(**asked)
            return redirect("applications:imports", found.drive.slug)
        if request.POST.get("do") == "columns" and form.is_valid():
            batches.choose_columns(mapping=form.cleaned_data, **asked)
            return here
        if request.POST.get("do") == "take":
            people = found.created
            if people > batches.AT_ONCE:
                job = batches.ask_for(people=people, right=Right.DECIDE, **asked)
                return redirect("committees:job", job.key)
            batches.take_in(**asked)
            return here
    except batches.BadColumns as problem:
        for told in problem.told:
            form.add_error(None, told) if form.is_bound else messages.error(request, told)
    except batches.AlreadyDone:
        messages.warning(request, _("Someone was quicker. Please look again."))
        return redirect("applications:imports", found.drive.slug)
    return None


def _done(request, found, moved=()):
    problems = _problems(found)
    context = {
        "nav": "applications",
        "drive": found.drive,
        "batch": found,
        "problems": _shown(problems),
        "more": max(0, len(problems) - SHOWN),
        "told": undoing.already_told(found),
        "sealed": found.applications.count() if found.undone_at else 0,
        "minutes": batches.TOLD_AFTER.seconds // 60,
        "tells_at": found.done_at + batches.TOLD_AFTER,
        "moved": [(row, reverse("applications:application", args=[row.ref])) for row in moved],
    }
    return TemplateResponse(request, "applications/import_done.html", context)


def _problems(found):
    return [rows.Problem(**problem) for problem in found.problems]


def _shown(problems):
    return [(problem, KINDS[problem.kind]) for problem in problems[:SHOWN]]


def _sample(people):
    """The first people as they would go in: row, columns, the unit, and the headings kept beside."""
    units = Unit.objects.in_bulk([values["unit_id"] for _row, values in people])
    return [
        (row, values, units[values["unit_id"]], [row.label for row in answered.imported(values["extra"])])
        for row, values in people
    ]


def _foresee(batch):
    """Once for a file and its columns; as long as columns are lacking there is nothing to foresee."""
    with suppress(batches.BadColumns):
        batches.foresee(batch=batch, now=timezone.now())
