"""What people write about their own data, and what the office answers."""

from datetime import datetime, time, timedelta

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from applications.forms.fields import CleanCharField
from portal import tokens
from portal.accounts.fields import PhoneField
from portal.models.privacy import RequestStatus

LONG = forms.Textarea(attrs={"rows": 4})


class CorrectForm(forms.Form):
    """What should stand there instead."""

    new = CleanCharField(
        label=_("What is right"),
        max_length=2000,
        widget=LONG,
        error_messages={"required": _("Write what should stand there"), "max_length": _("Shorten this")},
    )
    words = CleanCharField(
        label=_("Something to add"),
        max_length=600,
        required=False,
        widget=LONG,
        error_messages={"max_length": _("Shorten this")},
    )

    def __init__(self, *args, choices=(), **kwargs):
        super().__init__(*args, **kwargs)
        if choices:  # kept in words, as the office and the person read it
            self.fields["new"] = forms.ChoiceField(
                label=_("What is right"),
                choices=[(words, words) for words in choices],
                widget=forms.RadioSelect,
                error_messages={
                    "required": _("Choose one of the answers"),
                    "invalid_choice": _("Choose one of the answers"),
                },
            )


class ComplaintForm(forms.Form):
    """A complaint, in one's own words."""

    words = CleanCharField(
        label=_("What went wrong?"),
        max_length=2000,
        widget=LONG,
        error_messages={"required": _("Write what went wrong"), "max_length": _("Shorten this")},
    )


class NomineeForm(forms.Form):
    """Who may act when one cannot."""

    name = CleanCharField(
        label=_("Their full name"),
        max_length=120,
        error_messages={"required": _("Write their full name"), "max_length": _("Shorten this")},
    )
    phone = PhoneField(label=_("Their mobile number"))


class AnswerForm(forms.Form):
    """The office's answer."""

    status = forms.ChoiceField(
        label=_("Result"),
        choices=[(RequestStatus.DONE, _("done")), (RequestStatus.REFUSED, _("refused"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the result")},
    )
    answer = CleanCharField(
        label=_("Answer to the person"),
        max_length=2000,
        required=False,
        widget=LONG,
        error_messages={"max_length": _("Shorten this")},
    )


class KeyForm(forms.Form):
    """A key for a program: what for, what it may read, and until when."""

    name = CleanCharField(
        label=_("What is it for?"),
        max_length=80,
        help_text=_("So that you know later which one to end."),
        error_messages={"required": _("Write what the key is for"), "max_length": _("Shorten this")},
    )
    scopes = forms.MultipleChoiceField(
        label=_("What may it read?"),
        choices=tokens.SCOPES.items,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Tick at least one"), "invalid_choice": _("Choose among the answers")},
    )
    until = forms.DateField(
        label=_("Last day"),
        widget=forms.DateInput({"type": "date", "class": "short"}, format="%Y-%m-%d"),
        help_text=_("At most a year from today."),
        error_messages={
            "required": _("Write the last day"),
            "invalid": _("Write the date as day, month and year"),
        },
    )

    def clean_until(self):
        day, today = self.cleaned_data["until"], timezone.localdate()
        if day < today:
            raise forms.ValidationError(_("This date is past"))
        if day >= today + tokens.LONGEST:
            raise forms.ValidationError(_("The last day is too far away"))
        return day

    @property
    def expires_at(self):
        """The midnight after the last day."""
        tomorrow = self.cleaned_data["until"] + timedelta(days=1)
        return timezone.make_aware(datetime.combine(tomorrow, time.min))
