"""Puts what pydantic finds wrong with a register into the words of somebody who edits it."""

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any, Final, get_origin

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo

from handbook.findings import Location, Problem
from handbook.text.quoting import one_line
from handbook.text.suggestions import did_you_mean, nearest
from handbook.yaml.located import KeyPath, LocatedMapping
from handbook.yaml.quotes import in_quotes
from handbook.yaml.values import ImpossibleDate
from handbook.yaml.written_dates import explain_date
from handbook.yaml.written_texts import not_a_text

# What pydantic calls a value that is not one of the choices.
_CHOICES: Final = ("literal_error", "enum")
_LANGUAGE: Final = re.compile(r"[a-z]{2}(?:-[A-Z]{2})?(?!\w)")
# An example such as "(roles, as in the sample)" begins with this, because it would be too long.
_NO_EXAMPLE: Final = "("
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


def without_keys(name: str, model: type[BaseModel]) -> str:
    """Return the line about a file that has none of the keys of its record."""
    fields = model.model_fields.items()
    key, field = next(((key, field) for key, field in fields if field.is_required()), next(iter(fields)))
    is_list = get_origin(field.annotation) is list
    example = f"for example `{key}: []`" if is_list else _example(model, (key,))
    advice = f"write {example}, or restore the file from the history"
    return located_line(name, Location(1, 1), f"there are no keys here; {advice}")


def explained(
    name: str,
    source: LocatedMapping,
    model: type[BaseModel],
    error: ValidationError,
    already: Collection[KeyPath] = (),
) -> Iterator[str]:
    """Yield a line for each thing that is wrong with the file called `name`.

    Of the values in `already`, it is known why they are empty.
    """
    cut: set[str] = set()
    for detail in _new_errors(source, model, error):
        path = _known_part(source, detail["loc"])
        whole = source.cut_by_comma(path) if detail["type"] != "missing" else None
        if whole in cut or (detail.get("input") is None and path in already):
            continue
        cut.update([whole] if whole else [])
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
        if entry := _entry_without_space(path, given):
            return located_line(name, source.location_of(path), f"'{key}' {entry}")
        if whole := source.cut_by_comma(path):
            message = f"a comma in braces ends a text; put it in quotes: `{whole}`"
            return located_line(name, source.location_of(path), message)
        parent = _model_at(model, path[:-1])
        advice = did_you_mean(str(path[-1]), _names(parent)) if parent else "remove it"
        advice = _place_below(source, model, path) or advice
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
        place = _place_below(source, model, path) if kind == "model_type" else None
        sentence = (
            reason if reason.endswith("?") else f"{reason}; {place or f'write {_example(model, path)}'}"
        )
    return located_line(name, source.value_location_of(path), f"'{key}' {sentence}")


def _place_below(source: LocatedMapping, model: type[BaseModel], path: KeyPath) -> str | None:
    """Say that a key belongs to the one above it, which begins as far left, if that one may have it."""
    siblings: Any = source.data
    for part in path[:-1]:
        siblings = siblings[part]
    names = list(siblings) if isinstance(siblings, Mapping) else []
    above = dict(zip(names[1:], names, strict=False)).get(path[-1])
    inner = _model_at(model, (*path[:-1], above)) if above else None
    value = siblings[above] if above else None
    is_key = inner is not None and path[-1] in _names(inner)
    is_language = isinstance(value, Mapping) and all(_LANGUAGE.fullmatch(part) for part in (path[-1], *value))
    if value is not None and (not isinstance(value, Mapping) or path[-1] in value):
        return None
    if not above or not (is_key or is_language):
        return None
    return f"if it belongs to `{above}`, begin the line further right"


def _entry_without_space(path: KeyPath, given: object) -> str | None:
    """Say that a space is missing after the colon of a key that has no value, if one is."""
    entry = re.fullmatch(r"([a-z][\w-]*):([^\s/].*)", str(path[-1])) if path and given is None else None
    return f"has no space after the colon; write `{entry[1]}: {entry[2]}`" if entry else None


def _remedy(source: LocatedMapping, path: KeyPath, detail: Any) -> str | None:
    """Return what to write for a value of the wrong type; None if that is unclear."""
    kind, given, written = detail["type"], detail["input"], source.written(path)
    if kind.startswith("date_"):
        return explain_date(given, written)
    if kind == "string_type":
        return _as_text(source, path, given)
    if isinstance(given, str) and path and isinstance(path[-1], int) and (words := _words_in(given)):
        return f"is '{given}'; write a comma between the words: `{', '.join(words)}`"
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
    if isinstance(given, str) and kind == "list_type" and re.fullmatch(r"\(?[\w\s,;-]+\)?", given):
        items = re.split("[,;]" if re.search("[,;]", given) else " ", given.strip("()"))
        return f"must be a list; write `{path[-1]}: [{', '.join(filter(None, map(str.strip, items)))}]`"
    return None


def _words_in(item: str) -> list[str]:
    """Return the words of an item of a list that something else than a comma keeps apart."""
    words = [word.strip() for word in re.split("[; ]+" if _LANGUAGE.match(item) else ";", item)]
    are_names = all(re.fullmatch(r"[\w-]+", word) for word in words)
    return words if len(words) > 1 and are_names else []


def _as_text(source: LocatedMapping, path: KeyPath, given: object) -> str | None:
    """Say how a value becomes a text: with quotes around it, or around the whole that it was cut from."""
    if not path or given is not None or source.written(path):
        prefix = f"{path[-1]}: " if path and isinstance(path[-1], str) else ""
        return not_a_text(prefix, given, source.written(path))
    if entry := _entry_without_space(path, given):
        return entry
    if whole := source.cut_by_comma(path):
        return f"has no value, because a comma in braces ends a text; put it in quotes: `{whole}`"
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
        example = str(field.examples[0]) if field and field.examples else _NO_EXAMPLE
        if not example.startswith(_NO_EXAMPLE) and not isinstance(path[-1], int):
            return f"for example `{path[-1]}: {example}`"
        path = path[:-1]
    return "it as the sample does"
