"""A new way to a drive."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms
from django.utils.translation import gettext_lazy as _

from applications.forms.drives import UnitField, units_for_drives
from applications.models import Drive
from applications.models.links import Via

OFFERED = [via for via in Via if via != Via.FRIEND]  # friends' links are made by applying


class LinkForm(forms.Form):
    """Which drive, where it will hang, for whom."""

    drive = forms.ModelChoiceField(
        label=_("Drive"), queryset=Drive.objects.none(), empty_label=_("choose"), to_field_name="slug",
        error_messages={"required": _("Choose the drive."), "invalid_choice": _("Choose one of these drives.")},
    )  # fmt: skip
    via = forms.ChoiceField(label=_("Channel"), choices=[(via.value, via.label) for via in OFFERED])
    unit = UnitField(
        label=_("For the unit"), queryset=None, empty_label=_("choose"),
        error_messages={"required": _("Choose the unit."), "invalid_choice": _("Choose one of your own units.")},
    )  # fmt: skip
    label = forms.CharField(
        label=_("Where it hangs"), max_length=120, required=False,
        help_text=_("For your own list, for instance: bus stand, Sunday's meeting, our Facebook page."),
        error_messages={"max_length": _("At most 120 characters.")},
    )  # fmt: skip

    def __init__(self, *args, user, tops, drives, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["drive"].queryset = drives
        self.fields["unit"].queryset = units_for_drives(user, tops)
        self.initial.setdefault("unit", tops[0].pk)
        self.helper = FormHelper()
        self.helper.add_input(Submit("make", _("Make the link and its QR")))
