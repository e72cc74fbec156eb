"""What the desk asks: where to, and why."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms
from django.utils.translation import gettext_lazy as _

from applications.states import Reason, Status
from committees.models import Seat


class MoveForm(forms.Form):
    """Where to, and why. ``may`` are the statuses this person may choose."""

    to = forms.ChoiceField(error_messages={"required": _("Choose what is to happen."),
                                           "invalid_choice": _("This is not possible from here.")})  # fmt: skip
    code = forms.ChoiceField(
        label=_("Kind of reason"),
        choices=[("", _("choose one")), *Reason.choices],
        required=False,
        error_messages={"invalid_choice": _("Choose one of the reasons.")},
    )
    reason = forms.CharField(
        label=_("In words"),
        max_length=300,
        required=False,
        help_text=_("Kept with the application; the applicant does not see it."),
        error_messages={"max_length": _("Write the reason in at most 300 characters.")},
        widget=forms.Textarea({"rows": 2}),
    )

    def __init__(self, *args, may, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["to"].choices = [(status.value, status.label) for status in may]

    def clean(self):
        super().clean()
        given = self.cleaned_data
        if given.get("to") != Status.NOT_SELECTED:
            given["code"] = ""
        elif not given.get("code"):
            self.add_error(
                "code", _("Choose why: everyone who is not selected gets an answer, and we know the reason.")
            )
        elif given["code"] == Reason.OTHER and not given.get("reason", "").strip():
            self.add_error("reason", _("Write the other reason in a few words."))


class TagForm(forms.Form):
    """A word of the office's own."""

    tag = forms.CharField(
        label=_("Tag"),
        max_length=40,
        error_messages={
            "required": _("Write a word for the tag."),
            "max_length": _("Write the tag in at most 40 characters."),
        },
    )


class SaveFilterForm(forms.Form):
    """A name for the view that is open."""

    name = forms.CharField(
        label=_("Name of this view"),
        max_length=60,
        error_messages={
            "required": _("Give this view a name."),
            "max_length": _("Write the name in at most 60 characters."),
        },
    )


class AppointForm(forms.Form):
    """A vacant seat along the applicant's own line of units."""

    seat = forms.ModelChoiceField(
        label=_("Seat"),
        queryset=Seat.objects.none(),
        empty_label=_("choose a vacant seat"),
        error_messages={
            "required": _("Choose a vacant seat."),
            "invalid_choice": _("This seat is no longer vacant. Choose another."),
        },
    )
    term_ends = forms.DateField(
        label=_("Term ends"),
        required=False,
        widget=forms.DateInput({"type": "date", "class": "short"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Write the date as day, month and year.")},
    )
    shares_phone = forms.BooleanField(
        label=_("They share this phone with someone of their family"),
        required=False,
        help_text=_("Tick this when we know the number under another name."),
    )

    def __init__(self, *args, seats, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["seat"].queryset = seats
        self.helper = FormHelper()
        self.helper.add_input(Submit("appoint", _("Appoint")))
