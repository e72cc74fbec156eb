"""The few words of somebody who comes to the desk without an application. It checks; it never saves."""

from django import forms
from django.utils.translation import gettext_lazy as _

from applications.domain.on_the_spot import Told
from applications.forms.assisting import SpokenForm
from applications.forms.fields import CleanCharField
from applications.forms.name import NameForm
from applications.forms.photo import PhotoField
from committees import search
from committees.models import Unit

MOST = 6  # places that are offered
AS_SAID = "0"  # the place is not among them


class SpotForm(NameForm):
    """Name, number, year of birth, place and the spoken consent. ``found`` are the places for what was typed."""

    step = ""  # a drive's own questions and words belong to its long form
    asks_age = True

    place = CleanCharField(
        label=_("Village, ward or booth"),
        max_length=160,
        help_text=_("In Hindi or English letters; a part number or PIN code works too."),
        error_messages={
            "required": _("Write the village, ward or booth"),
            "max_length": _("Shorten this to 160 letters"),
        },
    )
    unit = forms.CharField(required=False, max_length=20)
    consent = SpokenForm.base_fields["consent"]
    wants_messages = SpokenForm.base_fields["wants_messages"]
    field_order = ["name", "phone", "on_whatsapp", "family", "birth_year", "adult", "place", "unit", "consent"]

    def __init__(self, *args, day, now, **kwargs):
        self.day = day
        super().__init__(*args, drive=day.drive, now=now, **kwargs)
        self.order_fields(self.field_order)
        self.chosen: Unit | None = None
        typed = self.data.get("place", "").strip()
        self.found: list[Unit] = search.find(typed, within=day.unit, limit=MOST) if typed else []

    def clean(self):
        super().clean()
        places = {str(unit.pk): unit for unit in self.found} | {AS_SAID: self.day.unit}
        self.chosen = places.get(self.cleaned_data.get("unit", ""))
        if self.chosen is None and not self.has_error("place"):
            self.add_error("unit", _("Choose the place"))

    @property
    def told(self):
        said = self.cleaned_data
        note = said["place"] if self.chosen == self.day.unit else ""
        words = {word: said[word] for word in ("name", "phone", "birth_year", "on_whatsapp", "family")}
        return Told(unit=self.chosen, place_note=note, **words)


class SpotPhotoForm(forms.Form):
    """A photo of who stands there, for the letter."""

    photo = PhotoField(error_messages={"required": _("Take or choose a photo")})
