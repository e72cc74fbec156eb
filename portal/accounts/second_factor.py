"""The second factor: a code from an app, after the phone code or the password."""

import base64
import hashlib

from allauth.account.internal.flows.login import get_authentication_records, record_authentication
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from portal import organisation


class SecondFactorAdapter(DefaultMFAAdapter):
    """Keeps the app's secrets encrypted, so that a stolen backup opens no door."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("This code is not right, or its time is over. Look again, or wait for the next one."),
    }

    def encrypt(self, text):
        return _vault().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text):
        return _vault().decrypt(encrypted_text.encode()).decode()

    def get_totp_label(self, user):
        return str(user)

    def get_totp_issuer(self):
        return organisation.current().name_en


def is_set_up(user):
    """Has this user an app that makes codes?"""
    return is_mfa_enabled(user, [Authenticator.Type.TOTP])


def remember(request):
    """Setting up the app needed a code from it: the session has given its second factor."""
    record_authentication(request, request.user, "mfa", type=Authenticator.Type.TOTP)


def passed(request):
    """Did this very session give a second factor?

    A demo has no phones with an app: there a password and the phone code,
    which the page itself shows, are enough.
    """
    methods = {record["method"] for record in get_authentication_records(request, request.user)}
    return "mfa" in methods or (settings.DEMO and {"password", "code"} <= methods)


def _vault():
    """Reads what any key of the installation wrote, writes with the newest."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(_key(key)) for key in keys])


def _key(secret):
    return base64.urlsafe_b64encode(hashlib.sha256(f"second factor {secret}".encode()).digest())
