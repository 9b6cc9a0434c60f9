"""IMG: pictures say what they show, and not where they were taken."""

import re
from collections.abc import Iterator
from typing import Final

from handbook.content.assets import Asset
from handbook.content.pages import Page, cannot_be_read
from handbook.findings import Problem, Severity
from handbook.model import Handbook
from handbook.photos.scan import locations_from
from handbook.rules.registry import rule
from handbook.text.prose import prose

# None looks beyond the next image: a page of images that never end would be read again from each.
_MARKDOWN: Final = re.compile(
    r"!\[(?P<alt>(?:(?!!\[)[^\]])*+)\](?:\((?:(?!!\[)[^)])*+\)|\[(?:(?!!\[)[^\]])*+\])"
    r"(?P<attributes>\{[^{}\n]*\})?"
)
_HTML: Final = re.compile(r"<img\b(?P<attributes>(?:(?!<img\b)[^>])*+)>", re.IGNORECASE)
_ALT: Final = re.compile(
    r"""\balt\s*=\s*(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>[^\s"'>]+))""", re.IGNORECASE
)
_DECORATION: Final = re.compile(r"""\brole\s*=\s*["']?(?:presentation|none)\b""", re.IGNORECASE)
_FILE_NAME: Final = re.compile(
    r"[\w-]+\.(?:avif|gif|heic|jpe?g|png|svg|tiff?|webp)|(?:img|dsc|image|photo|picture)[ _-]*\d*",
    re.IGNORECASE,
)


@rule("IMG001", "Image carries no location", severity=Severity.ERROR)
def images_carry_no_location(handbook: Handbook) -> Iterator[Problem]:
    """A photo tells every reader where it was taken: a learner's home, a shelter, a school.

    Pictures and films below `docs/` are read. `handbook photo clean` writes a copy without it.

    Bad:  (a photo with the position of a learner's home)
    Good: (the copy that `handbook photo clean` wrote)
    """
    for asset in handbook.assets:
        for message in () if asset.outside else _giveaways(asset):
            yield Problem(1, message, path=asset.path)


def _giveaways(asset: Asset) -> Iterator[str]:
    try:
        with asset.open() as file:
            found = locations_from(file)
    except OSError as error:
        yield cannot_be_read(error.strerror)
        return
    mend = f"put in its place the copy that `handbook photo clean {asset.path} --out cleaned` writes"
    if found.facts:
        yield f"it gives away {'; '.join(fact.sentence for fact in found.facts)}; {mend}"
    elif found.unreadable:
        yield f"{found.unreadable}, so nobody knows what it gives away; save it anew in a photo program"


@rule("IMG002", "Image has alternative text", severity=Severity.ERROR)
def image_has_alternative_text(page: Page, handbook: Handbook) -> Iterator[Problem]:
    """A person who cannot see the picture reads, or hears, its alternative text instead.

    A picture that only decorates is marked as such: `![](line.svg){ role="presentation" }`.

    Bad:  `![](ladder.png)`
    Good: `![Four levels of approval, from green to red](ladder.png)`
    """
    if "![" not in page.body and "<img" not in page.body.lower():
        return
    text = prose(page.body)
    for match in _MARKDOWN.finditer(text):
        yield from _judge(page, match, match["alt"], bool(_DECORATION.search(match["attributes"] or "")))
    for match in _HTML.finditer(text):
        alt = _ALT.search(match["attributes"])
        given = next((part for part in alt.groups() if part is not None), "") if alt else ""
        yield from _judge(page, match, given, bool(_DECORATION.search(match["attributes"])))


def _judge(page: Page, match: re.Match[str], alt: str, decorates: bool) -> Iterator[Problem]:
    if decorates:
        return
    if not alt.strip():
        mend = 'say what it shows, or mark it as decoration with { role="presentation" }'
        yield page.problem_in_body(match.start(), f"this image has no alternative text; {mend}")
    elif _FILE_NAME.fullmatch(alt.strip()):
        yield page.problem_in_body(
            match.start(), f"'{alt.strip()}' is a file's name; say what the image shows"
        )
