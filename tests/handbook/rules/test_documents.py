"""IMG001 of published documents: what is an error, and what is a notice."""

import io
from dataclasses import replace

import pytest

from handbook.check.runner import check
from handbook.content.assets import Asset
from handbook.model import Handbook
from handbook.rules import RULES
from tests import media
from tests.documents import document, pdf, pdf_writer, with_comment, with_stream
from tests.handbook.documents.test_scan import PARTS


def _of(part: str) -> bytes:
    kind, path, content, *_ = PARTS[part]
    return document(kind, {path: content})


FILES = {
    "docx": (_of("insertion"), [("error", "Robin Doe")]),
    "odt": (_of("change in OpenDocument"), [("error", "Robin Doe")]),
    "xlsx": (_of("note of a cell"), [("info", "Robin Doe")]),
    "pptx": (
        document("pptx", {"ppt/media/a.jpg": media.jpeg()}),
        [("error", media.POSITION), ("info", "Robin Doe")],
    ),
    "ods": (_of("hidden sheet in OpenDocument"), [("info", "sheet")]),
    "pdf": (pdf(with_comment(pdf_writer(), "Robin Doe")), [("info", "Robin Doe")]),
    "PDF": (
        pdf(with_stream(pdf_writer(), media.jpeg(), Filter="DCTDecode")),
        [("error", media.POSITION), ("info", "Robin Doe")],
    ),
    "odp": (document("odp")[:200], [("error", "nobody knows")]),
}


def _findings(handbook: Handbook, name: str, data: bytes) -> list[tuple[str, str]]:
    asset = Asset(f"docs/{name}", lambda: io.BytesIO(data))
    findings = check(replace(handbook, assets=[asset]), [RULES["IMG001"]]).findings
    assert {finding.path for finding in findings} <= {asset.path}
    return [(finding.severity, finding.message) for finding in findings]


@pytest.mark.parametrize("ending", FILES)
def test_a_document_is_judged_by_what_it_gives_away(handbook: Handbook, ending: str) -> None:
    data, expected = FILES[ending]
    findings = _findings(handbook, f"a.{ending}", data)
    assert [severity for severity, _ in findings] == [severity for severity, _ in expected]
    assert not [
        word for (_, word), (_, message) in zip(expected, findings, strict=True) if word not in message
    ]


@pytest.mark.parametrize("ending", ["docx", "xlsx", "pptx", "odt", "ods", "odp", "pdf", "rtf"])
def test_what_is_called_a_document_and_is_not_one_is_an_error(handbook: Handbook, ending: str) -> None:
    assert [severity for severity, _ in _findings(handbook, f"a.{ending}", b"anything")] == ["error"]


def test_a_photo_that_is_called_a_document_is_read(handbook: Handbook) -> None:
    (finding,) = _findings(handbook, "a.pdf", media.CARRIERS["jpeg-exif"])
    assert media.POSITION in finding[1]


def test_a_plain_document_has_no_finding(handbook: Handbook) -> None:
    assert _findings(handbook, "a.docx", document("docx")) == []
