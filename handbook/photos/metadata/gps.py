"""Positions as they are written in EXIF, XMP and QuickTime, and as a person reads them."""

import re
from collections.abc import Sequence
from fractions import Fraction
from typing import Final

_DEGREES: Final = re.compile(
    r"(\d{1,3})(?:\.(\d+))?(?:,(\d{1,2}(?:\.\d+)?))?(?:,(\d{1,2}(?:\.\d+)?))? ?([NSEW])", re.ASCII
)
_PLAIN: Final = re.compile(r"[+-]?\d{1,3}(?:\.\d+)?", re.ASCII)
_ISO6709: Final = re.compile(r"([+-]\d{2}(?:\.\d*)?)([+-]\d{3}(?:\.\d*)?)(?=[+-/]|CRS|$)", re.ASCII)


def position(latitude: float, longitude: float) -> str:
    """Return a position in degrees, to about ten meters, as maps on the web take it."""
    return f"{latitude:.4f}, {longitude:.4f}"


def degrees(parts: Sequence[Fraction], reference: str) -> float | None:
    """Return degrees from EXIF's degrees, minutes and seconds; None where they are empty."""
    if not parts:
        return None
    value = float(sum(part / 60**power for power, part in enumerate(parts[:3])))
    return -value if reference[:1] in ("S", "W") else value


def degrees_in_xmp(text: str) -> float | None:
    """Return degrees from XMP's `51,30.04N` or from a plain number; None where it is neither."""
    text = text.strip()
    if _PLAIN.fullmatch(text):
        return float(text)
    found = _DEGREES.fullmatch(text)
    if not found:
        return None
    whole = Fraction(f"{found[1]}.{found[2] or 0}")
    return degrees([whole, Fraction(found[3] or 0), Fraction(found[4] or 0)], found[5])


def position_in_quicktime(text: str) -> str:
    """Return the position in `+51.5007-000.1246/`; the text itself where it has another form."""
    found = _ISO6709.match(text.strip())
    return position(float(found[1]), float(found[2])) if found else text


def altitude(meters: float) -> str:
    """Return a height as a person reads it."""
    return f"{abs(meters):.0f} m {'below' if meters < 0 else 'above'} the sea"
