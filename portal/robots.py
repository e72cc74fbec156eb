"""Programs that fill in forms or look at links, told from people without a riddle.

A form with ``{% trap %}`` carries a field that no person sees, and the signed
moment at which its page was made. Who fills in the field is a program and is
answered as if all had gone well. Who is quicker than a hand is asked once
more, with everything still there: it may be a person whose phone filled in
the form.
"""

import re
from enum import Enum

from django.conf import settings
from django.core import signing

FIELD, MADE = "leave_empty", "page_made"
SECOND_TIME = "again"
SALT = "portal.robots"
# Who looks at a link for somebody else: previews of messengers, search engines, programs. People read in the
# browser that Telegram brings along, and hold phones of the maker Cubot.
FETCHERS = re.compile(
    r"(?<!cu)bot\b|crawl|spider|slurp|preview|facebookexternalhit|meta-external|whatsapp/|curl|wget|python|okhttp"
    r"|monitor",
    re.IGNORECASE,
)


class Seen(Enum):
    PERSON = "person"
    TOO_QUICK = "too quick"
    PROGRAM = "program"


def stamp(*, second_time: bool = False) -> str:
    """The signed moment of a page; after being asked once more nobody is asked again."""
    return signing.TimestampSigner(salt=SALT).sign(SECOND_TIME if second_time else "")


def look_at(sent) -> Seen:
    """Who sent this form? Without the moment of its page: a person.

    A page that a phone kept, or that showed answers anew after a limit, may lack it, and no honest phone
    is to be asked twice for that. A program that leaves it out meets the limits of ``throttle`` like everyone.
    """
    if sent.get(FIELD, "").strip():
        return Seen.PROGRAM
    if MADE not in sent or not settings.QUICKEST_HAND:
        return Seen.PERSON
    signer = signing.TimestampSigner(salt=SALT)
    try:
        if signer.unsign(sent[MADE]) == SECOND_TIME:
            return Seen.PERSON
        signer.unsign(sent[MADE], max_age=settings.QUICKEST_HAND)
    except signing.SignatureExpired:
        return Seen.PERSON
    except signing.BadSignature:
        return Seen.TOO_QUICK
    return Seen.TOO_QUICK


def is_person(request) -> bool:
    """Does a person open this page, or a program that shows a preview of it to one?"""
    return request.method == "GET" and not FETCHERS.search(request.headers.get("User-Agent", ""))
