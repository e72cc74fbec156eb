"""Counts of units in words: 8 विधानसभा, 8 assemblies."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from committees.levels import Level
from portal import numbers


def counted(level: str, number: int) -> str:
    """So many units of this level, in words."""
    forms = {
        Level.STATE: ngettext("%(n)s state", "%(n)s states", number),
        Level.DISTRICT: ngettext("%(n)s district", "%(n)s districts", number),
        Level.ASSEMBLY: ngettext("%(n)s assembly", "%(n)s assemblies", number),
        Level.BLOCK: ngettext("%(n)s block", "%(n)s blocks", number),
        Level.MANDAL: ngettext("%(n)s mandal", "%(n)s mandals", number),
        Level.BOOTH: ngettext("%(n)s booth", "%(n)s booths", number),
    }
    return forms[Level(level)] % {"n": numbers.lakh(number)}


def called(unit) -> str:
    """The unit with the word of its level: जिला सीकर, 36 दांतारामगढ़ विधानसभा."""
    forms = {
        Level.STATE: "%(name)s",
        Level.DISTRICT: _("district %(name)s"),
        Level.ASSEMBLY: _("assembly %(name)s"),
        Level.BLOCK: _("block %(name)s"),
        Level.MANDAL: _("mandal %(name)s"),
        Level.BOOTH: _("booth %(name)s"),
    }
    return forms[Level(unit.level)] % {"name": unit.title}


def days_left(days: int) -> str:
    """So many days until a date."""
    return ngettext("%(n)s day left", "%(n)s days left", days) % {"n": numbers.lakh(days)}


def formed_of(name: str, level: str, formed: int, count: int) -> str:
    """How many of the committees right below stand: सीकर: 8 में से 3 विधानसभा समितियाँ बनीं."""
    forms = {
        Level.DISTRICT: ngettext("district committee", "district committees", formed),
        Level.ASSEMBLY: ngettext("assembly committee", "assembly committees", formed),
        Level.BLOCK: ngettext("block committee", "block committees", formed),
        Level.MANDAL: ngettext("mandal committee", "mandal committees", formed),
        Level.BOOTH: ngettext("booth committee", "booth committees", formed),
    }
    line = ngettext(
        "%(name)s: %(formed)s of %(all)s %(committees)s formed",
        "%(name)s: %(formed)s of %(all)s %(committees)s formed",
        formed,
    )
    told = {"formed": numbers.lakh(formed), "all": numbers.lakh(count)}
    return line % {"name": name, "committees": forms[Level(level)], **told}
