"""IMG: images say what they show, and not where they were taken."""

import re
from collections.abc import Iterator
from typing import Final

from handbook.content.assets import Asset
from handbook.content.pages import Page, cannot_be_read
from handbook.findings import Problem, Severity
from handbook.model import Handbook
from handbook.photos.scan import scan
from handbook.rules.registry import rule
from handbook.text.markdown_images import Image, images_in

_FILE_NAME: Final = re.compile(
    r"[\w-]+\.(?:avif|gif|heic|jpe?g|png|svg|tiff?|webp)|(?:img|dsc|image|photo|picture)[ _-]*\d*",
    re.IGNORECASE,
)


@rule("IMG001", "Image carries no location", severity=Severity.ERROR)
def images_carry_no_location(handbook: Handbook) -> Iterator[Problem]:
    """A photo can tell every reader where it was taken: a learner's home, a shelter, a school.

    Photos and videos in `docs/` are checked. `handbook photo clean` writes a copy without the location.

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
        clean = f"`handbook photo clean {asset.path} --out cleaned`"
        return f"the file gives away {disclosed}; run {clean} and replace the file with the copy"
    if scanned and scanned.damage:
        return (
            f"the file cannot be read as {scanned.format} ({scanned.damage}), so nobody knows what it"
            " gives away; save it again in a photo or video editor"
        )
    return None


@rule("IMG002", "Image has alternative text", severity=Severity.ERROR)
def image_has_alternative_text(page: Page, handbook: Handbook) -> Iterator[Problem]:
    """People who cannot see a picture read or hear its alternative text instead.

    A text without a letter, a digit, or an emoji, such as `-`, says nothing. Mark a picture that is only
    decoration: `![](line.svg){ role="presentation" }`.

    Bad:  `![](ladder.png)`
    Good: `![Four levels of approval, from green to red](ladder.png)`
    """
    if "![" in page.body or "<img" in page.body.lower():
        for image in images_in(page.body):
            if not image.is_decoration and (message := _alternative_problem(image)):
                yield page.problem_in_body(image.offset, message)


def _alternative_problem(image: Image) -> str | None:
    if not image.is_heard:
        remedy = 'say what it shows, or mark it as decoration with { role="presentation" }'
        if image.alternative:
            return f"nobody can hear the alternative text '{image.alternative}' of the image; {remedy}"
        return f"the image has no alternative text; {remedy}"
    if _FILE_NAME.fullmatch(image.alternative):
        return f"the alternative text '{image.alternative}' is a file name; say what the image shows"
    return None
