"""The JSON Schema of the keys between the two `---` lines at the head of a page."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from handbook.content.audiences import AUDIENCES
from handbook.content.page_keys.lists import HIDEABLE, JURISDICTIONS, SECTORS
from handbook.due_dates import LONGEST_INTERVAL
from handbook.schemas.record_schema import DATE, DRAFT, reference

_PLAIN: Final = {
    "type": "string",
    "pattern": r"^(?!\s*$)(?!.*\{[{%#])[^<>]+$",
    "patternErrorMessage": "Write one line of plain text, without HTML and variables.",
}
# Every interval that a page may have, as it is written.
INTERVALS: Final = ["1 month", *(f"{months} months" for months in range(2, LONGEST_INTERVAL + 1))]
# `never` is accepted and not proposed: `handbook adopt` writes it, and a review replaces it.
_DAY_OR_NEVER: Final = [dict(DATE), {"const": "never", "doNotSuggest": True}]
_WORDS: Final = {"type": "array", "items": {"type": "string"}}


def _chosen(choices: Sequence[str]) -> dict[str, Any]:
    return {"type": "array", "minItems": 1, "items": {"enum": list(choices)}}


# The keys of handbook/content/page_keys/all_keys.py, in the order in which pages have them.
PROPERTIES: Final[Mapping[str, Mapping[str, Any]]] = {
    "title": {"description": "The name of the page.", **_PLAIN},
    "description": {"description": "One sentence for search results.", **_PLAIN},
    "owner": {
        "description": "The role that owns the page, never a person.",
        "allOf": [reference("role")],
    },
    "owner_since": {
        "description": "The day on which the owner took over the page. `handbook owner reassign` writes it.",
        "anyOf": [dict(DATE)],
    },
    "last_reviewed": {
        "description": "The day of the last review's decision. `handbook review close` writes it.",
        "anyOf": _DAY_OR_NEVER,
    },
    "review_every": {
        "description": "How often the page is reviewed, if not every six months.",
        "anyOf": [{"enum": INTERVALS}, {"type": "string", "pattern": r"^0{0,2}[1-6] months?$"}],
    },
    "audience": {"description": "Whom the page is for.", **_chosen(AUDIENCES)},
    "legal_review": {
        "description": "The day on which a lawyer last read the page.",
        "anyOf": _DAY_OR_NEVER,
    },
    "sources": {
        "description": "The outside sources that the page relies on.",
        "type": "array",
        "minItems": 1,
        "items": reference("source"),
    },
    "applies_to": {
        "description": "The organizations that publish the page. Others leave it out.",
        "type": "object",
        "minProperties": 1,
        "properties": {"sectors": _chosen(SECTORS), "jurisdictions": _chosen(JURISDICTIONS)},
        "additionalProperties": False,
    },
    "hide": {"description": "Parts of the layout to leave out.", **_chosen(HIDEABLE)},
    "asked_as": {
        "description": "Words of staff for the page, or for a section. Only the search reads them.",
        "type": "array",
        "minItems": 1,
        "items": {"anyOf": [{"type": "string"}, {"type": "object", "additionalProperties": _WORDS}]},
    },
    "languages": {
        "description": "The languages of the page, if it stays out of others on purpose.",
        "type": "array",
        "minItems": 1,
        "items": {"type": "string"},
    },
    "translates": {
        "description": "The text that a translation renders. `handbook translate done` writes it.",
        "type": "string",
    },
}


def front_matter_schema() -> dict[str, Any]:
    """Return a JSON Schema that refuses unknown keys, for editors that check a page as it is typed."""
    return {
        "$schema": DRAFT,
        "description": "The keys between the two --- lines at the head of a page.",
        "type": "object",
        "properties": dict(PROPERTIES),
        "additionalProperties": False,
    }
