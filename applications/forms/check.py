"""The last page: consent by a clear act."""

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from applications import consent as notices


class CheckForm(forms.Form):
    consent = forms.BooleanField(
        label=notices.LABELS["consent"],
        error_messages={"required": _("The application is submitted only with your consent")},
    )
    wants_messages = forms.BooleanField(label=notices.LABELS["wants_messages"], required=False)

    def __init__(self, *args, notice=None, **kwargs):
        """``notice``: the words in another language than the page's, in which the two are asked then."""
        super().__init__(*args, auto_id="%s", **kwargs)
        for name in self.fields if notice else ():
            told = (notice.language, notice.direction, notice.labels[name])
            self.fields[name].label = format_html('<span lang="{}" dir="{}">{}</span>', *told)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
