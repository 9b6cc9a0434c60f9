"""Positions: the GPS directory of EXIF, and the notations of XMP and QuickTime."""

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Final

from handbook.photos.disclosures import Category, Disclosure, text_disclosures
from handbook.photos.structures.tiff_directories import Directory, Entry, Tiff, with_iso_date

# Source: EXIF 3.0, GPS attribute information. Each position has a reference and degrees, twice.
_TAKEN_FROM: Final = 1
_DESTINATION: Final = 19
_ALTITUDE_REFERENCE: Final = 5
_ALTITUDE: Final = 6
_TIME: Final = 7
_AREA: Final = 28
_DATE: Final = 29
# Satellites, speed, track, direction, bearing and distance of the destination, and processing method.
_STATUS: Final = 9
_MEASURE_MODE: Final = 10
_MOVEMENT: Final = (8, 13, 15, 17, 24, 26, 27)
_BELOW_SEA_LEVEL: Final = 1
_XMP: Final = re.compile(
    r"(\d{1,3})(?:\.(\d+))?(?:,(\d{1,2}(?:\.\d+)?))?(?:,(\d{1,2}(?:\.\d+)?))? ?([NSEW])", re.ASCII
)
_DECIMAL: Final = re.compile(r"[+-]?\d{1,3}(?:\.\d+)?", re.ASCII)
_WITHOUT_FIX: Final = "V"
_WITH_FIX: Final = ("A", "2", "3")
_OTHER_THAN_ZERO: Final = re.compile("[1-9A-Za-z]")
_ISO6709: Final = re.compile(r"([+-]\d{2}(?:\.\d*)?)([+-]\d{3}(?:\.\d*)?)(?=[+-/]|CRS|$)", re.ASCII)


def directory_disclosures(tiff: Tiff, directory: Directory) -> Iterator[Disclosure]:
    """Yield where the picture was taken, and which place the camera was pointed at.

    Raises:
        MalformedData: if a value cannot be read.

    """
    has_fix = _has_fix(tiff, directory)
    yield from _coordinates(tiff, directory, _TAKEN_FROM, has_fix=has_fix)
    yield from _coordinates(tiff, directory, _DESTINATION, has_fix=has_fix)
    yield from _altitude(tiff, directory, has_fix=has_fix)
    if area := directory.entry(_AREA):
        yield from text_disclosures(Category.PLACE, tiff.encoded_text(area))
    if date := directory.entry(_DATE):
        yield from text_disclosures(Category.TIME, with_iso_date(tiff.text(date)))
    if time := directory.entry(_TIME):
        yield from _time(tiff.rationals(time))
    if any(directory.entry(tag) for tag in _MOVEMENT):
        yield Disclosure(Category.HIDDEN, "further GPS data")


def _has_fix(tiff: Tiff, directory: Directory) -> bool:
    entries = [directory.entry(tag) for tag in (_STATUS, _MEASURE_MODE)]
    return has_fix_from(*(tiff.text(entry) if entry else "" for entry in entries))


def has_fix_from(status: str, measure_mode: str) -> bool:
    """Tell whether the receiver says that it knew where it was. Source: EXIF 3.0, GPSStatus."""
    values = (status.strip()[:1].upper(), measure_mode.strip()[:1])
    return _WITHOUT_FIX not in values and any(value in _WITH_FIX for value in values)


def is_position(latitude: float, longitude: float, *, has_fix: bool) -> bool:
    """Tell whether two numbers are a position; without a fix, 0 and 0 are what a receiver writes instead."""
    return has_fix or bool(latitude or longitude)


def _coordinates(tiff: Tiff, directory: Directory, first_tag: int, *, has_fix: bool) -> Iterator[Disclosure]:
    """Yield a position from four tags: reference and degrees of its latitude, then of its longitude."""
    entries = [directory.entry(tag) for tag in range(first_tag, first_tag + 4)]
    latitude, longitude = (_degrees(tiff, *entries[start : start + 2]) for start in (0, 2))
    if latitude is not None and longitude is not None:
        if is_position(latitude, longitude, has_fix=has_fix):
            yield Disclosure(Category.POSITION, format_position(latitude, longitude))
    elif latitude or longitude:
        yield Disclosure(Category.POSITION, "in part")
    elif latitude is longitude is None and any(_is_unusual(tiff, entry) for entry in entries[1::2]):
        yield Disclosure(Category.POSSIBLE_POSITION, "a GPS position in an unusual form")


def _is_unusual(tiff: Tiff, entry: Entry | None) -> bool:
    """Tell whether degrees that cannot be read are more than zeros and spaces."""
    return entry is not None and bool(tiff.beginning(entry).strip(b"0. \0"))


def _degrees(tiff: Tiff, reference: Entry | None, degrees: Entry | None) -> float | None:
    if degrees is None:
        return None
    return _decimal_degrees(tiff.rationals(degrees), tiff.text(reference) if reference else "")


def _altitude(tiff: Tiff, directory: Directory, *, has_fix: bool) -> Iterator[Disclosure]:
    entry = directory.entry(_ALTITUDE)
    meters = tiff.rationals(entry) if entry else []
    if meters and (has_fix or meters[0]):
        is_below = tiff.first_number(directory.entry(_ALTITUDE_REFERENCE)) == _BELOW_SEA_LEVEL
        yield Disclosure(Category.POSITION, format_altitude(float(-meters[0] if is_below else meters[0])))


def _time(parts: Sequence[Fraction]) -> Iterator[Disclosure]:
    if parts:
        yield Disclosure(Category.TIME, f"{':'.join(f'{int(part):02}' for part in parts)} UTC")


def _decimal_degrees(parts: Sequence[Fraction], reference: str) -> float | None:
    """Return degrees from degrees, minutes and seconds; None if there are none."""
    if not parts:
        return None
    value = float(sum(part / 60**power for power, part in enumerate(parts[:3])))
    return -value if reference[:1] in ("S", "W") else value


def format_position(latitude: float, longitude: float) -> str:
    """Return a position in degrees, to about ten meters, in the form that maps on the web accept."""
    return f"{latitude:.4f}, {longitude:.4f}"


def format_altitude(meters: float) -> str:
    """Return an altitude as a person reads it."""
    return f"{abs(meters):.0f} m {'below' if meters < 0 else 'above'} sea level"


def degrees_from_xmp(text: str) -> float | None:
    """Return degrees from XMP's `51,30.04N` or from a decimal number; None if it is neither."""
    text = text.strip()
    if _DECIMAL.fullmatch(text):
        return float(text)
    match = _XMP.fullmatch(text)
    if not match:
        return None
    degrees = Fraction(f"{match[1]}.{match[2] or 0}")
    return _decimal_degrees([degrees, Fraction(match[3] or 0), Fraction(match[4] or 0)], match[5])


def position_from_iso6709(text: str) -> str:
    """Return the position in QuickTime's `+51.5007-000.1246/`; the text itself if it has another form.

    It is empty for 0 and 0, which a camera without a fix writes.
    """
    match = _ISO6709.match(text.strip())
    if not match:
        return text if _OTHER_THAN_ZERO.search(text.partition("CRS")[0]) else ""
    latitude, longitude = float(match[1]), float(match[2])
    return format_position(latitude, longitude) if is_position(latitude, longitude, has_fix=False) else ""
