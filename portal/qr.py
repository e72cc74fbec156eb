"""QR codes: always level Q, always with the quiet zone of four modules, dark on light."""

from functools import lru_cache
from io import BytesIO
from itertools import groupby

import qrcode
from django.utils.html import escape
from django.utils.translation import gettext as _
from PIL import Image

QUIET = 4

Matrix = tuple[tuple[bool, ...], ...]


@lru_cache(maxsize=512)
def matrix(url: str, mask: int | None = None) -> Matrix:
    """The dark modules, row by row, without the quiet zone.

    The best of eight masks is looked for, unless one is named: six times as quick, and as good where the
    text is as random as a signature.
    """
    code = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_Q, mask_pattern=mask)
    code.add_data(url)
    code.make(fit=True)
    return tuple(tuple(map(bool, row)) for row in code.modules)


def svg(url: str, label: str = "", mask: int | None = None) -> str:
    """A square for a page, in about a kilobyte: one path of horizontal runs.

    ``label`` is read aloud instead of the picture. The size comes from CSS. ``mask``: see ``matrix``.
    """
    rows = matrix(url, mask)
    side = len(rows) + 2 * QUIET
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}" role="img"'
        f' aria-label="{escape(label or _("QR code"))}" shape-rendering="crispEdges">'
        f'<path fill="#fff" d="M0 0h{side}v{side}H0z"/><path d="{_runs(rows)}"/></svg>'
    )


def png(url: str, box: int = 10) -> bytes:
    """A picture for posters and letters; ``box`` is the side of one module in pixels."""
    code = dots(url, "#000")
    whole = Image.new("RGB", (code.width + 2 * QUIET, code.height + 2 * QUIET), "#fff")
    whole.paste(code, (QUIET, QUIET))
    picture = BytesIO()
    large = (whole.width * box, whole.height * box)
    whole.resize(large, Image.Resampling.NEAREST).convert("1").save(picture, format="PNG")
    return picture.getvalue()


def dots(url: str, colour: str) -> Image.Image:
    """The code at one pixel a module, without the quiet zone."""
    rows = matrix(url)
    size = (len(rows), len(rows))
    picture = Image.new("RGB", size, "#fff")
    mask = Image.frombytes("L", size, bytes(255 * dark for row in rows for dark in row))
    picture.paste(colour, (0, 0, *size), mask)
    return picture


def _runs(rows: Matrix) -> str:
    parts = []
    for y, row in enumerate(rows, start=QUIET):
        x = QUIET
        for dark, run in groupby(row):
            width = len(list(run))
            if dark:
                parts.append(f"M{x} {y}h{width}v1h-{width}z")
            x += width
    return "".join(parts)
