"""The JSON Schema of a typed record, in the draft and with the words that editors of YAML read best.

A schema is never stricter than its record. It says the same with less detail: what only the record as a
whole, or another register, reveals is for the check.
"""

import datetime
from collections.abc import Mapping
from typing import Any, Final

import yaml
from pydantic import AliasChoices
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from handbook.registers.schema_hints import PROPOSES
from handbook.yaml.record import Record

# The draft that every editor of YAML knows.
DRAFT: Final = "http://json-schema.org/draft-07/schema#"
NAMES_FILE: Final = "names.schema.json"
_DEFINITIONS: Final = "definitions"
# Examples that stand for something longer, such as "(roles, as in the sample)", and shortened ones.
_NOT_EXAMPLES: Final = ("(", "…")
# Keys of a schema that hold schemas by names of others, and those that do not stay as pydantic makes them.
_GROUPS: Final = ("properties", "definitions")
_REPLACED: Final = ("title", "examples", PROPOSES)
_DAY: Final = r"^\d{4}-\d{2}-\d{2}$"
DATE: Final[Mapping[str, object]] = {
    "type": "string",
    "format": "date",
    "pattern": _DAY,
    "patternErrorMessage": "Write a day without quotes, such as 2026-10-14.",
}


class _ForEditors(GenerateJsonSchema):
    """Makes schemas whose keys are completed, and whose older keys are marked as such."""

    def field_title_should_be_set(self, schema: Any) -> bool:  # noqa: ARG002 - as pydantic calls it
        """Leave out titles, which only repeat the key."""
        return False

    def date_schema(self, schema: core_schema.DateSchema) -> JsonSchemaValue:  # noqa: ARG002
        """Return the schema of a day, which editors read as a text."""
        return dict(DATE)

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        """Leave out defaults that are empty: an editor would propose them."""
        json_schema = super().default_schema(schema)
        if not json_schema.get("default"):
            json_schema.pop("default", None)
        return json_schema

    def dict_schema(self, schema: core_schema.DictSchema) -> JsonSchemaValue:
        """Return the schema of a mapping; if its keys are known, they are properties."""
        keys = self.generate_inner(schema["keys_schema"]) if "keys_schema" in schema else {}
        values = self.generate_inner(schema["values_schema"]) if "values_schema" in schema else {}
        if "enum" in keys:
            known = dict.fromkeys(keys["enum"], values)
            return {"type": "object", "properties": known, "additionalProperties": False}
        names = {"propertyNames": keys} if "pattern" in keys else {}
        return {"type": "object", "additionalProperties": values, **names}

    def model_schema(self, schema: core_schema.ModelSchema) -> JsonSchemaValue:
        """Return the schema of a record, with the names that its keys had in earlier releases."""
        json_schema = super().model_schema(schema)
        for field in schema["cls"].model_fields.values():
            if isinstance(field.validation_alias, AliasChoices):
                today, *earlier = map(str, field.validation_alias.choices)
                _add_earlier_names(json_schema, today, earlier)
        return json_schema


def _add_earlier_names(json_schema: JsonSchemaValue, today: str, earlier: list[str]) -> None:
    marked = {"description": f"The earlier name of {today}.", "doNotSuggest": True}
    for name in earlier:
        json_schema["properties"][name] = {**json_schema["properties"][today], **marked}
    if today in json_schema.get("required", ()):
        json_schema["required"] = [name for name in json_schema["required"] if name != today]
        json_schema["anyOf"] = [{"required": [name]} for name in (today, *earlier)]


def record_schema(model: type[Record]) -> dict[str, Any]:
    """Return the schema of a record. Names that the handbook has given are in `names.schema.json`."""
    made = model.model_json_schema(ref_template=f"#/{_DEFINITIONS}/{{model}}", schema_generator=_ForEditors)
    definitions = made.pop("$defs", None)
    whole = {"$schema": DRAFT, **made, **({_DEFINITIONS: definitions} if definitions else {})}
    changed: dict[str, Any] = _for_editors(whole)
    return changed


def reference(name: str) -> dict[str, str]:
    """Return a reference to names that the handbook has given."""
    return {"$ref": f"{NAMES_FILE}#/{_DEFINITIONS}/{name}"}


def _for_editors(value: Any) -> Any:
    """Return a part of a schema as an editor needs it."""
    if isinstance(value, list):
        return [_for_editors(item) for item in value]
    if not isinstance(value, dict):
        return value
    part = {key: _inner(key, inner) for key, inner in value.items() if key not in _REPLACED}
    if isinstance(value.get("description"), str):
        part["description"] = _first_paragraph(value["description"])
    proposed = reference(value[PROPOSES]) if PROPOSES in value else {}
    return _beside_no_reference({**part, **_examples(value), **proposed})


def _inner(key: str, value: Any) -> Any:
    """Return the value of a key of a schema; in a group of properties, the keys are those of a file."""
    if key in _GROUPS and isinstance(value, dict):
        return {name: _for_editors(inner) for name, inner in value.items()}
    return _for_editors(value)


def _first_paragraph(text: str) -> str:
    return " ".join(text.partition("\n\n")[0].split())


def _examples(part: Mapping[str, Any]) -> dict[str, list[object]]:
    """Return the examples, which the records have as they are written in a file, as values."""
    written = part.get("examples")
    if not isinstance(written, list):
        return {}
    texts = [text for text in written if not any(mark in text for mark in _NOT_EXAMPLES)]
    return {"examples": [_plain(yaml.safe_load(text)) for text in texts]} if texts else {}


def _plain(value: object) -> object:
    """Return a value of YAML as JSON has it, in which a day is a text."""
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return value.isoformat() if isinstance(value, datetime.date) else value


def _beside_no_reference(part: dict[str, Any]) -> dict[str, Any]:
    """Move a reference away from other keys, which the draft ignores beside one."""
    if "$ref" in part and len(part) > 1:
        return {
            **{key: value for key, value in part.items() if key != "$ref"},
            "allOf": [{"$ref": part["$ref"]}],
        }
    return part
