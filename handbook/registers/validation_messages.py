"""Puts what pydantic finds wrong with a register into the words of somebody who edits it."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final, get_origin

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo

from handbook.findings import Location, Problem
from handbook.text.quoting import one_line
from handbook.text.suggestions import did_you_mean, nearest
from handbook.yaml.line_problems import in_quotes
from handbook.yaml.located import KeyPath, LocatedMapping
from handbook.yaml.values import ImpossibleDate
from handbook.yaml.written_dates import explain_date
from handbook.yaml.written_texts import not_a_text

# What pydantic calls a value that is not one of the choices.
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


def located_line(name: str, location: Location | Problem, message: str) -> str:
    """Return a message as a line that begins with the place of the problem."""
    return one_line(f"{name}:{location.line}:{location.column}: {message}")


def explained(
    name: str, source: LocatedMapping, model: type[BaseModel], error: ValidationError
) -> Iterator[str]:
    """Yield a line for each thing that is wrong with the file called `name`."""
    for detail in _new_errors(source, model, error):
        yield _explain(name, source, model, detail)


def _new_errors(source: LocatedMapping, model: type[BaseModel], error: ValidationError) -> Iterator[Any]:
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
            return located_line(name, source.location_of(path), message)
        parent = _model_at(model, path[:-1])
        advice = did_you_mean(str(path[-1]), _names(parent)) if parent else "remove it"
        return located_line(name, source.location_of(path), f"unknown key '{key}'; {advice}")
    if kind == "missing":
        missing = (*path, str(detail["loc"][-1]))
        message = f"'{dotted(missing)}' is missing; add {_example(model, missing)}"
        return located_line(name, source.location_of(path), message)
    if detail["loc"][-1] == "[key]":
        return located_line(name, source.location_of(path), f"'{key}' {_reason(kind, detail, given)}")
    sentence = _remedy(source, path, detail)
    if sentence is None:
        reason = _reason(kind, detail, _as_written(given, source, path) if kind in _CHOICES else given)
        sentence = reason if reason.endswith("?") else f"{reason}; write {_example(model, path)}"
    return located_line(name, source.value_location_of(path), f"'{key}' {sentence}")


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
    if kind == "too_short":
        return "is empty"
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
