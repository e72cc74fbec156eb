"""To whom part of one's work is given, which part, and until when."""

from crispy_forms.helper import FormHelper
from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from committees.access import Right
from committees.domain import inducting
from portal import names
from portal.accounts.fields import PhoneField
from portal.widgets import Digits

MOST = 500  # seats
WORDS = {
    Right.VIEW: _("see committees and reports"),
    Right.REVIEW: _("read applications and decide who goes on"),
    Right.READ_NUMBERS: _("read whole mobile numbers, each with a reason"),
    Right.DRIVE: _("open drives, make links and posters"),
    Right.FORM: _("fill seats in committees"),
    Right.PLAN: _("plan interview days"),
    Right.RECEIVE: _("receive people at the interview"),
    Right.TRAIN: _("plan workshops"),
}


class LendForm(forms.Form):
    """A person by mobile number, rights, seats, the last day."""

    phone = PhoneField(help_text=_("The person logs in with this number."))
    name = forms.CharField(
        label=_("Full name"), required=False, max_length=120, help_text=_("Only for a number we do not know yet.")
    )
    rights = forms.MultipleChoiceField(
        label=_("What may this person do?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Tick at least one")},
    )
    fill = forms.IntegerField(
        label=_("How many seats may be filled?"),
        min_value=0,
        max_value=MOST,
        required=False,
        widget=Digits(),
        error_messages={"invalid": _("Write a number"), "max_value": _("At most 500 seats")},
    )
    until = forms.DateField(
        label=_("Last day"),
        widget=forms.DateInput({"type": "date", "class": "short"}, format="%Y-%m-%d"),
        error_messages={
            "required": _("Write the last day"),
            "invalid": _("Write the date as day, month and year"),
        },
    )

    def __init__(self, *args, rights, last, **kwargs):
        super().__init__(*args, **kwargs)
        self.last = last
        self.fields["rights"].choices = [(right.value, WORDS[right]) for right in rights]
        self.fields["rights"].initial = [Right.VIEW.value]
        if Right.FORM not in rights:
            del self.fields["fill"]
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True  # the page has its own

    def clean_until(self):
        day = self.cleaned_data["until"]
        if day < timezone.localdate():
            raise forms.ValidationError(_("This date is past"))
        if day > self.last:
            raise forms.ValidationError(_("The last day is too far away"))
        return day

    def clean(self):
        cleaned = super().clean()
        if Right.FORM in cleaned.get("rights", []) and not cleaned.get("fill") and "fill" not in self.errors:
            self.add_error("fill", _("Write how many seats this person may fill"))
        if cleaned.get("phone"):
            self.known = next(iter(inducting.on_phone(cleaned["phone"])), None)
            if self.known is None and not names.clean(cleaned.get("name") or ""):
                self.add_error("name", _("We do not know this number yet. Write the full name."))
        return cleaned

    def told(self):
        """What ``lending.lend`` wants to know beside the giver and the place."""
        given = self.cleaned_data
        newcomer = (given["phone"], given["name"])
        by_name = self.known is None or names.clean(given["name"] or "")
        who = {"newcomer": newcomer} if by_name else {"person": self.known}
        return who | {"rights": given["rights"], "fill": given.get("fill") or 0, "until": given["until"]}
