"""An application of somebody who stands before the desk on the interview day: written down for them, few words."""

from datetime import datetime
from typing import NamedTuple

from django.db import IntegrityError, transaction

from applications.domain import consenting, telling
from applications.domain.assisting import OwnNumber
from applications.domain.changing import OF_AGE, TooYoung
from applications.domain.photos import Remade
from applications.domain.submitting import FAMILY, AlreadyApplied, PhoneFull, free_refs
from applications.models import Application, Drive, Photo
from committees.models import Unit
from portal import audit, folding, outbox
from portal.models import User
from portal.transitions import Stale


class Told(NamedTuple):
    """What the person says at the desk, checked by a form."""

    name: str
    phone: str
    birth_year: int
    unit: Unit
    place_note: str = ""
    on_whatsapp: bool = True
    family: bool = False  # the number is that of the family, somebody else of it applied


@transaction.atomic
def write_down(
    *,
    drive: Drive,
    told: Told,
    consent_version: str,
    read_in: str,
    wants_messages: bool,
    language: str,
    by: User,
    now: datetime,
) -> Application:
    """Hand in for somebody to whom the notice was read out (``read_in``); the receipt goes to their own phone.

    Whether the drive still takes people is for the caller to know. Raises
    ``TooYoung``, ``OwnNumber``, ``AlreadyApplied``, ``PhoneFull`` or
    ``consenting.UnknownNotice``; then nothing at all is kept.
    """
    if now.year - told.birth_year < OF_AGE:
        raise TooYoung(drive.slug)
    if told.phone in {by.phone, by.person.phone}:
        raise OwnNumber(drive.slug)
    agreed = {
        "consent_text": consenting.text(version=consent_version, language=read_in, now=now),
        "consent_at": now,
        "wants_messages": wants_messages,
    }
    application = _on_first_free_share(drive, told, agreed, language, by, now)
    consenting.record(applications=[application], now=now)
    outbox.break_silence(phone=told.phone)  # a new application is a new consent
    outbox.cancel(f"draft:{drive.pk}:{told.phone}")
    audit.record("submitted", application, by=by, now=now, on_the_spot=True)
    outbox.queue([telling.receipt(application, now)], has_agreed=True)
    return application


@transaction.atomic
def take_photo(*, application: Application, picture: Remade, by: User, now: datetime) -> None:
    """A photo for who has none, taken at the desk. Raises ``Stale`` when there is one meanwhile."""
    photo = Photo.objects.create(made_at=now, **picture._asdict())
    if not Application.objects.filter(pk=application.pk, photo=None).update(photo=photo, changed_at=now):
        raise Stale(application.ref)
    audit.record("took a photo", application, by=by, now=now)


def _on_first_free_share(drive: Drive, told: Told, agreed: dict, language: str, by: User, now: datetime) -> Application:
    for share in FAMILY if told.family else (0,):
        try:
            with transaction.atomic():
                return Application.objects.create(
                    **{word: value for word, value in told._asdict().items() if word != "family"},
                    **agreed,
                    drive=drive,
                    share=share,
                    name_key=folding.search_key(told.name)[:240],
                    language=language,
                    entered_by=by,
                    begun_at=now,
                    submitted_at=now,
                    changed_at=now,
                    ref=free_refs(1)[0],
                )
        except IntegrityError:
            continue
    last = Application.objects.select_related("drive").get(drive=drive, phone=told.phone, share=share)
    raise (PhoneFull if told.family else AlreadyApplied)(last)
