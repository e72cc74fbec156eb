"""What every step of the form shares."""

from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.translation import gettext_lazy as _

from portal import names, phones


class StepForm(forms.Form):
    """One step. It checks and shapes; ``domain.drafting`` and ``domain.changing`` save what ``answers`` gives."""

    title = ""

    def __init__(self, *args, drive, now, **kwargs):
        super().__init__(*args, auto_id="%s", **kwargs)
        self.drive = drive
        self.now = now
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True  # the page's own form tag carries it
        self.shape()

    def shape(self):
        """Fit the fields to the drive."""

    @staticmethod
    def shown(saved: dict[str, Any]) -> dict[str, Any]:
        """The saved answers as the fields show them."""
        return saved

    def answers(self) -> dict[str, Any]:
        """What is kept, ready for JSON."""
        return dict(self.cleaned_data)

    @property
    def too_young(self):
        return False


class CleanCharField(forms.CharField):
    """A line without invisible signs and doubled blanks."""

    def to_python(self, value):
        return names.clean(super().to_python(value))


class CleanTextField(forms.CharField):
    """Several lines, each cleaned; ``fewest`` and ``most`` count words as a reader would."""

    widget = forms.Textarea

    def __init__(self, *args, most, fewest=0, **kwargs):
        super().__init__(*args, max_length=6000, **kwargs)
        self.most, self.fewest = most, fewest
        self.widget.attrs |= {"data-words": most}

    def to_python(self, value):
        lines = super().to_python(value).splitlines()
        return "\n".join(names.clean(line) for line in lines).strip()

    def validate(self, value):
        super().validate(value)
        count = names.word_count(value)
        if value and not self.fewest <= count <= self.most:
            raise forms.ValidationError(self.error_messages["words"] % {"count": count})


class PhoneField(forms.CharField):
    """Any spelling of an Indian mobile number."""

    widget = forms.TextInput(attrs={"type": "tel", "autocomplete": "tel", "inputmode": "tel", "class": "short"})
    default_error_messages = {
        "required": _("Write your 10-digit mobile number"),
        "wrong": _("A mobile number has 10 digits and begins with 6, 7, 8 or 9"),
    }

    def __init__(self, **kwargs):
        super().__init__(max_length=40, **kwargs)
        self.error_messages["max_length"] = self.error_messages["wrong"]

    def to_python(self, value):
        text = super().to_python(value)
        if not text:
            return ""
        try:
            return phones.normalise(text)
        except phones.BadPhone:
            raise forms.ValidationError(self.error_messages["wrong"]) from None

    def prepare_value(self, value):
        """Without the prefix, as people write it."""
        return value.removeprefix("+91") if isinstance(value, str) and phones.MOBILE.match(value) else value
