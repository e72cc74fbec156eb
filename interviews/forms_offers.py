"""Forms of offers: how long somebody has to answer, and why one gets more time. They check; they never save."""

from django import forms
from django.utils.translation import gettext_lazy as _

from interviews.domain import offering
from interviews.states import MoreTime
from portal.widgets import Digits

LONGEST = 30
SO_MANY = _("Write a number of days from 1 to 30.")


class OfferForm(forms.Form):
    """How many days they have."""

    days = forms.IntegerField(
        label=_("Days to answer"),
        min_value=1,
        max_value=LONGEST,
        initial=offering.TO_ANSWER,
        error_messages=dict.fromkeys(["required", "invalid", "min_value", "max_value"], SO_MANY),
        widget=Digits(),
    )


class MoreTimeForm(OfferForm):
    """And why one of them gets more."""

    why = forms.ChoiceField(
        label=_("Reason"),
        choices=[("", _("Choose")), *MoreTime.choices],
        error_messages={"required": _("Choose a reason.")},
    )
