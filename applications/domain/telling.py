"""Notices of applications: the values and addresses that all of them share."""

from datetime import datetime
from typing import Any
from urllib.parse import quote

from django.db.models import Q, QuerySet
from django.utils import translation

from applications.models import Application, Draft, Drive
from portal import addresses, codes, dates, organisation
from portal.models import Notice
from portal.models.notices import NoticeStatus


def address(name: str, *arguments: str, language: str = "hi", **query: str) -> str:
    """The whole address of a page, as it stands in a message."""
    return addresses.whole(f"applications:{name}", *arguments, language=language, **query)


def own_page(application: Application) -> str:
    """The personal link: it opens without sign-in, so it goes only to the applicant's own phone."""
    ref = codes.pretty(application.ref)
    return address("status", ref, language=application.language, k=application.link_key)


def resume_page(draft: Draft) -> str:
    """The personal link that opens a draft on any phone."""
    return address("resume", language=draft.language, k=draft.key)


def own_whatsapp(phone: str, link: str) -> str:
    """A chat with oneself, in which a link waits: free, and sent by nobody but the person."""
    return f"https://wa.me/{phone.removeprefix('+')}?text={quote(link)}"


def deadline(drive: Drive, language: str) -> str:
    """When the drive closes."""
    return last_moment(drive.closes_at, language)


def last_moment(when: datetime, language: str) -> str:
    """``15 नवंबर, रात 11:59 बजे``: without the year, an SMS is short."""
    day_and_month = dates.short_date(when, language).rpartition(" ")[0]
    return f"{day_and_month}, {dates.clock(when, language)}"


def notice(*, key: str, phone: str, language: str, template: str, drive: Drive, **values: Any) -> Notice:
    """One SMS about a drive. ``due_at``, ``useful_until`` and the values of the template come in ``values``."""
    times = {field: values.pop(field) for field in ("due_at", "useful_until") if field in values}
    who = organisation.current()
    with translation.override(language):
        context = {"organisation": who.name, "title": drive.title, **values}
    return Notice(key=key, phone=phone, language=language, template=template, context=context, **times)


def promises_to(application: Application) -> QuerySet[Notice]:
    """What is still to be sent to this applicant about this application, from whichever app: each carries its link."""
    waiting = Notice.objects.filter(Q(phone=application.phone) | Q(phone=""), status=NoticeStatus.QUEUED)
    return waiting.filter(context__url__endswith=f"k={application.link_key}")


def receipt(application: Application, now: datetime) -> Notice:
    """What tells an applicant that the application has arrived, and where it lives."""
    return notice(
        key=f"receipt:{application.pk}",
        phone=application.phone,
        language=application.language,
        template="receipt",
        drive=application.drive,
        due_at=now,
        name=application.name,
        ref=codes.pretty(application.ref),
        url=own_page(application),
    )
