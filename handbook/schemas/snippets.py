"""Snippets of VS Code for front matter, because no editor reads a schema inside Markdown by itself."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from handbook.content.audiences import AUDIENCES
from handbook.content.page_keys.lists import HIDEABLE
from handbook.due_dates import LONGEST_INTERVAL
from handbook.registers.all_registers import Registers
from handbook.schemas.front_matter import PROPERTIES

# In a value, `{stop}` is the number of the place to type at, and other braces are doubled.
_TODAY: Final = "${{CURRENT_YEAR}}-${{CURRENT_MONTH}}-${{CURRENT_DATE}}"
_INTERVALS: Final = [f"{months} months" for months in range(LONGEST_INTERVAL - 1, 1, -1)]


def snippets(registers: Registers) -> dict[str, Any]:
    """Return the snippets: the front matter of a new page, and each key by its name."""
    values = _values(registers)
    new = (f"{key}: {values[key].format(stop=stop)}" for stop, key in enumerate(_OF_NEW_PAGES, 1))
    made = {
        "New page": _snippet(
            "page", "The front matter of a new page", ["---", *new, "---", "", "# $1", "", "$0"]
        )
    }
    for key, definition in PROPERTIES.items():
        made[key] = _snippet(key, str(definition["description"]), [f"{key}: {values[key].format(stop=1)}"])
    return made


_OF_NEW_PAGES: Final = ("title", "description", "owner", "audience")


def _values(registers: Registers) -> Mapping[str, str]:
    """Return how the value of each key is filled in."""
    sector, jurisdiction = registers.organization.sector, registers.organization.jurisdictions[0]
    return {
        "title": "${{{stop}:Name of the page}}",
        "description": "${{{stop}:One sentence for search results.}}",
        "owner": _choice(list(registers.owners.owners)),
        "owner_since": _TODAY,
        "last_reviewed": _TODAY,
        "review_every": _choice(_INTERVALS),
        "audience": f"[{_choice(AUDIENCES[::-1])}]",
        "legal_review": _TODAY,
        "sources": f"[{_choice(list(registers.sources.sources) or ['name-of-source'])}]",
        "applies_to": f"{{{{sectors: [{sector}], jurisdictions: [{jurisdiction}]}}}}",
        "hide": f"[{_choice(HIDEABLE)}]",
        "asked_as": "[${{{stop}:words of staff}}]",
        "languages": "[${{{stop}:en}}]",
        "translates": "${{{stop}:00000000-00000000}}",
    }


def _choice(choices: Sequence[str]) -> str:
    return "${{{stop}|" + ",".join(choices) + "|}}"


def _snippet(prefix: str, description: str, body: Sequence[str]) -> dict[str, Any]:
    return {"scope": "markdown", "prefix": prefix, "description": description, "body": list(body)}
