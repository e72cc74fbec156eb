"""The way out of messages to many: a link that only we could have written, without the number in it."""

from portal import addresses, personal_links
from portal.models import Notice

SALT = "portal.outbox.stop"


def stop_link(notice: Notice) -> str:
    """Where the person whom a saved notice goes to may stop such messages, or have them again."""
    token = personal_links.token(notice.pk, person_key=notice.phone, salt=SALT)
    return addresses.whole("stop", token, language=notice.language)


def notice_of_link(token: str) -> Notice | None:
    """The notice in which this link stood; None when it is not ours, or its number was erased since."""
    try:
        (pk,) = personal_links.numbers_of(token)
    except ValueError:
        return None
    notice = Notice.objects.filter(pk=pk).exclude(phone="").first()
    if notice and personal_links.holds(token, pk, person_key=notice.phone, salt=SALT):
        return notice
    return None
