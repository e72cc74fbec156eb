"""Step 3: age; and, only where the drive asks, what representation is counted by."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from applications.forms.base import CleanCharField, StepForm
from applications.models.answers import SocialGroup
from portal.models.people import Gender

OF_AGE = 18
OLDEST = 110


class AboutForm(StepForm):
    title = _("About you")

    birth_year = forms.IntegerField(
        label=_("Year of birth"),
        help_text=_("Four digits, such as 1995."),
        error_messages={
            "required": _("Write your year of birth"),
            "invalid": _("Write the year of birth in four digits, such as 1995"),
        },
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "bday-year", "class": "short"}),
    )
    adult = forms.BooleanField(label=_("I have completed 18 years"), required=False)
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
        if not self.drive.asks_representation:
            del self.fields["gender"], self.fields["social_group"]
        if not self._on_the_edge(self.data.get("birth_year", "")):
            del self.fields["adult"]

    def clean_birth_year(self):
        year = self.cleaned_data["birth_year"]
        this_year = timezone.localtime(self.now).year
        if not this_year - OLDEST <= year <= this_year:
            raise forms.ValidationError(self.fields["birth_year"].error_messages["invalid"])
        return year

    def clean(self):
        if "adult" in self.fields and not self.cleaned_data.get("adult") and "birth_year" in self.cleaned_data:
            self.add_error("adult", _("Tick this when you have completed 18 years; before that nobody can apply"))

    @property
    def too_young(self):
        year = self.cleaned_data.get("birth_year")
        return year is not None and timezone.localtime(self.now).year - year < OF_AGE

    def answers(self):
        words = {word: value for word, value in self.cleaned_data.items() if word != "adult"}
        if "gender" in words:
            words["gender"] = words["gender"] or Gender.UNSAID
        return words

    def _on_the_edge(self, typed):
        """Eighteen in the course of this year: the year alone does not tell."""
        digits = str(typed).strip()
        return digits.isdecimal() and timezone.localtime(self.now).year - int(digits) == OF_AGE
