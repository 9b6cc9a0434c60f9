"""Judges a page at each width in each color scheme: by axe, for WCAG 2.2 AA, and by what axe does not see."""

from collections.abc import Iterator, Sequence
from typing import Final, Literal

from axe_playwright_python.base import AXE_SCRIPT, AxeResults
from playwright.sync_api import Page

# A window of a desk, and the same at 400 %.
WIDTHS: Final = (1280, 320)
ALL_WIDTHS: Final = (1280, 640, 360, 320)
# What a reader's device can ask for.
_SCHEMES: Final[tuple[Literal["light", "dark"], ...]] = ("light", "dark")
_TAGS: Final = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")
# These take most of the time of axe, and depend on nothing but how the text and what is below it look.
_ABOUT_COLORS: Final = ("color-contrast", "link-in-text-block")
_STRUCTURE: Final = {
    "runOnly": _TAGS,
    "rules": {name: {"enabled": False} for name in _ABOUT_COLORS},
    "resultTypes": ["violations"],
}
_COLORS: Final = {"runOnly": {"type": "rule", "values": _ABOUT_COLORS}, "resultTypes": ["violations"]}
# Describes each element with text by whatever its colors depend on: the window, and of it and of each
# element around it, the name, the classes, and the colors, with the size and the weight of its letters.
# Returns the descriptions, each as a number, and keeps the elements of each.
_LOOKS: Final = """() => {
  const number = text => {
    let [high, low] = [0xdeadbeef, 0x41c6ce57]
    for (let place = 0; place < text.length; place++) {
      const sign = text.charCodeAt(place)
      high = Math.imul(high ^ sign, 2654435761)
      low = Math.imul(low ^ sign, 1597334677)
    }
    high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909)
    low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909)
    return 4294967296 * (2097151 & low) + (high >>> 0)
  }
  const media = ["(prefers-color-scheme: dark)", "(forced-colors: active)"]
  const device = [innerWidth, ...media.map(query => matchMedia(query).matches)].join()
  const looks = new Map()
  const lookOf = element => {
    if (!element) return number(device)
    if (!looks.has(element)) {
      const style = getComputedStyle(element)
      looks.set(element, number([
        lookOf(element.parentElement), element.localName, element.getAttribute("class"), style.color,
        style.backgroundColor, style.backgroundImage, style.opacity, style.filter, style.mixBlendMode,
        style.fontSize, style.fontWeight, style.textDecorationLine, style.position, style.display,
        style.visibility, style.textShadow, element.checkVisibility(),
      ].join("|")))
    }
    return looks.get(element)
  }
  window.elementsByLook = new Map()
  for (const element of document.body.querySelectorAll("*")) {
    const hasText = [...element.childNodes].some(node => node.nodeType === 3 && node.data.trim())
    if (!hasText && !element.matches("input, select, textarea, button")) continue
    const look = lookOf(element)
    if (!elementsByLook.has(look)) elementsByLook.set(look, [])
    elementsByLook.get(look).push(element)
  }
  return [...elementsByLook.keys()]
}"""
_JUDGE_COLORS: Final = """async ([looks, options]) => {
  const include = looks.map(look => elementsByLook.get(look)[0])
  return (await axe.run({ include }, options)).violations
}"""
# The other rules depend on the elements, their attributes, which of them are shown, and which are too small a
# target. If all of that is as it was, so is what axe would say.
_JUDGE_STRUCTURE: Final = """async options => {
  const elements = [...document.querySelectorAll("*")].map(element => {
    const { width, height } = element.getBoundingClientRect()
    const attributes = [...element.attributes].map(({ name, value }) => `${name}=${value}`)
    const isShown = element.checkVisibility({ visibilityProperty: true })
    const isEmpty = !element.textContent.trim()
    return [element.localName, ...attributes, isShown, isEmpty, width < 24, height < 24].join()
  })
  const state = [innerWidth, matchMedia("(forced-colors: active)").matches, ...elements].join("|")
  window.judgedStates ??= new Set()
  if (judgedStates.has(state)) return []
  const { violations } = await axe.run(options)
  if (!violations.length) judgedStates.add(state)
  return violations
}"""
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


# What was in order once looks the same on every page, so its colors are judged once in each process.
_judged_looks: Final[set[int]] = set()


def in_every_state(page: Page, widths: Sequence[int] = WIDTHS) -> Iterator[str]:
    """Show an open page at each width in each color scheme, and say how it is shown.

    The page is loaded once: it is resized, which takes longest, and at each width the device changes its
    colors.
    """
    for width in widths:
        page.set_viewport_size({"width": width, "height": 800})
        for scheme in _SCHEMES:
            page.emulate_media(color_scheme=scheme)
            page.evaluate(_NEXT_FRAME)
            page.evaluate(_FINISH_ANIMATIONS)
            yield f"{scheme}, {width} pixels wide"


def assert_accessible(page: Page, state: str = "as shown") -> None:
    """Fail if a page breaks a rule of axe, has a small target, or is wider than its window, as shown now."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    violations = page.evaluate(_JUDGE_STRUCTURE, _STRUCTURE)
    looks = set(page.evaluate(_LOOKS)) - _judged_looks
    if looks:
        violations += page.evaluate(_JUDGE_COLORS, [sorted(looks), _COLORS])
    results = AxeResults({"violations": violations})
    assert results.violations_count == 0, f"{state}: {results.generate_report()}"
    _judged_looks.update(looks)
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, f"{state}: too wide"
    assert page.evaluate(_SMALL_TARGETS) == [], f"{state}: too small"


def assert_in_order(page: Page) -> None:
    """Fail if a heading is missing between two, or if an id or a landmark is there twice."""
    assert page.evaluate(_DISORDER) == []
