"""What one asks the state office, and what is written in answer."""

import uuid

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.translation import gettext_lazy as _

from committees.domain import asking
from portal import names

KEY = r"^[0-9a-f]{32}$"
WORDS = {
    "required": _("Write it in a few words"),
    "max_length": _("Shorten it to 1,000 letters"),
}


class LineForm(forms.Form):
    """Words, once: ``key`` tells a second press from a second line."""

    key = forms.RegexField(KEY, widget=forms.HiddenInput)
    words = forms.CharField(
        label=_("Your words"),
        max_length=asking.LONGEST,
        widget=forms.Textarea({"rows": 4}),
        error_messages=WORDS,
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, initial={"key": uuid.uuid4().hex}, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True  # the page has its own

    def clean_words(self):
        words = names.paragraphs(self.cleaned_data["words"])
        if not words:
            raise forms.ValidationError(WORDS["required"])
        return words


class AskForm(LineForm):
    """A question: about one of ``units``, or nothing in particular."""

    about = forms.ModelChoiceField(
        None,
        label=_("What is it about?"),
        required=False,
        empty_label=_("nothing in particular"),
        to_field_name="code",
        error_messages={"invalid_choice": _("Choose one of your own units.")},
    )
    field_order = ["key", "about", "words"]

    def __init__(self, *args, units, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["about"].queryset = units
        self.fields["about"].label_from_instance = lambda unit: unit.title
        self.fields["words"].label = _("Your question")
