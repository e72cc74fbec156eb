"""Files that are handed out are known by what is in them."""

import pytest

from tests.factories.form import picture
from training import media

MP4 = b"\x00\x00\x00\x18ftypmp42" + bytes(100)
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"

pytestmark = pytest.mark.once


@pytest.mark.parametrize(
    ("content", "name", "media_type"),
    [
        (PDF, "पाठ 1.pdf", "application/pdf"),
        (picture("PNG"), "पाठ 1.webp", "image/webp"),
        (picture("JPEG"), "पाठ 1.webp", "image/webp"),
        (b"ID3\x04" + bytes(100), "पाठ 1.mp3", "audio/mpeg"),
        (b"\xff\xfb\x90\x64" + bytes(100), "पाठ 1.mp3", "audio/mpeg"),
        (MP4, "पाठ 1.mp4", "video/mp4"),
    ],
    ids=["pdf", "png", "jpeg", "mp3", "mp3-frame", "mp4"],
)
def test_each_kind_is_known_whatever_the_name_says(content, name, media_type):
    received = media.receive("पाठ 1.exe", content)

    assert (received.name, received.media_type) == (name, media_type)


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (b"<html><script>alert(1)</script>", media.WrongKind),
        (b"MZ\x90\x00", media.WrongKind),
        (b"\x00\x00\x00\x18ftypqt  " + bytes(100), media.WrongKind),
        (b"%PDF-1.7\n/JavaScript (x)\n%%EOF\n", media.HasProgram),
        (MP4 + bytes(5 * 1024 * 1024), media.TooHeavy),
    ],
    ids=["page", "program", "other-film", "pdf-with-program", "heavy"],
)
def test_what_is_none_of_them_is_refused(content, error):
    with pytest.raises(error):
        media.receive("पाठ.pdf", content)
