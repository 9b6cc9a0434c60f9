"""Writes the record of a review, step by step, without changing what others wrote in it.

Each role signs in a file of its own, so that git can merge signatures from two branches. In an older record,
which is one file, each role signs between lines of its own.
"""

import datetime
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import wraps
from typing import Concatenate, Final, ParamSpec

from handbook.content.pages import Page
from handbook.errors import HandbookError
from handbook.registers.loading import AnyRecord, parse_register
from handbook.registers.review_records import (
    Abandonment,
    Meeting,
    Reading,
    ReviewFile,
    ReviewPlan,
    ReviewRecord,
)
from handbook.yaml.edit_lines import (
    Replacement,
    block,
    compose,
    inline,
    insert,
    is_block,
    last_line,
    proved,
    value_at,
    with_replacements,
)
from handbook.yaml.edit_value import with_value

Parameters = ParamSpec("Parameters")

_HEAD: Final = """\
# A review: its pages, and the roles that read each. `handbook review sign --as ROLE` writes what a role found
# into a file next to this one, and `handbook review close --on DATE` adds what the meeting decided. You can
# also edit these files by hand: `handbook check` judges them either way.
"""
_HEAD_OF_READING: Final = "# What one role found when it read these pages alone.\n"
_NOTHING: Final = r"[ ]*(?:null|~)?[ ]*(?:#[^\n]*)?"
_MEETING: Final = re.compile(rf"^meeting:{_NOTHING}$", re.MULTILINE)
# The front matter of a page as it is on disk, which may have a byte order mark and any ends of lines.
_BLOCK: Final = re.compile(
    r"\ufeff?-{3}[ \t]*(?:\r\n?|\n)(?P<keys>.*?(?:\r\n?|\n))(?:\.{3}|-{3})[ \t]*(?:\r\n?|\n)", re.DOTALL
)
_LINE_WIDTH: Final = 100
_REFUSAL: Final = "the record cannot be written here; write it by hand, as in the others"


def _keeps_line_ends(
    edit: Callable[Concatenate[str, Parameters], str],
) -> Callable[Concatenate[str, Parameters], str]:
    """Let a function that writes LF edit a text whose lines all end as on Windows."""

    @wraps(edit)
    def edited(text: str, /, *args: Parameters.args, **kwargs: Parameters.kwargs) -> str:
        if text.count("\r\n") < text.count("\n"):
            return edit(text, *args, **kwargs)
        return edit(text.replace("\r\n", "\n"), *args, **kwargs).replace("\n", "\r\n")

    return edited


def new_review(readers: Mapping[str, Sequence[str]], started: datetime.date) -> str:
    """Return the text of `review.yml` for a review that begins, with the roles that read each page."""
    pages = "".join(f"  {inline(page, list(roles))}\n" for page, roles in readers.items())
    return f"{_HEAD}started: {started}\npages:\n{pages}meeting:\n"


def reading_text(reading: Reading) -> str:
    """Return the text of the file of a role."""
    return _HEAD_OF_READING + _dumped(reading.model_dump(exclude_defaults=True), 0)


@_keeps_line_ends
def with_reading(text: str, role: str, reading: Reading) -> str:
    """Return a record in one file with the reading of a role.

    Raises:
        HandbookError: if the role has no place to sign, or has already signed.

    """
    place = re.compile(rf"^  {re.escape(role)}:{_NOTHING}\n(?!    )", re.MULTILINE)
    if not place.search(text):
        raise HandbookError(f"the record has no place where {role} has yet to sign")
    block = f"  {role}:\n{_dumped(reading.model_dump(exclude_defaults=True), 4)}"
    after = place.sub(lambda _: block, text, count=1)
    before = _read(text, ReviewRecord)
    expected = before.model_copy(update={"readings": {**before.readings, role: reading}})
    return proved(after, lambda edited: _read(edited, ReviewRecord), expected, _REFUSAL)


@_keeps_line_ends
def with_meeting(text: str, meeting: Meeting, form: type[AnyRecord]) -> str:
    """Return the file with the decisions of the meeting.

    Raises:
        HandbookError: if it already has a meeting, or has no line to write it below.

    """
    if not _MEETING.search(text):
        raise HandbookError("the record already has a meeting, or has no line `meeting:` to write it below")
    block = f"meeting:\n{_dumped(meeting.model_dump(exclude_none=True), 2)}".rstrip("\n")
    after = _MEETING.sub(lambda _: block, text, count=1)
    expected = _read(text, form).model_copy(update={"meeting": meeting})
    return proved(after, lambda edited: _read(edited, form), expected, _REFUSAL)


@_keeps_line_ends
def with_abandonment(text: str, abandonment: Abandonment, form: type[AnyRecord]) -> str:
    """Return the file with the day and the reason on which the review was given up.

    Raises:
        HandbookError: if it already has them.

    """
    end = "" if text.endswith("\n") else "\n"
    after = f"{text}{end}{_dumped({'abandoned': abandonment.model_dump()}, 0)}"
    expected = _read(text, form).model_copy(update={"abandoned": abandonment})
    return proved(after, lambda edited: _read(edited, form), expected, _REFUSAL)


@_keeps_line_ends
def with_reader(text: str, role: str, pages: Sequence[str]) -> str:
    """Return a file `review.yml` in which a role also reads these pages.

    Raises:
        HandbookError: if their roles cannot be written there.

    """
    before = _read(text, ReviewPlan)
    listed = {page: [*before.pages[page], role] for page in pages}
    after = text
    for page, roles in listed.items():
        node = value_at(value_at(compose(after), "pages"), page)
        if node is None:
            raise HandbookError(f"{page} is not in the review")
        if is_block(node):
            after = insert(after, last_line(node), [f"{' ' * node.start_mark.column}- {role}"])
        else:
            flow = inline("x", roles).removeprefix("x: ")
            change = Replacement(node.start_mark.index, node.end_mark.index, flow)
            after = with_replacements(after, [change])
    expected = before.model_copy(update={"pages": {**before.pages, **listed}})
    return proved(after, lambda edited: _read(edited, ReviewPlan), expected, _REFUSAL)


@_keeps_line_ends
def with_place(text: str, role: str) -> str:
    """Return a record in one file with a place for one more role to sign.

    Raises:
        HandbookError: if the place cannot be written there.

    """
    return with_value(text, ("readings", role), "null")


@_keeps_line_ends
def without_reading(text: str, role: str) -> str:
    """Return a record in one file without what a role read; the place to sign stays.

    Raises:
        HandbookError: if the reading cannot be taken out there.

    """
    node = value_at(value_at(compose(text), "readings"), role)
    if node is None or not is_block(node):
        raise HandbookError(_REFUSAL)
    lines = text.splitlines(keepends=True)
    after = "".join([*lines[: node.start_mark.line], *lines[last_line(node) :]])
    before = _read(text, ReviewRecord)
    expected = before.model_copy(update={"readings": {**before.readings, role: None}})
    return proved(after, lambda edited: _read(edited, ReviewRecord), expected, _REFUSAL)


def form_of(review_file: ReviewFile) -> type[ReviewRecord] | type[ReviewPlan]:
    """Return what the file with the meeting is read as."""
    return ReviewRecord if review_file.readers is None else ReviewPlan


def _read(text: str, form: type[AnyRecord]) -> AnyRecord:
    return parse_register(text.encode("utf-8"), "the record", form)[0]


def with_review_dates(page: Page, raw: str, meeting: datetime.date, legal: datetime.date | None) -> str:
    """Return the text of a page's file with the dates of its reviews, and no other change.

    Raises:
        HandbookError: if its front matter cannot be read, or has changed since it was read.

    """
    days = {"last_reviewed": meeting} | ({"legal_review": legal} if legal else {})
    return with_head(page, raw, {key: day.isoformat() for key, day in days.items()})


def with_head(page: Page, raw: str, values: Mapping[str, str]) -> str:
    """Return the text of a page's file with values in its front matter, each on one line.

    Raises:
        HandbookError: if its front matter cannot be read, or has changed since it was read.

    """
    block = _BLOCK.match(raw)
    if not page.front_matter.readable or not block or _lines(block[0]) != page.text[: page.front_matter.end]:
        raise HandbookError(f"{page.path} cannot be stamped; first fix what `handbook check` finds in it")
    start, end = block.span("keys")
    head = raw[start:end]
    try:
        for key, value in values.items():
            head = with_value(head, (key,), value)
    except HandbookError as error:
        raise HandbookError(f"{page.path} cannot be stamped: {error}") from None
    return raw[:start] + head + raw[end:]


def _lines(raw: str) -> str:
    """Return a text without a byte order mark, and with LF line ends."""
    return raw.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def missing_roles(record: ReviewRecord) -> list[str]:
    """Return the roles that have not signed."""
    return [role for role, reading in record.readings.items() if reading is None]


def legal_day(record: ReviewRecord, path: str, lawyers: Sequence[str]) -> datetime.date | None:
    """Return the day on which a lawyer last read a page for a review, or None."""
    readings = (reading for role, reading in record.readings.items() if role in lawyers)
    return max((reading.date for reading in readings if reading and path in reading.pages), default=None)


def _dumped(value: Mapping[str, object], indent: int) -> str:
    return "".join(_indented(block(value, _LINE_WIDTH - indent), indent))


def _indented(text: str, indent: int) -> Iterator[str]:
    for line in text.split("\n")[:-1]:  # Unlike splitlines(), which also splits where YAML does not.
        yield f"{' ' * indent}{line}\n" if line.strip(" ") else "\n"
