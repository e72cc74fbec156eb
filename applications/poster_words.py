"""What a link's poster says: the drive's words, or those that were typed for this poster alone."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import translation

from applications.domain import linking
from applications.models import Drive, ShareLink
from applications.posters import Poster, Template
from applications.posters.words import FIXED
from committees import counting
from portal import dates, organisation
from portal.brand import Brand

PART = 20  # characters of a date or a time; what is longer was typed as a sentence


@dataclass(frozen=True)
class Design:
    """What was chosen in the studio. An empty text means the drive's own."""

    template: str = Template.TEXT
    language: str = "hi"
    headline: str = ""
    line: str = ""
    when: str = ""
    where: str = ""
    portrait_name: str = ""
    portrait_post: str = ""


def words(link: ShareLink, design: Design, *, now: datetime, portrait: bytes = b"") -> Poster:
    """The words of the poster of this link."""
    with translation.override(design.language):
        drive, house, url = link.drive, organisation.current(), linking.url(link)
        when, where = _interview(drive)
        return Poster(
            template=Template(design.template),
            organisation=house.name,
            unit_name=_unit_name(link, design),
            title=design.headline or drive.title,
            subtitle=design.line or drive.purpose,
            deadline_text=_together(dates.moment(drive.closes_at)),
            url=url,
            short_url_text=url.partition("://")[2],
            brand=Brand(house.brand, house.on_brand, house.strong, house.tint),
            footer=house.printer_line,
            closed=drive.closes_at <= now,
            when=_together(design.when or when),
            where=design.where or where,
            portrait=portrait if design.template == Template.PHOTO else b"",
            portrait_name=design.portrait_name,
            portrait_post=design.portrait_post,
        )


def message(link: ShareLink, design: Design) -> str:
    """What is sent along: it always carries the link, because a phone cannot scan its own screen."""
    with translation.override(design.language):
        drive = link.drive
        until = f"{FIXED[design.language]['deadline']}: {dates.moment(drive.closes_at)}"
        return "\n".join([design.headline or drive.title, design.line or drive.purpose, until, linking.url(link)])


def _together(moment: str) -> str:
    """Lines break after a comma only: no year and no hour alone on a line."""
    return ", ".join(part.replace(" ", "\u00a0") if len(part) <= PART else part for part in moment.split(", "))


def _interview(drive: Drive) -> tuple[str, str]:
    """When and where the drive's interviews are: the event of a drive, unless another is named."""
    return (dates.long_date(drive.interview_on) if drive.interview_on else "", drive.interview_place)


def _unit_name(link: ShareLink, design: Design) -> str:
    """The unit, where it tells more than the drive does; always for the template that is about it."""
    unit = link.unit or link.drive.unit
    if unit.pk == link.drive.unit_id and design.template != Template.DISTRICT:
        return ""
    name = counting.called(unit)
    return name[:1].upper() + name[1:]
