"""The names that a handbook has given in its registers, as an editor proposes them.

They are proposals: a name that is not among them is accepted, so that no editor calls a new role wrong.
Whether it exists is for the check.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from handbook.registers.all_registers import Registers
from handbook.schemas.record_schema import DRAFT

_LINE: Final = r"^(?!\s*$)[^<>]+$"


def names_schema(registers: Registers) -> dict[str, Any]:
    """Return the definitions that other schemas refer to."""
    languages, sources = registers.organization.languages, registers.sources
    main = languages[0]
    roles = {role: in_language(owner.title, main) for role, owner in registers.owners.owners.items()}
    platforms = {key: platform.name for key, platform in registers.platforms.platforms.items()}
    sections = {
        section.key: in_language(section.title, main)
        for section in registers.platforms.sections
        if section.key
    }
    titles = {name: in_language(source.title, main) for name, source in sources.sources.items()}
    titles |= dict.fromkeys(sorted(sources.for_others), "For other organizations")
    definitions = {
        "role": _proposals("A role of registers/owners.yml.", roles),
        "platform": _proposals("A platform of registers/platforms.yml.", platforms),
        "platform_section": _proposals("A section of registers/platforms.yml.", sections),
        "source": _proposals("A source of registers/sources.yml.", titles),
        "text": _text(languages),
    }
    return {
        "$schema": DRAFT,
        "description": "The names that this handbook has given. `handbook schema --write` renews them.",
        "definitions": definitions,
    }


def in_language(text: str | Mapping[str, str], language: str) -> str:
    """Return a text in the main language, or as it is written first."""
    return text if isinstance(text, str) else text.get(language, next(iter(text.values())))


def _proposals(description: str, names: Mapping[str, str]) -> dict[str, Any]:
    known = {"enum": list(names), "enumDescriptions": list(names.values())}
    return {"description": description, "anyOf": [*([known] if names else []), {"type": "string"}]}


def _text(languages: Sequence[str]) -> dict[str, Any]:
    line = {"type": "string", "pattern": _LINE, "patternErrorMessage": "Write one line of plain text."}
    return {
        "description": "A text, written once, or once for each language of the handbook.",
        "anyOf": [line, _by_language(languages, line)],
    }


def _by_language(languages: Iterable[str], line: Mapping[str, str]) -> dict[str, Any]:
    properties = {language: {**line, "description": f"The text in {language}."} for language in languages}
    return {"type": "object", "properties": properties, "additionalProperties": line, "minProperties": 1}
