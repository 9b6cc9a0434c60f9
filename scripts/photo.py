"""`handbook photo`: says what photos and videos give away, and writes copies that give nothing away."""

import json
import shlex
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import click

from handbook.photos.clean import Refused, clean, copies, examined
from handbook.photos.disclosures import WORDS, Fact
from handbook.photos.scan import Survey
from scripts.options import exits_with_status

_EPILOG: Final = (
    "Reads JPEG, PNG, WebP, HEIC, AVIF, TIFF, MP4 and MOV, whatever the file is called."
    " Exit status: 0 nothing found, 1 a file gives away where it was taken, 2 a file could not be judged."
)
_CLEAN_EPILOG: Final = "Exit status: 0 every copy was written, 2 one was not; the others still are."


@dataclass(frozen=True, slots=True)
class Answer:
    """What was found in one file, or why nothing could be."""

    path: Path
    found: Survey | None
    reason: str | None

    @property
    def facts(self) -> tuple[Fact, ...]:
        """Return what the file gives away, as far as it could be read."""
        return self.found.facts if self.found else ()


@click.group(name="photo")
def command() -> None:
    """Say what photos and videos give away, and write copies that do not.

    Start with `handbook photo check party.jpg`, then `handbook photo clean party.jpg --out clean`.
    """


_files = click.argument("files", nargs=-1, required=True, metavar="FILE...", type=click.Path(path_type=Path))


@command.command(name="check", epilog=_EPILOG)
@_files
@click.option(
    "--format", "report", type=click.Choice(["text", "json"]), default="text", help="How findings are shown."
)
@exits_with_status
def check_command(files: tuple[Path, ...], report: str) -> int:
    """Say what each FILE gives away: where and when it was taken, with which camera, by whom."""
    answers = [_answer(path) for path in files]
    click.echo(_FORMATS[report](answers))
    if any(answer.reason for answer in answers):
        return 2
    return int(any(fact.is_location for answer in answers for fact in answer.facts))


@command.command(name="clean", epilog=_CLEAN_EPILOG)
@_files
@click.option(
    "--out",
    "folder",
    required=True,
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="The folder for the copies; it is made when it is not there. No file is overwritten.",
)
@exits_with_status
def clean_command(files: tuple[Path, ...], folder: Path) -> int:
    """Write a copy of each FILE that gives nothing away.

    The pixels are the same; how the picture is turned, and its color profile, are kept. Each copy is read
    again before it gets its name.
    """
    status = 0
    for copy in copies(files, folder):
        try:
            facts = clean(copy)
        except Refused as reason:
            click.echo(f"{_shown(copy.source)}: not cleaned: {reason}", err=True)
            status = 2
        else:
            click.echo(f"{_shown(copy.target)}: written {_without(facts)}")
    return status


def _answer(path: Path) -> Answer:
    try:
        return Answer(path, examined(path), None)
    except Refused as reason:
        return Answer(path, None, str(reason))


def _as_text(answers: Sequence[Answer]) -> str:
    """One line a file, and what to do next."""
    lines = [f"{_shown(answer.path)}: {_sentence(answer)}" for answer in answers]
    telling = [answer for answer in answers if answer.facts]
    if any(not answer.found.obstacle for answer in telling if answer.found):
        files = " ".join(
            shlex.quote(_shown(one.path)) for one in telling if one.found and not one.found.obstacle
        )
        lines.append(f"to post without that, run: handbook photo clean {files} --out clean")
    return "\n".join(lines)


def _sentence(answer: Answer) -> str:
    if answer.reason:
        return answer.reason
    if not answer.facts:
        return "gives nothing away"
    obstacle = answer.found.obstacle if answer.found else None
    return f"gives away {', '.join(_grouped(answer.facts))}" + (f"; {obstacle}" if obstacle else "")


def _grouped(facts: Sequence[Fact]) -> Iterator[str]:
    """Yield one phrase a kind, with all that was found of it."""
    for kind in dict.fromkeys(fact.kind for fact in facts):
        values = "; ".join(fact.value for fact in facts if fact.kind is kind and fact.value)
        yield f"{WORDS[kind]} ({values})" if values else WORDS[kind]


def _without(facts: Sequence[Fact]) -> str:
    kinds = dict.fromkeys(fact.kind for fact in facts)
    return (
        f"without {', '.join(WORDS[kind] for kind in kinds)}" if kinds else "as it was; it gave nothing away"
    )


def _as_json(answers: Sequence[Answer]) -> str:
    """One object, whose `files` are records of path, format, facts, obstacle and reason."""
    return json.dumps({"files": [_record(answer) for answer in answers]}, indent=2, ensure_ascii=False)


def _record(answer: Answer) -> dict[str, object]:
    return {
        "path": answer.path.as_posix(),
        "format": answer.found.format if answer.found else None,
        "location": any(fact.is_location for fact in answer.facts),
        "facts": [
            {
                "kind": fact.kind.value,
                "sentence": fact.sentence,
                "value": fact.value,
                "location": fact.is_location,
            }
            for fact in answer.facts
        ],
        "obstacle": answer.found.obstacle if answer.found else None,
        "reason": answer.reason,
    }


def _shown(path: Path) -> str:
    """Return a name on one line, whatever is in it."""
    return "".join(letter if letter.isprintable() else "?" for letter in str(path))


_FORMATS: Final[Mapping[str, Callable[[Sequence[Answer]], str]]] = {"text": _as_text, "json": _as_json}
