"""Reads a register in YAML as a typed record; every mistake in it becomes one sentence with its line."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Final, TypeVar

from pydantic import ValidationError

from handbook.errors import HandbookError
from handbook.files.tree import FileTree
from handbook.findings import Location
from handbook.registers.validation_messages import dotted, explained, located_line, without_keys
from handbook.registers.variables import Variables
from handbook.text.hidden_characters import first_hidden, hidden_characters
from handbook.yaml.located import NO_KEYS, KeyPath, LocatedMapping, read_shared_mapping
from handbook.yaml.locations import location_of_byte
from handbook.yaml.quotes import in_quotes
from handbook.yaml.record import Record, RecordProblem

# How many files of registers are kept as they were read.
_MOST_KEPT: Final = 512
AnyRecord = TypeVar("AnyRecord", bound=Record)
_UTF_16: Final = (b"\xff\xfe", b"\xfe\xff")

# What editors, and Windows, which hides the last ending, make of `.yml`.
_NEARLY_YML: Final = re.compile(r"\.ya?ml(?:\.txt)?$", re.IGNORECASE)
_NAME: Final = re.compile(r"[a-z0-9_-]+")
# YAML ends a line at each of these, and git at none of them, so that git would blame another line.
_HIDDEN_LINE_END: Final = re.compile("[\r\x85\u2028\u2029]")
_HIDDEN_LINE_END_ADVICE: Final = (
    "a character here ends a line in YAML, but not in git; write a line end or a space instead"
)


def load_register(tree: FileTree, name: str, model: type[AnyRecord]) -> AnyRecord:
    """Read the file called `name` as `model`.

    Raises:
        HandbookError: with one line for each mistake, or if the file is missing.

    """
    return load_located_register(tree, name, model)[0]


def _no_problems(record: Record) -> Iterable[RecordProblem]:
    return ()


def load_located_register(
    tree: FileTree,
    name: str,
    model: type[AnyRecord],
    judge: Callable[[AnyRecord], Iterable[RecordProblem]] = _no_problems,
    variables: Variables | None = None,
) -> tuple[AnyRecord, LocatedMapping]:
    """Read the file called `name` as `model`, with the locations of its keys.

    `judge` finds mistakes that only other registers reveal, such as an owner who is not in theirs. Texts may
    name `variables`, and the record has their values.

    Raises:
        HandbookError: with one line for each mistake, or if the file is missing.

    """
    return parse_shown_register(required_file(tree, name), name, model, judge, variables)


def required_file(tree: FileTree, name: str) -> bytes:
    """Return what is in the file called `name`.

    Raises:
        HandbookError: if the file is missing.

    """
    data = tree.read(name)
    if data is None:
        raise HandbookError(f"{name} is missing; restore it from the history, or copy the sample")
    return data


def load_optional_register(
    tree: FileTree,
    name: str,
    model: type[AnyRecord],
    judge: Callable[[AnyRecord], Iterable[RecordProblem]] = _no_problems,
    variables: Variables | None = None,
) -> tuple[AnyRecord, LocatedMapping]:
    """Read a file that may be missing, which counts as `model()`, as `load_located_register` does.

    Raises:
        HandbookError: with one line for each mistake.

    """
    data = tree.read(name)
    return (
        (model(), LocatedMapping())
        if data is None
        else parse_shown_register(data, name, model, judge, variables)
    )


def load_folder(
    tree: FileTree,
    folder: str,
    model: type[AnyRecord],
    variables: Variables | None = None,
) -> dict[str, tuple[AnyRecord, LocatedMapping]]:
    """Read the files of a folder that has one record a file, by their paths; there may be no such folder.

    Two people who each add a record add two files, which git merges without a conflict.

    Raises:
        HandbookError: with one line for each mistake in any of the files.

    """
    shown = [name for name in tree.names(folder) if not name.startswith(".")]
    names = [name for name in shown if name.endswith(".yml")]
    files = ((f"{folder}/{name}", tree.read(f"{folder}/{name}")) for name in names)
    records, problems = {}, misnamed_files(folder, shown)
    for path, data in files:
        try:
            records[path] = parse_shown_register(data or b"", path, model, variables=variables)
        except HandbookError as error:
            problems.append(str(error))
    if problems:
        raise HandbookError("\n".join(problems))
    return records


def misnamed_files(folder: str, names: Iterable[str]) -> list[str]:
    """Return a line about each file that nobody would read because its name nearly ends as it should."""
    return [
        located_line(
            f"{folder}/{name}",
            Location(1, 1),
            f"a file with this name is not read; rename it to {_NEARLY_YML.sub('.yml', name)}",
        )
        for name in names
        if _NEARLY_YML.search(name) and not name.endswith(".yml")
    ]


def parse_shown_register(
    data: bytes,
    name: str,
    model: type[AnyRecord],
    judge: Callable[[AnyRecord], Iterable[RecordProblem]] = _no_problems,
    variables: Variables | None = None,
) -> tuple[AnyRecord, LocatedMapping]:
    """Read a file as `parse_register` does, and refuse hidden characters in it, in comments, too.

    A record of a review may have some, because nobody may correct what was filed.

    Raises:
        HandbookError: with one line for each mistake.

    """
    record, source = parse_register(data, name, model, judge, variables)
    if lines := _lines_with_hidden(source.text, name):
        raise HandbookError("\n".join(lines))
    return record, source


@lru_cache(_MOST_KEPT)
def _lines_with_hidden(text: str, name: str) -> Sequence[str]:
    """Return what is wrong with each line of a register that has hidden characters."""
    source = read_shared_mapping(text)
    hidden = [(_location_at(text, offset), message) for offset, message in hidden_characters(text)]
    if "\\" in text:
        hidden += [(source.value_location_of(path), message) for path, message in _hidden_in(source.data)]
    lines = {location.line: located_line(name, location, message) for location, message in reversed(hidden)}
    return [lines[number] for number in sorted(lines)]


def parse_register(
    data: bytes,
    name: str,
    model: type[AnyRecord],
    judge: Callable[[AnyRecord], Iterable[RecordProblem]] = _no_problems,
    variables: Variables | None = None,
) -> tuple[AnyRecord, LocatedMapping]:
    """Read the bytes of a file called `name` as `model`, with the locations of its keys.

    Raises:
        HandbookError: with one line for each mistake.

    """
    record, source, lines = _validated(data, name, model, variables)
    if record is not None:
        lines = [*lines, *(_problem_line(name, source, *problem) for problem in judge(record))]
    if lines or record is None:
        raise HandbookError("\n".join(sorted(set(lines), key=_by_line)))
    return record, source


@lru_cache(_MOST_KEPT)  # A gate, a history, and a server read most registers in many states that are equal.
def _validated(
    data: bytes, name: str, model: type[AnyRecord], variables: Variables | None
) -> tuple[AnyRecord | None, LocatedMapping, Sequence[str]]:
    """Return a record, the locations of its keys, and its own mistakes; None if it is none."""
    source = _read(data, name)
    if not source.data:
        raise HandbookError(without_keys(name, model))
    lines = [located_line(name, location, message) for location, message in source.second_keys()]
    cut_texts = list(_cut_texts(source))
    lines += [_problem_line(name, source, *problem) for problem in cut_texts]
    try:
        record = model.model_validate(source.data, context=variables)
    except ValidationError as error:
        already = {path for path, _ in cut_texts}
        return None, source, [*lines, *explained(name, source, model, error, already)]
    return (
        record,
        source,
        [*lines, *(_problem_line(name, source, *problem) for problem in record.problems())],
    )


def _problem_line(name: str, source: LocatedMapping, path: KeyPath, sentence: str) -> str:
    return located_line(name, source.value_location_of(path), f"'{dotted(path)}' {sentence}")


def _hidden_in(value: object, path: KeyPath = ()) -> Iterator[tuple[KeyPath, str]]:
    """Yield the texts that an escape puts a hidden character into, and what is wrong."""
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _hidden_in(inner, (*path, key))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _hidden_in(inner, (*path, number))
    elif isinstance(value, str) and (message := first_hidden(value)):
        yield path, message


def _cut_texts(source: LocatedMapping) -> Iterator[RecordProblem]:
    """Find texts that go on after `#`, which begins a comment; names, such as roles, have no spaces."""
    for path, text, comment in source.texts_with_comment():
        if not _NAME.fullmatch(text):
            key = "- " if isinstance(path[-1], int) else f"{path[-1]}: "
            advice = f"put it in quotes: `{key}{in_quotes(f'{text} {comment}'.lstrip())}`"
            reason = (
                f"ends before `{comment}`, because a space and `#` begin"
                if text
                else "is empty, because `#` begins"
            )
            yield path, f"{reason} a comment; {advice}"


def _read(data: bytes, name: str) -> LocatedMapping:
    try:
        text = data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        if data.startswith(_UTF_16):
            raise HandbookError(
                f"{name}:1:1: the file is UTF-16, not UTF-8; save it again as UTF-8"
            ) from None
        location = location_of_byte(data, error.start)
        raise HandbookError(
            located_line(name, location, "this byte is not UTF-8; save the file as UTF-8")
        ) from None
    if "\r" in text and "\n" not in text:
        raise HandbookError(
            located_line(name, Location(1, 1), "the lines end in CR; save the file with LF line ends")
        )
    if hidden := _HIDDEN_LINE_END.search(text):
        raise HandbookError(located_line(name, _location_at(text, hidden.start()), _HIDDEN_LINE_END_ADVICE))
    source = read_shared_mapping(text)
    if source.problem and source.problem.message != NO_KEYS:
        raise HandbookError(located_line(name, source.problem, source.problem.message))
    return source


def _location_at(text: str, offset: int) -> Location:
    return Location(text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset))


def _by_line(text: str) -> tuple[int, str]:
    return int(text.split(":")[1]), text
