"""What a person writes down of a visit."""

import re
from dataclasses import fields

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.translation import gettext_lazy as _

from committees.domain import visiting
from portal import names
from portal.uploads import PictureField
from portal.widgets import Digits

KEY = re.compile(r"^[0-9a-zA-Z-]{8,30}$")
MOST_MET = 100_000


class VisitForm(forms.Form):
    """Where, when, how many; in two minutes at the roadside. ``units`` are those one may choose from."""

    key = forms.RegexField(KEY, widget=forms.HiddenInput)
    unit = forms.ModelChoiceField(None, label=_("Unit"), empty_label=None, to_field_name="code")
    on = forms.DateField(
        label=_("Day"),
        widget=forms.DateInput({"type": "date", "class": "short"}, format="%Y-%m-%d"),
        error_messages={"required": _("Choose the day"), "invalid": _("Write the date as day, month and year")},
    )
    place = forms.CharField(
        label=_("Place"),
        max_length=120,
        help_text=_("Village, ward or house, as people call it."),
        error_messages={"required": _("Write the place"), "max_length": _("Shorten the place to 120 letters")},
    )
    met = forms.IntegerField(
        label=_("People met"),
        min_value=0,
        max_value=MOST_MET,
        initial=0,
        widget=Digits(),
        error_messages={"required": _("Write a number, 0 is fine"), "invalid": _("Write a number, 0 is fine")},
    )
    note = forms.CharField(
        label=_("Note"),
        max_length=500,
        required=False,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"max_length": _("Shorten it to 500 letters")},
    )
    photo = PictureField(label=_("Photo"), required=False, make=visiting.photo_of)
    no_photo = forms.BooleanField(label=_("Take the photo off"), required=False)

    def __init__(self, *args, units, has_photo=False, **kwargs):
        super().__init__(*args, **kwargs)
        if not has_photo:
            del self.fields["no_photo"]
        self.fields["unit"].queryset = units
        self.fields["unit"].label_from_instance = lambda unit: unit.title
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True  # the page has its own

    def clean_place(self):
        place = names.clean(self.cleaned_data["place"])
        if not place:
            raise forms.ValidationError(self.fields["place"].error_messages["required"])
        return place

    @property
    def told(self):
        """What was written, for ``domain.visiting``."""
        return visiting.Told(**{field.name: self.cleaned_data[field.name] for field in fields(visiting.Told)})
