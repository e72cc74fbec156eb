"""How allauth finds our users by phone and sends them codes."""

import secrets

from allauth.account.adapter import DefaultAccountAdapter
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from portal.accounts import opening, phone_codes, second_factor
from portal.accounts.fields import PhoneField
from portal.models import Person, User


class AccountAdapter(DefaultAccountAdapter):
    """Staff are made by being given a post, never by signing up."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "phone_password_mismatch": _("The mobile number or the password is not right."),
        "too_many_login_attempts": _("Too many tries just now. Wait a few minutes and try again."),
        "rate_limited": _("Too many tries just now. Wait a few minutes and try again."),
        "incorrect_password": _("The password is not right."),
        "incorrect_code": _("This code is not right, or its time is over. Look again, or ask for a new one."),
        "enter_current_password": _("The present password is not right."),
    }

    def is_open_for_signup(self, request):
        return False

    def is_safe_url(self, url):
        """Only addresses of this very site, written from its root, may follow a sign-in."""
        return bool(url) and url.startswith("/") and url_has_allowed_host_and_scheme(url, allowed_hosts=None)

    def login(self, request, user):
        """Start the clock of the session (see ``accounts.middleware``)."""
        super().login(request, user)
        request.session["began"] = request.session["seen"] = int(timezone.now().timestamp())

    def add_message(self, request, level, message_template=None, *args, **kwargs):
        """Only what the next page does not show by itself."""
        if message_template not in {"account/messages/logged_in.txt", "account/messages/login_code_sent.txt"}:
            super().add_message(request, level, message_template, *args, **kwargs)

    # --- phones ------------------------------------------------------------------

    def phone_form_field(self, **kwargs):
        return PhoneField(**kwargs)

    def get_user_by_phone(self, phone):
        """A closed sign-in is like none: the page tells strangers nothing.

        Half a million members hold posts without rights; the sign-in of one
        of them is opened when they first ask for a code.
        """
        return User.objects.filter(phone=phone, is_active=True).first() or self._office_bearer(phone)

    def _office_bearer(self, phone):
        sitting = Person.objects.filter(phone=phone, share=0, user=None, appointments__until=None)
        person = sitting.exclude(appointments=None).first()
        return opening.open_for(person=person, now=timezone.now()) if person else None

    def get_phone(self, user):
        return user.phone, True

    def set_phone(self, user, phone, verified):
        """Not here: a phone belongs to a person and is changed with the person."""
        raise PermissionDenied

    def set_phone_verified(self, user, phone):
        """Every sign-in proves the phone anew; nothing is kept."""

    # --- codes -------------------------------------------------------------------

    def is_login_by_code_required(self, login):
        """After a password comes the app; who has none gets a code by SMS."""
        records = second_factor.get_authentication_records(self.request, login.user)
        by_password = bool(records) and records[-1]["method"] == "password"
        return by_password and not second_factor.is_set_up(login.user)

    def generate_phone_verification_code(self, *, user, phone):
        """Not the code, but the word that binds it to this browser session.

        allauth keeps what we return here in the session in clear. The code
        itself is made, hashed and checked by ``phone_codes``.
        """
        return secrets.token_hex(16)

    def send_verification_code_sms(self, user, phone, code, **kwargs):
        phone_codes.ask(phone=phone, session=code, now=timezone.now())

    def send_unknown_account_sms(self, phone, **kwargs):
        """The same limits and the same work, but no message to a stranger's phone."""
        phone_codes.pretend(phone=phone, now=timezone.now())
