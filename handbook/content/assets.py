"""Files that are published beside the pages: pictures, documents, films."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePosixPath
from typing import BinaryIO, Final

from handbook.content.drawings.svg import MAX_BYTES, refusal
from handbook.files.links import LINKED
from handbook.files.missing_content import missing_content
from handbook.files.tree import refuse_endless

DRAWING: Final = "svg"
# MkDocs publishes a file as it is, and a reader's browser decides by its ending what to do with it. The
# browser runs nothing in files with these endings, or has another program open them. We read drawings.
HARMLESS: Final = tuple(
    "aac avif csv docx flac gif heic ico ics jpeg jpg m4a m4v mov mp3 mp4 odp ods odt oga ogg ogv opus pdf"  # noqa: SIM905
    " png pptx rtf srt svg tif tiff tsv txt vtt wav webm webp xlsx".split()
)

_OF_PAGES: Final = ("md", "markdown", "mdown", "mkdn", "mkd")
# Other endings of the same kinds of files. Windows, for one, saves pictures of web pages as .jfif.
_USUAL: Final = {
    **dict.fromkeys(("jfif", "jif", "jpe", "pjp", "pjpeg"), "jpg"),
    **dict.fromkeys(("heif", "hif"), "heic"),
    "apng": "png",
    "avifs": "avif",
    "qt": "mov",
    "wave": "wav",
}
# What Windows and macOS write into folders, in lower case; the names of others begin with a dot.
_LEFT_BY_SYSTEMS: Final = frozenset({"thumbs.db", "ehthumbs.db", "desktop.ini", "icon\r"})


@dataclass(frozen=True, slots=True)
class Asset:
    """One file below `docs/` that is not a page. `open` returns its bytes as a stream.

    `outside` says that it is reached by a symbolic link, or is outside the handbook; such a file is never
    opened.
    """

    path: str
    open: Callable[[], BinaryIO]
    outside: bool = False

    @property
    def ending(self) -> str:
        """Return the part of its name after the last dot, in lower case."""
        return PurePosixPath(self.path).suffix.removeprefix(".").lower()


def asset_at(path: str, file: str, *, outside: bool = False) -> Asset:
    """Return the asset at `path` from the root, which is `file` on disk."""
    return Asset(path, partial(_opened, file), outside)


def _opened(file: str) -> BinaryIO:
    refuse_endless(file)
    return Path(file).open("rb")


def danger_of(asset: Asset) -> str | None:
    """Return why a file may not be published and what to do; None if a browser does nothing with it.

    Raises:
        OSError: if it cannot be opened.

    """
    if asset.outside:
        return f"the file {LINKED}"
    if asset.ending in _OF_PAGES:
        return (
            f"a file that ends in {PurePosixPath(asset.path).suffix} is not a page; rename it to end in .md"
        )
    if usual := _USUAL.get(asset.ending):
        return (
            f"a file that ends in .{asset.ending} is published only as .{usual}; rename it to end in .{usual}"
        )
    if asset.ending not in HARMLESS:
        kind = f"a file that ends in .{asset.ending}" if asset.ending else "a file without an ending"
        if PurePosixPath(asset.path).name.lower() in _LEFT_BY_SYSTEMS:
            return "a computer left this file here for itself; remove it"
        advice = "write it as a page (.md), save it as PDF, picture, text, or film, or remove it"
        return f"{kind} is not among those that certainly do nothing in a reader's browser; {advice}"
    if asset.ending != DRAWING:
        return None
    with asset.open() as file:
        reason = missing_content(file)
        if not reason:
            file.seek(0)
            reason = refusal(file.read(MAX_BYTES + 1))
    return f"this drawing {reason}" if reason else None
