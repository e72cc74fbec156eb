"""A file of people who sit already, and whether each is asked."""

from django import forms
from django.utils.translation import gettext_lazy as _

BIGGEST = 3 * 1024 * 1024


class RosterForm(forms.Form):
    """Which file."""

    file = forms.FileField(
        label=_("CSV file"),
        help_text=_("UTF-8, at most 3 MB: about 25,000 people"),
        error_messages={"required": _("Choose the file"), "empty": _("The file is empty.")},
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > BIGGEST:
            raise forms.ValidationError(_("The file is larger than 3 MB. Divide it, for instance by district."))
        return file


class TakeForm(forms.Form):
    """How it is taken in."""

    asks = forms.BooleanField(
        label=_("Ask each person by SMS whether they accept"),
        help_text=_("Each also gets an appointment letter. Without it they sit, and nobody hears of it."),
        required=False,
    )
