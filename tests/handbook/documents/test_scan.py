"""What documents give away, in each format."""

import base64
import io
from collections.abc import Mapping
from pathlib import Path

import pytest

from handbook.documents.scan import scan_any, scan_document
from handbook.photos.disclosures import Category
from handbook.photos.scan import ScannedFile
from tests import media
from tests.documents import PLAIN, document, with_names

Found = set[tuple[Category, str]]


def _rows(name: str) -> list[list[str]]:
    lines = Path(__file__).with_name(name).read_text("utf-8").splitlines()[1:]
    return [[cell.strip() for cell in line.split(" | ")] for line in lines]


# Each part, in a document of a kind, and what it gives away.
PARTS: Mapping[str, tuple[str, str, str, Category, str]] = {
    name: (kind, path, content, Category[category], "".join(value))
    for name, kind, path, content, category, *value in _rows("parts.txt")
}
HARMLESS = {name: cells for name, *cells in _rows("harmless.txt")}


def scanned(data: bytes) -> ScannedFile:
    result = scan_document(io.BytesIO(data))
    assert result is not None
    return result


def found(data: bytes) -> Found:
    return {(item.category, item.value) for item in scanned(data).disclosures}


@pytest.mark.parametrize("name", PARTS)
def test_a_part_gives_away_what_it_says(name: str) -> None:
    kind, path, content, category, value = PARTS[name]
    data = document(kind, {path: content})
    assert (category, value) in found(data)
    assert scanned(data).damage is None


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_the_encoding_of_a_part_hides_nothing(encoding: str) -> None:
    kind, path, content, category, value = PARTS["insertion"]
    plain = document(kind, {path: content})
    assert (category, value) in found(plain)
    assert (category, value) in found(document(kind, {path: with_names(content).encode(encoding)}))


@pytest.mark.parametrize("kind", PLAIN)
def test_a_plain_document_gives_nothing_away(kind: str) -> None:
    plain = scanned(document(kind))
    assert (plain.disclosures, plain.unreadable) == ((), None)
    assert plain.obstacle


@pytest.mark.parametrize("name", HARMLESS)
def test_a_harmless_part_gives_nothing_away(name: str) -> None:
    kind, path, content = HARMLESS[name]
    data = document(kind, {path: content.encode() if content.startswith("<!") else content})
    assert (scanned(data).disclosures, scanned(data).damage) == ((), None)


@pytest.mark.parametrize("name", ["City: draft", "State", "Position"])
def test_a_property_of_the_work_is_not_a_place(name: str) -> None:
    text = "<vt:lpwstr>draft</vt:lpwstr>"
    properties = (
        f'<custom:Properties><custom:property name="{name}">{text}</custom:property></custom:Properties>'
    )
    assert not scanned(document("docx", {"docProps/custom.xml": properties})).locations


@pytest.mark.parametrize(
    "path", ["word/media/image1.jpeg", "word/media/image1.bin", "customXml/any", "image1.png"]
)
def test_each_picture_is_read_whatever_its_name(path: str) -> None:
    assert (Category.POSITION, media.POSITION) in found(document("docx", {path: media.jpeg()}))


@pytest.mark.parametrize("name", media.SAMPLES)
def test_each_format_of_pictures_is_read_in_documents(name: str) -> None:
    locations = scan_any(io.BytesIO(media.SAMPLES[name]))
    assert locations is not None
    assert scanned(document("odp", {"Pictures/a": media.SAMPLES[name]})).locations == locations.locations


def test_a_picture_is_found_in_a_drawing_of_another_program() -> None:
    assert (Category.POSITION, media.POSITION) in found(
        document("docx", {"a.emf": b"\1\0\0\0" + media.jpeg()})
    )


def test_a_picture_is_found_in_xml() -> None:
    text = base64.encodebytes(media.jpeg()).decode()
    content = (
        f"<office:document-content><office:binary-data>{text}</office:binary-data></office:document-content>"
    )
    assert (Category.POSITION, media.POSITION) in found(document("odt", {"content.xml": content}))


def test_a_document_in_a_document_is_read() -> None:
    kind, path, content, category, value = PARTS["hidden sheet"]
    assert (category, value) in found(
        document("pptx", {"ppt/embeddings/a.xlsx": document(kind, {path: content})})
    )


def test_what_only_another_program_can_read_makes_a_document_unreadable() -> None:
    data = document(
        "docx", {"word/embeddings/oleObject1.bin": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)}
    )
    assert "oleObject1.bin" in str(scanned(data).damage)


def test_the_settings_of_a_printer_give_nothing_away() -> None:
    for settings in (b"\1\2", b"\xff\xd8 begins like a photo"):
        data = document("xlsx", {"xl/printerSettings/printerSettings1.bin": settings})
        assert (scanned(data).disclosures, scanned(data).damage) == ((), None)


def test_photos_and_other_files_are_not_documents() -> None:
    assert scan_document(io.BytesIO(media.jpeg())) is None
    assert scan_document(io.BytesIO(b"text")) is None
