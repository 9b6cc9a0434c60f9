"""The page that a browser shows instead of one that cannot be built."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from handbook.formats.html_document import DOCUMENTS
from scripts.development.serving.problems import BuildProblem


@dataclass(frozen=True, slots=True)
class ShownProblem:
    """A problem with the line of the file that it is about, if the file has it."""

    problem: BuildProblem
    text: str | None


def report_page(problems: Sequence[BuildProblem], root: Path, assets: str | None) -> str:
    """Return the page. `assets` is the address of the handbook's own styles, if there are any yet."""
    shown = list(_with_lines(problems, root))
    return DOCUMENTS.get_template("build_problems.html").render(problems=shown, assets=assets)


def _with_lines(problems: Sequence[BuildProblem], root: Path) -> Iterator[ShownProblem]:
    for problem in problems:
        yield ShownProblem(problem, _line(root / problem.path, problem.line) if problem.path else None)


def _line(file: Path, number: int | None) -> str | None:
    try:
        lines = file.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return None
    return lines[number - 1] if number is not None and 0 < number <= len(lines) else None
