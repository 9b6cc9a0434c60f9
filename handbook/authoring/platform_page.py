"""Writes the page of a platform from the registers: its addresses, our accounts, and its facts by section.

The page is complete as it is, and comments say what else belongs into each section.
"""

from collections.abc import Iterator, Mapping
from typing import Final

from handbook.authoring.new_page import PageDraft
from handbook.content.languages import UNMARKED
from handbook.registers.all_registers import Registers
from handbook.registers.platforms import PlatformSection, page_of_platform

# The sections that say something on each platform, whatever the register of facts has.
_ACCOUNTS: Final = "accounts"
_SETUP: Final = "setup"
_WRONG: Final = "wrong"
_ENGLISH: Final[Mapping[str, str]] = {
    "title": "{} guidelines",
    "description": "What is different about our accounts on {}, and where to turn when something goes wrong.",
    "lead": "The rules for [every platform](everywhere.md) apply to {}, too. Only what differs is here.",
    _SETUP: "Follow the steps for [every platform](everywhere.md).",
    _ACCOUNTS: "An account that is not in this list does not speak for us:",
    _WRONG: "Follow the steps for [every platform](everywhere.md), with the addresses above.",
}
_FRENCH: Final[Mapping[str, str]] = {
    "title": "Consignes pour {}",
    "description": "Ce qui change pour nos comptes sur {}, et où s’adresser en cas de problème.",
    "lead": "Les règles de [toutes les plateformes](everywhere.md) valent pour {}. Voici ce qui change.",
    _SETUP: "Suivez les étapes de [toutes les plateformes](everywhere.md).",
    _ACCOUNTS: "Un compte absent de cette liste ne parle pas en notre nom\N{NO-BREAK SPACE}:",
    _WRONG: "Suivez les étapes de [toutes les plateformes](everywhere.md), avec les adresses ci-dessus.",
}

_WORDS: Final[Mapping[str, Mapping[str, str]]] = {UNMARKED: _ENGLISH, "fr": _FRENCH}


def platform_draft(registers: Registers, key: str, name: str, owner: str) -> PageDraft:
    """Return the page of a platform, in the main language if its texts are known in it."""
    language = _language_of(registers)
    words = _WORDS[language]
    parts = [words["lead"].format(name), f'{{{{ platform_addresses("{key}") }}}}']
    for section in registers.platforms.sections:
        parts += _section(section, registers, key, language)
    title, description = (words[part].format(name) for part in ("title", "description"))
    body = "\n\n".join(parts) + "\n"
    return PageDraft(
        page_of_platform(key),
        title,
        description,
        owner,
        ["work"],
        review_every="3 months",
        body=body,
        language=language,
    )


def _language_of(registers: Registers) -> str:
    """Return the main language, or English if the texts of this module are not in it."""
    main = registers.organization.main_language
    return main if main in _WORDS else UNMARKED


def _section(section: PlatformSection, registers: Registers, key: str, language: str) -> Iterator[str]:
    """Yield the parts of a section; an optional section about which nothing is known has none."""
    name = section.key or ""
    facts = registers.platform_facts.of_section(key, name)
    if not (section.required or facts or name == _ACCOUNTS):
        return
    say, words = registers.organization.say, _WORDS[language]
    yield f"## {say(section.title, language)}"
    yield f"<!-- {say(section.write, language)} -->"
    if name in words:
        yield words[name]
    if name == _ACCOUNTS:
        yield f'{{{{ accounts("{key}") }}}}'
    if facts:
        yield f'{{{{ facts("{key}", "{name}") }}}}'
