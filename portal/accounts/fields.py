"""How a phone number and a code are asked for."""

from django import forms
from django.utils.translation import gettext_lazy as _

from portal import phones
from portal.accounts import phone_codes


class PhoneField(forms.CharField):
    """Any spelling of an Indian mobile number; gives ``+91…``, and shows it again as people write it."""

    widget = forms.TextInput({"type": "tel", "inputmode": "tel", "autocomplete": "tel-national", "class": "short"})
    default_error_messages = {
        "required": _("Write the 10-digit mobile number."),
        "invalid": _("A mobile number has 10 digits and begins with 6, 7, 8 or 9."),
    }

    def __init__(self, **kwargs):
        kwargs.setdefault("label", _("Mobile number"))
        super().__init__(**kwargs)

    def clean(self, value):
        text = super().clean(value)
        if not text:
            return text
        try:
            return phones.normalise(text)
        except phones.BadPhone:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid") from None

    def prepare_value(self, value):
        return value.removeprefix("+91") if isinstance(value, str) and phones.MOBILE.match(value) else value


class CodeField(forms.CharField):
    """Six digits in any script, blanks allowed; gives ``123456``."""

    widget = forms.TextInput(
        {"inputmode": "numeric", "autocomplete": "one-time-code", "maxlength": 16, "class": "short"}
    )
    default_error_messages = {
        "required": _("Write the code."),
        "invalid": _("The code has 6 digits."),
    }

    def __init__(self, **kwargs):
        kwargs.setdefault("label", _("Code of 6 digits"))
        super().__init__(**kwargs)

    def clean(self, value):
        code = phone_codes.read(super().clean(value))
        if len(code) != phone_codes.LENGTH:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return code
