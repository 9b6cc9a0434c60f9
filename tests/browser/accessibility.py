"""Judges a page at each width in each color scheme: by axe, for WCAG 2.2 AA, and by what axe does not see."""

import json
from collections.abc import Iterator, Sequence
from typing import Final, Literal

from axe_playwright_python.base import AXE_SCRIPT, AxeResults
from playwright.sync_api import Page

# A window of a desk, and the same at 400 %.
WIDTHS: Final = (1280, 320)
ALL_WIDTHS: Final = (1280, 640, 360, 320)
# What a reader's device can ask for.
_SCHEMES: Final[tuple[Literal["light", "dark"], ...]] = ("light", "dark")
_OPTIONS: Final = json.dumps(
    {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"], "resultTypes": ["violations"]}
)
# Waiting for `finished` can take forever: what the resting mouse comes to hover starts another animation.
_FINISH_ANIMATIONS: Final = "document.getAnimations().forEach(animation => animation.finish())"
# Scripts learn of a new width at the next frame.
_NEXT_FRAME: Final = "new Promise(resolve => requestAnimationFrame(() => requestAnimationFrame(resolve)))"
# Headings follow each other without gaps, a name is given once, and so is a landmark.
_DISORDER: Final = """() => {
  const levels = [...document.querySelectorAll("h1, h2, h3, h4, h5, h6")]
    .filter(heading => heading.checkVisibility()).map(heading => [Number(heading.tagName[1]), heading])
  const gaps = levels.filter(([level], place) => level > (place ? levels[place - 1][0] : 0) + 1)
  const ids = [...document.querySelectorAll("[id]")].map(element => element.id)
  const often = selector =>
    document.querySelectorAll(selector).length === 1 ? [] : [`${selector} is not once`]
  return [
    ...gaps.map(([, heading]) => `a level is missing above: ${heading.textContent}`),
    ...ids.filter((id, place) => ids.indexOf(id) !== place).map(id => `twice: ${id}`),
    ...["h1", "main", "body > header", "body > footer"].flatMap(often),
  ]
}"""
# A target has 24 pixels each way, except one in a sentence, whose place the sentence gives.
_SMALL_TARGETS: Final = """() => {
  const isInSentence = element => getComputedStyle(element).display === "inline" && element.parentElement
    .closest("p, li, dd, dt, td, th, h2, h3, h4, figcaption, label, div")
    .textContent.replace(element.textContent, "").trim().length > 2
  return [...document.querySelectorAll("a[href], button, summary, input, select")].filter(element => {
    const { width, height } = element.getBoundingClientRect()
    if (!element.checkVisibility({ visibilityProperty: true }) || !width) return false
    return Math.min(width, height) < 24 && !isInSentence(element)
  }).map(element => element.outerHTML.slice(0, 160))
}"""


def in_every_state(page: Page, widths: Sequence[int] = WIDTHS) -> Iterator[str]:
    """Show an open page at each width in each color scheme, and say how it is shown.

    The page is loaded once: it is resized, and the device changes its colors.
    """
    for scheme in _SCHEMES:
        page.emulate_media(color_scheme=scheme)
        for width in widths:
            page.set_viewport_size({"width": width, "height": 800})
            page.evaluate(_NEXT_FRAME)
            page.evaluate(_FINISH_ANIMATIONS)
            yield f"{scheme}, {width} pixels wide"


def assert_accessible(page: Page, state: str = "as shown") -> None:
    """Fail if a page breaks a rule of axe, has a small target, or is wider than its window, as shown now."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    results = AxeResults(page.evaluate(f"axe.run({_OPTIONS})"))
    assert results.violations_count == 0, f"{state}: {results.generate_report()}"
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, f"{state}: too wide"
    assert page.evaluate(_SMALL_TARGETS) == [], f"{state}: too small"


def assert_in_order(page: Page) -> None:
    """Fail if a heading is missing between two, or if an id or a landmark is there twice."""
    assert page.evaluate(_DISORDER) == []
