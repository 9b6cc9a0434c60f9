"""Fingerprints, which show whether a text is still the text that somebody read."""

import hashlib
import re
import unicodedata
from typing import Final

_TRAILING_BLANKS: Final = re.compile(r"[ \t]+$", re.MULTILINE)
_BEFORE_LINE_ENDS: Final = (" \n", "\t\n")
_PREFIX: Final = "sha256:"


def fingerprint(body: str) -> str:
    """Return `sha256:` and the SHA-256, in hexadecimal, of a page's text below its front matter.

    The text is normalized first (Unicode form C, LF line ends, no trailing blanks, no empty lines at its
    ends), so that only what a reader could see makes a difference.
    """
    normal = body if body.isascii() else unicodedata.normalize("NFC", body)
    lines = normal.replace("\r\n", "\n")
    if any(blanks in lines for blanks in _BEFORE_LINE_ENDS) or lines.endswith((" ", "\t")):
        lines = _TRAILING_BLANKS.sub("", lines)  # Searching every text costs more than the hash.
    return _PREFIX + hashlib.sha256(lines.strip("\n").encode("utf-8")).hexdigest()


def is_fingerprint(text: str) -> bool:
    """Tell whether a text has the form of a fingerprint."""
    return re.fullmatch(r"sha256:[0-9a-f]{64}", text) is not None


def sha256(data: bytes) -> str:
    """Return the SHA-256 of a file, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()
