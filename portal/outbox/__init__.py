"""Who is told what, and when: promises are written here and kept from here.

``queue`` belongs into the transaction of the change. ``send_due`` takes rows in
chunks by one conditional update, so many senders side by side never send a row
twice. Of what was being handed over when its sender died nobody knows whether it
left: it becomes ``UNKNOWN``, and nothing sends it again but a person who looked
(``try_again``).

``promising`` writes and takes back, ``leaving`` says what may leave at an hour,
``sending`` hands over, ``writing`` notes how that went, ``receiving`` hears what
became of it, ``lost`` and ``mending`` are the second pair of eyes, ``stopping`` the way out.
"""

from portal.outbox.leaving import may_leave, oldest, quiet_until, sms_left
from portal.outbox.mending import mend, stands_still
from portal.outbox.promising import (
    ANSWERS,
    BadPromise,
    break_silence,
    cancel,
    cancel_for,
    is_silenced,
    queue,
    silence,
    standing,
    standing_of,
    try_again,
)
from portal.outbox.receiving import receive
from portal.outbox.sending import send_at_once, send_due
from portal.outbox.stopping import notice_of_link, stop_link

__all__ = [
    "ANSWERS",
    "BadPromise",
    "break_silence",
    "cancel",
    "cancel_for",
    "is_silenced",
    "may_leave",
    "mend",
    "notice_of_link",
    "oldest",
    "queue",
    "quiet_until",
    "receive",
    "send_at_once",
    "send_due",
    "silence",
    "sms_left",
    "standing",
    "standing_of",
    "stands_still",
    "stop_link",
    "try_again",
]
