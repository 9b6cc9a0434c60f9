"""IMG: images say what they show, and not where they were taken."""

import re
from collections.abc import Iterator
from typing import BinaryIO, Final

from handbook.content.assets import DRAWING, Asset, danger_of
from handbook.content.pages import Page, cannot_be_read
from handbook.documents.scan import scan_document
from handbook.files.missing_content import missing_content
from handbook.findings import Problem, Severity
from handbook.model import Handbook
from handbook.photos.disclosures import Category
from handbook.photos.scan import REMEDY, ScannedFile, scan
from handbook.rules.registry import rule
from handbook.text.markdown.images import Image, images_in
from handbook.text.quoting import in_shell

# The kinds of files that record what was seen or heard. The other kinds that are published are documents.
MEDIA: Final = frozenset(
    "aac avif flac gif heic ico jpeg jpg m4a m4v mov mp3 mp4 oga ogg ogv opus png svg tif tiff wav webm"  # noqa: SIM905
    " webp".split()
)
_FILE_NAME: Final = re.compile(
    r"(?:[\w-]+|(?:whatsapp )?(?:image|photo|picture|screenshot) [\w .()-]+)"
    r"\.(?:avif|gif|heic|jpe?g|png|svg|tiff?|webp)"
    r"|(?:img|dsc|pxl|image|photo|picture|screenshot|untitled|alt[ _-]text)[ _-]*[\d_-]*|\d{8}_\d{6}",
    re.IGNORECASE,
)
_DOCUMENTS: Final = ("docx", "odp", "ods", "odt", "pdf", "pptx", "rtf", "xlsx")
_GRAVE: Final = (Category.CHANGE,)
_PERSONAL: Final = (Category.COMMENT, Category.OWNER, Category.PEOPLE, Category.HIDDEN)


@rule("IMG001", "Image carries no location", severity=Severity.ERROR)
def images_carry_no_location(handbook: Handbook) -> Iterator[Problem]:
    """A photo can tell every reader where it was taken: a learner's home, a shelter, a school.

    Pictures, films and sound in `docs/` are read. `handbook photo clean` writes a copy without the location.
    Documents are read for the locations of their pictures and for tracked changes; their authors, comments,
    and hidden parts are notices. A file that cannot be read may hold a location, too.

    Bad:  (a photo that carries the GPS position of a learner's home)
    Good: (the copy of it that `handbook photo clean` wrote)
    """
    for asset in handbook.assets:
        if not asset.outside:
            yield from _asset_problems(asset)


def _asset_problems(asset: Asset) -> Iterator[Problem]:
    try:
        with asset.open() as file:
            document = scan_document(file)
            message = None if document else _location_problem(asset, file)
    except OSError as error:
        document, message = None, cannot_be_read(error.strerror)
    if document:
        yield from _document_problems(asset, document)
    elif message:
        yield Problem(1, message, path=asset.path)


def _document_problems(asset: Asset, document: ScannedFile) -> Iterator[Problem]:
    """Yield the gravest of what a document gives away as an error, and all else as a notice."""
    grave = [item.phrase for item in document.disclosures if item.is_location or item.category in _GRAVE]
    personal = [item.phrase for item in document.disclosures if item.category in _PERSONAL]
    if grave:
        yield Problem(1, f"the file gives away {'; '.join(grave)}; {document.obstacle}", path=asset.path)
    if document.damage:
        message = (
            f"the file cannot be read as {document.format} ({document.damage}), so nobody knows what it"
            f" gives away; {document.remedy}"
        )
        yield Problem(1, message, path=asset.path)
    if personal:
        message = f"the file gives away {'; '.join(personal)}; `handbook photo check` says more"
        yield Problem(1, message, severity=Severity.INFO, path=asset.path)


def _location_problem(asset: Asset, file: BinaryIO) -> str | None:
    scanned = scan(file)
    if scanned and scanned.locations:
        disclosed = "; ".join(location.phrase for location in scanned.locations)
        return f"the file gives away {disclosed}; {_remedy(scanned, asset)}"
    if not scanned and (reason := _missing(asset, file)):
        return f"the file {reason}"
    if asset.ending in _DOCUMENTS:
        reason = f"the file is not a document of the kind .{asset.ending}, so nobody knows what it gives away"
        return f"{reason}; save it again in the program that made it, or give it the ending of its kind"
    if not (scanned.damage if scanned else asset.ending in MEDIA) or _is_refused(asset):
        return None
    kind = f"{scanned.format} ({scanned.damage})" if scanned else asset.ending.upper()
    return f"the file cannot be read as {kind}, so nobody knows what it gives away; {REMEDY}"


def _missing(asset: Asset, file: BinaryIO) -> str | None:
    """Say why a file has no content; FMT003 says it of a drawing, and an empty text may be published."""
    is_judged = asset.ending in _DOCUMENTS or asset.ending in MEDIA - {DRAWING}
    return missing_content(file) if is_judged else None


def _is_refused(asset: Asset) -> bool:
    """Tell whether FMT003 already says why a drawing cannot be read."""
    return asset.ending == DRAWING and danger_of(asset) is not None


def _remedy(scanned: ScannedFile, asset: Asset) -> str:
    """Name the command that cleans the file only if it can."""
    if scanned.damage:
        return f"a part of it cannot be read ({scanned.damage}); {scanned.remedy}"
    if scanned.obstacle:
        return scanned.obstacle
    clean = f"`handbook photo clean {in_shell(asset.path)} --out cleaned`"
    return f"run {clean} and replace the file with the copy"


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
