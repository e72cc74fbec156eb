"""The door: a phone and a code, or a password and something more."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.totp import views as totp
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal import throttle
from portal.accounts import phone_codes, second_factor
from portal.accounts.forms import (
    ActivateForm,
    AuthenticatorForm,
    ConfirmItIsYouForm,
    PasswordForm,
    PhoneCodeForm,
    PhoneForm,
)

ENOUGH_CODES = _("Three codes have gone to this number within an hour. Use the newest one, or try again later.")


class AskPhone(account.RequestLoginCodeView):
    """The first page: where shall the code go?"""

    form_class = PhoneForm

    def form_valid(self, form):
        with phone_codes.taking_its_time():
            try:
                return super().form_valid(form)
            except throttle.TooMany:
                form.add_error(None, ENOUGH_CODES)
                return self.form_invalid(form)


class AskPassword(account.LoginView):
    """For those who chose a password; the second factor follows."""

    form_class = PasswordForm

    def form_valid(self, form):
        try:
            return super().form_valid(form)
        except throttle.TooMany:
            form.add_error(None, ENOUGH_CODES)
            return self.form_invalid(form)


class AskPhoneCode(account.ConfirmLoginCodeView):
    """The page after the SMS: the code, another code, or another number."""

    form_class = PhoneCodeForm

    def post(self, request, *args, **kwargs):
        if request.POST.get("action") == "restart":
            self._process.abort()
            return HttpResponseRedirect(self.passthrough_next_url(reverse("account_login")))
        return super().post(request, *args, **kwargs)

    def get_form_kwargs(self):
        kwargs = super().get_form_kwargs()
        return kwargs if self._action == "resend" else kwargs | {"phone": self._phone}

    def get_context_data(self, **kwargs):
        shown = phone_codes.shown_in_demo(self._process.code)
        return super().get_context_data(**kwargs) | {"phone": self._phone, "demo_code": shown}

    def _resend_form_valid(self, form):
        """Known and unknown numbers go the same way; allauth's own way breaks on unknown ones."""
        try:
            with phone_codes.taking_its_time():
                self._process.send()
        except throttle.TooMany:
            again = PhoneCodeForm({}, code=self._process.code, phone=self._phone)
            again.errors.clear()
            again.add_error(None, ENOUGH_CODES)
            return self.render_to_response(self.get_context_data(form=again))
        self._process.record_resend()
        self._process.persist()
        return HttpResponseRedirect(self.passthrough_next_url(reverse("account_confirm_login_code")))

    @property
    def _phone(self):
        return self._process.state.get("phone", "")


class AskAuthenticator(mfa.AuthenticateView):
    """The code of the app."""

    form_class = AuthenticatorForm


class ConfirmItIsYou(mfa.ReauthenticateView):
    form_class = ConfirmItIsYouForm


class SetUpAuthenticator(totp.ActivateTOTPView):
    """QR and first code of the app."""

    form_class = ActivateForm

    def form_valid(self, form):
        response = super().form_valid(form)
        second_factor.remember(self.request)
        return response

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        secret = context["form"].secret
        return context | {"secret_in_groups": " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))}


@login_not_required
def locked(request, response=None, credentials=None):
    """After five wrong passwords: this number rests for five minutes, a code still opens the door."""
    return TemplateResponse(request, "account/locked.html", status=429).render()
