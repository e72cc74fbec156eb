"""Posters: a drive, its deadline and one QR code, drawn to be read from across a room.

The field carries the words on the brand's colour, the rest is bare white and
belongs to the code, so that any scanner finds it. Text is shaped by RAQM;
without it Pillow prints broken Hindi and no error, so we refuse to draw.
"""

from PIL import Image

from applications.posters import files
from applications.posters.files import DOTS_PER_INCH, BrokenHindi
from applications.posters.layouts import ACROSS, DOWN, LAYOUTS, PAPER, Layout, Size
from applications.posters.lettering import BOLD, REGULAR, SEMIBOLD, TextTooLong, fit
from applications.posters.messages import write_message
from applications.posters.sheet import INK, INK_2, RED, WHITE, Sheet
from applications.posters.words import FIXED, Poster, Template, Unprintable, refuse_unprintable

__all__ = ["BrokenHindi", "Poster", "Size", "Template", "TextTooLong", "Unprintable", "draw", "paint"]


def draw(poster: Poster, size: Size, *, language: str = "hi", scale: float = 1, kind: str = "") -> bytes:
    """The poster as a file: "png", "jpeg" or "pdf"; the preview of a link is JPEG, all else PNG unless told.

    Raises what ``paint`` raises.
    """
    image = paint(poster, size, language=language, scale=scale)
    kind = kind or ("jpeg" if size is Size.OG else "png")
    dots = DOTS_PER_INCH * scale
    if kind == "jpeg":
        return files.jpeg(image)
    if kind == "pdf":
        return files.pdf([image], dots)
    return files.png(image, dots, many_colours=bool(poster.portrait), repeats=size in PAPER)


def paint(poster: Poster, size: Size, *, language: str = "hi", scale: float = 1) -> Image.Image:
    """The poster, its fixed words in ``language`` ("hi" or "en"), at ``scale`` of its full pixels.

    Raises ``TextTooLong`` or ``Unprintable`` with the field's name, and
    ``BrokenHindi`` where Pillow cannot shape Hindi.
    """
    files.refuse_broken_hindi()
    refuse_unprintable(poster)
    layout, words = LAYOUTS[size], FIXED[language]
    sheet = Sheet(layout.width, layout.height, scale)
    write_message(sheet, layout, poster, words)
    _write_action(sheet, layout, poster, words)
    sheet.code(layout.code, poster.url)
    if poster.closed:
        sheet.ribbon(layout.field, words["closed"])
    return _on_paper(sheet, size) if size in PAPER else sheet.image


def _write_action(sheet: Sheet, layout: Layout, poster: Poster, words: dict[str, str]) -> None:
    """Until when, by which address, printed by whom."""
    strong = INK if poster.template is Template.PLAIN else poster.brand.strong
    label = words["closed_label"] if poster.closed else words["deadline"]
    label_colour, date_colour = (RED, INK_2) if poster.closed else (INK_2, strong)
    if layout.is_small:
        sheet.write_in(layout.deadline, "deadline_text", f"{label}: {poster.deadline_text}", INK)
    else:
        written = sheet.write_in(layout.label, "label", label, label_colour)
        below = min(layout.deadline.top, layout.label.top + written.height)
        deadline = fit(layout.deadline, "deadline_text", poster.deadline_text, BOLD)
        sheet.write(deadline, layout.deadline.left, below, date_colour)
    if layout.scan.width:
        scan = fit(layout.scan, "scan", words["scan"], REGULAR)
        sheet.write(scan, layout.scan.left, layout.scan.top + layout.scan.height - scan.height, INK_2)
    sheet.write_in(layout.short_url, "short_url_text", poster.short_url_text, INK, weight=SEMIBOLD)
    sheet.write_in(layout.footer, "footer", poster.footer, INK_2)


def _on_paper(face: Sheet, size: Size) -> Image.Image:
    """A4 with the face on it: twice, the upper one upside down, or on each sticker."""
    width, height = PAPER[size]
    paper = Image.new("RGB", (face.px(width), face.px(height)), WHITE)
    if size is Size.TENT:
        paper.paste(face.image.rotate(180), (0, 0))
        paper.paste(face.image, (0, paper.height - face.image.height))
        return paper
    for down in range(DOWN):
        for across in range(ACROSS):
            paper.paste(face.image, (paper.width * across // ACROSS, paper.height * down // DOWN))
    return paper
