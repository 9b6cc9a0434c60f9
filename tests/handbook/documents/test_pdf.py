"""What a PDF gives away, written by a program and by hand."""

import zlib
from collections.abc import Callable, Mapping

import pytest
from pypdf import PdfWriter
from pypdf.generic import ArrayObject, FloatObject, NameObject

from handbook.photos.disclosures import Category
from tests import media
from tests.documents import document, pdf, pdf_writer, with_comment, with_stream
from tests.handbook.documents.test_scan import PARTS, found, scanned

XMP = f"<x:xmpmeta{media.XMP.decode().partition('<x:xmpmeta')[2]}".encode()


def _with_facts(**facts: str) -> PdfWriter:
    writer = pdf_writer()
    writer.add_metadata({f"/{name}": value for name, value in facts.items()})
    return writer


def _with_attachment(name: str, data: bytes) -> PdfWriter:
    writer = pdf_writer()
    writer.add_attachment(name, data)
    return writer


def _with_map() -> PdfWriter:
    writer = pdf_writer()
    writer.pages[0][NameObject("/GPTS")] = ArrayObject([FloatObject(51.5), FloatObject(-0.1)])
    return writer


def _docx(name: str) -> bytes:
    kind, path, content, *_ = PARTS[name]
    return document(kind, {path: content})


WRITERS: Mapping[str, tuple[Callable[[], PdfWriter], Category, str]] = {
    "author": (lambda: _with_facts(Author="Robin Doe"), Category.OWNER, "Robin Doe"),
    "author of another alphabet": (lambda: _with_facts(Author="Жук (Лев)"), Category.OWNER, "Жук (Лев)"),
    "company": (lambda: _with_facts(Author="", Company="Doe Ltd"), Category.OWNER, "Doe Ltd"),
    "day": (lambda: _with_facts(CreationDate="D:20240501123000Z"), Category.TIME, "2024-05-01 12:30"),
    "place": (lambda: _with_facts(Author="", City="London"), Category.PLACE, "London"),
    "comment": (lambda: with_comment(pdf_writer(), "Robin Doe"), Category.COMMENT, "by Robin Doe"),
    "attachment": (
        lambda: _with_attachment("pay.txt", b"secret"),
        Category.HIDDEN,
        "an attached file: pay.txt",
    ),
    "attached photo": (
        lambda: _with_attachment("a.jpg", media.jpeg()),
        Category.POSITION,
        media.POSITION,
    ),
    "attached document": (
        lambda: _with_attachment("a.docx", _docx("insertion")),
        Category.CHANGE,
        "by Robin Doe",
    ),
    "photo": (
        lambda: with_stream(pdf_writer(), media.jpeg(), Subtype="Image", Filter="DCTDecode"),
        Category.POSITION,
        media.POSITION,
    ),
    "JPEG 2000 with XMP": (
        lambda: with_stream(pdf_writer(), b"\0\0\0\x0cjP  " + XMP, Subtype="Image", Filter="JPXDecode"),
        Category.POSITION,
        media.POSITION,
    ),
    "XMP": (
        lambda: with_stream(pdf_writer(), media.XMP, Type="Metadata", Subtype="XML"),
        Category.POSITION,
        media.POSITION,
    ),
    "map": (_with_map, Category.POSITION, "map coordinates"),
}


@pytest.mark.parametrize("name", WRITERS)
def test_a_pdf_gives_away_what_was_written_into_it(name: str) -> None:
    writer, category, value = WRITERS[name]
    data = pdf(writer())
    assert (category, value) in found(data)
    assert scanned(data).damage is None


def test_a_plain_pdf_gives_away_no_person_and_no_place() -> None:
    assert {category for category, _ in found(pdf())} <= {Category.SOFTWARE}
    assert scanned(pdf()).obstacle


def _by_hand(*objects: bytes) -> bytes:
    body = b"".join(b"%d 0 obj\n%s\nendobj\n" % (number, text) for number, text in enumerate(objects, 1))
    return b"%PDF-1.7\n" + body + b"trailer << /Root 1 0 R >>\nstartxref\n0\n%%EOF\n"


def _stream(dictionary: bytes, data: bytes) -> bytes:
    return b"<< %s /Length %d >>\nstream\n%s\nendstream" % (dictionary, len(data), data)


FACTS = b"<< /Author (Robin Doe) >>"
BY_HAND = {
    "facts in a stream of objects": _stream(
        b"/Type /ObjStm /N 1 /First 4 /Filter /FlateDecode", zlib.compress(b"7 0 " + FACTS)
    ),
    "a fact in a stream with two filters": _stream(
        b"/Type /ObjStm /N 1 /First 4 /Filter [/ASCIIHexDecode /FlateDecode]",
        zlib.compress(b"7 0 " + FACTS).hex().encode() + b">",
    ),
    "a filter that is an object of its own": _stream(
        b"/Type /ObjStm /N 1 /First 4 /Filter 8 0 R", zlib.compress(b"7 0 " + FACTS)
    ),
    "escapes": rb"<< /Author (Robin\040D\157e) >>",
    "hexadecimal digits": b"<< /Author <526f62696e 20446f65> >>",
    "UTF-16": b"<< /Author <feff" + "Robin Doe".encode("utf-16-be").hex().encode() + b"> >>",
    "a length that is wrong": _stream(b"/Length 99999", b"x") + b"\nendobj\n9 0 obj\n" + FACTS,
    "a stream without an end": FACTS + b"\nendobj\n9 0 obj\n<< >>\nstream\nabc",
}


@pytest.mark.parametrize("name", BY_HAND)
def test_an_author_is_found_however_it_is_written(name: str) -> None:
    assert (Category.OWNER, "Robin Doe") in found(_by_hand(BY_HAND[name]))


def test_a_fact_may_be_an_object_of_its_own() -> None:
    data = _by_hand(b"<< /Author 2 0 R /Producer (a) >>", b"(Robin Doe)")
    assert (Category.OWNER, "Robin Doe") in found(data)


def test_an_earlier_version_is_named_and_read() -> None:
    data = _by_hand(FACTS) + _by_hand(b"<< >>")
    assert {(Category.OWNER, "Robin Doe"), (Category.HIDDEN, "an earlier version of it")} <= found(data)


def test_a_photo_in_a_line_of_text_is_found() -> None:
    content = zlib.compress(b"BI /F /DCT ID " + media.jpeg() + b" EI")
    data = _by_hand(_stream(b"/Filter /FlateDecode", content))
    assert (Category.POSITION, media.POSITION) in found(data)


def test_pixels_are_not_taken_for_a_file() -> None:
    pixels = zlib.compress(media.jpeg())
    data = _by_hand(_stream(b"/Subtype /Image /Filter /FlateDecode", pixels))
    assert found(data) == set()


@pytest.mark.parametrize("password", ["", "secret"])
def test_an_encrypted_pdf_cannot_be_read(password: str) -> None:
    writer = _with_facts(Author="Robin Doe")
    writer.encrypt(password, "owner", algorithm="RC4-128")
    assert "encrypted" in str(scanned(pdf(writer)).damage)


@pytest.mark.parametrize("half", [b"%PDF-1.7\n", pdf()[:300]])
def test_half_a_pdf_cannot_be_read(half: bytes) -> None:
    assert scanned(half).damage


def test_a_damaged_stream_of_objects_cannot_be_read() -> None:
    data = _by_hand(_stream(b"/Type /ObjStm /N 1 /First 4 /Filter /FlateDecode", b"not compressed"))
    assert scanned(data).damage
