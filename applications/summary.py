"""Answers as a person reads them: seven cards of a draft or of an application."""

from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from applications.forms import FORMS
from applications.models import Application, Drive
from applications.models.answers import CanCome, Since, SocialGroup
from applications.steps import STEPS
from committees.levels import Level
from committees.models import Unit
from portal import names, phones
from portal.models.people import Gender

FIELDS = {
    "name": ["name", "phone", "on_whatsapp"],
    "area": ["place_note"],
    "about": ["birth_year", "gender", "social_group", "education"],
    "work": ["since", "roles", "work"],
    "social": ["links", "no_links"],
    "writing": ["writing"],
    "photo": ["can_come", "serve_level"],
}


class Card(NamedTuple):
    """One step: its name in the address, its heading, and rows of label and value."""

    step: str
    title: str
    rows: list[tuple[str, str]]


def answers_of(application: Application) -> dict[str, dict[str, Any]]:
    """The answers of an application, in the shape in which drafts keep them."""
    answers = {step: {field: getattr(application, field) for field in fields} for step, fields in FIELDS.items()}
    answers["area"]["unit"] = application.unit_id
    answers["writing"]["prompt"] = application.prompt_id
    return answers


def cards(answers: dict[str, dict[str, Any]], *, drive: Drive, has_photo: bool) -> list[Card]:
    """The seven cards in their order; a step that brought nothing has no rows."""
    return [
        Card(step, str(FORMS[step].title), ROWS[step](answers[step], drive, has_photo) if step in answers else [])
        for step in STEPS
    ]


def place(unit_id: int | None) -> str:
    """``पलसाना – मंडल, रींगस ‹ 34 दांतारामगढ़ ‹ सीकर``."""
    unit = Unit.objects.with_chain().filter(pk=unit_id).first()
    if unit is None:
        return ""
    chain = " › ".join(above.title for above in unit.chain)
    return f"{unit.title} ({Level(unit.level).label})" + (f"\n{chain}" if chain else "")


def _name(saved, drive, has_photo):
    number = phones.grouped(saved["phone"])
    if saved.get("on_whatsapp"):
        number = _("%(number)s (also on WhatsApp)") % {"number": number}
    return [(_("Full name"), saved["name"]), (_("Mobile number"), number)]


def _area(saved, drive, has_photo):
    rows = [(_("Place"), place(saved["unit"]))]
    return rows + ([(_("Not found in the list"), saved["place_note"])] if saved.get("place_note") else [])


def _about(saved, drive, has_photo):
    rows = [(_("Year of birth"), str(saved["birth_year"]))]
    if drive.asks_representation:
        rows += [
            (_("Gender"), str(Gender(saved.get("gender") or Gender.UNSAID).label)),
            (_("Social group"), str(SocialGroup(saved.get("social_group") or "").label)),
        ]
    return [*rows, (_("Education"), saved.get("education", ""))]


def _work(saved, drive, has_photo):
    return [
        (_("With the party"), str(Since(saved["since"]).label)),
        (_("Roles so far"), saved.get("roles", "")),
        (_("Work you have done"), saved.get("work", "")),
    ]


def _social(saved, drive, has_photo):
    accounts = [f"{link['platform']}: {link['text']}" if link["platform"] else link["text"] for link in saved["links"]]
    return [(_("Social media"), "\n".join(accounts) or _("I have none"))]


def _writing(saved, drive, has_photo):
    prompt = next((prompt for prompt in drive.prompts.all() if prompt.pk == saved.get("prompt")), None)
    words = _("%(count)s words") % {"count": names.word_count(saved["writing"])}
    rows = [(_("Subject"), prompt.text)] if prompt else []
    return [*rows, (_("Writing sample"), f"{saved['writing']}\n({words})")]


def _photo(saved, drive, has_photo):
    rows = [(_("Your photo"), _("given") if has_photo else "")]
    if drive.interviews:
        came = saved.get("can_come")
        rows.append((_("Interview day"), str(CanCome(came).label) if came else ""))
    if saved.get("serve_level"):
        rows.append((_("Level to serve at"), str(Level(saved["serve_level"]).label)))
    return rows


ROWS = {
    "name": _name,
    "area": _area,
    "about": _about,
    "work": _work,
    "social": _social,
    "writing": _writing,
    "photo": _photo,
}
