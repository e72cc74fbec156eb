"""What the product says, read from its code and templates, and the Hindi for it.

``python -m tests.words`` prints what lacks Hindi, ready to be put into a catalogue.
"""

from io import BytesIO
from pathlib import Path

from babel.messages.extract import extract_python
from babel.messages.pofile import read_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
APPS = ["portal", "committees", "applications", "interviews", "training"]
KEYWORDS = {
    "gettext": None, "gettext_lazy": None, "_": None, "ngettext": (1, 2), "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2), "npgettext": ((1, "c"), 2, 3), "pgettext_lazy": ((1, "c"), 2),
}  # fmt: skip


def owner(template):
    """The app whose catalogue holds this template's words."""
    folder = template.relative_to(ROOT / "templates").parts[0]
    return folder if folder in APPS else "portal"


def sources(app):
    """What the app shows: its code and its templates, as code that an extractor reads."""
    for path in (ROOT / app).rglob("*.py"):
        if "migrations" not in path.parts:
            yield path, path.read_bytes()
    for path in (ROOT / "templates").rglob("*.html"):
        if owner(path) == app:
            code = templatize(path.read_text(encoding="utf-8"), origin=str(path))
            yield path, "\n".join(line.strip() for line in code.splitlines()).encode()


def messages(app):
    """(context, message id) → where it stands first."""
    found = {}
    for path, code in sources(app):
        for line, function, arguments, _comments in extract_python(BytesIO(code), KEYWORDS.keys(), [], {}):
            texts = [text for text in (arguments if isinstance(arguments, tuple) else [arguments]) if text]
            context = texts.pop(0) if "pgettext" in (function or "") and texts else None
            if texts:
                found.setdefault((context, texts[0]), f"{path.relative_to(ROOT)}:{line}")
    return found


def catalogue(app):
    """The Hindi of one app."""
    with (ROOT / app / "locale/hi/LC_MESSAGES/django.po").open("rb") as file:
        return read_po(file, locale="hi")


def strings(message):
    """All forms of a translation."""
    return message.string if isinstance(message.string, tuple) else (message.string,)


def everything():
    """All catalogues together: Django looks into each of them."""
    return {
        (m.context, m.id[0] if isinstance(m.id, tuple) else m.id): m for app in APPS for m in catalogue(app) if m.id
    }


def lacking(app):
    """Message id → place, for all that has no Hindi yet."""
    known = everything()
    return {
        text: place
        for (context, text), place in messages(app).items()
        if (context, text) not in known or not all(strings(known[context, text]))
    }


def main():
    """Print what is missing, app by app."""
    for app in APPS:
        print(f"\n# === {app} ===")
        for text, place in lacking(app).items():
            quoted = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
            print(f'\n#: {place}\nmsgid "{quoted}"\nmsgstr ""')


if __name__ == "__main__":
    main()
