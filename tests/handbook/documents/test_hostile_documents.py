"""Documents that are made to do harm: each is judged within limits that are counted, not timed."""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handbook.documents.scan import scan_document
from tests import media
from tests.documents import PLAIN, document, pdf
from tests.handbook.documents.test_scan import scanned

ENTITIES = '<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><a>&b;</a>'
OUTSIDE = '<!DOCTYPE a [<!ENTITY a SYSTEM "file:///etc/passwd">]><a>&a;</a>'


def _zeros(size: int) -> bytes:
    return document("docx", {"word/a.xml": b"<a>" + bytes(size)})


def _nested(levels: int) -> bytes:
    data = media.jpeg()
    for _ in range(levels):
        data = document("docx", {"word/embeddings/a.docx": data})
    return data


def _attributes(count: int) -> bytes:
    return b"<a " + b" ".join(b'a%d=""' % number for number in range(count)) + b"/>"


def _many_entries(count: int) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for number in range(count):
            archive.writestr(f"word/{number}", b"")
    return target.getvalue()


def _encrypted() -> bytes:
    data = bytearray(document("docx"))
    data[data.index(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


def _claiming(size: int) -> bytes:
    """Return a document that says that a part is larger than it is."""
    data = bytearray(document("docx", {"word/a.xml": b"<a/>"}))
    entry = data.rindex(b"PK\x01\x02")
    data[entry + 24 : entry + 28] = struct.pack("<I", size)
    return bytes(data)


def _pdf_with(*objects: bytes) -> bytes:
    return b"%PDF-1.7\n" + b"\n".join(objects) + b"\nstartxref\n0\n"


def _bomb(dictionary: bytes, size: int) -> bytes:
    data = zlib.compress(bytes(size))
    return b"1 0 obj << %s /Filter /FlateDecode /Length %d >> stream\n%s\nendstream" % (
        dictionary,
        len(data),
        data,
    )


UNREADABLE: Mapping[str, Callable[[], bytes]] = {
    "a part of 100 MB": lambda: _zeros(100 * 2**20),
    "a part that claims 4 GB": lambda: _claiming(2**32 - 2),
    "20,000 parts": lambda: _many_entries(20_000),
    "entities": lambda: document("docx", {"word/a.xml": ENTITIES.encode()}),
    "an entity that names a file": lambda: document("odt", {"meta.xml": OUTSIDE.encode()}),
    "nested elements": lambda: document("docx", {"word/a.xml": b"<a>" * 300 + b"</a>" * 300}),
    "1,100,000 elements": lambda: document("docx", {"word/a.xml": b"<a>%s</a>" % (b"<b/>" * 1_100_000)}),
    "a tag with 2,000,000 attributes": lambda: document("docx", {"word/a.xml": _attributes(2_000_000)}),
    "XML that is cut short": lambda: document("docx", {"word/a.xml": b"<a><b>"}),
    "nested documents": lambda: _nested(6),
    "an encrypted part": _encrypted,
    "half a document": lambda: document("docx")[:300],
    "a zip file": lambda: _many_entries(1).replace(b"word", b"any_"),
    "a damaged photo": lambda: document("docx", {"word/media/a.jpg": media.jpeg()[:900]}),
    "an encrypted OpenDocument": lambda: document(
        "odt", {"META-INF/manifest.xml": "<manifest:manifest><manifest:encryption-data/></manifest:manifest>"}
    ),
    "an old document": lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512),
    "a stream of 100 MB": lambda: _pdf_with(_bomb(b"", 100 * 2**20)),
    "ten streams of 60 MB": lambda: _pdf_with(*[_bomb(b"", 60 * 2**20)] * 10),
    "1,100,000 objects": lambda: _pdf_with(b"1 0 obj\n" * 1_100_000),
    "a PDF of 70 MB": lambda: b"%PDF-1.7" + bytes(70 * 2**20),
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_a_hostile_document_cannot_be_read(name: str) -> None:
    assert scanned(UNREADABLE[name]()).damage


# What would take quadratic time if a pattern looked for its end again from each beginning.
SLOW = {
    "brackets": b"/GPTS [" * 200_000,
    "parentheses": b"1 0 obj << /Author " + b"(" * 1_000_000,
    "backslashes": b"1 0 obj << /Author (" + b"\\" * 1_000_000,
    "names": b"1 0 obj << /Author (a) " + b"/A (b) " * 150_000,
    "blanks": b"1" + b" " * 1_000_000 + b"0 obj",
    "packets": b"1 0 obj << /Filter /JPXDecode >> stream\n" + b"<x:xmpmeta" * 100_000,
    "photos": b"1 0 obj << >> stream\n" + b"\xff\xd8\xff\xe0" * 200_000,
}


@pytest.mark.parametrize("name", SLOW)
def test_a_repetition_is_read_once(name: str) -> None:
    assert scanned(_pdf_with(SLOW[name])).format == "PDF"


SEEDS = [document(kind, {"a.jpg": media.jpeg()}) for kind in PLAIN] + [pdf()]


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(SEEDS), st.integers(0, 10**6), st.binary(min_size=1, max_size=8), st.booleans())
def test_a_damaged_document_never_stops_the_check(seed: bytes, place: int, bytes_: bytes, cut: bool) -> None:
    offset = place % len(seed)
    damaged = seed[:offset] + bytes_ + (b"" if cut else seed[offset + len(bytes_) :])
    scan_document(io.BytesIO(damaged))
