"""How people are recognized: by a mail address or a staff number, kept as it is or as a pseudonym."""

import hashlib
import hmac
import re
import unicodedata
from dataclasses import dataclass
from typing import Final

# What a mailbox exports as the sender, such as `Sales desk <sales@example.org>`.
_IN_BRACKETS: Final = re.compile(r"<\s*([^<>\s]+@[^<>\s]+)\s*>\s*$")
_NOT_SHOWN: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufeff]")
# What comes along when an address is copied from a page or a mail, and what no address has.
_IGNORED: Final = re.compile("[\u00ad\u200b-\u200f\u2060-\u2064\ufe00-\ufe0f]+")
_ADDRESS: Final = re.compile(r"[^\s<>()\[\],;:\"'@]{1,64}@[^\s<>()\[\],;:\"'@]{1,255}")
# How statements of learning systems and links write an address.
_SCHEME: Final = re.compile("mailto:", re.IGNORECASE)
LONGEST: Final = 320  # characters: no mail address is longer


def written_identity(text: str) -> str:
    """Return an id as it is kept: NFC, trimmed, and of a sender the address alone, in lower case.

    Characters that nobody sees are left out, so that nobody counts as two people.

    Raises:
        ValueError: with what is wrong, to be read after "the person".

    """
    trimmed = _IGNORED.sub("", unicodedata.normalize("NFC", text)).strip()
    bracketed = _IN_BRACKETS.search(trimmed[-2 * LONGEST :])
    name = bracketed[1] if bracketed else trimmed
    if scheme := _SCHEME.match(name):
        name = name[scheme.end() :]
    if not name:
        raise ValueError("is missing")
    if len(name) > LONGEST:
        raise ValueError(f"has more than {LONGEST} characters, so it is not an address or a number")
    if trimmed.count("@") > 1 and len({address.casefold() for address in _ADDRESS.findall(trimmed)}) > 1:
        raise ValueError("has several addresses, so nobody can tell whose it is")
    if _NOT_SHOWN.search(name):
        raise ValueError("has control characters or line breaks in it")
    return name.casefold() if "@" in name else name


def compared_identity(text: str) -> str:
    """Return what two ways to write one id have in common, whatever their case.

    Raises:
        ValueError: with what is wrong, to be read after "the person".

    """
    return unicodedata.normalize("NFC", written_identity(text).casefold())


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody in the record: by `key`, two records of one person are known to be of one.

    `shown` is the id itself, or None if only a pseudonym is kept.
    """

    key: str
    shown: str | None


@dataclass(frozen=True, slots=True)
class Identities:
    """Makes what is kept of an id. With `secret`, it is a pseudonym: the HMAC-SHA256 of the compared id."""

    secret: bytes | None

    def of(self, text: str) -> Person:
        """Return what is kept of an id.

        Raises:
            ValueError: with what is wrong, to be read after "the person".

        """
        compared = compared_identity(text)
        if self.secret is None:
            return Person(compared, written_identity(text))
        return Person(hmac.new(self.secret, compared.encode("utf-8"), hashlib.sha256).hexdigest(), None)
