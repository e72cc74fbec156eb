"""Why a person has this time, or cannot have one, in words: from the codes and numbers that ``seating`` keeps."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from interviews.domain.filling import Filled

LEFT = {
    "full": gettext_lazy("All times are taken by people who applied earlier."),
    "known": gettext_lazy("Every panel that has a free time knows this person."),
    "wish": gettext_lazy("No free time lies within the hours in which this person can come."),
    "busy": gettext_lazy("This person has another interview at each of the free times."),
    "both": gettext_lazy("The hours, other interviews or a known panel leave no free time."),
}


def words(reasons: list) -> list[str]:
    """One sentence for each reason that is worth one."""
    told = [_WORDS[code](*numbers) for code, *numbers in reasons if code in _WORDS]
    return [one for one in told if one]


def filled(done: Filled) -> str:
    """What a filling did: how many got a time, and why others found none."""
    told = [_("%(placed)d people got a time.") % {"placed": done.placed}]
    if done.left:
        told.append(_("%(left)d more found none:") % {"left": done.left})
        told += [f"{LEFT[reason]} ({count})" for reason, count in sorted(done.why.items())]
    return " ".join(told)


def _clock(minutes: int) -> str:
    return f"{minutes // 60}:{minutes % 60:02}"


def _wish(not_before: int | None, not_after: int | None) -> str:
    if not_before is None:
        return _("Can come until %(until)s.") % {"until": _clock(not_after or 0)}
    if not_after is None:
        return _("Can come from %(from)s.") % {"from": _clock(not_before)}
    both = {"from": _clock(not_before), "until": _clock(not_after)}
    return _("Can come from %(from)s until %(until)s.") % both


def _spread(seen: int) -> str:
    if not seen:
        return _("This panel sees nobody else from the district so far.")
    return ngettext(
        "Of the panels free then, chosen so that a district is spread: this one sees %(seen)d more from there.",
        "Of the panels free then, chosen so that a district is spread: this one sees %(seen)d more from there.",
        seen,
    ) % {"seen": seen}


_WORDS = {
    "hand": lambda: _("Placed by hand."),
    "asked": lambda: _("Asked for another time and got this one."),
    "offered": lambda: _("Said yes to this time, which the office offered."),
    "chosen": lambda: _("Chosen by the person."),
    "km": lambda km: _("%(km)d km away.") % {"km": km} if km else _("From this district."),
    "applied": lambda turn: _("Number %(turn)d in the order of applying.") % {"turn": turn},
    "read": lambda mark: _("The readers gave %(mark)s.") % {"mark": mark} if mark else _("Nobody has read it yet."),
    "left": lambda: _("The former panel left early."),
    "turn": lambda: _("The next free time in the order of applying."),
    "wish": _wish,
    "far": lambda km, minute: (
        _("Comes from %(km)d km: %(minute)d minutes after the day begins.") % {"km": km, "minute": minute}
    ),
    "apart": lambda count: (
        ngettext(
            "Kept away from %(count)d panel member who knows this person.",
            "Kept away from %(count)d panel members who know this person.",
            count,
        )
        % {"count": count}
    ),
    "speaks": lambda _tongues: _("The panel speaks the language."),
    "spread": _spread,
    "near": lambda minutes: (
        _("%(minutes)d minutes from the time promised before.") % {"minutes": minutes}
        if minutes
        else _("The time promised before.")
    ),
}
