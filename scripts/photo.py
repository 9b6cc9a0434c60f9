"""`handbook photo`: says what photos and videos give away, and writes copies that give nothing away."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import click

from handbook.documents.scan import scan_any
from handbook.photos.clean import Cleaning, FileRejected, plan_copies, scan_file, write_clean_copy
from handbook.photos.disclosures import Category, Disclosure
from handbook.photos.scan import ScannedFile
from handbook.text.json_text import as_document
from handbook.text.quoting import in_shell, one_line
from scripts.command_name import with_real_command
from scripts.options import exits_with_status

_CHECK_EPILOG: Final = (
    "Reads JPEG, PNG, WebP, HEIC, AVIF, TIFF, GIF, SVG, ICO, MP4, MOV, WebM, WAV, MP3, AAC, FLAC, Ogg and"
    " subtitles, whatever the name of the file; also PDF and office documents (docx, xlsx, pptx, odt, ods,"
    " odp, rtf), with their comments, tracked changes, and pictures."
    " Exit status: 0 if no file gives away where it was taken or what was changed, 1 if one does or may,"
    " 2 if one could not be checked."
)
_CLEAN_EPILOG: Final = (
    "Exit status: 0 if every copy was written, 2 if one was not; the others are written all the same."
)


_GRAVE: Final = (Category.CHANGE, Category.DAMAGED)


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """What was found in one file, or why it was rejected."""

    path: Path
    scanned: ScannedFile | None
    rejection: str | None

    @property
    def disclosures(self) -> tuple[Disclosure, ...]:
        """Return what the file gives away, as far as it could be read."""
        return self.scanned.disclosures if self.scanned else ()

    @property
    def obstacle(self) -> str | None:
        """Return why the file cannot be cleaned; None if it can be, or was rejected."""
        return self.scanned.obstacle if self.scanned else None

    @property
    def has_location(self) -> bool:
        """Tell whether the file gives away where it was taken, or may do so."""
        return bool(self.scanned and (self.scanned.locations or self.scanned.damage))

    @property
    def fails(self) -> bool:
        """Tell whether the file gives away a location or what somebody changed in it, or may do so."""
        return self.has_location or any(item.category in _GRAVE for item in self.disclosures)


@click.group(name="photo")
def command() -> None:
    """Say what photos, videos and documents give away, and write copies that give nothing away.

    Start with `handbook photo check party.jpg`, then `handbook photo clean party.jpg --out clean`.
    """


_files = click.argument("files", nargs=-1, required=True, metavar="FILE...", type=click.Path(path_type=Path))


@command.command(name="check", epilog=_CHECK_EPILOG)
@_files
@click.option(
    "--format",
    "report",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="Output format: text for people, json for programs.",
)
@exits_with_status
def check_command(files: tuple[Path, ...], report: str) -> int:
    """Say what each FILE gives away: where and when it was taken, with which camera, and by whom.

    For a document: who wrote it, comments, tracked changes, what is hidden, and what its pictures show.
    """
    checked = [_check(path) for path in files]
    click.echo(_FORMATS[report](checked), nl=False)
    if any(file.rejection for file in checked):
        return 2
    return int(any(file.fails for file in checked))


@command.command(name="clean", epilog=_CLEAN_EPILOG)
@_files
@click.option(
    "--out",
    "folder",
    required=True,
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="The folder for the copies; it is created if needed. No file is overwritten.",
)
@exits_with_status
def clean_command(files: tuple[Path, ...], folder: Path) -> int:
    """Write a copy of each FILE that gives nothing away.

    The pixels, the orientation and the color profile stay the same. Each copy is checked before it is saved.
    """
    status = 0
    for copy in plan_copies(files, folder):
        try:
            cleaning = write_clean_copy(copy, scan_any)
        except FileRejected as rejection:
            click.echo(f"{one_line(str(copy.source))}: not cleaned: {rejection}", err=True)
            status = 2
        else:
            click.echo(f"{one_line(str(copy.target))}: {_outcome(cleaning)}")
    return status


def _check(path: Path) -> CheckedFile:
    try:
        return CheckedFile(path, scan_file(path, scan_any), None)
    except FileRejected as rejection:
        return CheckedFile(path, None, str(rejection))


def _as_text(checked: Sequence[CheckedFile]) -> str:
    """Write one line per file, and the command that cleans those that can be cleaned."""
    lines = [f"{one_line(str(file.path))}: {_sentence(file)}" for file in checked]
    cleanable = [file.path for file in checked if file.disclosures and not file.obstacle]
    if cleanable:
        names = " ".join(in_shell(str(path)) for path in cleanable)
        command = with_real_command("handbook photo clean")
        lines.append(f"to remove this, run: {command} {names} --out clean")
    return "".join(f"{line}\n" for line in lines)


def _sentence(file: CheckedFile) -> str:
    if file.rejection:
        return file.rejection
    if not file.disclosures:
        return "gives nothing away"
    sentence = f"gives away {', '.join(_phrases(file.disclosures))}"
    return f"{sentence}; {file.obstacle}" if file.obstacle else sentence


def _phrases(disclosures: Sequence[Disclosure]) -> Iterator[str]:
    """Yield one phrase per category, with all its values."""
    for category in _categories(disclosures):
        values = [item.value for item in disclosures if item.category is category and item.value]
        yield f"{category.phrase} ({'; '.join(values)})" if values else category.phrase


def _categories(disclosures: Iterable[Disclosure]) -> Iterable[Category]:
    return dict.fromkeys(disclosure.category for disclosure in disclosures)


def _outcome(cleaning: Cleaning) -> str:
    """Say what differs between a file and its copy, even if it is not known to give anything away."""
    removal = cleaning.removal
    if removal.is_same:
        return "written; it is the same to the byte, because there was nothing to remove"
    phrases = ", ".join(category.phrase for category in _categories(cleaning.disclosures))
    parts = f"without {' and '.join(removal.parts)}, which gave away nothing that is known"
    outcome = f"written; it no longer gives away {phrases}" if phrases else f"written {parts}"
    return f"{outcome}; it also lost {' and '.join(removal.losses)}" if removal.losses else outcome


def _as_json(checked: Sequence[CheckedFile]) -> str:
    """Write one object whose `files` are records of path, format, location, facts, obstacle and reason."""
    return as_document({"files": [_file_record(file) for file in checked]})


def _file_record(file: CheckedFile) -> dict[str, object]:
    return {
        "path": file.path.as_posix(),
        "format": file.scanned.format if file.scanned else None,
        "location": file.has_location,
        "facts": [_disclosure_record(disclosure) for disclosure in file.disclosures],
        "obstacle": file.obstacle,
        "reason": file.rejection,
    }


def _disclosure_record(disclosure: Disclosure) -> dict[str, object]:
    return {
        "kind": disclosure.category.value,
        "sentence": disclosure.phrase,
        "value": disclosure.value,
        "location": disclosure.is_location,
    }


_FORMATS: Final[Mapping[str, Callable[[Sequence[CheckedFile]], str]]] = {"text": _as_text, "json": _as_json}
