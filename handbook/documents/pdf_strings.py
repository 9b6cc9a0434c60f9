"""Strings in PDF. Source: ISO 32000-1, 7.3.4 and 7.9.2."""

import re
from typing import Final

_MAX_BYTES: Final = 2000
_HEXADECIMAL: Final = re.compile(rb"<([0-9A-Fa-f\s]*)>")
_ESCAPE: Final = re.compile(rb"\\(?:([0-7]{1,3})|(\r\n|.))", re.DOTALL)
_LETTERS: Final = {
    b"n": b"\n",
    b"r": b"\r",
    b"t": b"\t",
    b"b": b"",
    b"f": b"",
    b"\n": b"",
    b"\r": b"",
    b"\r\n": b"",
}


def string_at(data: bytes, offset: int) -> str:
    """Return the text, or its beginning, of the string that begins at an offset; empty if none does."""
    beginning = data[offset : offset + _MAX_BYTES]
    if beginning.startswith(b"("):
        return _decoded(_ESCAPE.sub(_unescaped, _literal(beginning)))
    match = _HEXADECIMAL.match(beginning)
    if not match:
        return ""
    digits = b"".join(match[1].split())
    return _decoded(bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode("ascii")))


def _literal(data: bytes) -> bytes:
    """Return what is between the first parenthesis and the one that closes it."""
    depth, offset = 0, 0
    for offset, letter in enumerate(data):
        if offset and data[offset - 1] == 0x5C and _is_escaped(data, offset):
            continue
        depth += {0x28: 1, 0x29: -1}.get(letter, 0)
        if not depth:
            break
    return data[1:offset]


def _is_escaped(data: bytes, offset: int) -> bool:
    before = data[:offset]
    return (len(before) - len(before.rstrip(b"\\"))) % 2 == 1


def _unescaped(match: re.Match[bytes]) -> bytes:
    if match[1]:
        return bytes([int(match[1], 8) & 0xFF])
    return _LETTERS.get(match[2], match[2])


def _decoded(data: bytes) -> str:
    if data.startswith(b"\xfe\xff"):
        return data[2:].decode("utf-16-be", "replace")
    if data.startswith(b"\xff\xfe"):
        return data[2:].decode("utf-16-le", "replace")
    if data.startswith(b"\xef\xbb\xbf"):
        return data[3:].decode("utf-8", "replace")
    return data.decode("latin-1")
