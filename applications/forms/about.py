"""Step 3: age; and, only where the drive asks, what representation is counted by."""

from django import forms
from django.utils.translation import gettext_lazy as _

from applications.forms.base import AgeForm
from applications.forms.fields import CleanCharField
from applications.models.answers import SocialGroup
from portal.models.people import Gender


class AboutForm(AgeForm):
    step = "about"
    title = _("About you")

    gender = forms.ChoiceField(
        label=_("Gender"),
        choices=Gender,
        required=False,
        initial=Gender.UNSAID,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": _("Choose one of the answers")},
    )
    social_group = forms.ChoiceField(
        label=_("Social group"),
        choices=SocialGroup,
        required=False,
        initial="",
        widget=forms.RadioSelect,
        help_text=_("Counted for the representation in committees. The interview panel does not see it."),
        error_messages={"invalid_choice": _("Choose one of the answers")},
    )
    education = CleanCharField(
        label=_("Education"),
        max_length=80,
        required=False,
        error_messages={"max_length": _("Shorten this to 80 letters")},
    )

    def shape(self):
        super().shape()
        self.order_fields(["birth_year", "adult"])
        if not self.drive.asks_representation:
            del self.fields["gender"], self.fields["social_group"]

    def kept(self):
        words = super().kept()
        if "gender" in words:
            words["gender"] = words["gender"] or Gender.UNSAID
        return words
