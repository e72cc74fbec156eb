"""Languages beside Hindi: what an applicant would rather speak, and what members of a panel understand."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

TONGUES = {
    "mwr": _("Marwari"),
    "swv": _("Shekhawati"),
    "dhd": _("Dhundhari"),
    "mtr": _("Mewari"),
    "wbr": _("Wagdi"),
    "hoj": _("Hadoti"),
    "bra": _("Braj"),
    "wtm": _("Mewati"),
    "bgq": _("Bagri"),
    "pa": _("Punjabi"),
    "sd": _("Sindhi"),
    "ur": _("Urdu"),
    "en": _("English"),
}


def known(codes: Iterable[str]) -> list[str]:
    """These codes without strangers, in our order."""
    asked = set(codes)
    return [code for code in TONGUES if code in asked]


def names(codes: Iterable[str]) -> str:
    """How they are called, with commas."""
    return ", ".join(str(TONGUES[code]) for code in known(codes))
