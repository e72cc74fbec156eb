"""What the poster of a committee says, and why there is none."""

from collections.abc import Sequence
from datetime import datetime

from django.utils import translation
from django.utils.translation import gettext as _

from applications.posters.team import Member, Team
from committees import counting, reports
from committees.levels import ANCESTORS, Level
from committees.models import Appointment, Unit
from portal import addresses, names, organisation
from portal.brand import Brand


def words(unit: Unit, holders: Sequence[Appointment], language: str) -> Team:
    """The poster of this unit, in "hi" or "en": name and post of each, and nothing else of anybody."""
    with translation.override(language):
        house, called = organisation.current(), counting.called(unit)
        url = addresses.whole("committees:team", *filter(None, [unit.path]), language=language)
        return Team(
            organisation=house.name,
            unit_name=called[:1].upper() + called[1:],
            chain=" › ".join(getattr(unit, level).title for level in ANCESTORS[: Level(unit.level).depth]),
            members=tuple(
                Member(row.person.name, names.initial(row.person.name), row.seat.post.name) for row in holders
            ),
            url=url,
            short_url=url.partition("://")[2],
            brand=Brand(house.brand, house.on_brand, house.strong, house.tint),
            footer=house.printer_line,
        )


def why_none(unit: Unit, holders: Sequence[Appointment], now: datetime) -> str:
    """Why this committee has no poster yet; nothing when it has one."""
    if not organisation.current().shows_committees:
        return _("The office does not show committees to everybody, so there is no poster either.")
    own = reports.own(unit, now)
    if own.formed != reports.Formed.ANNOUNCED:
        told = {"accepted": own.accepted, "seats": own.seats}
        return (
            _(
                "This committee is a draft: %(accepted)s of %(seats)s posts are held by people who said yes. "
                "From half on it counts as announced and gets its poster."
            )
            % told
        )
    if not holders:
        return _("Nobody in this committee has agreed to be named to everybody yet.")
    return ""
