"""Answers as a person reads them: one card a step, of a draft or of an application."""

from datetime import datetime
from typing import Any, NamedTuple

from django.utils import timezone
from django.utils.translation import gettext as _

from applications import answered, steps, wishes
from applications.domain.rubric import CRITERIA
from applications.forms import FORMS
from applications.models import Application, Drive
from applications.models.answers import CanCome, Followers, Since, SocialGroup
from committees.levels import Level
from committees.models import Unit
from portal import names, phones
from portal.models.people import Gender

FIELDS = {
    "name": ["name", "phone", "on_whatsapp"],
    "area": ["place_note"],
    "about": ["birth_year", "gender", "social_group", "education"],
    "work": ["since", "roles", "work"],
    "social": ["links", "no_links", "followers"],
    "writing": ["writing"],
    "photo": ["can_come", "serve_level", "wishes"],
}
SERVES = {"work": [1], "social": [2], "writing": [3, 4]}  # criteria of ``rubric.CRITERIA``, by their order


class Card(NamedTuple):
    """One step: its name in the address, its heading, what it serves, and rows of label and value.

    ``answered`` are the drive's own questions. ``serves`` names the criteria that the answers are looked at for.
    """

    step: str
    title: str
    rows: list[tuple[str, str]]
    answered: list[answered.Answered]
    serves: list[str]


def answers_of(application: Application) -> dict[str, dict[str, Any]]:
    """The answers of an application, in the shape in which drafts keep them."""
    answers = {step: {field: getattr(application, field) for field in fields} for step, fields in FIELDS.items()}
    answers["area"]["unit"] = application.unit_id
    answers["writing"]["prompt"] = application.prompt_id
    if "about" not in steps.steps_of(application.drive):
        answers["name"]["birth_year"] = application.birth_year
    for step, saved in answers.items():
        own = [str(question.pk) for question in steps.questions(application.drive, step)]
        if own:
            saved["extra"] = {question: application.extra.get(question) for question in own}
    return answers


def cards(answers: dict[str, dict[str, Any]], *, drive: Drive, has_photo: bool) -> list[Card]:
    """A card for each step of the drive, in their order; a step that brought nothing has no rows."""
    return [card(step, answers.get(step), drive=drive, has_photo=has_photo) for step in steps.steps_of(drive)]


def card(step: str, saved: dict[str, Any] | None, *, drive: Drive, has_photo: bool) -> Card:
    """One step as a person reads it."""
    words = steps.wording(drive, step)
    title = (words.title if words else "") or str(FORMS[step].title)
    if saved is None:
        return Card(step, title, [], [], _serves(step, drive))
    own = answered.rows(drive, step, saved.get("extra") or {})
    return Card(step, title, ROWS[step](saved, drive, has_photo), own, _serves(step, drive))


def for_panel(
    answers: dict[str, dict[str, Any]], written: list[Card], *, drive: Drive, now: datetime
) -> list[tuple[str, str]]:
    """What an interview panel will see of the ``written`` cards: no number, no social group, no gender, no referrer."""
    rows = []
    of_card = {card.step: card.rows for card in written}
    if "name" in answers:
        rows.append((_("Full name"), answers["name"]["name"]))
    rows += of_card.get("area", [])[:1]
    born = next((saved["birth_year"] for saved in answers.values() if "birth_year" in saved), None)
    if born:
        age = timezone.localtime(now).year - born
        rows.append((_("Age"), _("about %(age)s years") % {"age": age}))
    if "about" in answers:
        rows.append((_("Education"), answers["about"].get("education", "")))
    for step in ("work", "social", "writing"):
        rows += of_card.get(step, [])
    rows += _wishes(answers.get("photo", {}))
    for step, saved in answers.items():
        own = answered.rows(drive, step, saved.get("extra") or {}, for_panel=True)
        rows += [(row.label, row.value) for row in own]
    return rows


def place(unit_id: int | None) -> str:
    """``पलसाना – मंडल, रींगस ‹ 34 दांतारामगढ़ ‹ सीकर``."""
    found = Unit.objects.with_names().filter(pk=unit_id)
    unit = next(iter(found), None)  # not ``first``: see ``device.application_of``
    if unit is None:
        return ""
    chain = " › ".join(above.title for above in unit.chain)
    return f"{unit.title} ({Level(unit.level).label})" + (f"\n{chain}" if chain else "")


def _serves(step: str, drive: Drive) -> list[str]:
    """The criteria that a step is looked at for, as long as the drive has them under the names we gave."""
    ours = {number: words.name.hi for number, words in enumerate(CRITERIA, start=1) if number in SERVES.get(step, [])}
    if not ours:
        return []
    return [row.name for row in drive.criteria.all() if ours.get(row.order) == row.name_hi]


def _name(saved, drive, has_photo):
    number = phones.grouped(saved["phone"])
    if saved.get("on_whatsapp"):
        number = _("%(number)s (also on WhatsApp)") % {"number": number}
    rows = [(_("Full name"), saved["name"]), (_("Mobile number"), number)]
    return rows + ([(_("Year of birth"), str(saved["birth_year"]))] if saved.get("birth_year") else [])


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
        (_("With the party"), str(Since(saved["since"]).label) if saved["since"] else ""),
        (_("Roles so far"), saved.get("roles", "")),
        (_("Work you have done"), saved.get("work", "")),
    ]


def _social(saved, drive, has_photo):
    accounts = [f"{link['platform']}: {link['text']}" if link["platform"] else link["text"] for link in saved["links"]]
    rows = [(_("Social media"), "\n".join(accounts) or _("I have none"))]
    many = saved.get("followers")
    return rows + ([(_("Followers"), str(Followers(many).label))] if many else [])


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
    return rows + _wishes(saved)


def _wishes(saved):
    wished = wishes.numbered(saved.get("wishes") or [])
    return [(_("Posts wished for"), wished)] if wished else []


ROWS = {
    "name": _name,
    "area": _area,
    "about": _about,
    "work": _work,
    "social": _social,
    "writing": _writing,
    "photo": _photo,
}
