"""What an RTF document gives away."""

import pytest

from handbook.photos.disclosures import Category
from tests import media
from tests.handbook.documents.test_scan import found, scanned

DOCUMENTS = {
    r"{\info{\author Robin Doe}}": (Category.OWNER, "Robin Doe"),
    r"{\info{\operator Robin Doe}}": (Category.OWNER, "Robin Doe"),
    r"{\info{\*\company Doe Ltd}}": (Category.OWNER, "Doe Ltd"),
    r"{\info{\author Ren\'e9e}}": (Category.OWNER, "Renée"),
    r"{\info{\author \u1046?\u1091?\u1082?}}": (Category.OWNER, "Жук"),
    r"{\*\revtbl{Unknown;}{Robin Doe;}}": (Category.OWNER, "Robin Doe"),
    r"\pard a{\revised\revauth1 b}": (Category.CHANGE, ""),
    r"\pard a\deleted b\deleted0": (Category.CHANGE, ""),
    r"a{\*\atnauthor Robin Doe}{\*\annotation Is this true?}": (Category.COMMENT, "by Robin Doe"),
    r"a{\v secret}": (Category.HIDDEN, "hidden text: secret"),
    r"{\*\template C:\'5cUsers\'5cdoe\'5ca.dot}": (Category.HIDDEN, r"a path: C:\Users\doe\a.dot"),
    r"{\*\userprops{\propname City}\proptype30{\staticval London}}": (Category.PLACE, "London"),
}


def _rtf(content: str) -> bytes:
    return b"{\\rtf1\\ansi " + content.encode("ascii", "strict") + b"}"


@pytest.mark.parametrize("content", DOCUMENTS)
def test_a_document_gives_away_what_is_written_in_it(content: str) -> None:
    assert DOCUMENTS[content] in found(_rtf(content))
    assert scanned(_rtf(content)).damage is None


@pytest.mark.parametrize(
    "content",
    [
        r"\pard a \revised0 b",
        r"\v0 a",
        r"{\v }",
        r"{\*\revtbl{Unknown;}}",
        r"\\deleted",
        r"{\info{\author }}",
    ],
)
def test_a_plain_document_gives_nothing_away(content: str) -> None:
    assert (found(_rtf(content)), scanned(_rtf(content)).damage) == (set(), None)


def test_a_photo_is_read_in_digits_and_in_bytes() -> None:
    photo = media.jpeg()
    lines = "\n".join(photo.hex()[start : start + 80] for start in range(0, 2 * len(photo), 80))
    assert (Category.POSITION, media.POSITION) in found(_rtf(rf"{{\pict\jpegblip {lines}}}"))
    raw = b"{\\rtf1{\\pict\\jpegblip\\bin%d %s}}" % (len(photo), photo)
    assert (Category.POSITION, media.POSITION) in found(raw)


def test_an_embedded_object_cannot_be_read() -> None:
    data = (b"\1\5\0\0" + b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1").hex()
    assert "object" in str(scanned(_rtf(rf"{{\object{{\*\objdata {data}}}}}")).damage)


@pytest.mark.parametrize(
    "data", [b"{\\rtf1 a", b"{\\rtf1" + b"{" * 1000, b"{\\rtf1 \\", b"{\\rtf1" + b"\\a" * 1_100_000 + b"}"]
)
def test_a_hostile_document_cannot_be_read(data: bytes) -> None:
    assert scanned(data).damage


def test_a_length_beyond_the_end_stops_nothing() -> None:
    assert scanned(b"{\\rtf1{\\pict\\bin999999999 a}}").damage
