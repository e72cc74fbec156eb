"""The world of the form: answers of somebody who applies, and drafts of them."""

from io import BytesIO

from PIL import Image

from applications import consent
from applications.domain import drafting, submitting
from applications.steps import STEPS

SAMPLE = " ".join(["हमारे गाँव में पीने का पानी दूर से लाना पड़ता है।"] * 6)  # 66 words


def phone(number=0):
    return f"+9198765{number:05}"


def answers(drive, unit, number=0, **changed):
    """What seven well filled steps save; ``changed`` gives another step, or ``None`` to leave one out."""
    steps = {
        "name": {"name": "सुनीता मीणा", "phone": phone(number), "on_whatsapp": True, "family": False},
        "area": {"unit": unit.pk, "place_note": ""},
        "about": {"birth_year": 1995, "education": "बी.ए."},
        "work": {"since": "2-5", "roles": "बूथ अध्यक्ष", "work": "घर-घर संपर्क"},
        "social": {"links": [], "no_links": True},
        "writing": {"prompt": drive.prompts.first().pk, "writing": SAMPLE},
        "photo": {"can_come": "yes", "serve_level": "district"},
    } | changed
    return {step: steps[step] for step in STEPS if steps[step] is not None}


def a_draft(drive, unit, now, number=0, **changed):
    """A draft that was filled step by step."""
    draft = drafting.begin(drive=drive, link=None, first_link=None, language="hi", now=now)
    for step, saved in answers(drive, unit, number, **changed).items():
        drafting.save_step(draft=draft, step=step, answers=saved, now=now)
    return draft


def handed_in(drive, unit, now, number=0, **changed):
    """An application that went the whole way through the real domain."""
    draft = a_draft(drive, unit, now, number, **changed)
    return submitting.submit(draft=draft, consent_version=consent.version(), wants_messages=False, now=now)


def picture(form="JPEG", size=(60, 40), colour="navy", mode="RGB", **how):
    """The bytes of a picture."""
    out = BytesIO()
    Image.new(mode, size, colour).save(out, form, **how)
    return out.getvalue()
