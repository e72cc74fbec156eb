"""The readers of a drive: who reads what, how far they are, and sharing out."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from applications import marks
from applications.domain import reading_reminders, readings, sharing
from applications.forms.readers import ReadersForm
from applications.models import Drive
from committees import access
from committees.access import Right
from portal.models import User

BEHIND = reading_reminders.REMIND_AFTER


def readers(request, slug):
    drive = access.get_or_404(Drive.objects.select_related("unit"), user=request.user, right=Right.REVIEW, slug=slug)
    if request.method == "POST":
        verbs = {"share": _share, "remind": _remind, "back": _take_back}
        act = verbs.get(request.POST.get("do"))
        return act(request, drive) if act else redirect("applications:readers", drive.slug)
    q = request.GET.get("q", "")[:80]
    if "show" not in request.GET:
        return _page(request, drive, _choosing(request, drive, q), q=q)
    form = ReadersForm(request.GET, drive=drive, q=q)
    return _page(request, drive, form, plan=_plan(request, drive, form) if form.is_valid() else None, q=q)


def _choosing(request, drive, q):
    """Searching is no answer yet: who was ticked stays ticked, and nothing is complained about."""
    ticked = [word for word in request.GET.getlist("reader") if word.isascii() and word.isdecimal()]
    how = request.GET.get("how") or str(drive.readers_each)
    return ReadersForm(drive=drive, q=q, ticked=ticked, initial={"how": how, "reader": ticked})


def _pile(request, drive):
    """What this colleague may share out."""
    return access.narrow(readings.in_the_pile(drive), user=request.user, right=Right.REVIEW)


def _plan(request, drive, form):
    each, twice = form.cleaned_data["how"]
    people = form.cleaned_data["reader"]
    plan = sharing.plan(drive=drive, applications=_pile(request, drive), readers=people, each=each, twice=twice)
    rows = [(user, plan.before[user.pk], plan.loads[user.pk] - plan.before[user.pk]) for user in people]
    return {
        "rows": sorted(rows, key=lambda row: row[0].person.name),
        "new": len(plan.new),
        "short": len(plan.short),
        "readers": people,
        "how": form.data["how"],
    }


def _share(request, drive):
    form = ReadersForm(request.POST, drive=drive)
    if not form.is_valid():
        return _page(request, drive, form)
    each, twice = form.cleaned_data["how"]
    done = readings.share_out(
        drive=drive,
        applications=_pile(request, drive),
        readers=form.cleaned_data["reader"],
        each=each,
        twice=twice,
        by=request.user,
        now=timezone.now(),
    )
    told = ngettext("%(count)s reading was given; the readers are told.",
                    "%(count)s readings were given; the readers are told.", len(done.new))  # fmt: skip
    messages.success(request, told % {"count": len(done.new)})
    return redirect("applications:readers", drive.slug)


def _remind(request, drive):
    reader = _reader(request, drive)
    try:
        count = reading_reminders.remind_now(drive=drive, reader=reader, by=request.user, now=timezone.now())
    except reading_reminders.ToldToday:
        messages.warning(request, _("%(name)s was reminded today already.") % {"name": reader})
    else:
        said = _("%(name)s is reminded.") if count else _("%(name)s has nothing left to read.")
        messages.success(request, said % {"name": reader})
    return redirect("applications:readers", drive.slug)


def _take_back(request, drive):
    reader = _reader(request, drive)
    count = readings.take_back(drive=drive, reader=reader, by=request.user, now=timezone.now())
    told = ngettext("%(count)s unread application was taken back from %(name)s.",
                    "%(count)s unread applications were taken back from %(name)s.", count)  # fmt: skip
    messages.success(request, told % {"count": count, "name": reader})
    return redirect("applications:readers", drive.slug)


def _reader(request, drive):
    asked = request.POST.get("reader", "")
    rows = User.objects.filter(readings__application__drive=drive).select_related("person").distinct()
    return get_object_or_404(rows, pk=int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 10 else 0)


def _page(request, drive, form, *, plan=None, q=""):
    now = timezone.now()
    pile = _pile(request, drive)
    context = {
        "nav": "applications",
        "drive": drive,
        "rows": [(line, bool(line.since and line.since <= now - BEHIND)) for line in marks.readers(drive)],
        "pile": pile.count(),
        "unread": pile.exclude(readings__read_at__isnull=False).count(),
        "form": form,
        "plan": plan,
        "q": q,
        "may_set": access.may(request.user, Right.DRIVE, drive.unit),
        "has_criteria": readings.criteria_of(drive.pk).exists(),
    }
    status = 422 if request.method == "POST" else 200
    return TemplateResponse(request, "applications/readers.html", context, status=status)
