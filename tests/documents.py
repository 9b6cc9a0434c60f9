"""Office documents and PDFs, made for tests of what they give away."""

import io
import zipfile
from collections.abc import Mapping
from typing import Final

from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    TextStringObject,
)

OOXML: Final = "http://schemas.openxmlformats.org"
NAMES: Final = " ".join(
    f'xmlns:{prefix}="{space}"'
    for prefix, space in {
        "w": f"{OOXML}/wordprocessingml/2006/main",
        "x": f"{OOXML}/spreadsheetml/2006/main",
        "p": f"{OOXML}/presentationml/2006/main",
        "a": f"{OOXML}/drawingml/2006/main",
        "cp": f"{OOXML}/package/2006/metadata/core-properties",
        "app": f"{OOXML}/officeDocument/2006/extended-properties",
        "custom": f"{OOXML}/officeDocument/2006/custom-properties",
        "vt": f"{OOXML}/officeDocument/2006/docPropsVTypes",
        "rel": f"{OOXML}/package/2006/relationships",
        "p188": "http://schemas.microsoft.com/office/powerpoint/2018/8/main",
        "w15": "http://schemas.microsoft.com/office/word/2012/wordml",
        "tc": "http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments",
        "x15ac": "http://schemas.microsoft.com/office/spreadsheetml/2010/11/ac",
        "strict": "http://purl.oclc.org/ooxml/wordprocessingml/main",
        "dc": "http://purl.org/dc/elements/1.1/",
        "dcterms": "http://purl.org/dc/terms/",
        "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
        "meta": "urn:oasis:names:tc:opendocument:xmlns:meta:1.0",
        "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
        "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
        "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
        "draw": "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0",
        "presentation": "urn:oasis:names:tc:opendocument:xmlns:presentation:1.0",
        "manifest": "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0",
        "VL": "http://openoffice.org/2001/versions-list",
    }.items()
)
TYPES: Final = "[Content_Types].xml"
OPEN_DOCUMENT: Final = "application/vnd.oasis.opendocument"
# What makes each kind of document, without anything to give away.
PLAIN: Final[Mapping[str, Mapping[str, bytes | str]]] = {
    "docx": {
        TYPES: "<Types/>",
        "word/document.xml": "<w:document><w:t>Hi</w:t></w:document>",
    },
    "xlsx": {
        TYPES: "<Types/>",
        "xl/workbook.xml": '<x:workbook><x:sheet name="A"/></x:workbook>',
    },
    "pptx": {TYPES: "<Types/>", "ppt/slides/slide1.xml": "<p:sld/>"},
    "odt": {"mimetype": f"{OPEN_DOCUMENT}.text", "content.xml": "<office:document-content/>"},
    "ods": {"mimetype": f"{OPEN_DOCUMENT}.spreadsheet", "content.xml": "<office:document-content/>"},
    "odp": {"mimetype": f"{OPEN_DOCUMENT}.presentation", "content.xml": "<office:document-content/>"},
}


def document(kind: str, parts: Mapping[str, bytes | str] | None = None) -> bytes:
    """Return a document of a kind with further parts; the root of a part in XML gets the namespaces."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in {**PLAIN[kind], **(parts or {})}.items():
            archive.writestr(name, content if isinstance(content, bytes) else with_names(content))
    return target.getvalue()


def with_names(text: str) -> str:
    """Declare the namespaces at the root of XML; other text stays as it is."""
    if not text.startswith("<"):
        return text
    end = min(offset for offset in (text.find(">"), text.find("/>"), text.find(" ")) if offset > 0)
    return f"{text[:end]} {NAMES}{text[end:]}"


def pdf(writer: PdfWriter | None = None) -> bytes:
    """Return the PDF of a writer, or one with an empty page."""
    target = io.BytesIO()
    writer = writer or pdf_writer()
    writer.write(target)
    return target.getvalue()


def pdf_writer() -> PdfWriter:
    """Return a writer with one page."""
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    return writer


def with_comment(writer: PdfWriter, author: str) -> PdfWriter:
    """Add a note of a reader to the first page."""
    note = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Annot"),
            NameObject("/Subtype"): NameObject("/Highlight"),
            NameObject("/Rect"): ArrayObject([FloatObject(number) for number in (0, 0, 9, 9)]),
            NameObject("/T"): TextStringObject(author),
            NameObject("/Contents"): TextStringObject("Is this true?"),
        }
    )
    writer.add_annotation(0, note)
    return writer


def with_stream(writer: PdfWriter, data: bytes, **entries: str) -> PdfWriter:
    """Add a stream whose dictionary has the names."""
    stream = DecodedStreamObject()
    stream.set_data(data)
    stream.update({NameObject(f"/{name}"): NameObject(f"/{value}") for name, value in entries.items()})
    writer._add_object(stream)
    return writer
