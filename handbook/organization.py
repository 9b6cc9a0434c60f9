"""The organization's own facts: the one file that an adopter edits first.

A text may be written once, or once for each language: `people: {en: staff, fr: le personnel}`.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Annotated, Final, TypeAlias
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from pydantic import AfterValidator, Field

from handbook.clock import today
from handbook.kinds import Jurisdiction, Sector
from handbook.marked_yaml import KeyPath
from handbook.nearest import did_you_mean
from handbook.registers import Record, load_register, missing_texts
from handbook.trees import Tree

FILE: Final = "organization.yml"
PURPOSES: Final = ("social_media", "press", "people", "legal", "privacy", "security", "emergencies")


def _filled(text: str) -> str:
    if not text.strip():
        raise ValueError("is empty")
    if any(character in text for character in "<>{}\n"):
        raise ValueError("must be one line without < > { }")
    return text.strip()


def _filled_in_each_language(text: str | dict[str, str]) -> str | dict[str, str]:
    if not text:
        raise ValueError("is empty")
    for one in text.values() if isinstance(text, dict) else [text]:
        _filled(one)
    return text


def _mail_address(text: str) -> str:
    name, _, host = _filled(text).partition("@")
    if not name or "." not in host or any(character.isspace() for character in text):
        raise ValueError("is not a mail address")
    return text


def _telephone(text: str) -> str:
    if not text.strip("+0123456789 ()-.") == "" or sum(character.isdigit() for character in text) < 3:
        raise ValueError("is not a telephone number")
    return text


def _web_address(text: str) -> str:
    host = _filled(text).removeprefix("https://").partition("/")[0]
    if not text.startswith("https://") or not host or any(c in text for c in " \"'`\\"):
        raise ValueError("is not an address that begins with https://")
    return text


def _time_zone(text: str) -> str:
    try:
        return ZoneInfo(_filled(text)).key
    except (ZoneInfoNotFoundError, ValueError, OSError):
        mend = did_you_mean(text, available_timezones()) if len(text) > 3 else "use Region/City"
        raise ValueError(f"is no known time zone; {mend}") from None


Line: TypeAlias = Annotated[str, AfterValidator(_filled)]
MailAddress: TypeAlias = Annotated[str, AfterValidator(_mail_address)]
Telephone: TypeAlias = Annotated[str, AfterValidator(_telephone)]
WebAddress: TypeAlias = Annotated[str, AfterValidator(_web_address)]
TimeZone: TypeAlias = Annotated[str, AfterValidator(_time_zone)]
Text: TypeAlias = Annotated[str | dict[str, str], AfterValidator(_filled_in_each_language)]


class Contact(Record):
    """Whom to ask for one purpose: a role, never a person."""

    role: Text = Field(examples=["Press office"])
    email: MailAddress = Field(examples=["press@example.org"])
    phone: Telephone | None = Field(default=None, examples=['"+1 555 0100"'])


class Contacts(Record):
    """Whom to ask, by purpose."""

    social_media: Contact = Field(examples=["{role: Social media lead, email: social@example.org}"])
    press: Contact = Field(examples=["{role: Press office, email: press@example.org}"])
    people: Contact = Field(examples=["{role: People team, email: people@example.org}"])
    legal: Contact = Field(examples=["{role: Legal team, email: legal@example.org}"])
    privacy: Contact = Field(examples=["{role: Privacy lead, email: privacy@example.org}"])
    security: Contact = Field(examples=["{role: Security desk, email: security@example.org}"])
    emergencies: Contact = Field(examples=["{role: Duty manager, email: duty@example.org}"])


class Words(Record):
    """What the organization calls the people it serves and its own people, in lower case."""

    client: Text = Field(examples=["learner"])
    clients: Text = Field(examples=["learners"])
    people: Text = Field(examples=["staff and volunteers"])


class Account(Record):
    """An official account of the organization on a platform."""

    platform: Line = Field(examples=["facebook"])
    name: Line = Field(examples=["Example Reading Network"])
    address: WebAddress = Field(examples=["https://social.example.org/reading"])
    purpose: Text = Field(examples=["News for families"])


class Organization(Record):
    """Everything in organization.yml."""

    name: Text = Field(examples=["Example Reading Network"])
    short_name: Text = Field(examples=["ERN"])
    sector: Sector = Field(examples=["charity"])
    jurisdictions: Annotated[list[Jurisdiction], Field(min_length=1)] = Field(examples=["[us]"])
    languages: Annotated[list[str], Field(min_length=1)] = Field(examples=["[en]"])
    time_zone: TimeZone = Field(examples=["America/New_York"])
    contacts: Contacts = Field(examples=["(the seven contacts of the sample)"])
    monitoring_hours: Text = Field(examples=["Monday to Friday, 9:00 to 17:00"])
    reply_target: Text = Field(examples=["one working day"])
    retention: Text = Field(examples=["three years"])
    words: Words = Field(examples=["{client: learner, clients: learners, people: staff and volunteers}"])
    accounts: list[Account] = Field(default=[], examples=["[]"])
    intranet: WebAddress = Field(examples=["https://intranet.example.org/"])
    repository: WebAddress = Field(examples=["https://git.example.org/social-media-handbook"])
    handbook: WebAddress | None = Field(default=None, examples=["https://handbook.example.org/"])

    def mistakes(self) -> Iterator[tuple[KeyPath, str]]:
        """Find languages that are named twice, and texts that lack one of them."""
        for number, language in enumerate(self.languages):
            if language in self.languages[:number]:
                yield ("languages", number), "stands there a second time; take one out"
        yield from missing_texts(self, self.languages)

    def today(self) -> date:
        """Return the day it is where the organization is."""
        return today(self.time_zone)

    def say(self, text: str | Mapping[str, str], language: str) -> str:
        """Return a text in `language`."""
        return text if isinstance(text, str) else text[language]


def load_organization(tree: Tree) -> Organization:
    """Read `organization.yml`.

    Raises:
        HandbookError: with one line for each mistake.

    """
    return load_register(tree, FILE, Organization)
