"""The colors that follow from the organization's one color, each with enough contrast to be read.

Contrast is that of WCAG 2.2: the relative luminance of two colors in sRGB, as a ratio from 1 to 21.
"""

from collections.abc import Iterator
from colorsys import hls_to_rgb, rgb_to_hls
from typing import Final, TypeAlias

Rgb: TypeAlias = tuple[int, int, int]

DEFAULT: Final = "#1b365d"
# The page in each scheme, as tokens.css has it.
PAPER: Final = "#ffffff"
NIGHT: Final = "#14181f"
# WCAG asks 4.5 of text; links stand beside text that has 7, so they have it, too.
TEXT: Final = 7.0
# What WCAG asks of a shape.
GRAPHIC: Final = 3.0
_STEPS: Final = 20


def contrast(color: str, other: str) -> float:
    """Return the contrast ratio of two colors, written as `#rrggbb`."""
    lighter, darker = sorted((_luminance(_parsed(color)), _luminance(_parsed(other))), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def readable_on(color: str, page: str, enough: float = TEXT) -> str:
    """Return a color, made darker or lighter until its contrast with a page of another color is enough."""
    return next(shade for shade in _shades(color, page) if contrast(shade, page) >= enough)


def text_on(color: str) -> str:
    """Return white or black, whichever is easier to read on a color; either has a contrast of 4.5 or more."""
    return max("#ffffff", "#000000", key=lambda text: contrast(text, color))


def _shades(color: str, page: str) -> Iterator[str]:
    """Yield a color, and then lighter or darker ones of the same hue, up to white or black."""
    hue, start, saturation = rgb_to_hls(*(channel / 255 for channel in _parsed(color)))
    end = 0 if text_on(page) == "#000000" else 1
    for step in range(_STEPS + 1):
        lightness = start + (end - start) * step / _STEPS
        yield "#{:02x}{:02x}{:02x}".format(
            *(round(channel * 255) for channel in hls_to_rgb(hue, lightness, saturation))
        )


def _parsed(color: str) -> Rgb:
    value = int(color.removeprefix("#"), 16)
    return value >> 16, value >> 8 & 255, value & 255


def _luminance(color: Rgb) -> float:
    red, green, blue = map(_linear, color)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: int) -> float:
    value = channel / 255
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
