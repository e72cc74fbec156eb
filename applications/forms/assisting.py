"""What whoever writes down for somebody else says at the end: the spoken consent, and the person's code."""

from django import forms
from django.utils.translation import gettext_lazy as _

from applications.forms.check import CheckForm
from applications.forms.contact import CodeForm


class SpokenForm(CheckForm):
    """The consent, spoken; ``wants_messages`` is asked of the person too."""

    consent = forms.BooleanField(
        label=_("I have read out how the information is used; the person said yes"),
        error_messages={"required": _("Read the notice out, and go on only when the person says yes")},
    )
    wants_messages = forms.BooleanField(
        label=_("The person also wants messages about later drives and workshops (optional)"), required=False
    )


class TheirCodeForm(SpokenForm, CodeForm):
    """The same, with the code that came to the person's phone."""

    field_order = ["code", "consent", "wants_messages"]
