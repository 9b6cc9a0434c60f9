"""A package by SCORM 1.2, which Moodle and nearly every other learning system takes."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from babel.dates import format_date
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from handbook.files.stored_zip import as_zip
from handbook.formats.words_by_language import WordsByLanguage
from handbook.training.course import REPLY, START, Course

MANIFEST: Final = "imsmanifest.xml"
PAGE: Final = "index.html"
STAMP: Final = "edition.json"
WORDS: Final = WordsByLanguage(Path(__file__).with_name("words.yml"))
_FOLDER: Final = Path(__file__).parent / "package"
# The files that are the same in every package.
_OWN: Final = ("course.css", "course.js", "scorm.js")
_TEMPLATES: Final = Environment(
    loader=PackageLoader("handbook.training", "package"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    keep_trailing_newline=True,
)


@dataclass(frozen=True, slots=True)
class _View:
    """What is shown at a time, and where the way through the package stops."""

    anchor: str
    title: str
    language: str
    html: Markup | None = None


def scorm12(course: Course) -> bytes:
    """Return the package as a zip; the same course gives the same bytes."""
    return as_zip(scorm12_files(course))


def scorm12_files(course: Course) -> Mapping[str, bytes]:
    """Return the files of the package by path."""
    own = {name: (_FOLDER / name).read_bytes() for name in _OWN}
    page = _page(course).encode()
    files = {PAGE: page, STAMP: course.stamp, **own, **course.files}
    manifest = _TEMPLATES.get_template(MANIFEST).render(
        course=course, title=_title(course), page=PAGE, files=sorted(files)
    )
    return {MANIFEST: manifest.encode(), **files}


def _page(course: Course) -> str:
    language = WORDS.language_for(course.language)
    words = WORDS.of(language)
    day = _day(course.edition.effective, course.variant if language == course.language else language)
    return _TEMPLATES.get_template(PAGE).render(
        course=course,
        title=_title(course),
        words=words,
        # A package in a language without words of its own says which parts are English.
        said="" if language == course.language else Markup(' lang="{}"').format(language),
        introduction=words["edition"].format(edition=course.edition.edition, day=day),
        views=_views(course, words["reply"], language),
    )


def _title(course: Course) -> str:
    words = WORDS.of(course.language)
    return str(words["course"].format(track=course.track, edition=course.edition.edition))


def _views(course: Course, reply: str, language: str) -> Sequence[_View]:
    pages = [_View(page.anchor, page.title, page.language, page.html) for page in course.pages]
    return [_View(START, course.track, course.variant), *pages, _View(REPLY, reply, language)]


def _day(day: datetime.date, language: str) -> str:
    return format_date(day, format="medium", locale=language.replace("-", "_"))
