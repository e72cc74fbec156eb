"""How a notice leaves the house. The backends are named in the settings."""

import logging
import traceback
from functools import cache

from django.conf import settings
from django.utils.module_loading import import_string

from portal.channels.base import CannotSend, PerhapsSent

__all__ = ["CannotSend", "PerhapsSent", "send"]

log = logging.getLogger(__name__)


def send(notice, words):
    """Hand the words to the notice's channel; returns the provider's reference.

    Raises ``CannotSend``, which says whether a later try may work, and
    ``PerhapsSent``, also for what no channel should ever do.
    """
    try:
        backend = _backend(settings.CHANNELS[notice.channel])
    except (ImportError, KeyError):
        raise CannotSend(f"the settings name no working backend for {notice.channel}", may_work_later=True) from None
    try:
        return backend.send(notice, words)
    except (CannotSend, PerhapsSent):
        raise
    except Exception as problem:
        # The path alone: an exception's text may hold a number or a name.
        path = "".join(traceback.format_tb(problem.__traceback__))
        log.critical("channel %s:\n%s", notice.channel, path)
        raise PerhapsSent(f"{type(problem).__name__} in the channel") from problem


@cache
def _backend(dotted):
    return import_string(dotted)()
