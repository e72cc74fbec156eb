"""Requests about data, as the state office answers them: the oldest first."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from applications.domain import changing
from committees import access
from committees.access import Right
from portal import codes, requests
from portal.me import asking, settling
from portal.me.corrections import ValueForm
from portal.me.forms import AnswerForm
from portal.models import DataRequest
from portal.models.privacy import RequestKind, RequestStatus

LONGEST = 80  # of words to find a place by


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
    asked, now = _asked(number), timezone.now()
    form = AnswerForm(request.POST or None)
    value = _value_form(request, asked, now)
    if request.method == "POST" and form.is_valid() and _fits(form, value):
        values = value.values() if value and value.is_bound else None
        try:
            settling.answer(request=asked, **form.cleaned_data, values=values, by=request.user, now=now)
        except requests.AnswerMissing:
            form.add_error("answer", _("Write an answer"))
        except requests.Answered:
            form.add_error(None, _("Someone was quicker. Please look again."))
        except (requests.NeedsSecond, requests.SamePerson):
            form.add_error(None, _("Two persons erase: one agrees, another carries it out."))
        except settling.StillStands as why:
            form.add_error(None, str(why))
        except settling.CannotCorrect:
            form.add_error(None, _("There is nothing left to correct. Refuse, and say so."))
        except settling.NumberTaken:
            form.add_error(None, _("Somebody else has this number already. Ask the person, or refuse."))
        except changing.TooYoung:
            form.add_error(
                None, _("That is younger than 18: such data must not be kept. Refuse, and let it be erased.")
            )
        else:
            messages.success(request, _("Answered. The person is told."))
            return redirect("me:requests")
    context = {"nav": "requests", "asked": asked, "form": form, "value": value, "today": timezone.localdate()}
    wrong = form.errors or (value and value.errors)
    return TemplateResponse(request, "me/request.html", context, status=422 if wrong else 200)


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


def _value_form(request, asked, now):
    """The field of the right value; only "done" fills it in."""
    thing = settling.thing_of(asked) if asked.kind == RequestKind.CORRECT and not asked.answered_at else None
    if thing is None or not asking.can_be_corrected(thing, asked.field):
        return None
    typed = request.POST if request.POST.get("status") == RequestStatus.DONE else None
    return ValueForm(typed, request=asked, thing=thing, find=request.GET.get("find", "")[:LONGEST], now=now)


def _fits(form, value):
    return form.cleaned_data["status"] != RequestStatus.DONE or value is None or value.is_valid()


def _only_the_state_office(request):
    if not access.may(request.user, Right.ASSIGN):
        raise Http404


def _asked(number):
    try:
        return get_object_or_404(DataRequest, number=codes.read(number))
    except codes.BadCode:
        raise Http404 from None
