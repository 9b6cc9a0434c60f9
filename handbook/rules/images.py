"""IMG: images say what they show, and not where they were taken."""

import re
from collections.abc import Iterator
from typing import Final

from handbook.content.assets import DRAWING, Asset, danger_of
from handbook.content.pages import Page, cannot_be_read
from handbook.findings import Problem, Severity
from handbook.model import Handbook
from handbook.photos.scan import ScannedFile, scan
from handbook.rules.registry import rule
from handbook.text.prose import prose

# No pattern looks beyond the next image; else a page of images that never end would be read again from each.
_MARKDOWN: Final = re.compile(
    r"!\[(?P<alt>(?:(?!!\[)[^\]])*+)\](?:\((?:(?!!\[)[^)])*+\)|\[(?:(?!!\[)[^\]])*+\])"
    r"(?P<attributes>\{[^{}\n]*\})?"
)
_HTML: Final = re.compile(r"<img\b(?P<attributes>(?:(?!<img\b)[^>])*+)>", re.IGNORECASE)
_ALT: Final = re.compile(
    r"""\balt\s*=\s*(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>[^\s"'>]+))""", re.IGNORECASE
)
# The kinds of files that record what was seen or heard. The other kinds that are published are documents.
MEDIA: Final = frozenset(
    "aac avif flac gif heic ico jpeg jpg m4a m4v mov mp3 mp4 oga ogg ogv opus png svg tif tiff wav webm"  # noqa: SIM905
    " webp".split()
)
_AGAIN: Final = "save it again in a photo or video editor"
_DECORATION: Final = re.compile(r"""\brole\s*=\s*["']?(?:presentation|none)\b""", re.IGNORECASE)
_FILE_NAME: Final = re.compile(
    r"[\w-]+\.(?:avif|gif|heic|jpe?g|png|svg|tiff?|webp)|(?:img|dsc|image|photo|picture)[ _-]*\d*",
    re.IGNORECASE,
)


@rule("IMG001", "Image carries no location", severity=Severity.ERROR)
def images_carry_no_location(handbook: Handbook) -> Iterator[Problem]:
    """A photo can tell every reader where it was taken: a learner's home, a shelter, a school.

    Pictures, films and sound in `docs/` are read. `handbook photo clean` writes a copy without the location.
    A file that cannot be read may hold one, too.

    Bad:  (a photo that carries the GPS position of a learner's home)
    Good: (the copy of it that `handbook photo clean` wrote)
    """
    for asset in handbook.assets:
        if not asset.outside and (message := _location_problem(asset)):
            yield Problem(1, message, path=asset.path)


def _location_problem(asset: Asset) -> str | None:
    try:
        with asset.open() as file:
            scanned = scan(file)
    except OSError as error:
        return cannot_be_read(error.strerror)
    if scanned and scanned.locations:
        disclosed = "; ".join(location.phrase for location in scanned.locations)
        return f"the file gives away {disclosed}; {_remedy(scanned, asset)}"
    if not (scanned.damage if scanned else asset.ending in MEDIA) or _is_refused(asset):
        return None
    kind = f"{scanned.format} ({scanned.damage})" if scanned else asset.ending.upper()
    return f"the file cannot be read as {kind}, so nobody knows what it gives away; {_AGAIN}"


def _is_refused(asset: Asset) -> bool:
    """Tell whether FMT003 already says why a drawing cannot be read."""
    return asset.ending == DRAWING and danger_of(asset) is not None


def _remedy(scanned: ScannedFile, asset: Asset) -> str:
    if scanned.damage:
        return f"a part of it cannot be read ({scanned.damage}); {_AGAIN}"
    if scanned.obstacle:
        return scanned.obstacle
    clean = f"`handbook photo clean {asset.path} --out cleaned`"
    return f"run {clean} and replace the file with the copy"


@rule("IMG002", "Image has alternative text", severity=Severity.ERROR)
def image_has_alternative_text(page: Page, handbook: Handbook) -> Iterator[Problem]:
    """People who cannot see a picture read or hear its alternative text instead.

    Mark a picture that is only decoration: `![](line.svg){ role="presentation" }`.

    Bad:  `![](ladder.png)`
    Good: `![Four levels of approval, from green to red](ladder.png)`
    """
    if "![" not in page.body and "<img" not in page.body.lower():
        return
    text = prose(page.body)
    for match in _MARKDOWN.finditer(text):
        yield from _alt_problems(page, match, match["alt"], match["attributes"] or "")
    for match in _HTML.finditer(text):
        yield from _alt_problems(page, match, _alt_of(match["attributes"]), match["attributes"])


def _alt_of(attributes: str) -> str:
    alt = _ALT.search(attributes)
    return next((value for value in alt.groups() if value is not None), "") if alt else ""


def _alt_problems(page: Page, image: re.Match[str], alt: str, attributes: str) -> Iterator[Problem]:
    if _DECORATION.search(attributes):
        return
    if not alt.strip():
        remedy = 'say what it shows, or mark it as decoration with { role="presentation" }'
        yield page.problem_in_body(image.start(), f"the image has no alternative text; {remedy}")
    elif _FILE_NAME.fullmatch(alt.strip()):
        yield page.problem_in_body(
            image.start(),
            f"the alternative text '{alt.strip()}' is a file name; say what the image shows",
        )
