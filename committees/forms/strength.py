"""How many chairs of a post, and how many at most."""

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.translation import gettext_lazy as _

from portal.widgets import Digits

MOST = 500  # chairs of one post in one unit
WRONG = {"required": _("Write a number"), "invalid": _("Write a number"), "min_value": _("Write a number")}
TOO_MANY = {"max_value": _("That is more than a committee holds")}


class StrengthForm(forms.Form):
    """The cap is asked of those above alone."""

    seats = forms.IntegerField(
        label=_("Posts in each unit"),
        min_value=0,
        max_value=MOST,
        widget=Digits(),
        error_messages=WRONG | TOO_MANY,
    )
    cap = forms.IntegerField(
        label=_("At most"),
        help_text=_("Those below may not go beyond this. Empty: no limit of one's own."),
        required=False,
        min_value=0,
        max_value=MOST,
        widget=Digits(),
        error_messages=WRONG | TOO_MANY,
    )

    def __init__(self, *args, may_cap, **kwargs):
        super().__init__(*args, **kwargs)
        if not may_cap:
            del self.fields["cap"]
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True  # the page has its own

    def clean(self):
        cleaned = super().clean()
        seats, cap = cleaned.get("seats"), cleaned.get("cap")
        if seats is not None and cap is not None and cap < seats:
            self.add_error("cap", _("The limit lies below the number itself"))
        return cleaned
