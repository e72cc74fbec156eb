"""Messages down the tree, for who writes them: the list, a new one, the second person's word, what becomes of it."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from committees import access, broadcasting, silences
from committees.access import Right
from committees.domain.relaying import approving, writing
from committees.forms.messages import MessageForm, RecallForm, WordsForm
from committees.models import Broadcast, Unit

A_PAGE = 30
SEE = (Right.BROADCAST, Right.AUDIT)


def visible(user):
    """The messages this user may read: of units at or below an own one."""
    rows = Broadcast.objects.all()
    mine = access.narrow(rows, user=user, right=SEE[0], own=True) | access.narrow(rows, user=user, right=SEE[1])
    return mine.select_related("unit", "made_by__person", "approved_by__person", "recalled_by__person").defer("picture")


def from_above(user):
    """Those that came to an own unit from a unit above it."""
    tops = access.tops(user, Right.BROADCAST, own=True)
    covered = Q(pk__in=[])
    for top in tops:
        covered |= broadcasting.covering(top) & ~Q(unit=top.pk)
    return Broadcast.objects.filter(covered, approved_at__isnull=False, goes_at__lte=timezone.now())


def units_to_write_to(user):
    """Own units and those right below them."""
    tops = [unit.pk for unit in access.tops(user, Right.BROADCAST, own=True)]
    units = Unit.objects.filter(Q(pk__in=tops) | Q(parent__in=tops), valid_to=None)
    return units.order_by("path")


@never_cache
@require_safe
def listing(request):
    """All of one's own part, those that wait for a second person first; and what came from above."""
    user, now = request.user, timezone.now()
    _door(user, *SEE)
    rows = visible(user).prefetch_related("texts").order_by("-number")
    waits = Q(approved_at=None, recalled_at=None, valid_until__gt=now)
    above = from_above(user).filter(recalled_at=None, valid_until__gt=now).select_related("unit").defer("picture")
    context = {
        "waiting": _told(rows.filter(waits), now),
        "page": (page := Paginator(rows.exclude(waits), A_PAGE).get_page(request.GET.get("page"))),
        "rows": _told(page, now),
        "above": _told(above.prefetch_related("texts").order_by("-number")[:A_PAGE], now),
        "silences": silences.in_force(now),
        "may_write": access.may_by_own_post(user, Right.BROADCAST),
        "may_silence": may_silence(user),
        "nav": "messages",
    }
    return TemplateResponse(request, "committees/messages.html", context)


@never_cache
def new(request):
    """Write one."""
    _door(request.user, Right.BROADCAST)
    form = MessageForm(request.POST or None, request.FILES or None, units=units_to_write_to(request.user))
    if form.is_valid() and (broadcast := _written(request, form)):
        messages.success(request, _("Saved. Look at it as it will be read; then another person approves it."))
        return redirect("committees:message", broadcast.number)
    return _form_page(request, form, None)


@never_cache
def change(request, number):
    """Who wrote it writes it anew, before it was approved."""
    broadcast = one_or_404(request.user, number)
    if broadcast.made_by_id != request.user.pk or broadcast.approved_at or broadcast.recalled_at:
        raise Http404
    text = broadcasting.latest_text(broadcast).text
    names = ["unit", "audience", "levels", "carriers", "link", "valid_until", "is_urgent", "wants_reply"]
    initial = {"text": text} | {name: getattr(broadcast, name) for name in names}
    initial["goes_at"] = broadcast.goes_at if broadcast.goes_at > broadcast.made_at else None
    units = units_to_write_to(request.user)
    form = MessageForm(request.POST or None, request.FILES or None, initial=initial, units=units, broadcast=broadcast)
    if form.is_valid() and _written(request, form):
        messages.success(request, _("Saved. Look at it as it will be read; then another person approves it."))
        return redirect("committees:message", number)
    return _form_page(request, form, broadcast)


@never_cache
def message(request, number):
    """As it is read in WhatsApp; whom it reaches and what that costs; the second person's word."""
    broadcast, now = one_or_404(request.user, number), timezone.now()
    may = access.may_by_own_post(request.user, Right.BROADCAST, broadcast.unit)
    if request.method == "POST":
        if not may:
            raise Http404
        _decided(request, broadcast, now)
        return redirect("committees:message", number)
    text, waits = broadcasting.latest_text(broadcast), broadcasting.waiting_text(broadcast)
    context = {
        "broadcast": told(broadcast, now),
        "text": text,
        "is_corrected": broadcasting.is_corrected(broadcast),
        "correction": waits,
        "has_picture": Broadcast.objects.filter(pk=broadcast.pk, picture__isnull=False).exists(),
        "estimate": None if broadcast.approved_at else broadcasting.estimate(broadcast, now),
        "sms": broadcasting.sample(broadcast),
        "may": may,
        "is_mine": broadcast.made_by_id == request.user.pk,
        "may_approve": may and broadcast.made_by.person_id != request.user.person_id,
        "may_approve_words": may and waits and waits.made_by.person_id != request.user.person_id,
        "nav": "messages",
    }
    return TemplateResponse(request, "committees/message.html", context)


@never_cache
def correct(request, number):
    """Other words for a message that went out."""
    broadcast = _mine_or_404(request.user, number)
    if not broadcast.approved_at or broadcast.recalled_at or broadcasting.waiting_text(broadcast):
        raise Http404
    form = WordsForm(request.POST or None, initial={"text": broadcasting.latest_text(broadcast).text})
    if form.is_valid():
        told_now = {"by": request.user, "now": timezone.now()}
        try:
            approving.correct(broadcast=broadcast, words=form.cleaned_data["text"], **told_now)
        except (approving.AlreadyAsked, approving.NotOut):
            messages.warning(request, _("Someone was quicker. Please look again."))
        else:
            messages.success(request, _("Another person approves the correction; until then the old words stay."))
        return redirect("committees:message", number)
    return TemplateResponse(
        request, "committees/message_correct.html", {"broadcast": broadcast, "form": form, "nav": "messages"}
    )


@never_cache
def recall(request, number):
    """Call it back, at once."""
    broadcast = _mine_or_404(request.user, number)
    if broadcast.recalled_at:
        raise Http404
    form = RecallForm(request.POST or None)
    if form.is_valid():
        told_now = {"by": request.user, "now": timezone.now()}
        try:
            approving.call_back(broadcast=broadcast, reason=form.cleaned_data["reason"], **told_now)
        except approving.Decided:
            messages.warning(request, _("Someone was quicker. Please look again."))
        else:
            messages.success(request, _("Called back. Nothing more leaves, and every page says so."))
        return redirect("committees:message", number)
    return TemplateResponse(
        request, "committees/message_recall.html", {"broadcast": broadcast, "form": form, "nav": "messages"}
    )


@never_cache
@require_safe
def picture(request, number):
    """The picture, for who writes and approves."""
    broadcast = get_object_or_404(visible(request.user), number=number)
    return picture_of(broadcast)


def picture_of(broadcast):
    if not broadcast.picture:
        raise Http404
    return HttpResponse(bytes(broadcast.picture), content_type="image/jpeg")


def one_or_404(user, number):
    return get_object_or_404(visible(user).prefetch_related("texts__made_by__person"), number=number)


def may_silence(user):
    """The state office: of the own post, over the whole tree."""
    return any(unit.is_root for unit in access.tops(user, Right.BROADCAST, own=True))


def told(broadcast, now):
    """With its headline and how it stands."""
    broadcast.headline = broadcasting.headline(broadcasting.latest_text(broadcast).text)
    broadcast.is_over = broadcast.valid_until <= now
    broadcast.is_ahead = broadcast.goes_at > now
    until = broadcasting.open_until(broadcast)
    broadcast.open_until = until if until and until > now else None
    return broadcast


def _told(rows, now):
    return [told(row, now) for row in rows]


def _mine_or_404(user, number):
    broadcast = one_or_404(user, number)
    if not access.may_by_own_post(user, Right.BROADCAST, broadcast.unit):
        raise Http404
    return broadcast


def _door(user, *rights):
    if not any(access.may_by_own_post(user, right) for right in rights):
        raise Http404


def _form_page(request, form, broadcast):
    context = {"form": form, "broadcast": broadcast, "nav": "messages"}
    status = 422 if form.errors else 200
    return TemplateResponse(request, "committees/message_new.html", context, status=status)


def _written(request, form):
    """The message; or nothing, and the form says why."""
    told_now = {"told": form.told(), "by": request.user, "now": timezone.now()}
    try:
        if form.broadcast is None:
            return writing.write(**told_now)
        writing.change(broadcast=form.broadcast, **told_now)
    except writing.NoLevel:
        form.add_error("levels", _("Choose levels at or below the unit"))
    except writing.BadTimes:
        form.add_error("valid_until", _("The end comes after it goes out, and after now"))
    except writing.Decided:
        form.add_error(None, _("Someone was quicker. Please look again."))
    return None if form.errors else form.broadcast


def _decided(request, broadcast, now):
    by = {"by": request.user, "now": now}
    version = request.POST.get("version", "")
    seen = next((text for text in broadcast.texts.all() if str(text.number) == version), None)
    waits = broadcasting.waiting_text(broadcast)
    try:
        match request.POST.get("do"):
            case "approve" if seen:
                approving.approve(broadcast=broadcast, text=seen, **by)
                messages.success(request, _("Approved. It goes out at its time."))
            case "approve-words" if waits and seen == waits:
                approving.approve_correction(text=waits, **by)
                messages.success(request, _("Corrected. Every link shows the new words."))
            case "drop-words" if waits:
                approving.drop_correction(text=waits, **by)
                messages.success(request, _("The words stay as they are."))
            case _:
                messages.warning(request, _("Someone was quicker. Please look again."))
    except approving.SamePerson:
        messages.warning(request, _("Another person than the one who wrote it approves."))
    except approving.TooLate:
        messages.warning(request, _("It is over by now. Write it anew."))
    except (approving.Decided, approving.Stale, approving.NotOut):
        messages.warning(request, _("Someone was quicker. Please look again."))
