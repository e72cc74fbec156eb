"""How a notice leaves the house. The backends are named in the settings."""

from functools import cache

from django.conf import settings
from django.utils.module_loading import import_string

from portal.channels.base import CannotSend

__all__ = ["CannotSend", "send"]


def send(notice, words):
    """Hand the words to the notice's channel; returns the provider's reference.

    Raises ``CannotSend``, which says whether a later try may work.
    """
    return _backend(settings.CHANNELS[notice.channel]).send(notice, words)


@cache
def _backend(dotted):
    return import_string(dotted)()
