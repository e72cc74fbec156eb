"""What will be sent to how many, what was sent, and what the office holds back."""

from django import forms
from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from committees import access
from committees.access import Right
from portal import holds, moments, names
from portal.front import sending


class HoldForm(forms.Form):
    """Which notices are held back, and why."""

    template = forms.ChoiceField(label=gettext_lazy("Which notices"))
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=200)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        known = [(name, moment.says) for name, moment in moments.every().items() if name not in holds.NEVER]
        self.fields["template"].choices = known

    def clean_reason(self):
        return names.clean(self.cleaned_data["reason"])


@require_safe
def calendar(request):
    """For the state office; auditors read."""
    may_hold = access.may_by_own_post(request.user, Right.ASSIGN)
    if not may_hold and not access.may(request.user, Right.AUDIT):
        raise Http404
    now = timezone.now()
    gone = sending.lately(now)
    context = {
        "days": sending.ahead(now),
        "gone": gone,
        "states": [state.label for state in sending.STATES],
        "rupees": sum(one.rupees for one in gone),
        "held": sending.held(),
        "reminders": sending.written_once(),
        "form": HoldForm() if may_hold else None,
        "may_hold": may_hold,
        "may_mend": access.may(request.user, Right.ADMINISTER),
        "nav": "work",
    }
    return TemplateResponse(request, "portal/notices.html", context)


@require_POST
def hold(request):
    """Hold notices of one template back."""
    _office_or_404(request)
    form = HoldForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Say which notices, and write the reason in a few words."))
        return redirect("notices")
    try:
        holds.hold(**form.cleaned_data, by=request.user, now=timezone.now())
    except holds.AlreadyHeld:
        messages.info(request, _("They are held back already."))
    else:
        messages.success(request, _("Held back until somebody lets them go. What is too late by then is not sent."))
    return redirect("notices")


@require_POST
def let_go(request):
    """Let them leave again."""
    _office_or_404(request)
    try:
        holds.let_go(template=request.POST.get("template", ""), by=request.user, now=timezone.now())
    except holds.NotHeld:
        messages.info(request, _("Somebody let them go before."))
    else:
        messages.success(request, _("They leave with the next sweep."))
    return redirect("notices")


def _office_or_404(request):
    if not access.may_by_own_post(request.user, Right.ASSIGN):
        raise Http404
