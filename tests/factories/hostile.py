"""Fifty files that somebody might send in place of a photo, and what becomes of each."""

import struct
import zipfile
import zlib
from io import BytesIO

from PIL import Image, PngImagePlugin

from tests.factories.form import picture

TAKEN, NO_PICTURE, TOO_MANY, TOO_HEAVY = "taken", "NotAPicture", "TooManyPixels", "TooHeavy"
SECRET = b"secret-of-the-camera"
ORIENTATION, GPS, DESCRIPTION = 0x0112, 0x8825, 0x010E
SVG = b"<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><script>alert(1)</script></svg>"


def a_zip():
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("evil.html", SECRET + b"<script>")
    return out.getvalue()


def with_exif(size=(400, 200), form="JPEG", turned=6, **how):
    """A place, a turn, and words in the metadata."""
    exif = Image.Exif()
    exif[ORIENTATION] = turned
    exif[DESCRIPTION] = SECRET.decode()
    exif.get_ifd(GPS).update({1: "N", 2: (26.0, 54.0, 0.0), 3: "E", 4: (75.0, 48.0, 0.0)})
    return picture(form, size=size, exif=exif, **how)


def moving(form, frames, size, **how):
    out = BytesIO()
    first, *rest = (Image.new("RGB", size, (20 * n % 256, 200 - 2 * n, n)) for n in range(frames))
    first.save(out, form, save_all=True, append_images=rest, **how)
    return out.getvalue()


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width, height, depth, colour, data):
    """A PNG made by hand: what its head says need not be what its data hold."""
    head = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def with_words(words):
    info = PngImagePlugin.PngInfo()
    info.add_text("Comment", words, zip=True)
    info.add_itxt("XML:com.adobe.xmp", SECRET.decode())
    return picture("PNG", pnginfo=info)


def heic():
    """The head of an iPhone's photo."""
    return struct.pack(">I", 24) + b"ftypheic" + bytes(4) + b"mif1heic" + bytes(2000)


def with_zlib_bomb():
    """A few kilobytes of comment that swell to two hundred megabytes."""
    squeezed = zlib.compress(bytes(200_000_000), 9)
    whole = picture("PNG")
    return whole[:33] + chunk(b"zTXt", b"Comment\x00\x00" + squeezed) + whole[33:]


def with_icc_bomb():
    squeezed = zlib.compress(bytes(100_000_000), 9)
    whole = picture("PNG")
    return whole[:33] + chunk(b"iCCP", b"x\x00\x00" + squeezed) + whole[33:]


def cut(data, share=0.5):
    return data[: int(len(data) * share)]


def noise(size):
    """A picture that does not shrink."""
    return Image.effect_noise(size, 90).convert("RGB")


def noisy(form, size, **how):
    out = BytesIO()
    noise(size).save(out, form, **how)
    return out.getvalue()


def fifty():
    """Name → (the file, what becomes of it)."""
    return not_there() | something_else() | too_much() | swelling() | clean()


def not_there():
    return {
        "nothing": (b"", NO_PICTURE),
        "words": (b"hello" * 100, NO_PICTURE),
        "only the head of a JPEG": (b"\xff\xd8\xff\xe0\x00\x10JFIF", NO_PICTURE),
        "only the head of a PNG": (b"\x89PNG\r\n\x1a\n", NO_PICTURE),
        "only the head of a WebP": (b"RIFF\x00\x10\x00\x00WEBPVP8 ", NO_PICTURE),
        "a JPEG cut off": (cut(noisy("JPEG", (800, 600))), NO_PICTURE),
        "a PNG cut off": (cut(noisy("PNG", (300, 300))), NO_PICTURE),
        "a WebP cut off": (cut(noisy("WEBP", (800, 600))), NO_PICTURE),
        "a PNG whose data lie": (png(4000, 4000, 8, 2, zlib.compress(b"\x00" * 100)), NO_PICTURE),
        "a PNG of no width": (png(0, 10, 8, 2, zlib.compress(b"")), NO_PICTURE),
    }


def something_else():
    return {
        "SVG": (SVG, NO_PICTURE),
        "SVG that calls itself XML": (b"<?xml version='1.0'?>" + SVG, NO_PICTURE),
        "HTML": (b"<!doctype html><script>alert(1)</script>", NO_PICTURE),
        "PDF": (b"%PDF-1.7\n1 0 obj\n", NO_PICTURE),
        "PostScript": (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n", NO_PICTURE),
        "ZIP": (a_zip(), NO_PICTURE),
        "HEIC": (heic(), NO_PICTURE),
        "TIFF": (picture("TIFF"), NO_PICTURE),
        "BMP": (picture("BMP"), NO_PICTURE),
        "ICO": (picture("ICO"), NO_PICTURE),
        "GIF": (picture("GIF"), NO_PICTURE),
        "GIF of 200 frames": (moving("GIF", 200, (40, 40)), NO_PICTURE),
    }


def too_much():
    jpeg, one_bit = picture(), {"mode": "1", "colour": 0}
    return {
        "8 MB and a byte": (jpeg + bytes(8 * 1024 * 1024 - len(jpeg) + 1), TOO_HEAVY),
        "1 bit, 20,000 × 20,000": (picture("PNG", size=(20_000, 20_000), **one_bit), TOO_MANY),
        "24 megapixels and a row": (picture("PNG", size=(6000, 4001), **one_bit), TOO_MANY),
        "a head that says 65,000 × 65,000": (png(65_000, 65_000, 8, 2, zlib.compress(b"")), TOO_MANY),
        "a JPEG of 30 megapixels": (picture(size=(6000, 5000), mode="L", colour=0), TOO_MANY),
        "a WebP of 9 megapixels": (picture("WEBP", size=(3000, 3001)), TOO_MANY),
        "APNG of 7 × 4 megapixels": (moving("PNG", 7, (2000, 2000)), TOO_MANY),
        "WebP of 60 frames": (moving("WEBP", 60, (400, 400)), TOO_MANY),
        "CMYK in waves, 24 megapixels": (picture(size=(6000, 4000), mode="CMYK", colour=0, progressive=True), TOO_MANY),
    }


def swelling():
    return {
        "a comment that swells": (with_zlib_bomb(), NO_PICTURE),
        "a colour profile that swells": (with_icc_bomb(), NO_PICTURE),
    }


def clean():
    """What is taken, and must come out without a word of what it carried."""
    jpeg, one_bit = picture(), {"mode": "1", "colour": 0}
    sixteen = zlib.compress(b"".join(b"\x00" + bytes([n, 0] * 60) for n in range(40)))
    return {
        "place, turn and words": (with_exif(), TAKEN),
        "place, turn and words in a WebP": (with_exif(form="WEBP"), TAKEN),
        "place, turn and words in a PNG": (with_exif(form="PNG"), TAKEN),
        "words in a PNG": (with_words(SECRET.decode()), TAKEN),
        "a ZIP behind a JPEG": (jpeg + a_zip(), TAKEN),
        "a page behind a PNG": (picture("PNG") + SECRET + SVG, TAKEN),
        "a small film": (moving("PNG", 3, (60, 40)), TAKEN),
        "CMYK": (picture(mode="CMYK", colour=0), TAKEN),
        "CMYK at the limit": (picture(size=(6000, 4000), mode="CMYK", colour=0), TAKEN),
        "16 bits": (png(60, 40, 16, 0, sixteen), TAKEN),
        "clear ground at the limit": (picture("PNG", size=(6000, 4000), mode="RGBA", colour=0), TAKEN),
        "1 bit at the limit": (picture("PNG", size=(6000, 4000), **one_bit), TAKEN),
        "16 bits at the limit": (png(6000, 4000, 16, 2, zlib.compress(bytes(4000 * (1 + 6000 * 6)))), TAKEN),
        "in waves at the limit": (picture(size=(6000, 4000), progressive=True, subsampling=0), TAKEN),
        "CMYK in waves at the limit": (picture(size=(4500, 4000), mode="CMYK", colour=0, progressive=True), TAKEN),
        "noise of 12 megapixels": (noisy("JPEG", (4000, 3000), quality=40), TAKEN),
        "wrong ending": (picture("WEBP"), TAKEN),
    }
