"""What a channel promises."""

from typing import Protocol


class CannotSend(Exception):
    """The message did not leave. ``may_work_later`` tells whether to try again."""

    def __init__(self, why, *, may_work_later):
        super().__init__(why)
        self.may_work_later = may_work_later


class Channel(Protocol):
    """Sends one notice and returns the provider's reference, or raises ``CannotSend``."""

    def send(self, notice, words) -> str: ...
