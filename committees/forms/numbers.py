"""Why somebody wants to read a whole mobile number."""

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _

from portal import names


class Why(models.TextChoices):
    CALL = "call", _("to call the person")
    MESSAGE = "message", _("to send a message")
    CHECK = "check", _("to check who it is")
    MEND = "mend", _("to mend the number")
    OTHER = "other", _("for another reason")


class NumberForm(forms.Form):
    """A reason of the list; another one in words."""

    why = forms.ChoiceField(
        label=_("Why do you need the number?"),
        choices=Why,
        error_messages={"required": _("Choose a reason"), "invalid_choice": _("Choose a reason")},
    )
    words = forms.CharField(
        label=_("In a few words, without names"),
        required=False,
        max_length=200,
        error_messages={"max_length": _("Shorten this to 200 letters")},
    )

    def clean(self):
        cleaned = super().clean()
        cleaned["words"] = names.clean(cleaned.get("words") or "")
        if cleaned.get("why") == Why.OTHER and not cleaned["words"]:
            self.add_error("words", _("Write the reason in a few words"))
        return cleaned
