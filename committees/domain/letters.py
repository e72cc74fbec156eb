"""The appointment letter: what is printed on it, and the promise that tells of it."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import translation

from committees.models import Appointment, Seat
from portal import addresses, dates, documents, outbox, personal, personal_links
from portal.models import Document, Notice, User
from portal.models.documents import DocumentKind

SALT = "committees.appointment"
TELL_FOR = timedelta(days=14)  # afterwards the news is none


class BadLink(Exception):
    """Not a personal link of ours, or one whose person got a new key."""


class Over(Exception):
    """The appointment is over: no letter follows."""


def token_of(appointment: Appointment) -> str:
    """What a personal link carries: which appointment, and a proof that we wrote it for this person."""
    return personal_links.token(appointment.pk, person_key=appointment.person.link_key, salt=SALT)


def link_for(appointment: Appointment) -> str:
    """The address of the personal page on which this person says yes or no."""
    return addresses.whole("committees:accept", token_of(appointment), language=appointment.person.language)


def appointment_of(token: str) -> Appointment:
    """The appointment a personal link leads to. Raises ``BadLink``."""
    try:
        [pk] = personal_links.numbers_of(token)
    except ValueError:
        raise BadLink(token) from None
    rows = Appointment.objects.select_related("person", "letter", "seat__post", "seat__unit__district")
    appointment = rows.filter(pk=pk).first()
    if appointment is None or not personal_links.holds(token, pk, person_key=appointment.person.link_key, salt=SALT):
        raise BadLink(token)
    return appointment


def write(*, appointment: Appointment, by: User | None, now: datetime) -> Document:
    """Issue the letter of an appointment, in the person's language."""
    with translation.override(appointment.person.language):
        unit, post = appointment.seat.unit, appointment.seat.post
        return documents.issue(
            kind=DocumentKind.LETTER,
            person=appointment.person,
            title=post.name,
            place=unit.title if unit.is_root else f"{unit.title} ({unit.get_level_display()})",
            printed=_printed(appointment, now),
            valid_until=appointment.term_ends,
            by=by,
            now=now,
        )


@transaction.atomic
def reissue(*, appointment: Appointment, reason: str, by: User | None, now: datetime) -> Document:
    """Cancel the letter and put a new one in its place, as things stand now.

    Raises ``Over`` or ``documents.AlreadyCancelled``; then nothing has changed.
    """
    if not Appointment.objects.filter(pk=appointment.pk, until=None).exists():
        raise Over(str(appointment.pk))
    old, new = appointment.letter, write(appointment=appointment, by=by, now=now)
    appointment.letter = new
    appointment.save(update_fields=["letter"])
    if old is not None:
        documents.replace(document=old, by_new=new, reason=reason, by=by, now=now)
    return new


def tell(*, appointment: Appointment, now: datetime) -> None:
    """Promise the person the news."""
    outbox.queue([notice(appointment=appointment, template="appointed", now=now, useful_until=now + TELL_FOR)])


def notice(
    *,
    appointment: Appointment,
    template: str,
    now: datetime,
    useful_until: datetime,
    when: str = "",
    page: str = "",
    day: date | None = None,
    seat: Seat | None = None,
) -> Notice:
    """What a person is told about an appointment, with the personal link or the address ``page``.

    ``day`` is told in place of the date of the committees, ``seat`` in place of the person's own.
    """
    told, chair = day or appointment.form_by, seat or appointment.seat

    def words() -> dict[str, object]:
        return {
            "post": chair.post.name,
            "unit": chair.unit.title,
            "date": dates.short_date(told) if told else "",
            "url": page or link_for(appointment),
        }

    return personal.sms(
        appointment.person,
        occasion=f"{template}:{appointment.pk}:{when}" if when else f"{template}:{appointment.pk}",
        template=template,
        words=words,
        now=now,
        useful_until=useful_until,
    )


def take_back(appointment: Appointment, *, only_asking: bool = False) -> None:
    """What was promised about this appointment and has not left yet is no longer true.

    After a yes only the question is: the letter's news stays.
    """
    asking = ["appointed_reminder"]
    for template in asking if only_asking else ["appointed", *asking, "forming_reminder", "term_ending"]:
        outbox.cancel(f"{template}:{appointment.pk}:")


def _printed(appointment: Appointment, now: datetime) -> dict[str, object]:
    """What the template of the letter asks for, beside holder, title and place."""
    printed = documents.letterhead(appointment.person.language) | {
        "date": dates.short_date(now),
        "term_from": dates.short_date(now),
    }
    if appointment.term_ends:
        printed["term_until"] = dates.short_date(appointment.term_ends)
    chain = [unit.title for unit in appointment.seat.unit.chain]
    if chain:
        printed["chain"] = chain
    return printed
