"""Forms of a whole day, and of what one person needs on it. They check; they never save."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from applications.forms.fields import clock, tongues_of
from interviews.domain.cancelling import LONGEST
from interviews.states import WhyNot


class DateForm(forms.Form):
    """Another date than the day's own, not before today."""

    to = forms.DateField(
        label=_("New date"),
        widget=forms.DateInput({"type": "date", "class": "short"}, format="%Y-%m-%d"),
        error_messages={
            "required": _("Choose a date."),
            "invalid": _("Write the date as day, month and year."),
        },
    )

    def __init__(self, *args, day, **kwargs):
        super().__init__(*args, **kwargs)
        self.day = day
        self.fields["to"].widget.attrs["min"] = timezone.localdate().isoformat()

    def clean_to(self):
        to = self.cleaned_data["to"]
        if to == self.day.date:
            raise forms.ValidationError(_("The day is on this date already."))
        if to < timezone.localdate():
            raise forms.ValidationError(_("This date is over."))
        return to


class NeedsForm(forms.Form):
    """What to think of when this person gets a time."""

    come_from = clock(_("Can come from"))
    come_until = clock(_("Can come until"))
    speaks = tongues_of(_("Would rather speak"))
    come_note = forms.CharField(label=_("What else to think of"), max_length=160, required=False)

    def clean(self):
        data = super().clean()
        if data.get("come_from") and data.get("come_until") and data["come_from"] >= data["come_until"]:
            self.add_error("come_until", _("The end comes after the beginning."))
        return data


class CancelForm(forms.Form):
    """Why a day does not take place."""

    kind = forms.ChoiceField(
        label=_("Why?"),
        choices=WhyNot,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a reason.")},
    )
    words = forms.CharField(
        label=_("In your own words"),
        max_length=LONGEST,
        required=False,
        help_text=_("Stands in each message in place of the reason: a few words."),
    )

    def clean(self):
        data = super().clean()
        if data.get("kind") == WhyNot.OTHER and not data.get("words", "").strip():
            self.add_error("words", _("Write in a few words why."))
        return data
