"""A page of the handbook: a Markdown file that MkDocs publishes."""

import itertools
import os
import re
from bisect import bisect_left
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from itertools import chain, islice
from pathlib import Path
from typing import Final

from handbook.content.front_matter import FrontMatter, read_front_matter
from handbook.due_dates import LONGEST_INTERVAL, ReviewSchedule, due_date, parse_interval
from handbook.files.links import LINKED
from handbook.files.tree import refuse_endless
from handbook.findings import Location, Problem, Severity
from handbook.text.hidden_characters import hidden_characters, turning_entities
from handbook.yaml.locations import location_of_byte

_BOM: Final = b"\xef\xbb\xbf"
# The mark at the beginning of a file in UTF-16, or the first hyphen of one without the mark.
_UTF_16: Final = (b"\xff\xfe", b"\xfe\xff", b"-\0", b"\0-")
# A file that is not text has thousands of hidden characters.
_MOST_HIDDEN: Final = 20
# Forty thousand words. Nobody reviews a longer page.
MAX_BYTES: Final = 256 * 1024
START: Final = Location(1, 1)


@dataclass(frozen=True, slots=True)
class PageSource:
    """A page's file: its absolute path, its path from the root (`docs/policy/work.md`), and its language.

    `outside` says that it is reached by a symbolic link, or is outside the handbook.
    """

    file: str
    path: str
    language: str
    outside: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """One published page. `text` is the whole file, decoded, with LF line ends."""

    path: str
    language: str
    text: str
    front_matter: FrontMatter

    @property
    def owner(self) -> str | None:
        """Return the role that owns the page, or None if none is named."""
        return self.front_matter.text("owner")

    @property
    def title(self) -> str | None:
        """Return the title from the front matter, or None."""
        return self.front_matter.text("title")

    @property
    def interval(self) -> int | None:
        """Return the months between two reviews, or None if they cannot be read."""
        if "review_every" not in self.front_matter.values:
            return LONGEST_INTERVAL
        try:
            return parse_interval(self.front_matter.values["review_every"])
        except ValueError:
            return None

    @property
    def schedule(self) -> ReviewSchedule | None:
        """Return when the page was reviewed and is due, or None if its front matter does not say."""
        day, interval = self.front_matter.day("last_reviewed"), self.interval
        return ReviewSchedule(day, due_date(day, interval)) if day and interval else None

    @property
    def was_never_reviewed(self) -> bool:
        """Tell whether the page says that nobody here has reviewed it since the handbook was adopted."""
        return "last_reviewed" in self.front_matter.never

    @property
    def legal_review_due(self) -> date | None:
        """Return the last day on which the legal review holds, or None if it is not known."""
        day, interval = self.front_matter.day("legal_review"), self.interval
        return due_date(day, interval) if day and interval else None

    @property
    def body(self) -> str:
        """Return the text below the front matter."""
        return _body(self.text, self.front_matter.end)

    @property
    def body_line(self) -> int:
        """Return the line of the file on which the body begins."""
        return self.text.count("\n", 0, len(self.text) - len(self.body)) + 1

    @property
    def is_index(self) -> bool:
        """Tell whether the page is the index of its folder, in any language."""
        return self.path.rpartition("/")[2].partition(".")[0] in ("index", "README")

    def lacks(self, key: str) -> bool:
        """Tell whether a key is missing, rather than misspelled or of the wrong type."""
        return key not in self.front_matter.values and key not in self.front_matter.garbled

    def problem_at(self, key: str, message: str, severity: Severity | None = None) -> Problem:
        """Return a problem located at the value of a key."""
        location = self.front_matter.source.value_location_of((key,))
        return Problem.at(location, message, severity)

    def problem_in_body(self, offset: int, message: str) -> Problem:
        """Return a problem located at an offset of the body."""
        position = len(self.text) - len(self.body) + offset
        ends = _line_ends(self.text)
        line = bisect_left(ends, position)
        return Problem(line + 1, message, position - (ends[line - 1] if line else -1))


# A rule asks for both once for each problem, and a page may have thousands.
@lru_cache(maxsize=1)
def _body(text: str, end: int) -> str:
    return text[end:].lstrip("\n")


@lru_cache(maxsize=1)
def _line_ends(text: str) -> list[int]:
    return [end.start() for end in re.finditer("\n", text)]


def read_page(source: PageSource, known: Page | None = None) -> Page:
    """Read one page; whatever is wrong with its form becomes its `form_problems`.

    If the file still has the text of the `known` page, that is returned, and the text is not read as a page.
    """
    if source.outside:
        return unreadable_page(source, f"the file {LINKED}")
    try:
        refuse_endless(source.file)
        with open(source.file, "rb", buffering=0) as file:  # noqa: PTH123 - a Path for each page costs a tenth
            data = file.read()
    except OSError as error:
        return unreadable_page(source, cannot_be_read(error.strerror))
    if known and known.text and data == known.text.encode():
        return known
    return parse_page(source, data)


def cannot_be_read(reason: str | None) -> str:
    """Return the message for a file that the system does not open."""
    return f"the file cannot be read ({reason}); check the link or its permissions"


def unreadable_page(source: PageSource, message: str, location: Location = START) -> Page:
    """Return a page without text for a file that cannot be read, for the reason in `message`."""
    problem = Problem.at(location, message)
    return Page(source.path, source.language, "", FrontMatter(form_problems=(problem,), readable=False))


def parse_page(source: PageSource, data: bytes) -> Page:
    """Return the page that the bytes of a file make."""
    if len(data) > MAX_BYTES:
        message = f"the page has {len(data) // 1000:,} kB; split it into pages under {MAX_BYTES // 1024} kB"
        return unreadable_page(source, message)
    if data.startswith(_UTF_16):
        return unreadable_page(source, "the file is UTF-16, not UTF-8; save it again with the encoding UTF-8")
    try:
        text = _decode(data)
    except UnicodeDecodeError as error:
        message = "this byte is not UTF-8; save the file as UTF-8"
        return unreadable_page(source, message, location_of_byte(error.object, error.start))
    front_matter = read_front_matter(text)
    if hidden := _hidden_characters(text, front_matter):
        lines = {problem.line for problem in hidden}
        others = (problem for problem in front_matter.content_problems if problem.line not in lines)
        form_problems = (*front_matter.form_problems, *hidden)
        front_matter = replace(front_matter, form_problems=form_problems, content_problems=tuple(others))
    return Page(source.path, source.language, text, front_matter)


def _decode(data: bytes) -> str:
    """Return the text of a file as MkDocs reads it: without a byte order mark, and with LF line ends."""
    text = data.removeprefix(_BOM).decode("utf-8")
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _hidden_characters(text: str, front_matter: FrontMatter) -> list[Problem]:
    """Return a problem for each line with a hidden character, unless YAML has refused it already."""
    known = {(problem.line, problem.column) for problem in front_matter.form_problems}
    hidden = islice(chain(hidden_characters(text), turning_entities(text)), _MOST_HIDDEN)
    problems = (_problem_at(text, offset, message) for offset, message in hidden)
    return [problem for problem in problems if (problem.line, problem.column) not in known]


def _problem_at(text: str, offset: int, message: str) -> Problem:
    return Problem(text.count("\n", 0, offset) + 1, message, offset - text.rfind("\n", 0, offset))


class Boundary:
    """Tells which files are outside the handbook or reached by a symbolic link; asks once per folder.

    Hidden files, such as `.git/config` with the password of a build machine, count as outside.
    """

    def __init__(self, root: Path) -> None:
        self._root = os.path.realpath(root)
        self._outside: dict[str, bool] = {}
        self._links: dict[str, frozenset[str]] = {}

    def leads_outside(self, file: str) -> bool:
        """Tell whether a file is outside the handbook, or is a link, or is in a folder that is one."""
        folder, name = os.path.split(file)
        if folder not in self._links:
            self._outside[folder] = self._is_outside(folder) or self._is_linked(folder)
            self._links[folder] = frozenset(entry.name for entry in os.scandir(folder) if entry.is_symlink())
        return self._outside[folder] or name in self._links[folder]

    def _is_outside(self, path: str) -> bool:
        parts = Path(os.path.relpath(os.path.realpath(path), self._root)).parts
        return any(part.startswith(".") for part in parts)

    def _is_linked(self, folder: str) -> bool:
        """Tell whether one of the folders between a folder and the root is a link; the root may be one."""
        path = Path(folder).absolute()
        inner = itertools.takewhile(lambda part: not part.samefile(self._root), (path, *path.parents))
        return any(part.is_symlink() for part in inner)
