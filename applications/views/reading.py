"""Reading before the interviews: one application after the other, full screen, five marks at a time."""

from types import SimpleNamespace

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST

from applications import answered, blinding, marks
from applications.domain import readings
from applications.models import Application, Drive, Reading
from committees import access
from committees.access import Right
from portal import codes

CANNOT = "none"


def mine(request):
    """What was given to me, drive by drive; and the drives of my area in which there is more to read."""
    rows = marks.mine(request.user)
    given = [row["drive"].pk for row in rows]
    area = access.narrow(Application.objects.all(), user=request.user, right=Right.READ)
    waiting = area.filter(status__in=readings.OPEN).exclude(drive__in=given).order_by().values("drive").distinct()
    context = {"nav": "reading", "rows": rows, "others": Drive.objects.filter(pk__in=waiting).order_by("-closes_at")}
    return TemplateResponse(request, "applications/readings.html", context)


@require_POST
def following(request, drive):
    """The next one, which from now on is mine."""
    return _next(request, get_object_or_404(Drive, slug=drive))


def read(request, drive, ref):
    reading = _own(request, drive, ref)
    if request.method == "POST":
        return _post(request, reading)
    given = {mark.criterion_id: mark.mark for mark in reading.marks.all()}
    if reading.read_at:
        cannot = readings.criteria_of(reading.application.drive_id).exclude(pk__in=given)
        given |= dict.fromkeys(cannot.values_list("pk", flat=True))
    return _page(request, reading, given, reading.note)


@cache_control(private=True, max_age=3600)
def photo(request, drive, ref):
    """Never where readers judge blind."""
    application = _own(request, drive, ref).application
    if application.drive.reads_blind or application.photo is None:
        raise Http404
    return HttpResponse(bytes(application.photo.image), content_type="image/webp")


def _own(request, drive, ref):
    """My reading of this application; 404 for everyone to whom it was not given."""
    try:
        ref = codes.read(ref)
    except codes.BadCode:
        raise Http404 from None
    rows = access.narrow(Application.objects.all(), user=request.user, right=Right.READ)
    own = Reading.objects.filter(reader=request.user, application__in=rows.values("pk"))
    own = own.select_related("application__drive", "application__unit__district", "application__prompt")
    return get_object_or_404(own, application__ref=ref, application__drive__slug=drive)


def _post(request, reading):
    drive = reading.application.drive
    if request.POST.get("do") == "skip":
        return _next(request, drive, after=reading)
    given, note = _given(request.POST, drive), request.POST.get("note", "")
    try:
        readings.mark(reading=reading, marks=given, note=note, by=request.user, now=timezone.now())
    except readings.Incomplete as problem:
        return _page(request, reading, given, note, missing=problem.criteria)
    except readings.Decided:
        messages.warning(request, _("This application has been decided meanwhile; its marks stay as they were."))
    if request.POST.get("do") == "stay":
        return redirect("applications:readings")
    return _next(request, drive, after=reading)


def _given(data, drive):
    """What the form says: ``c<key>`` a mark, or that it cannot be judged."""
    said = {pk: data.get(f"c{pk}", "") for pk in readings.criteria_of(drive.pk).values_list("pk", flat=True)}
    given = {pk: int(word) for pk, word in said.items() if word in {"1", "2", "3", "4", "5"}}
    return given | {pk: None for pk, word in said.items() if word == CANNOT}


def _next(request, drive, after=None):
    reading = readings.next_for(drive=drive, by=request.user, now=timezone.now(), after=after)
    if reading is None:
        messages.success(request, _("All that was yours to read in this drive is read. Thank you."))
        return redirect("applications:readings")
    return redirect("applications:read", drive.slug, reading.application.ref)


def _page(request, reading, given, note, missing=()):
    application = reading.application
    drive = application.drive
    criteria = readings.criteria_of(drive.pk).prefetch_related("anchors")
    own = next((row for row in marks.mine(request.user) if row["drive"].pk == drive.pk), None)
    context = {
        "nav": "reading",
        "drive": drive,
        "reading": reading,
        "shown": _blind(application) if drive.reads_blind else _open(application),
        "criteria": [(each, given.get(each.pk, ""), each.pk in given, each.pk in missing) for each in criteria],
        "note": note,
        "missing": missing,
        "progress": own,
        "found": marks.of(application=application, user=request.user) if reading.read_at else None,
        "is_open": application.status in readings.OPEN,
    }
    return TemplateResponse(request, "applications/read.html", context, status=422 if missing else 200)


def _open(application):
    """What a reader sees of an application: no number, no social group, nobody who brought it."""
    return SimpleNamespace(
        name=application.name,
        place=application.unit.district or application.unit,
        has_photo=application.photo_id is not None,
        work=application.work,
        roles=application.roles,
        writing=application.writing,
        links=application.links,
        followers=application.get_followers_display(),
        platforms=[],
        own=_own_questions(application, str),
    )


def _blind(application):
    """The same without what says who it is."""

    def hide(text):
        return blinding.redact(text, application)

    return SimpleNamespace(
        name="",
        place=None,
        has_photo=False,
        work=hide(application.work),
        roles=hide(application.roles),
        writing=hide(application.writing),
        links=[],
        followers=application.get_followers_display(),
        platforms=blinding.platforms(application),
        own=_own_questions(application, hide),
    )


def _own_questions(application, shown):
    """The drive's own questions that may be seen: label and answer. Files and links say who somebody is."""
    rows = answered.all_rows(application.drive, application.extra, for_panel=True)
    return [(row.label, shown(row.value)) for row in rows if row.value and not row.file and not row.url]
