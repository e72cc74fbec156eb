"""What every step of the form shares."""

from datetime import datetime
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from applications import steps
from applications.domain.changing import OF_AGE
from applications.forms.own import OwnQuestions
from portal.widgets import Digits

OLDEST = 110


class StepForm(forms.Form):
    """One step. It checks and shapes; ``domain.drafting`` and ``domain.changing`` save what ``answers`` gives.

    ``title`` and ``lead`` are the drive's own words where it has some.
    """

    step = ""
    title = ""
    lead = ""

    def __init__(self, *args, drive, now, **kwargs):
        super().__init__(*args, auto_id="%s", **kwargs)
        self.drive = drive
        self.now = now
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True  # the page's own form tag carries it
        if words := steps.wording(drive, self.step):
            self.title, self.lead = words.title or self.title, words.lead
        self.shape()
        self.own = OwnQuestions(self)

    def shape(self):
        """Fit the fields to the drive."""

    def full_clean(self):
        super().full_clean()
        if self.is_bound:
            self.own.settle()

    @classmethod
    def asks_more(cls, saved: dict[str, Any], now: datetime) -> bool:
        """Does this step ask who saved this for more than it asks others?"""
        return False

    @staticmethod
    def shown(saved: dict[str, Any]) -> dict[str, Any]:
        """The saved answers as the fields show them."""
        return saved

    def kept(self) -> dict[str, Any]:
        """What is kept of the step's own fields, ready for JSON."""
        return dict(self.cleaned_data)

    def answers(self) -> dict[str, Any]:
        """What is kept, with the answers to the drive's own questions; files follow in ``files_given``."""
        return self.kept() | ({"extra": self.own.given} if self.own.questions else {})

    @property
    def files_given(self):
        """The files of this step: {key of the question: file, or ``None`` to take it off}."""
        return self.own.files

    @property
    def too_young(self):
        return False


def birth_year_field():
    return forms.IntegerField(
        label=_("Year of birth"),
        help_text=_("Four digits, such as 1995."),
        error_messages={
            "required": _("Write your year of birth"),
            "invalid": _("Write the year of birth in four digits, such as 1995"),
        },
        widget=Digits({"autocomplete": "bday-year"}),
    )


class AgeForm(StepForm):
    """A step that may ask for the age: "about", or "name" where a drive leaves "about" out."""

    asks_age = True

    def shape(self):
        if not self.asks_age:
            return
        self.fields["birth_year"] = birth_year_field()
        year = self.data.get("birth_year") if self.is_bound else self.initial.get("birth_year")
        if _on_the_edge(year, self.now):  # what was saved was saved with this tick
            self.fields["adult"] = forms.BooleanField(
                label=_("I have completed 18 years"), required=False, initial=not self.is_bound
            )

    @classmethod
    def asks_more(cls, saved, now):
        return _on_the_edge(saved.get("birth_year"), now)

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

    def kept(self):
        return {word: value for word, value in self.cleaned_data.items() if word != "adult"}


def _on_the_edge(year, now):
    """Eighteen in the course of this year: the year alone does not tell."""
    digits = str(year).strip()
    return digits.isdecimal() and len(digits) == 4 and timezone.localtime(now).year - int(digits) == OF_AGE
