"""The appointment letter as a PDF or a picture, for its holder and for colleagues; and its cancelling."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from committees import access
from committees.access import Right
from committees.domain import letters
from committees.forms.answers import CancelLetterForm
from committees.models import Appointment
from portal import documents

ROWS = Appointment.objects.select_related("letter", "person", "seat__post", "seat__unit__district")


DRAWN = {"pdf": (documents.pdf, "application/pdf"), "png": (documents.png, "image/png")}


@login_not_required
@never_cache
def letter(request, code, kind):
    """The paper itself: by the personal link's key, as its signed-in holder, or with a right over the unit.

    ``kind`` is "pdf", to print, or "png", to send on.
    """
    appointment = get_object_or_404(ROWS.all(), letter__code=code)
    if not _may_read(request, appointment):
        raise Http404
    draw, media_type = DRAWN[kind]
    return HttpResponse(
        draw(appointment.letter),
        content_type=media_type,
        headers={"Content-Disposition": f'inline; filename="letter-{code}.{kind}"', "X-Robots-Tag": "noindex"},
    )


def _may_read(request, appointment):
    try:
        if letters.appointment_of(request.GET.get("key", "")).pk == appointment.pk:
            return True
    except letters.BadLink:
        pass
    if not request.user.is_authenticated:
        return False
    own = appointment.person_id == request.user.person_id
    return own or access.may(request.user, Right.VIEW, appointment.seat.unit)


def cancel(request, code):
    """The state office cancels a paper, for instance one with a wrong name; another may follow at once."""
    rows = ROWS.filter(letter__revoked_at=None)
    appointment = access.get_or_404(rows, user=request.user, right=Right.ASSIGN, unit="seat__unit", letter__code=code)
    form = CancelLetterForm(request.POST or None)
    if form.is_valid():
        told = {"reason": form.cleaned_data["reason"], "by": request.user, "now": timezone.now()}
        try:
            if form.cleaned_data["anew"]:
                letters.reissue(appointment=appointment, **told)
            else:
                documents.revoke(document=appointment.letter, **told)
        except (documents.AlreadyCancelled, letters.Over):
            messages.warning(request, _("Someone was quicker. Please look again."))
        else:
            messages.success(request, _("The letter is cancelled."))
        return redirect(appointment.seat.unit.committee_url)
    context = {"appointment": appointment, "form": form, "nav": "committees"}
    return TemplateResponse(request, "committees/cancel_letter.html", context)
