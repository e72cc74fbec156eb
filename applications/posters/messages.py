"""The five ways to set the message: organisation, title and what a template adds."""

from collections.abc import Callable
from dataclasses import replace

from applications.posters.layouts import Area, Layout
from applications.posters.lettering import BOLD, REGULAR, SEMIBOLD, Box, Lines, fit
from applications.posters.sheet import INK, INK_2, Sheet
from applications.posters.words import Poster, Template

Sizes = tuple[float, ...]  # in units of the layout, the largest first
ORGANISATION: Sizes = (1.0, 0.86, 0.74)
UNIT_NAME: Sizes = (0.84, 0.74, 0.64)
TITLE: Sizes = (2.7, 2.45, 2.2, 1.95, 1.6, 1.25)
STICKER_TITLE: Sizes = (2.7, 2.2, 1.6, 1.2, 0.95)
SUBTITLE: Sizes = (1.04, 0.9, 0.78)
HERO: Sizes = (4.2, 3.5, 2.8, 2.1, 1.5)
SOME_LINES, THREE_LINES = 4.3, 3.6  # of ordinary words, in units: more would push the title out, and be blamed on it
BESIDE_RIBBON = 0.74  # of the width: what stands at the top leaves the corner to the ribbon


def write_message(sheet: Sheet, layout: Layout, poster: Poster, words: dict[str, str]) -> None:
    """The field and all that stands in it. Raises ``TextTooLong`` with the field's name."""
    SETTERS[poster.template](sheet, layout, poster, words)


def _text(sheet: Sheet, layout: Layout, poster: Poster, _words: dict[str, str]) -> None:
    field = layout.field
    _paint(sheet, layout, poster, centre=(field.right, field.bottom))
    below = _heading(sheet, layout, poster, layout.inner, poster.brand.on_brand)
    _headline(sheet, layout, poster, layout.inner.below(below), poster.brand.on_brand)


def _plain(sheet: Sheet, layout: Layout, poster: Poster, _words: dict[str, str]) -> None:
    """No ground, a rule between message and code."""
    field, unit = layout.field, layout.unit
    if field.width == layout.width or layout.is_small:
        rule = Area(layout.inner.left, field.bottom - unit // 10, layout.inner.width, unit // 10)
    else:
        rule = Area(field.right - unit // 10, layout.inner.top, unit // 10, layout.inner.height)
    sheet.fill(rule, INK)
    below = _heading(sheet, layout, poster, layout.inner, INK)
    _headline(sheet, layout, poster, layout.inner.below(below), INK)


def _photo(sheet: Sheet, layout: Layout, poster: Poster, _words: dict[str, str]) -> None:
    """The portrait on the left; in a tall field the title goes below it over the whole width."""
    field, inner, unit = layout.field, layout.inner, layout.unit
    colour = poster.brand.on_brand
    _paint(sheet, layout, poster, centre=(field.right, field.bottom))
    is_wide = inner.width > 1.25 * inner.height
    width = round(inner.width * (0.36 if is_wide else 0.42))
    gap = round(unit * (0.5 if layout.is_small else 0.9))
    beside = Area(inner.left + width + gap, inner.top, inner.width - width - gap, inner.height)
    below_it = beside._replace(width=width if is_wide else beside.width, height=round(unit * THREE_LINES))
    name = _fit(layout, below_it, "portrait_name", poster.portrait_name, SEMIBOLD, ORGANISATION)
    post = _fit(layout, below_it, "portrait_post", poster.portrait_post, REGULAR, UNIT_NAME)
    caption = name.height + post.height
    most = inner.height - caption - unit // 3 if is_wide else inner.height * 52 // 100
    portrait = Area(inner.left, inner.top, width, min(most, width * 5 // 4))
    if poster.portrait:
        sheet.portrait(poster.portrait, portrait, radius=unit // 4)
    below = _heading(sheet, layout, poster, beside, colour)
    if is_wide:
        left, top = inner.left, portrait.bottom + unit // 3
    else:
        left, top = beside.left, max(portrait.bottom - caption, below)
    sheet.write(name, left, top, colour)
    sheet.write(post, left, top + name.height, colour)
    under = max(portrait.bottom, top + caption) + unit // 3
    _headline(sheet, layout, poster, beside.below(below) if is_wide else inner.below(under), colour)


def _event(sheet: Sheet, layout: Layout, poster: Poster, words: dict[str, str]) -> None:
    """When and where on a card of their own at the foot of the field, in place of the line under the title."""
    field, inner, unit = layout.field, layout.inner, layout.unit
    _paint(sheet, layout, poster, centre=(field.right, field.top + field.height // 3))
    pad = unit // 3 if layout.is_small else unit // 2
    side_by_side = inner.width > 1.6 * inner.height and bool(poster.where)
    column = (inner.width - 3 * pad) // 2 if side_by_side else inner.width - 2 * pad
    room = Area(inner.left + pad, inner.top, column, inner.height // 3)
    parts = [_labelled(layout, room, name, getattr(poster, name), words) for name in ("when", "where")]
    heights = [label.height + text.height for label, text in parts]
    height = (max(heights) if side_by_side else sum(heights)) + 2 * pad
    card = Area(inner.left, inner.bottom - height, inner.width, height)
    sheet.fill(card, poster.brand.tint, radius=unit // 3)
    left, top = card.left + pad, card.top + pad
    for (label, text), tall in zip(parts, heights, strict=True):
        sheet.write(label, left, top, INK_2)
        sheet.write(text, left, top + label.height, INK)
        left, top = (left + column + pad, top) if side_by_side else (left, top + tall)
    below = _heading(sheet, layout, poster, inner, poster.brand.on_brand)
    rest = inner.below(below).above(card.top - unit // 2)
    _headline(sheet, layout, replace(poster, subtitle=""), rest, poster.brand.on_brand)


def _labelled(layout: Layout, room: Area, name: str, text: str, words: dict[str, str]) -> tuple[Lines, Lines]:
    """A small label and its bold text; two empty ones when there is nothing to say."""
    label = _fit(layout, room, name, words[name] if text and not layout.is_small else "", REGULAR, UNIT_NAME)
    return label, _fit(layout, room, name, text, BOLD, SUBTITLE)


def _district(sheet: Sheet, layout: Layout, poster: Poster, _words: dict[str, str]) -> None:
    """The unit's name as large as it goes, over a short rule."""
    field, inner, unit = layout.field, layout.inner, layout.unit
    colour = poster.brand.on_brand
    _paint(sheet, layout, poster, centre=(field.right, field.bottom))
    head = inner._replace(width=round(inner.width * BESIDE_RIBBON), height=round(unit * SOME_LINES))
    organisation = _fit(layout, head, "organisation", poster.organisation, BOLD, ORGANISATION)
    sheet.write(organisation, inner.left, inner.top, colour)
    rest = inner.below(inner.top + organisation.height)
    hero = _fit(layout, rest.above(rest.top + round(rest.height * 0.52)), "unit_name", poster.unit_name, BOLD, HERO)
    rule = max(3, unit // 8)
    words_top = round(rest.top + hero.height + unit * 0.75)
    lower = rest.below(words_top)
    spare = 0 if layout.is_small or not poster.subtitle else round(unit * 2.4)
    title = _fit(layout, lower.above(lower.bottom - spare), "title", poster.title, BOLD, (1.7, 1.35, 1.05))
    subtitle = _subtitle(layout, poster, lower.below(lower.top + title.height))
    used = hero.height + round(unit * 0.75) + title.height + subtitle.height
    top = rest.top + max(0, rest.height - used)
    sheet.write(hero, inner.left, top, colour)
    bar = Area(inner.left, top + hero.height + unit // 4, round(unit * 2.6), rule)
    sheet.fill(bar, colour)
    top += hero.height + round(unit * 0.75)
    sheet.write(title, inner.left, top, colour)
    sheet.write(subtitle, inner.left, top + title.height, colour)


def _paint(sheet: Sheet, layout: Layout, poster: Poster, *, centre: tuple[int, int]) -> None:
    sheet.field(layout.field, poster.brand.brand, poster.brand.on_brand, centre=centre)


def _heading(sheet: Sheet, layout: Layout, poster: Poster, area: Area, colour: str) -> int:
    """Organisation, and for which unit; returns where it ends."""
    head = area._replace(width=round(area.width * BESIDE_RIBBON), height=round(layout.unit * SOME_LINES))
    organisation = _fit(layout, head, "organisation", poster.organisation, BOLD, ORGANISATION)
    sheet.write(organisation, area.left, area.top, colour)
    top = area.top + organisation.height
    unit_name = _fit(layout, head, "unit_name", poster.unit_name, REGULAR, UNIT_NAME)
    sheet.write(unit_name, area.left, top, colour)
    return top + unit_name.height + layout.unit // 6


def _headline(sheet: Sheet, layout: Layout, poster: Poster, area: Area, colour: str) -> None:
    """Title and subtitle together on the ground of the area."""
    subtitle = _subtitle(layout, poster, area)
    gap = subtitle.size // 3 if subtitle.lines else 0
    sizes = STICKER_TITLE if layout.is_small else TITLE
    title = _fit(layout, area.above(area.bottom - subtitle.height - gap), "title", poster.title, BOLD, sizes)
    sheet.write(title, area.left, area.bottom - subtitle.height - gap - title.height, colour)
    sheet.write(subtitle, area.left, area.bottom - subtitle.height, colour)


def _subtitle(layout: Layout, poster: Poster, area: Area) -> Lines:
    text = "" if layout.is_small else poster.subtitle
    room = area._replace(height=min(area.height, round(layout.unit * THREE_LINES)))
    return _fit(layout, room, "subtitle", text, REGULAR, SUBTITLE)


def _fit(layout: Layout, area: Area, field: str, text: str, weight: int, sizes: Sizes) -> Lines:
    return fit(Box(*area, sizes=tuple(round(size * layout.unit) for size in sizes)), field, text, weight)


Setter = Callable[[Sheet, Layout, Poster, dict[str, str]], None]
SETTERS: dict[Template, Setter] = {
    Template.TEXT: _text,
    Template.PHOTO: _photo,
    Template.EVENT: _event,
    Template.DISTRICT: _district,
    Template.PLAIN: _plain,
}
