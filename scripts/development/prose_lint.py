"""Judges the English that people read: spelling with typos, style with proselint; a part of the lint.

Both programs read copies in which texts in other languages are blank, so that every line and column is
the one in the file. Their settings are in `pyproject.toml` (typos) and `.proselintrc.json`.
"""

import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import click
import yaml

from handbook.content.front_matter import read_front_matter
from handbook.content.languages import language_of
from handbook.errors import HandbookError
from handbook.files.tree import Folder
from handbook.registers.organization import load_organization
from handbook.text.counting import counted
from handbook.text.prose import without_code
from scripts.options import exits_with_status, root_option

_SETTINGS: Final = ("pyproject.toml", ".proselintrc.json")
_PAGES: Final = ("docs/**/*.md", "*.md")
_REGISTERS: Final = ("registers/**/*.yml", "sample/registers/**/*.yml")
_DATA: Final = ("organization.yml", *_REGISTERS, "macros/catalog/en.yml")
# Names that other people gave to what is theirs, what people type in a hurry, and how others spell.
_NAMES: Final = {
    "registers/library.yml": ("organization", "title", "address"),
    "registers/links.yml": ("address",),
    "sample/registers/links.yml": ("address",),
    "registers/questions.yml": ("question",),
    "registers/sources.yml": ("publisher", "title", "address"),
    "registers/spelling.yml": ("words", "endings", "kept"),
}
# The words by which the search is asked, in any English and any style.
_WORDS_OF_STAFF: Final = "asked_as"
_BLANK_LINE: Final = re.compile(r"^$", re.MULTILINE)
_NOT_NEWLINE: Final = re.compile(r"[^\n]")


@click.command(name="wording", epilog="Exit status: 0 nothing found, 1 something found, 2 it could not run.")
@root_option
@exits_with_status
def command(root: Path) -> int:
    """Judge the spelling and the style of English pages, registers, and organization.yml.

    If a word is right nevertheless, add it to `[tool.typos.default.extend-words]` in pyproject.toml.
    """
    languages = load_organization(Folder(root)).languages
    with tempfile.TemporaryDirectory(prefix="handbook-wording-") as name:
        folder = Path(name).resolve()
        texts = sorted(english_texts(root, languages))
        for path, text in texts:
            target = folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8")
        for path in _SETTINGS:
            if (root / path).is_file():
                shutil.copy(root / path, folder)
        paths = [path for path, _ in texts]
        # The exit status does not count: in some versions of proselint, it is 0 whatever was found.
        findings = [
            *_findings(folder, "typos", "--format", "brief", "--config", "pyproject.toml", *paths),
            *_findings(folder, "proselint", "--config", ".proselintrc.json", "check", *paths),
        ]
    if findings:
        print("\n".join(findings))
    print(f"{counted(len(texts), 'text')} read; {len(findings) or 'nothing'} found", file=sys.stderr)
    return int(bool(findings))


def english_texts(root: Path, languages: list[str]) -> Iterator[tuple[str, str]]:
    """Yield the path and the English of each file that is in English, or has a part that is."""
    for pattern in _PAGES:
        for file in root.glob(pattern):
            if language_of(file.name, languages) == "en":
                yield _path(file, root), _with_pauses(without_code(_without_words_of_staff(_text(file))))
    for pattern in _DATA:
        for file in root.glob(pattern):
            others = [language for language in languages if language != "en"]
            path = _path(file, root)
            yield path, english_of(_text(file), [*others, _WORDS_OF_STAFF, *_NAMES.get(path, ())])


def _without_words_of_staff(text: str) -> str:
    """Blank what staff call a page in its front matter."""
    end = read_front_matter(text).end
    return english_of(text[:end].replace("---", "   "), [_WORDS_OF_STAFF]) + text[end:]


def english_of(text: str, others: list[str]) -> str:
    """Blank the values of other languages' keys in YAML; every other character keeps its position."""
    for start, end in _spans(yaml.compose(text, yaml.SafeLoader), others):
        text = text[:start] + _NOT_NEWLINE.sub(" ", text[start:end]) + text[end:]
    return text


def _spans(node: yaml.Node | None, keys: list[str]) -> Iterator[tuple[int, int]]:
    """Yield the start and the end of the values of some keys, at any depth."""
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value in keys:
                yield value.start_mark.index, value.end_mark.index
            else:
                yield from _spans(value, keys)
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from _spans(item, keys)


def _with_pauses(text: str) -> str:
    """Put a full stop on each empty line, so that a heading and the text below it are not a repetition."""
    return _BLANK_LINE.sub(".", text)


def _findings(folder: Path, program: str, *arguments: str) -> list[str]:
    """Run a program of this environment on the copies; return its findings, one line each.

    Raises:
        HandbookError: if it does not run.

    """
    path = Path(sys.executable).with_name(program)
    done = subprocess.run([str(path), *arguments], cwd=folder, capture_output=True, text=True, check=False)
    if done.stderr.strip() or done.returncode not in (0, 1, 2):
        raise HandbookError(f"{program} cannot judge the texts: {done.stderr.strip()}")
    return done.stdout.replace(f"{folder.as_posix()}/", "").splitlines()


def _path(file: Path, root: Path) -> str:
    return file.relative_to(root).as_posix()


def _text(file: Path) -> str:
    return file.read_text(encoding="utf-8")


if __name__ == "__main__":
    sys.exit(command())
