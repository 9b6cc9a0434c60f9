"""Reads a register in YAML as a typed record; every mistake in it becomes one sentence with its line."""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final, TypeVar, get_origin

from pydantic import BaseModel, ValidationError

from handbook.errors import HandbookError
from handbook.files.tree import FileTree
from handbook.findings import Location, Problem
from handbook.record import Record, RecordProblem
from handbook.text.quoting import one_line
from handbook.text.suggestions import did_you_mean
from handbook.yaml.located import (
    ImpossibleDate,
    KeyPath,
    LocatedMapping,
    location_of_byte,
    read_mapping,
)

AnyRecord = TypeVar("AnyRecord", bound=Record)
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
) -> tuple[AnyRecord, LocatedMapping]:
    """Read the file called `name` as `model`, with the locations of its keys.

    `judge` finds mistakes that only other registers reveal, such as an owner who is not in theirs.

    Raises:
        HandbookError: with one line for each mistake, or if the file is missing.

    """
    return parse_register(required_file(tree, name), name, model, judge)


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
) -> tuple[AnyRecord, LocatedMapping]:
    """Read a file that may be missing, which counts as `model()`, as `load_located_register` does.

    Raises:
        HandbookError: with one line for each mistake.

    """
    data = tree.read(name)
    return (model(), LocatedMapping()) if data is None else parse_register(data, name, model, judge)


def load_folder(
    tree: FileTree,
    folder: str,
    model: type[AnyRecord],
    judge: Callable[[AnyRecord], Iterable[RecordProblem]] = _no_mistakes,
) -> dict[str, tuple[AnyRecord, LocatedMapping]]:
    """Read the files of a folder that has one record a file, by their paths; there may be no such folder.

    Two people who each add a record add two files, which git merges without a conflict.

    Raises:
        HandbookError: with one line for each mistake of the first file that has any.

    """
    names = [name for name in tree.names(folder) if name.endswith(".yml") and not name.startswith(".")]
    files = ((f"{folder}/{name}", tree.read(f"{folder}/{name}")) for name in names)
    return {path: parse_register(data or b"", path, model, judge) for path, data in files}


def parse_register(
    data: bytes,
    name: str,
    model: type[AnyRecord],
    judge: Callable[[AnyRecord], Iterable[RecordProblem]] = _no_mistakes,
) -> tuple[AnyRecord, LocatedMapping]:
    """Read the bytes of a file called `name` as `model`, with the locations of its keys.

    Raises:
        HandbookError: with one line for each mistake.

    """
    source = _read(data, name)
    mistakes = [
        _line(name, location, f"'{key}' is set a second time; keep one of the two")
        for location, key in source.duplicates
    ]
    try:
        record = model.model_validate(source.data)
        mistakes += [
            _line(name, source.value_location_of(path), f"'{_dotted(path)}' {sentence}")
            for path, sentence in (*record.mistakes(), *judge(record))
        ]
    except ValidationError as error:
        mistakes += [_explain(name, source, model, detail) for detail in error.errors()]
    if mistakes:
        raise HandbookError("\n".join(sorted(set(mistakes), key=_by_line)))
    return record, source


def _read(data: bytes, name: str) -> LocatedMapping:
    try:
        text = data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        location = location_of_byte(data, error.start)
        raise HandbookError(_line(name, location, "this byte is not UTF-8; save the file as UTF-8")) from None
    if hidden := _HIDDEN_LINE_END.search(text):
        location = location_of_byte(text.encode(), len(text[: hidden.start()].encode()))
        raise HandbookError(_line(name, location, _HIDDEN_LINE_END_ADVICE))
    source = read_mapping(text)
    if source.problem:
        raise HandbookError(_line(name, source.problem, source.problem.message))
    return source


def _line(name: str, location: Location | Problem, message: str) -> str:
    return f"{name}:{location.line}:{location.column}: {one_line(message)}"


def _by_line(text: str) -> tuple[int, str]:
    return int(text.split(":")[1]), text


def _explain(name: str, source: LocatedMapping, model: type[BaseModel], detail: Any) -> str:
    """Turn one of pydantic's errors into a line that locates it, names the key and says what to do."""
    path = _known_part(source, detail["loc"])
    key = _dotted(path) or name
    kind, given = detail["type"], detail.get("input")
    if kind == "extra_forbidden":
        parent = _model_at(model, path[:-1])
        advice = did_you_mean(str(path[-1]), parent.model_fields) if parent else "remove it"
        return _line(name, source.location_of(path), f"unknown key '{key}'; {advice}")
    if kind == "missing":
        missing = (*path, str(detail["loc"][-1]))
        message = f"'{_dotted(missing)}' is missing; add {_example(model, missing)}"
        return _line(name, source.location_of(path), message)
    reason = _reason(kind, detail, given)
    if detail["loc"][-1] == "[key]":
        return _line(name, source.location_of(path), f"'{key}' {reason}")
    advice = "" if reason.endswith("?") else f"; write {_example(model, path)}"
    return _line(name, source.value_location_of(path), f"'{key}' {reason}{advice}")


def _dotted(path: KeyPath) -> str:
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
    if kind in ("literal_error", "enum"):
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
        field = current.model_fields.get(part) if current else None
        current = _inner_model(field.annotation) if field else None
        names_follow = field is not None and get_origin(field.annotation) is dict
    return current


def _inner_model(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    models = map(_inner_model, getattr(annotation, "__args__", ()))
    return next(filter(None, models), None)


def _example(model: type[BaseModel], path: tuple[Any, ...]) -> str:
    """Return how the value at `path`, or what holds it, is written, from the model's own examples."""
    while path:
        parent = _model_at(model, path[:-1])
        field = parent.model_fields.get(str(path[-1])) if parent else None
        if field and field.examples and not isinstance(path[-1], int):
            return f"for example `{path[-1]}: {field.examples[0]}`"
        path = path[:-1]
    return "it as the sample does"
