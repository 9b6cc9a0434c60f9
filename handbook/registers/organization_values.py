"""Finds values of organization.yml in a text, and the variable or macro to write instead."""

import re
from collections.abc import Iterator
from typing import Final

from handbook.registers.contacts import PURPOSES
from handbook.registers.field_types import parts_of_telephone, wordings
from handbook.registers.organization import Organization
from handbook.text.phrase_search import Phrase, PhraseFinder, whole_words

# A shorter name is more often an ordinary word.
_SHORTEST_NAME: Final = 3


def variable_finder(organization: Organization) -> PhraseFinder[str]:
    """Return a finder of the organization's names, mailboxes, telephone numbers and addresses.

    The meaning of each is what an author writes instead. Of equal values, the first counts.
    """
    phrases: dict[str, Phrase[str]] = {}
    for phrase in _phrases(organization):
        phrases.setdefault(phrase.expression, phrase)
    return PhraseFinder(list(phrases.values()))


def _phrases(organization: Organization) -> Iterator[Phrase[str]]:
    for key in ("name", "short_name"):
        for name in wordings(getattr(organization, key)):
            if len(name) >= _SHORTEST_NAME:
                yield Phrase(name, whole_words(name), _variable(key))
    yield from _contacts(organization)
    for account in organization.accounts:
        macro = f'{{{{ accounts("{account.platform}") }}}}'
        yield _address(account.address, macro)
        if account.name.startswith("@"):
            yield Phrase(account.name, whole_words(account.name), macro, ignores_case=True)
    for key in ("intranet", "repository"):
        yield _address(getattr(organization, key), _variable(key))


def _contacts(organization: Organization) -> Iterator[Phrase[str]]:
    for purpose in PURPOSES:
        contact = getattr(organization.contacts, purpose)
        mailbox = rf"(?<![\w.+-]){re.escape(contact.email)}(?![\w@-]|\.\w)"
        yield Phrase(contact.email, mailbox, _variable(f"contacts.{purpose}.email"), ignores_case=True)
        if contact.phone:
            yield _telephone(contact.phone, _variable(f"contacts.{purpose}.phone"))


def _telephone(number: str, meaning: str) -> Phrase[str]:
    """Match a number however its digits are grouped; the hint is its last two."""
    digits = re.sub(r"\D", "", parts_of_telephone(number)[0])
    pattern = r"[ ()./\-\u00a0\u2010-\u2015\u202f]*".join(digits)
    return Phrase(digits[-2:], rf"(?<!\d)\+?{pattern}(?!\d)", meaning)


def _address(address: str, meaning: str) -> Phrase[str]:
    bare = address.removeprefix("https://").removeprefix("www.").rstrip("/")
    pattern = rf"(?<![\w@.-])(?:https?://)?(?:www\.)?{re.escape(bare)}(?![\w.-]*\w)"
    return Phrase(bare, pattern, meaning, ignores_case=True)


def _variable(path: str) -> str:
    return f"{{{{ organization.{path} }}}}"
