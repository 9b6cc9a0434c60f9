"""The files that every page loads, in one folder named by their content: a browser keeps them for good."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from handbook.errors import HandbookError
from macros.presentation.brand import DEFAULT, GRAPHIC, NIGHT, PAPER, readable_on, text_on
from macros.presentation.content_styles import content_styles
from macros.presentation.form_words import form_words
from macros.presentation.photo_words import photo_words
from macros.presentation.templates import render

# Later styles win over earlier ones. The first is the theme's, for the content of pages.
_STYLES: Final = (
    "text", "frame", "search", "signs", "records", "filters", "decision", "photo_check", "reading_forms",
    "acknowledge", "tables",
    "reviews", "history", "access", "pocket_card", "route", "print",
)  # fmt: skip
_THEME_STYLE: Final = "assets/stylesheets/main.*.min.css"
_SOURCE_MAP: Final = "/*# sourceMappingURL="


@dataclass(frozen=True, slots=True)
class FrameAssets:
    """The files by their path below the site, and the folder that holds them, with `/` at its end."""

    folder: str = "assets/"
    files: Mapping[str, bytes] = field(default_factory=dict)


def read_frame_assets(own: Path, folders: Sequence[Path], color: str | None) -> FrameAssets:
    """Return the files of the frame. `own` is our folder of the theme, and `folders` are all of them.

    Raises:
        HandbookError: if the theme does not have the style sheet that ours builds on.

    """
    files = dict(_files(own, folders, color or DEFAULT))
    digest = hashlib.sha256()
    for name, data in sorted(files.items()):
        digest.update(f"{name}\0{len(data)}\0".encode() + data)
    folder = f"assets/{digest.hexdigest()[:12]}/"
    return FrameAssets(folder, {folder + name: data for name, data in files.items()})


def _files(own: Path, folders: Sequence[Path], color: str) -> Iterator[tuple[str, bytes]]:
    yield "handbook.css", b"\n".join(_style_sheets(own, folders, color))
    yield "favicon.svg", favicon(color)
    scripts = own / "assets/javascripts"
    for script in sorted(scripts.rglob("*.js")):
        yield script.relative_to(scripts).as_posix(), script.read_bytes()
    for language, words in photo_words():
        yield f"photo_words/{language}.js", words
    for language, words in form_words():
        yield f"form_words/{language}.js", words


def _style_sheets(own: Path, folders: Sequence[Path], color: str) -> Iterator[bytes]:
    styles = [file for folder in folders for file in folder.glob(_THEME_STYLE)]
    if not styles:
        raise HandbookError(f"the theme has no file {_THEME_STYLE}; install what requirements.txt names")
    yield content_styles(styles[0].read_text(encoding="utf-8").partition(_SOURCE_MAP)[0]).encode()
    yield tokens(color).encode()
    for name in _STYLES:
        yield (own / "styles" / f"{name}.css").read_bytes()


def favicon(color: str) -> bytes:
    """Return the sign of the handbook on the color of the organization."""
    return render("documents/favicon.svg", brand=color, on_brand=text_on(color)).encode()


def tokens(color: str) -> str:
    """Return the colors of both schemes as a style sheet; all that is brand follows from one color."""
    night_brand = readable_on(color, NIGHT, GRAPHIC)
    return render(
        "documents/tokens.css",
        brand=color,
        on_brand=text_on(color),
        link=readable_on(color, PAPER),
        night_link=readable_on(color, NIGHT),
        paper=PAPER,
        night=NIGHT,
        night_brand=night_brand,
        night_on_brand=text_on(night_brand),
    )
