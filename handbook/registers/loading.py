"""Reads a register in YAML as a typed record; every mistake in it becomes one sentence with its line."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, Final, TypeVar, get_origin

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo

from handbook.errors import HandbookError
from handbook.files.tree import FileTree
from handbook.findings import Location, Problem
from handbook.record import Record, RecordProblem
from handbook.registers.variables import Variables
from handbook.text.hidden_characters import first_hidden, hidden_characters
from handbook.text.quoting import one_line
from handbook.text.suggestions import did_you_mean, nearest
from handbook.yaml.line_mistakes import in_quotes
from handbook.yaml.located import (
    ImpossibleDate,
    KeyPath,
    LocatedMapping,
    location_of_byte,
    read_shared_mapping,
)
from handbook.yaml.written_dates import explain_date
from handbook.yaml.written_texts import not_a_text

# How many files of registers are kept as they were read.
_MOST_KEPT: Final = 512
AnyRecord = TypeVar("AnyRecord", bound=Record)
# How pydantic calls it that a value is none of those that there are.
_CHOICES: Final = ("literal_error", "enum")
_WANTED: Final = {
    "string": "a text",
    "list": "a list",
    "tuple": "a list",
    "bool": "true or false",
    "int": "a whole number",
    "date": "a date without quotes",
}
_KINDS: Final[Mapping[type, str]] = {
    bool: "true or false",
    int: "a number",
    float: "a number",
    list: "a list",
    dict: "a group of keys",
    str: "a text",
}
_UTF_16: Final = (b"\xff\xfe", b"\xfe\xff")

_NAME: Final = re.compile(r"[a-z0-9_-]+")
# YAML ends a line at each of these, and git at none of them, so that git would blame another line.
_HIDDEN_LINE_END: Final = re.compile("[\r\x85\u2028\u2029]")
_HIDDEN_LINE_END_ADVICE: Final = (
    "a character here ends a line in YAML, but not in git; write a line end or a blank instead"
)


def load_register(tree: FileTree, name: str, model: type[AnyRecord]) -> AnyRecord:
    """Read the file called `name` as `model`.

    Raises:
        HandbookError: with one line for each mistake, or if the file is missing.

    """
    return load_located_register(tree, name, model)[0]


def _no_mistakes(record: Record) -> Iterable[RecordProblem]:
    return ()


def load_located_register(
    tree: FileTree,
    name: str,
    model: type[AnyRecord],
    judge: Callable[[AnyRecord], Iterable[RecordProblem]] = _no_mistakes,
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
    judge: Callable[[AnyRecord], Iterable[RecordProblem]] = _no_mistakes,
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
    judge: Callable[[AnyRecord], Iterable[RecordProblem]] = _no_mistakes,
    variables: Variables | None = None,
) -> dict[str, tuple[AnyRecord, LocatedMapping]]:
    """Read the files of a folder that has one record a file, by their paths; there may be no such folder.

    Two people who each add a record add two files, which git merges without a conflict.

    Raises:
        HandbookError: with one line for each mistake in any of the files.

    """
    names = [name for name in tree.names(folder) if name.endswith(".yml") and not name.startswith(".")]
    files = ((f"{folder}/{name}", tree.read(f"{folder}/{name}")) for name in names)
    records, mistakes = {}, []
    for path, data in files:
        try:
            records[path] = parse_shown_register(data or b"", path, model, judge, variables)
        except HandbookError as error:
            mistakes.append(str(error))
    if mistakes:
        raise HandbookError("\n".join(mistakes))
    return records


def parse_shown_register(
    data: bytes,
    name: str,
    model: type[AnyRecord],
    judge: Callable[[AnyRecord], Iterable[RecordProblem]] = _no_mistakes,
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
    lines = {location.line: _line(name, location, message) for location, message in reversed(hidden)}
    return [lines[number] for number in sorted(lines)]


def parse_register(
    data: bytes,
    name: str,
    model: type[AnyRecord],
    judge: Callable[[AnyRecord], Iterable[RecordProblem]] = _no_mistakes,
    variables: Variables | None = None,
) -> tuple[AnyRecord, LocatedMapping]:
    """Read the bytes of a file called `name` as `model`, with the locations of its keys.

    Raises:
        HandbookError: with one line for each mistake.

    """
    record, source, mistakes = _validated(data, name, model, variables)
    if record is not None:
        mistakes = [*mistakes, *(_mistake(name, source, *problem) for problem in judge(record))]
    if mistakes or record is None:
        raise HandbookError("\n".join(sorted(set(mistakes), key=_by_line)))
    return record, source


@lru_cache(_MOST_KEPT)  # A gate, a history, and a server read most registers in many states that are equal.
def _validated(
    data: bytes, name: str, model: type[AnyRecord], variables: Variables | None
) -> tuple[AnyRecord | None, LocatedMapping, Sequence[str]]:
    """Return a record, the locations of its keys, and its own mistakes; None if it is none."""
    source = _read(data, name)
    mistakes = [
        _line(name, location, f"'{key}' is set a second time; keep one of the two")
        for location, key in source.duplicates
    ]
    mistakes += [_mistake(name, source, *problem) for problem in _cut_texts(source)]
    try:
        record = model.model_validate(source.data, context=variables)
    except ValidationError as error:
        explained = [_explain(name, source, model, detail) for detail in _told(source, model, error)]
        return None, source, [*mistakes, *explained]
    return record, source, [*mistakes, *(_mistake(name, source, *problem) for problem in record.mistakes())]


def _mistake(name: str, source: LocatedMapping, path: KeyPath, sentence: str) -> str:
    return _line(name, source.value_location_of(path), f"'{dotted(path)}' {sentence}")


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
        raise HandbookError(_line(name, location, "this byte is not UTF-8; save the file as UTF-8")) from None
    if "\r" in text and "\n" not in text:
        raise HandbookError(
            _line(name, Location(1, 1), "the lines end in CR; save the file with LF line ends")
        )
    if hidden := _HIDDEN_LINE_END.search(text):
        raise HandbookError(_line(name, _location_at(text, hidden.start()), _HIDDEN_LINE_END_ADVICE))
    source = read_shared_mapping(text)
    if source.problem:
        raise HandbookError(_line(name, source.problem, source.problem.message))
    return source


def _location_at(text: str, offset: int) -> Location:
    return Location(text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset))


def _line(name: str, location: Location | Problem, message: str) -> str:
    return one_line(f"{name}:{location.line}:{location.column}: {message}")


def _by_line(text: str) -> tuple[int, str]:
    return int(text.split(":")[1]), text


def _told(source: LocatedMapping, model: type[BaseModel], error: ValidationError) -> Iterator[Any]:
    """Yield the errors that say something new: of a text by language one, of a misspelled key only that."""
    details = [(_known_part(source, detail["loc"]), detail) for detail in error.errors()]
    wrong = {(path, detail["type"]) for path, detail in details}
    outer = {path[:length] for path, _ in wrong for length in range(len(path))}
    misspelled = {
        (*path[:-1], nearest(str(path[-1]), _names(parent)))
        for path, detail in details
        if detail["type"] == "extra_forbidden" and (parent := _model_at(model, path[:-1]))
    }
    for path, detail in details:
        is_said = detail["type"] == "dict_type" and (path, "string_type") in wrong
        is_outer = detail["type"] == "string_type" and isinstance(detail["input"], dict) and path in outer
        is_misspelled = detail["type"] == "missing" and (*path, detail["loc"][-1]) in misspelled
        if not (is_said or is_outer or is_misspelled):
            yield detail


def _explain(name: str, source: LocatedMapping, model: type[BaseModel], detail: Any) -> str:
    """Turn one of pydantic's errors into a line that locates it, names the key and says what to do."""
    path = _known_part(source, detail["loc"])
    key = dotted(path) or name
    kind, given = detail["type"], detail.get("input")
    if kind == "extra_forbidden":
        if whole := source.cut_by_comma(path):
            message = f"a comma in braces ends a text; put it in quotes: `{whole}`"
            return _line(name, source.location_of(path), message)
        parent = _model_at(model, path[:-1])
        advice = did_you_mean(str(path[-1]), _names(parent)) if parent else "remove it"
        return _line(name, source.location_of(path), f"unknown key '{key}'; {advice}")
    if kind == "missing":
        missing = (*path, str(detail["loc"][-1]))
        message = f"'{dotted(missing)}' is missing; add {_example(model, missing)}"
        return _line(name, source.location_of(path), message)
    if detail["loc"][-1] == "[key]":
        return _line(name, source.location_of(path), f"'{key}' {_reason(kind, detail, given)}")
    sentence = _remedy(source, path, detail)
    if sentence is None:
        reason = _reason(kind, detail, _as_written(given, source, path) if kind in _CHOICES else given)
        sentence = reason if reason.endswith("?") else f"{reason}; write {_example(model, path)}"
    return _line(name, source.value_location_of(path), f"'{key}' {sentence}")


def _remedy(source: LocatedMapping, path: KeyPath, detail: Any) -> str | None:
    """Return what to write for a value of another type than the one that was meant, if it can be told."""
    kind, given, written = detail["type"], detail["input"], source.written(path)
    if kind.startswith("date_"):
        return explain_date(given, written)
    if kind == "string_type":
        return _as_text(source, path, given)
    if kind in _CHOICES:
        choices = re.findall("'([^']*)'", detail["ctx"]["expected"])
        if isinstance(given, str) and set(words := given.split()) <= set(choices):
            return f"is '{given}'; write a comma between the words: `{', '.join(words)}`"
        meant = nearest(str(shown := _as_written(given, source, path)), choices)
        reason = _reason(kind, detail, shown)
        return f"{reason}; did you mean '{meant}'?" if meant else None
    if isinstance(given, str) and kind.startswith(("bool_", "int_")):
        bare = given.strip("\"'“”")
        return f"is in quotes; write `{path[-1]}: {bare}`" if written != bare else None
    if isinstance(given, str) and kind == "list_type" and re.fullmatch(r"[\w\s,-]+", given):
        return f"must be a list; write `{path[-1]}: [{', '.join(re.findall('[^,; ]+', given))}]`"
    return None


def _as_text(source: LocatedMapping, path: KeyPath, given: object) -> str | None:
    """Say how a value becomes a text: with quotes around it, or around the whole that it was cut from."""
    if not path or given is not None or source.written(path):
        prefix = f"{path[-1]}: " if path and isinstance(path[-1], str) else ""
        return not_a_text(prefix, given, source.written(path))
    if whole := source.cut_by_comma(path):
        return f"has no value, because a comma in braces ends a text; put it in quotes: `{whole}`"
    if entry := re.fullmatch(r"([\w-]+):(\S.*)", str(path[-1])):
        return f"has no space after the colon; write `{entry[1]}: {entry[2]}`"
    if comment := source.comment_after(path):
        written = in_quotes(comment)
        return f"is empty, because `#` begins a comment; put it in quotes: `{path[-1]}: {written}`"
    return None


def _as_written(given: object, source: LocatedMapping, path: KeyPath) -> object:
    """Return a value as its file has it: `no`, for one, is not a text to YAML."""
    return given if given is None or isinstance(given, str) else source.written(path) or given


def dotted(path: KeyPath) -> str:
    """Return a path as people write it; lists count from 1."""
    return ".".join(str(part + 1 if isinstance(part, int) else part) for part in path)


def _known_part(source: LocatedMapping, path: tuple[Any, ...]) -> tuple[Any, ...]:
    """Return a path without what pydantic adds to it and the file does not hold: the branches of a union."""
    known: tuple[Any, ...] = ()
    for part in path:
        if source.has((*known, part)):
            known = (*known, part)
    return known


def _reason(kind: str, detail: Any, given: object) -> str:
    if kind == "value_error":
        return str(detail["ctx"]["error"])
    if given is None:
        return "has no value"
    if isinstance(given, ImpossibleDate):
        return f"is {given.text}, a day that no calendar has"
    if kind in _CHOICES:
        return f"is '{given}', which is not one of {detail['ctx']['expected']}"
    if kind.endswith("_type") or kind.startswith("is_instance"):
        return f"must be {_WANTED.get(kind.split('_')[0], 'a group of keys')}, but is {_kind_of(given)}"
    return f"cannot be used ({detail['msg']})"


def _kind_of(value: object) -> str:
    return _KINDS.get(type(value), "something else")


def _model_at(model: type[BaseModel], path: tuple[Any, ...]) -> type[BaseModel] | None:
    """Return the model that holds the value at a path, or None."""
    current: type[BaseModel] | None = model
    names_follow = False
    for part in path:
        if isinstance(part, int) or names_follow:
            names_follow = False  # A name chosen in the file is not a field of a model.
            continue
        field = _field(current, part) if current else None
        current = _inner_model(field.annotation) if field else None
        names_follow = field is not None and get_origin(field.annotation) is dict
    return current


def _field(model: type[BaseModel], written: str) -> FieldInfo | None:
    """Return the field that a file calls `written`."""
    fields = model.model_fields
    return next((field for name, field in fields.items() if written == (field.alias or name)), None)


def _names(model: type[BaseModel]) -> list[str]:
    """Return the names of a model's fields as they are written in a file."""
    return [field.alias or name for name, field in model.model_fields.items()]


def _inner_model(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    models = map(_inner_model, getattr(annotation, "__args__", ()))
    return next(filter(None, models), None)


def _example(model: type[BaseModel], path: tuple[Any, ...]) -> str:
    """Return how the value at `path`, or what holds it, is written, from the model's own examples."""
    while path:
        parent = _model_at(model, path[:-1])
        field = _field(parent, str(path[-1])) if parent else None
        if field and field.examples and not isinstance(path[-1], int):
            return f"for example `{path[-1]}: {field.examples[0]}`"
        path = path[:-1]
    return "it as the sample does"
