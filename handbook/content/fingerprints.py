"""Fingerprints, which show whether a text is still the text that somebody read.

Version 1 (`sha256:…`) covers the text of a page below its front matter. Version 2 (`v2:sha256:…`) covers
what readers of the page read; `Handbook.fingerprint` returns it.
"""

import hashlib
import json
import re
import unicodedata
from collections.abc import Sequence
from typing import Final

from handbook.content.pages import Page
from handbook.text.markdown.code import fences

VERSION_2: Final = "v2:"
# The keys of the front matter that readers see, or that decide who they are.
READ_KEYS: Final = ("title", "description", "audience", "applies_to", "sources")
_PREFIX: Final = "sha256:"
_FINGERPRINT: Final = re.compile(rf"(?:{VERSION_2})?{_PREFIX}[0-9a-f]{{64}}")
FORM_OF_FINGERPRINTS: Final = f"^{_FINGERPRINT.pattern}$"
_TRAILING_SPACES: Final = re.compile(r"[ \t]+$", re.MULTILINE)
_BEFORE_LINE_ENDS: Final = (" \n", "\t\n")
# A comment on lines of its own that every reader of HTML ends at the same place, and that holds no
# expression. Whatever else looks like a comment counts as text.
_COMMENT: Final = re.compile(r"^ {0,3}<!--(?!-?>)(?:(?!--)[^{])*-->[ \t]*(?:\n\s*|\Z)", re.MULTILINE)


def body_fingerprint(body: str) -> str:
    """Return the fingerprint, in version 1, of a page's text below its front matter.

    The text is normalized first (Unicode form C, LF line ends, no trailing spaces, no empty lines at its
    ends), so that only what a reader could see makes a difference.
    """
    return _PREFIX + sha256(normal_text(body).encode("utf-8"))


def page_fingerprint(page: Page, shown: Sequence[str]) -> str:
    """Return the fingerprint, in version 2, of a page whose expressions show `shown` of the registers."""
    head = [page.front_matter.values.get(key) for key in READ_KEYS]
    parts = [*head, normal_text(readable_text(page.body)), [normal_text(text) for text in shown]]
    data = json.dumps(parts, ensure_ascii=False, separators=(",", ":"), default=str)
    return VERSION_2 + _PREFIX + sha256(unicodedata.normalize("NFC", data).encode("utf-8"))


def readable_text(body: str) -> str:
    """Return the text of a page without the comments, which no reader reads."""
    if "<!--" not in body:
        return body
    blocks = list(fences(body))

    def kept(comment: re.Match[str]) -> str:
        is_code = any(start < comment.end() and comment.start() < end for start, end in blocks)
        return comment[0] if is_code else ""

    return _COMMENT.sub(kept, body)


def is_fingerprint(text: str) -> bool:
    """Tell whether a text has the form of a fingerprint."""
    return _FINGERPRINT.fullmatch(text) is not None


def is_first_version(fingerprint: str) -> bool:
    """Tell whether a fingerprint covers the text alone, and none of what its macros show."""
    return not fingerprint.startswith(VERSION_2)


def sha256(data: bytes) -> str:
    """Return the SHA-256 of a file, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def normal_text(body: str) -> str:
    """Return a text in Unicode form C, with LF line ends, and without spaces at the ends of lines."""
    normal = body if body.isascii() else unicodedata.normalize("NFC", body)
    lines = normal.replace("\r\n", "\n")
    if any(spaces in lines for spaces in _BEFORE_LINE_ENDS) or lines.endswith((" ", "\t")):
        lines = _TRAILING_SPACES.sub("", lines)  # Searching every text costs more than the hash.
    return lines.strip("\n")
