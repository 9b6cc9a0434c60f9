"""The keys of front matter as fields of the editor, made from their schema and from the registers."""

from collections.abc import Mapping, Sequence
from typing import Any, Final, Literal, TypeAlias

from handbook.content.audiences import AUDIENCES
from handbook.content.page_keys.lists import HIDEABLE
from handbook.registers.all_registers import Registers
from handbook.schemas.front_matter import INTERVALS, PROPERTIES
from handbook.schemas.given_names import in_language

# How lines_format.js reads and writes a value: a text, a day, a list of texts, or YAML as it is written.
FieldKind: TypeAlias = Literal["text", "day", "list", "raw"]
KINDS: Final[Mapping[str, FieldKind]] = {
    "title": "text",
    "description": "text",
    "owner": "text",
    "owner_since": "day",
    "last_reviewed": "day",
    "review_every": "text",
    "audience": "list",
    "legal_review": "day",
    "sources": "list",
    "applies_to": "raw",
    "hide": "list",
    "asked_as": "raw",
    "languages": "list",
    "translates": "text",
}
_REQUIRED: Final = ("title", "description", "owner", "audience")
# Reviews write these days: somebody who edits a page cannot say that it was reviewed.
_READ_ONLY: Final = ("last_reviewed", "legal_review")
# What is not here stays as it is in the file.
_ORDER: Final = (
    *("title", "description", "body", "owner", "audience", "sources", "review_every"),
    *("asked_as", "applies_to", "hide", "last_reviewed", "legal_review"),
)
_HINTS: Final[Mapping[str, str]] = {
    "body": "The text, in Markdown. What is between {{ }} shows variables and registers: leave it "
    "as it is, unless you know what it does.",
    "applies_to": "The organizations that publish the page, in YAML, such as {sectors: [healthcare]}.",
    "asked_as": "Words of staff for the page, in YAML, such as [sack, tweet]. Only the search reads them.",
    "last_reviewed": "The day of the last review. A review writes it.",
    "legal_review": "The day on which a lawyer last read the page. A review writes it.",
}


def fields(registers: Registers) -> list[dict[str, Any]]:
    """Return the fields of a page, its text among them."""
    choices = _choices(registers)
    return [_field(name, choices.get(name)) for name in _ORDER]


def _field(name: str, choices: Sequence[Mapping[str, str]] | None) -> dict[str, Any]:
    field: dict[str, Any] = {
        "name": name,
        "label": "Text" if name == "body" else name.replace("_", " ").capitalize(),
        "hint": _HINTS.get(name) or PROPERTIES[name]["description"],
        "required": name in (*_REQUIRED, "body"),
        "i18n": True,
    }
    if choices is not None:
        return field | {"widget": "select", "options": list(choices), "multiple": KINDS[name] == "list"}
    if name in _READ_ONLY:
        field["readonly"] = True
    is_long = name == "body" or KINDS[name] == "raw"
    return field | {"widget": "text" if is_long else "string"}


def _choices(registers: Registers) -> dict[str, list[dict[str, str]]]:
    main = registers.organization.main_language
    roles = {role: in_language(owner.title, main) for role, owner in registers.owners.owners.items()}
    titles = {name: in_language(source.title, main) for name, source in registers.sources.sources.items()}
    return {
        "owner": _options(roles),
        "review_every": _options({interval: interval for interval in INTERVALS}),
        "audience": _options({audience: audience for audience in AUDIENCES}),
        "sources": _options(titles),
        "hide": _options({part: part for part in HIDEABLE}),
    }


def _options(labels: Mapping[str, str]) -> list[dict[str, str]]:
    return [{"label": label, "value": value} for value, label in labels.items()]
