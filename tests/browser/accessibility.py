"""Judges a page at each width in each color scheme: by axe, for WCAG 2.2 AA, and by its width."""

import json
from collections.abc import Iterator
from typing import Final, Literal

from axe_playwright_python.base import AXE_SCRIPT, AxeResults
from playwright.sync_api import Page

WIDTHS: Final = (1280, 360)
# What a reader's device can ask for.
_SCHEMES: Final[tuple[Literal["light", "dark"], ...]] = ("light", "dark")
_OPTIONS: Final = json.dumps(
    {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"], "resultTypes": ["violations"]}
)
# Waiting for `finished` can take forever: what the resting mouse comes to hover starts another animation.
_FINISH_ANIMATIONS: Final = "document.getAnimations().forEach(animation => animation.finish())"


def in_every_state(page: Page) -> Iterator[str]:
    """Show an open page at each width in each color scheme, and say how it is shown.

    The page is loaded once: it is resized, and the device changes its colors.
    """
    for scheme in _SCHEMES:
        page.emulate_media(color_scheme=scheme)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            page.evaluate(_FINISH_ANIMATIONS)
            yield f"{scheme}, {width} pixels wide"


def assert_accessible(page: Page, state: str = "as shown") -> None:
    """Fail if a page breaks a rule of axe, or is wider than its window, as it is shown now."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    results = AxeResults(page.evaluate(f"axe.run({_OPTIONS})"))
    assert results.violations_count == 0, f"{state}: {results.generate_report()}"
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, f"{state}: too wide"
