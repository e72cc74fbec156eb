"""The desk writes down somebody who comes without an application, and gives the token with it."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from applications.domain import assisting, changing, reading, submitting
from applications.domain import on_the_spot as at_the_desk
from applications.models import Application
from applications.states import Status as Applied
from applications.views import notices
from committees import access
from committees.access import Right
from interviews.domain import on_the_spot
from interviews.forms_on_the_spot import SpotForm, SpotPhotoForm
from interviews.models import Interview
from interviews.views.common import MISHAPS, day_or_404, seen, tell
from portal import phones
from portal.transitions import Stale

WHY_NOT = {
    on_the_spot.NotToday: gettext_lazy("People are taken here on the day itself, as long as it is open."),
    on_the_spot.CalledAlone: gettext_lazy("On this day only those who were called are interviewed."),
    on_the_spot.DriveClosed: gettext_lazy(
        "The drive has closed. Who comes without an application is taken by the state office alone: call them."
    ),
    assisting.OwnNumber: gettext_lazy(
        "This is your own number. Write the person's own number: the receipt and the result go there."
    ),
    assisting.OutOfReach: gettext_lazy("This place is outside the area of this day."),
    changing.TooYoung: gettext_lazy("Nobody under 18 can apply. Nothing was kept."),
}


@never_cache
def on_the_spot_page(request, date, drive):
    """Few words, the notice read out, a token."""
    day = day_or_404(request, date, drive, Right.RECEIVE)
    now = timezone.now()
    try:
        on_the_spot.check(day=day, by=request.user, now=now)
    except (on_the_spot.NotToday, on_the_spot.CalledAlone, on_the_spot.DriveClosed) as refused:
        messages.error(request, WHY_NOT[type(refused)])
        return redirect("interviews:queue", *day.address)
    if request.method != "POST":
        return _page(request, day, SpotForm(day=day, now=now, initial=_known(request.GET.get("q", ""))))
    if request.POST.get("known"):
        return _take_in(request, day, now)
    form = SpotForm(request.POST, day=day, now=now)
    notice = notices.chosen(request)
    if not notices.is_as_read(request, notice):
        return _page(request, day, form, is_reworded=True)
    if form.is_valid() and form.too_young:
        form = SpotForm(day=day, now=now)
        return _page(request, day, form, refused=WHY_NOT[changing.TooYoung])
    return _admit(request, day, form, notice, now) if form.is_valid() else _page(request, day, form)


@never_cache
@require_POST
def photo(request, date, drive, pk):
    """A photo for who came without one."""
    day = day_or_404(request, date, drive, Right.RECEIVE)
    interview = get_object_or_404(seen(day, request.user, Right.RECEIVE).select_related("application"), pk=pk)
    form = SpotPhotoForm(request.POST, request.FILES)
    if not form.is_valid():
        messages.error(request, form.errors["photo"][0])
        return redirect("interviews:visitor", *day.address, pk)
    told = {"application": interview.application, "picture": form.cleaned_data["photo"]}
    try:
        at_the_desk.take_photo(**told, by=request.user, now=timezone.now())
        messages.success(request, _("The photo is kept."))
    except Stale as problem:
        tell(request, problem)
    return redirect("interviews:visitor", *day.address, pk)


def _admit(request, day, form, notice, now):
    said = {"consent_version": notice.version, "read_in": notice.language, "language": get_language()}
    said |= {"wants_messages": form.cleaned_data["wants_messages"]}
    try:
        interview = on_the_spot.admit(day=day, told=form.told, **said, by=request.user, now=now)
    except submitting.AlreadyApplied as already:
        return _page(request, day, form, known=_shown(request, day, already.application, now))
    except tuple(WHY_NOT) as refused:
        return _page(request, day, form, refused=WHY_NOT[type(refused)])
    except tuple(MISHAPS) as problem:
        tell(request, problem)
        return _page(request, day, form)
    return _done(request, day, interview)


def _take_in(request, day, now):
    """Somebody who had applied: onto the list and into the line, by who may decide on the application."""
    rows = access.narrow(Application.objects.under(day.unit), user=request.user, right=Right.REVIEW)
    application = get_object_or_404(rows.filter(drive=day.drive_id), ref=request.POST["known"])
    try:
        return _done(request, day, on_the_spot.take_in(day=day, application=application, by=request.user, now=now))
    except tuple(MISHAPS) as problem:
        tell(request, problem)
        return redirect("interviews:queue", *day.address)


def _shown(request, day, application, now):
    """What the desk may know of who has applied from this number: the row, or only that there is one."""
    rows = access.narrow(Application.objects.under(day.unit), user=request.user, right=Right.RECEIVE)
    row = rows.filter(pk=application.pk).select_related("unit__district").first()
    if row is None:
        return {"row": None}
    reading.looked(application=row, by=request.user, now=now)
    listed = (
        row.status == Applied.SHORTLISTED or Interview.objects.of_day(day).in_plan().filter(application=row).exists()
    )
    may_review = access.narrow(Application.objects.filter(pk=row.pk), user=request.user, right=Right.REVIEW).exists()
    return {"row": row, "listed": listed, "may_take": may_review and row.status in {Applied.SUBMITTED, Applied.WAITING}}


def _done(request, day, interview):
    told = {"name": interview.application.name, "token": interview.token}
    messages.success(request, _("%(name)s: token %(token)d.") % told)
    return redirect("interviews:queue", *day.address)


def _known(text):
    """What was looked for in vain is not typed twice."""
    try:
        return {"phone": phones.normalise(text)}
    except phones.BadPhone:
        return {"name": text} if text and not any(sign.isdecimal() for sign in text) else {}


def _page(request, day, form, *, known=None, refused="", is_reworded=False):
    context = {
        "nav": "interviews",
        "day": day,
        "form": form,
        "known": known,
        "refused": refused,
        "is_reworded": is_reworded,
        "wide": True,
        **notices.context(request, representation=False),
    }
    status = 422 if form.errors or known or refused or is_reworded else 200
    return TemplateResponse(request, "interviews/on_the_spot.html", context, status=status)
