"""What a channel promises."""

from typing import Protocol


class CannotSend(Exception):
    """The message surely did not leave. ``may_work_later`` tells whether to try again."""

    def __init__(self, why, *, may_work_later):
        super().__init__(why)
        self.may_work_later = may_work_later


class PerhapsSent(Exception):
    """The line broke after the message was handed over: nobody may send it again unasked."""


class Channel(Protocol):
    """Sends one notice and returns the provider's reference, or raises ``CannotSend`` or ``PerhapsSent``."""

    def send(self, notice, words) -> str: ...
