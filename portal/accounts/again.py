"""Is it still the same person at this browser? Asked before something that outlives the session."""

import time

from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.internal.flows.reauthentication import (
    get_reauthentication_flows,
    raise_if_reauthentication_required,
)
from django.http import HttpRequest

LATELY = 10 * 60  # seconds


def proved(request: HttpRequest) -> bool:
    """Whether this person proved lately who they are.

    Who has a password or an app of codes is asked for it: allauth's
    ``ReauthenticationRequired`` leads there and back. Who has neither signs in by SMS,
    which must not be longer ago than ``LATELY``.
    """
    if get_reauthentication_flows(request.user):
        raise_if_reauthentication_required(request, app="")
        return True
    records = get_authentication_records(request, request.user)
    return bool(records) and time.time() - records[-1]["at"] < LATELY
