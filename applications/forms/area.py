"""Step 2: where the applicant is from. The picker itself is a page of its own."""

from functools import reduce
from operator import or_

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from applications.forms.base import StepForm
from applications.forms.fields import CleanCharField
from committees.models import Unit


class AreaForm(StepForm):
    step = "area"
    title = _("Which village, ward or booth are you from?")

    unit = forms.ModelChoiceField(
        queryset=Unit.objects.none(),
        error_messages={
            "required": _("Choose your booth or mandal"),
            "invalid_choice": _("Choose your booth or mandal from the list"),
        },
    )
    place_note = CleanCharField(
        label=_("Name of your village, ward or booth"),
        max_length=160,
        required=False,
        error_messages={"max_length": _("Shorten this to 160 letters")},
    )
    unlisted = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, tops=None, **kwargs):
        self.tops = tops  # whoever writes down for somebody else reaches only so far
        super().__init__(*args, **kwargs)

    def shape(self):
        if self.is_bound:  # a page that is only shown has the picker
            self.fields["unit"].queryset = self._places()

    def _places(self):
        places = Unit.objects.under(self.drive.unit).on(timezone.localdate(self.now))
        if self.tops is not None:
            places = places.filter(reduce(or_, [top.reach("") for top in self.tops], Q(pk=None)))
        return places

    def clean(self):
        unit = self.cleaned_data.get("unit")
        note = self.cleaned_data.get("place_note")
        if self.cleaned_data.get("unlisted") and not note and not self.has_error("place_note"):
            self.add_error("place_note", _("Write the name of your village, ward or booth"))
        elif unit and unit.is_root and not note and not self.has_error("place_note"):
            self.add_error("unit", _("Choose your booth or mandal"))

    def kept(self):
        return {"unit": self.cleaned_data["unit"].pk, "place_note": self.cleaned_data["place_note"]}
