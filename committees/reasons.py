"""What speaks for and against a choice, in the words of the page's language."""

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from committees.domain.matching import Reason

NEAR_KM = 150
GOOD_SHARE = 0.6
SPEAKS_FOR = {"away", "trained", "both", "balance"}
PLAIN = {
    "away": lambda: _("not the home district"),
    "unknown": lambda: _("home district not known"),
    "no marks": lambda: _("no interview"),
    "trained": lambda: _("training completed"),
    "untrained": lambda: _("training not completed"),
    "alike": lambda: _("same gender as the other in-charge"),
    "both": lambda: _("with the other in-charge a woman and a man"),
    "balance": lambda: _("brings the share of women nearer to the aim"),
}


def in_words(reasons: list[Reason], units: Mapping[str, str], *, marks: bool = True) -> list[tuple[bool, str]]:
    """Each as (speaks for it?, the words); ``units`` names districts by code. What is none of ours is left out.

    ``marks`` says whether whoever looks may read those of this person.
    """
    told = [_one(reason, units) for reason in reasons if marks or reason["what"] != "marks"]
    return [one for one in told if one is not None]


def _one(reason: Reason, units: Mapping[str, str]) -> tuple[bool, str] | None:
    what = reason["what"]
    if what in PLAIN:
        return what in SPEAKS_FOR, PLAIN[what]()
    if what == "home":
        return bool(reason.get("wanted")), _("home district")
    if what == "km":
        return reason["n"] <= NEAR_KM, _("%(n)s km") % {"n": reason["n"]}
    if what == "marks":
        good = bool(reason["of"]) and reason["n"] / reason["of"] >= GOOD_SHARE
        return good, _("marks %(n)s/%(of)s") % {"n": f"{reason['n']:g}", "of": reason["of"]}
    if what == "after":
        return _load(reason["districts"], units)
    return None


def _load(districts: list[str], units: Mapping[str, str]) -> tuple[bool, str]:
    if not districts:
        return True, _("no district yet")
    named = ", ".join(units.get(code, code) for code in districts)
    words = ngettext("%(n)s district already: %(named)s", "%(n)s districts already: %(named)s", len(districts))
    return False, words % {"n": len(districts), "named": named}
