"""The forms of the door: allauth's checks in our own words."""

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.accounts import phone_codes
from portal.accounts.fields import CodeField

WRONG_CODE = _("This code is not right, or its time is over. Look again, or ask for a new one.")


class WithoutPlaceholders:
    """A label says what a field is; a grey word inside it vanishes when it is needed."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)


class PhoneForm(account.RequestLoginCodeForm):
    """The mobile number that a code is to be sent to."""


class PasswordForm(WithoutPlaceholders, account.LoginForm):
    """Mobile number and password; what comes second is decided after."""


class ReauthenticateForm(WithoutPlaceholders, account.ReauthenticateForm):
    """The password once more."""


class ChangePasswordForm(WithoutPlaceholders, account.ChangePasswordForm):
    """The present password, and a new one twice."""


class SetPasswordForm(WithoutPlaceholders, account.SetPasswordForm):
    """The first password, twice."""


class PhoneCodeForm(forms.Form):
    """The code from the SMS. ``session`` and ``phone`` are those of the one who asked."""

    code = CodeField()

    def __init__(self, *args, code="", phone="", **kwargs):
        self.session, self.phone = code, phone
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs["autofocus"] = True

    def clean_code(self):
        code = self.cleaned_data["code"]
        right = phone_codes.check(phone=self.phone, session=self.session, code=code, now=timezone.now())
        if not right:
            raise forms.ValidationError(WRONG_CODE)
        return code


class AuthenticatorForm(mfa.AuthenticateForm):
    """The app's code at sign-in, or one of the spare codes."""

    code = forms.CharField(
        label=_("Code from the app, or a spare code"),
        error_messages={"required": _("Write the code.")},
        widget=forms.TextInput({"autocomplete": "one-time-code", "inputmode": "numeric", "class": "short"}),
    )


class ConfirmItIsYouForm(mfa.ReauthenticateForm):
    """The same once more, before something delicate."""

    code = AuthenticatorForm.base_fields["code"]


class ActivateForm(totp.ActivateTOTPForm):
    """The first code of an app that has just read our QR."""

    code = CodeField(label=_("Code that the app shows now"))
