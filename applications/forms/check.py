"""The last page: consent by a clear act."""

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.translation import gettext_lazy as _


class CheckForm(forms.Form):
    consent = forms.BooleanField(
        label=_("I agree that my information is used for this drive as described above"),
        error_messages={"required": _("The application is submitted only with your consent")},
    )
    wants_messages = forms.BooleanField(
        label=_("I also want messages about later drives and workshops (optional)"), required=False
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, auto_id="%s", **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
