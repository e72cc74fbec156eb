"""Requests about data, as the state office answers them: the oldest first."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from committees import access
from committees.access import Right
from portal import codes, requests
from portal.me import settling
from portal.me.forms import AnswerForm
from portal.models import DataRequest


@require_safe
def waiting(request):
    """What waits for an answer, the oldest first; then what was answered last."""
    _only_the_state_office(request)
    answered = DataRequest.objects.exclude(answered_at=None).order_by("-answered_at", "-pk")
    context = {
        "nav": "requests",
        "waiting": requests.waiting(),
        "answered": answered[:20],
        "today": timezone.localdate(),
    }
    return TemplateResponse(request, "me/requests.html", context)


def one(request, number):
    """One request: what is asked, and the answer."""
    _only_the_state_office(request)
    asked = _asked(number)
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            settling.answer(request=asked, **form.cleaned_data, by=request.user, now=timezone.now())
        except requests.AnswerMissing:
            form.add_error("answer", _("Write an answer"))
        except requests.Answered:
            form.add_error(None, _("Someone was quicker. Please look again."))
        except (requests.NeedsSecond, requests.SamePerson):
            form.add_error(None, _("Two persons erase: one agrees, another carries it out."))
        except settling.StillStands as why:
            form.add_error(None, str(why))
        except settling.CannotCorrect:
            form.add_error(None, _("This value does not fit there. Correct it by hand, then answer."))
        else:
            messages.success(request, _("Answered. The person is told."))
            return redirect("me:requests")
    context = {"nav": "requests", "asked": asked, "form": form, "today": timezone.localdate()}
    return TemplateResponse(request, "me/request.html", context, status=422 if form.errors else 200)


@require_POST
def agree(request, number):
    """The first of two persons."""
    _only_the_state_office(request)
    try:
        requests.agree(request=_asked(number), by=request.user, now=timezone.now())
    except requests.Answered:
        messages.error(request, _("Someone was quicker. Please look again."))
    else:
        messages.success(request, _("Agreed. Another person of the office carries it out."))
    return redirect("me:request", number)


def _only_the_state_office(request):
    if not access.may(request.user, Right.ASSIGN):
        raise Http404


def _asked(number):
    try:
        return get_object_or_404(DataRequest, number=codes.read(number))
    except codes.BadCode:
        raise Http404 from None
