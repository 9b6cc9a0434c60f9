"""What a build says is wrong, with the file and the line where it says so."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from jinja2 import TemplateSyntaxError
from mkdocs.exceptions import MkDocsException

from handbook.errors import HandbookError

# Our own sentences: `docs/policy/work.md:12:3: error FMT001 …`.
_LOCATED: Final = re.compile(r"(?P<path>[^:\s][^:\n]*):(?P<line>\d+)(?::(?P<column>\d+))?: (?P<message>.+)")
_PAGE: Final = re.compile(r"(?P<path>docs/[^:\n]+\.md): (?P<message>.+)")
# What MkDocs says of a link, and of YAML that cannot be read.
_LINK: Final = re.compile(
    r"Doc file '(?P<page>.+?)' (?P<message>contains .*? link (?:to )?'(?P<link>.*?)'.*)"
)
_YAML: Final = re.compile(r'in "(?P<path>[^"]+)", line (?P<line>\d+), column (?P<column>\d+)')


@dataclass(frozen=True, slots=True)
class BuildProblem:
    """What is wrong. `path` is from the handbook's root; it and the location are None if they are unknown."""

    message: str
    path: str | None = None
    line: int | None = None
    column: int | None = None

    @property
    def is_about_page(self) -> bool:
        """Whether the problem is in a page, which alone cannot be shown then."""
        return self.path is not None and self.path.startswith("docs/") and self.path.endswith(".md")

    def __str__(self) -> str:
        """Return the problem as a line for a terminal."""
        location = ":".join(str(part) for part in (self.path, self.line, self.column) if part is not None)
        return f"{location}: {self.message}" if location else self.message


def problems_of(error: Exception, root: Path) -> list[BuildProblem]:
    """Return what an error says is wrong, which ended a build."""
    if isinstance(error, TemplateSyntaxError):
        path = _from_root(error.filename or error.name or "a template", root)
        return [BuildProblem(error.message or "the template cannot be read", path, error.lineno)]
    text = str(error)
    if isinstance(error, MkDocsException | HandbookError) and text:
        return problems_in(text, root)
    return [BuildProblem(f"{type(error).__name__}: {text}")]


def problems_in(text: str, root: Path) -> list[BuildProblem]:
    """Return what a message says is wrong.

    If lines of it name a file, these are the problems, and what introduces them is left out.
    """
    located = [problem for line in text.splitlines() for problem in _named(line, root)]
    if located:
        return located
    yaml = list(_YAML.finditer(text))
    if yaml:
        path = _from_root(yaml[-1]["path"], root)
        return [BuildProblem(text.strip(), path, int(yaml[-1]["line"]), int(yaml[-1]["column"]))]
    return [BuildProblem(text.strip())] if text.strip() else []


def _named(line: str, root: Path) -> Iterator[BuildProblem]:
    if match := _LOCATED.fullmatch(line):
        column = int(match["column"]) if match["column"] else None
        yield BuildProblem(match["message"], match["path"], int(match["line"]), column)
    elif match := _LINK.fullmatch(line):
        path = f"docs/{match['page']}"
        yield BuildProblem(f"the page {match['message']}", path, _line_of(root / path, match["link"]))
    elif match := _PAGE.fullmatch(line):
        yield BuildProblem(match["message"], match["path"])


def _line_of(file: Path, link: str) -> int | None:
    """Return the first line of a page with a link, or None if the page does not say it in these words."""
    try:
        lines = file.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return None
    return next((number for number, line in enumerate(lines, 1) if link in line), None)


def _from_root(path: str, root: Path) -> str:
    """Return a path as readers know it: MkDocs names the whole one."""
    file = Path(path)
    return file.relative_to(root).as_posix() if file.is_relative_to(root) else path
