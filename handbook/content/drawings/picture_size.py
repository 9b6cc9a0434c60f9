"""Reads how many pixels a picture says that it has, from its first bytes."""

from typing import Final, Literal

_BIG: Final = "big"
_LITTLE: Final = "little"
# Segments of a JPEG that hold its size. Three in their range hold tables instead.
_SIZED: Final = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}


def pixels(data: bytes) -> int | None:
    """Return the number of pixels of a PNG, GIF, JPEG, or WebP; None for anything else."""
    if data.startswith(b"\x89PNG\r\n\x1a\n") and len(data) >= 24:
        return _number(data[16:20], _BIG) * _number(data[20:24], _BIG)
    if data[:6] in (b"GIF87a", b"GIF89a") and len(data) >= 10:
        return _number(data[6:8], _LITTLE) * _number(data[8:10], _LITTLE)
    if data.startswith(b"\xff\xd8"):
        return _pixels_of_jpeg(data)
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP" and len(data) >= 30:
        return _pixels_of_webp(data)
    return None


def _number(data: bytes, order: Literal["big", "little"]) -> int:
    return int.from_bytes(data, order)


def _pixels_of_jpeg(data: bytes) -> int | None:
    """Walk from segment to segment up to the first that holds the size."""
    start = 2
    while start + 9 <= len(data) and data[start] == 0xFF:
        if data[start + 1] in _SIZED:
            return _number(data[start + 5 : start + 7], _BIG) * _number(data[start + 7 : start + 9], _BIG)
        is_filling = data[start + 1] == 0xFF
        start += 1 if is_filling else 2 + max(_number(data[start + 2 : start + 4], _BIG), 2)
    return None


def _pixels_of_webp(data: bytes) -> int | None:
    kind = data[12:16]
    if kind == b"VP8X":
        return (_number(data[24:27], _LITTLE) + 1) * (_number(data[27:30], _LITTLE) + 1)
    if kind == b"VP8L":
        bits = _number(data[21:25], _LITTLE)
        return ((bits & 0x3FFF) + 1) * ((bits >> 14 & 0x3FFF) + 1)
    if kind == b"VP8 ":
        return (_number(data[26:28], _LITTLE) & 0x3FFF) * (_number(data[28:30], _LITTLE) & 0x3FFF)
    return None
