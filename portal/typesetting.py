"""Letters and certificates as PDF: a typst template and the words to set in it.

The templates stand in ``templates/documents/``. They get the data as JSON and
place it as strings, so a name such as ``#panic()`` is printed, never run.
"""

import json
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

import fontpkg_noto_sans_devanagari as fontpkg
import typst
from PIL import ImageFont

TEMPLATES = Path(__file__).resolve().parent.parent / "templates" / "documents"
FONT_FILE = "NotoSansDevanagari[wdth,wght].ttf"


class TypesettingError(Exception):
    """The paper cannot be set as it must be; nothing was made."""


def fonts() -> Path:
    """The folder with the one font of every letter and poster (it has Latin letters too)."""
    return Path(fontpkg.ROOT) / "files"


def unprintable(text: str) -> str:
    """The characters of ``text`` that our font lacks and would print as empty boxes."""
    return "".join(sorted(c for c in set(text) if not c.isspace() and not _has_glyph(c)))


def pdf(template_name: str, data: dict[str, Any]) -> bytes:
    """Set ``data`` in the template ("appointment_letter", "certificate") and return the PDF.

    ``data`` holds JSON values; bytes (a logo) may stand among them. Each
    template names the keys it wants in its first lines. Raises
    ``TypesettingError`` when a key or a character of the font is missing,
    when the text does not fit the page, and at any warning of typst.
    """
    pages = _set(template_name, data, "pdf")
    if not isinstance(pages, bytes):
        raise TypesettingError(f"{template_name}: no single file came out.")
    return pages


def png(template_name: str, data: dict[str, Any], *, dots_per_inch: float = 144) -> bytes:
    """The same paper as one PNG picture, to look at before it is sent. Raises as ``pdf`` does."""
    pages = _set(template_name, data, "png", ppi=dots_per_inch)
    if not isinstance(pages, bytes):
        raise TypesettingError(f"{template_name}: more than one page came out.")
    return pages


def _set(
    template_name: str, data: dict[str, Any], output: Literal["pdf", "png"], ppi: float | None = None
) -> bytes | list[bytes] | None:
    missing = unprintable("".join(_texts(data)))
    if missing:
        raise TypesettingError(f"{template_name}: the font lacks {missing!r}.")
    try:
        pages, warnings = typst.compile_with_warnings(
            TEMPLATES / f"{template_name}.typ",
            root=TEMPLATES,
            font_paths=_typst_fonts(),
            ignore_system_fonts=True,
            sys_inputs={"data": json.dumps(data, ensure_ascii=False, default=_bytes_as_numbers)},
            format=output,
            ppi=ppi,
        )
    except RuntimeError as error:  # TypstError is one; an absent template is a bare one
        raise TypesettingError(f"{template_name}: {error}") from error
    if warnings:  # an unknown font is only a warning to typst, and broken Hindi to us
        raise TypesettingError(f"{template_name}: {'; '.join(warning.message for warning in warnings)}")
    return pages


def _bytes_as_numbers(value: object) -> list[int]:
    if isinstance(value, bytes):
        return list(value)
    raise TypeError(f"{type(value).__name__} cannot be given to a template")


def _texts(value: object) -> Iterator[str]:
    """Every string anywhere inside the data."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, Iterable) and not isinstance(value, bytes):
        for inner in value:
            yield from _texts(inner)


@lru_cache
def _typst_fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[fonts()])


@lru_cache
def _face() -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(fonts() / FONT_FILE, 20)


@lru_cache
def _box() -> tuple[tuple[int, int], bytes]:
    return _picture("\uffff")  # no font draws this one


@lru_cache(maxsize=4096)
def _has_glyph(character: str) -> bool:
    return _picture(character) != _box()


def _picture(character: str) -> tuple[tuple[int, int], bytes]:
    mask = _face().getmask(character)
    return mask.size, bytes(mask)
