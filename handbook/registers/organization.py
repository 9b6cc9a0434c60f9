"""The organization's own facts, from `organization.yml`, the file that an adopter edits first.

A text is written once, or once for each language: `people: {en: staff, fr: le personnel}`.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property, lru_cache
from typing import Annotated, Final, Literal, TypeAlias, get_args

from pydantic import AfterValidator, Field

from handbook.clock import today
from handbook.content.languages import base_of
from handbook.content.sectors import Jurisdiction, Sector
from handbook.files.tree import FileTree
from handbook.record import Record, RecordProblem
from handbook.registers.field_types import (
    Color,
    Language,
    Line,
    MailAddress,
    MailVariable,
    Port,
    Telephone,
    Text,
    TimeZone,
    WebAddress,
    untranslated,
)
from handbook.registers.loading import parse_shown_register, required_file
from handbook.registers.variables import Variables
from handbook.yaml.located import LocatedMapping

FILE: Final = "organization.yml"
# What texts of registers may name, besides the words of the organization: nothing that no review answers for.
_IN_REGISTERS: Final = ("name", "short_name", "reply_target", "retention", "emergency_number")
# Said instead of the emergency number until organization.yml has one; registers are read without catalogs.
_UNKNOWN_NUMBER: Final = {"en": "your local emergency number", "fr": "le numéro d’urgence local"}
Purpose: TypeAlias = Literal["social_media", "press", "people", "legal", "privacy", "security", "emergencies"]
PURPOSES: Final[tuple[str, ...]] = get_args(Purpose)


class Contact(Record):
    """Whom to ask for one purpose: a role, never a person.

    A contact that `falls_back_to` another has its role, mail address, and telephone once the file is read.
    """

    not_reviewed = frozenset({"role", "email", "phone", "in_sentence", "falls_back_to", "asked_as"})

    role: Text = Field(default="", examples=["Press office"])
    email: MailAddress = Field(default="", examples=["press@example.org"])
    phone: Telephone | None = Field(default=None, examples=['"+1 555 0100 ext. 12"'])
    # Excluded from what pages see, because the macro `contact` puts it into a sentence.
    in_sentence: Text | None = Field(default=None, exclude=True, examples=["the press office"])
    # Excluded from what pages see, because they see whom it falls back to.
    falls_back_to: Purpose | None = Field(default=None, exclude=True, examples=["people"])
    # Excluded from what pages see, because only the search reads it.
    asked_as: list[Line] = Field(default=[], exclude=True, examples=["[reporter, interview]"])


class Contacts(Record):
    """Whom to ask, by purpose."""

    social_media: Contact = Field(examples=["{role: Social media lead, email: social@example.org}"])
    press: Contact = Field(examples=["{role: Press office, email: press@example.org}"])
    people: Contact = Field(examples=["{role: People team, email: people@example.org}"])
    legal: Contact = Field(examples=["{role: Legal team, email: legal@example.org}"])
    privacy: Contact = Field(examples=["{role: Privacy lead, email: privacy@example.org}"])
    security: Contact = Field(examples=["{role: Security desk, email: security@example.org}"])
    emergencies: Contact = Field(examples=["{role: Duty manager, email: duty@example.org}"])

    def of(self, purpose: str) -> Contact:
        """Return the contact for a purpose."""
        contact: Contact = getattr(self, purpose)
        return contact

    def mistakes(self) -> Iterator[RecordProblem]:
        """Find contacts without a role or an address, with two of them, and those that lead in a circle."""
        for purpose in PURPOSES:
            contact = self.of(purpose)
            if contact.falls_back_to is None:
                yield from _missing(purpose, contact)
                continue
            if contact.role or contact.email or contact.phone:
                yield (
                    (purpose, "falls_back_to"),
                    f"is beside a role of its own; keep one of the two in {purpose}",
                )
            if purpose in (circle := self._way_from(purpose))[1:]:
                way = ", ".join(circle)
                yield (purpose, "falls_back_to"), f"leads in a circle: {way}; give one of them a role"

    def _way_from(self, purpose: str) -> list[str]:
        """Return the purposes that a contact leads to, up to the first one that comes a second time."""
        way = [purpose]
        while (following := self.of(way[-1]).falls_back_to) and len(way) <= len(PURPOSES):
            way.append(following)
            if following in way[:-1]:
                break
        return way

    def filled(self) -> "Contacts":
        """Return the contacts with the details of those that they fall back to."""
        last = {purpose: self.of(self._way_from(purpose)[-1]) for purpose in PURPOSES}
        return self.model_copy(
            update={
                purpose: last[purpose].model_copy(update={"asked_as": self.of(purpose).asked_as})
                for purpose in PURPOSES
            }
        )


def _missing(purpose: str, contact: Contact) -> Iterator[RecordProblem]:
    for key in ("role", "email"):
        if not getattr(contact, key):
            example = Contact.model_fields[key].examples or [""]
            advice = f"add for example `{key}: {example[0]}`, or `falls_back_to: people` alone"
            yield (purpose, key), f"is missing; {advice}"


class Vocabulary(Record):
    """What the organization calls the people it serves and its own people, in lower case."""

    client: Text = Field(examples=["learner"])
    clients: Text = Field(examples=["learners"])
    people: Text = Field(examples=["staff and volunteers"])


class Account(Record):
    """An official account of the organization on a platform."""

    not_reviewed = frozenset({"address"})

    platform: Line = Field(examples=["facebook"])
    name: Line = Field(examples=["Example Reading Network"])
    address: WebAddress = Field(examples=["https://social.example.org/reading"])
    purpose: Text = Field(examples=["News for families"])


class MailServer(Record):
    """The server that sends reminders. The environment holds user name and password, under these names."""

    host: Line = Field(examples=["mail.example.org"])
    port: Port = Field(examples=["587"])
    security: Literal["none", "starttls", "tls"] = Field(examples=["starttls"])
    sender: MailAddress = Field(examples=["handbook@example.org"])
    user_variable: MailVariable | None = Field(default=None, examples=["HANDBOOK_MAIL_USER"])
    password_variable: MailVariable | None = Field(default=None, examples=["HANDBOOK_MAIL_PASSWORD"])

    def mistakes(self) -> Iterator[RecordProblem]:
        """Find half a login, and a password that would be sent unencrypted."""
        if (self.user_variable is None) is not (self.password_variable is None):
            yield (), "names only one of user_variable and password_variable; name both or neither"
        if self.password_variable and self.security == "none":
            yield ("security",), "is none, which shows the password to the network; write starttls or tls"


class Brand(Record):
    """What makes the handbook look like the organization's: one color and a logo below `docs/`."""

    not_reviewed = frozenset({"color", "logo"})

    color: Color = Field(examples=['"#1b365d"'])
    logo: Line | None = Field(default=None, examples=["images/logo.svg"])


def _is_name_of_commit(text: str) -> str:
    if not re.fullmatch("[0-9a-f]{7,40}", text):
        raise ValueError("is neither a day, such as 2026-11-27, nor the name of a commit, in quotes")
    return text


def _place_of_pages(text: str) -> str:
    if not re.fullmatch(r"docs/[^\s<>{}#?]+(?:\.md|/)", text):
        raise ValueError(
            "is neither a page, such as docs/policy/gifts.md, nor a folder, such as docs/people/"
        )
    return text


Undecided: TypeAlias = Literal[
    "emergency_number",
    "words",
    "monitoring_hours",
    "reply_target",
    "retention",
    "contacts",
    "intranet",
    "repository",
    "handbook",
    "color",
    "roles",
    "license",
]
CommitName: TypeAlias = Annotated[str, AfterValidator(_is_name_of_commit)]
PlaceOfPages: TypeAlias = Annotated[str, AfterValidator(_place_of_pages)]


class Organization(Record):
    """The content of organization.yml."""

    not_reviewed = frozenset({"monitoring_hours", "intranet", "repository", "handbook"})

    # Excluded from what pages see, because it decides only which evidence is read.
    sample: bool = Field(default=False, exclude=True, examples=["true"])
    name: Text = Field(examples=["Example Reading Network"])
    short_name: Text = Field(examples=["ERN"])
    sector: Sector = Field(examples=["charity"])
    jurisdictions: Annotated[list[Jurisdiction], Field(min_length=1)] = Field(examples=["[us]"])
    variants: Annotated[list[Language], Field(min_length=1)] = Field(alias="languages", examples=["[en]"])
    time_zone: TimeZone = Field(examples=["America/New_York"])
    # Without it, pages say "your local emergency number", and the rule ORG003 warns.
    emergency_number: Text | None = Field(default=None, examples=['"911"'])
    contacts: Contacts = Field(examples=["(the seven contacts of the sample)"])
    monitoring_hours: Text = Field(examples=["Monday to Friday, 9:00 to 17:00"])
    reply_target: Text = Field(examples=["one working day"])
    retention: Text = Field(examples=["three years"])
    words: Vocabulary = Field(examples=["{client: learner, clients: learners, people: staff and volunteers}"])
    accounts: list[Account] = Field(default=[], examples=["[]"])
    intranet: WebAddress = Field(examples=["https://intranet.example.org/"])
    repository: WebAddress = Field(examples=["https://git.example.org/social-media-handbook"])
    handbook: WebAddress | None = Field(default=None, examples=["https://handbook.example.org/"])
    # Excluded from what pages see, because the frame shows it.
    brand: Brand | None = Field(default=None, exclude=True, examples=['{color: "#1b365d"}'])
    # Excluded from what pages see, because no reader needs to know how mail is sent.
    mail: MailServer | None = Field(default=None, exclude=True, examples=["(host, port, security, sender)"])
    history_names: Literal["names", "roles", "none"] = Field(default="none", examples=["none"])

    # Written by `handbook adopt`. Excluded from what pages see, because no page shows them.
    adopted: date | None = Field(default=None, exclude=True, examples=["2026-11-27"])
    # What is still as in the sample.
    undecided: list[Undecided] = Field(default=[], exclude=True, examples=["[license]"])
    # The first day of the organization's own history, or the last commit of others before it.
    history_since: date | CommitName | None = Field(default=None, exclude=True, examples=["2026-11-27"])
    leave_out: list[PlaceOfPages] = Field(default=[], exclude=True, examples=["[docs/policy/strategy.md]"])
    # How others may use the texts; without it, that is undecided.
    license: Line | None = Field(default=None, exclude=True, examples=["All rights reserved"])

    # Only in the repository in which the tool itself is developed; see the rule CHG001.
    develops_the_tool: bool = Field(default=False, exclude=True, examples=["true"])

    def mistakes(self) -> Iterator[RecordProblem]:
        """Find languages named twice, a wrong mail server, and texts that lack a language of the handbook."""
        for number, language in enumerate(self.languages):
            if language in self.languages[:number]:
                yield ("languages", number), _named_twice(self.variants, number)
        for path, sentence in self.mail.mistakes() if self.mail else ():
            yield ("mail", *path), sentence
        for path, sentence in self.contacts.mistakes():
            yield ("contacts", *path), sentence
        yield from untranslated(self, self.languages)

    def today(self) -> date:
        """Return the present day in the organization's time zone."""
        return today(self.time_zone)

    @cached_property
    def languages(self) -> list[str]:
        """Return the languages without regions, as in names of files; the first is the main one."""
        return [base_of(code) for code in self.variants]

    def variant(self, language: str) -> str:
        """Return a language with its region, as `lang` names it, such as `en-GB`."""
        return next((code for code in self.variants if base_of(code) == language), language)

    @property
    def variables(self) -> Variables:
        """Return what texts of registers may say of the organization."""
        own = {name: getattr(self, name) for name in _IN_REGISTERS}
        words = {name: getattr(self.words, name) for name in Vocabulary.model_fields}
        return Variables(self.languages[0], {**own, **words, "emergency_number": self.number_in_danger()})

    def number_in_danger(self) -> str | dict[str, str]:
        """Return the emergency number, or words for it in each language of the handbook."""
        english = _UNKNOWN_NUMBER["en"]
        words = {language: _UNKNOWN_NUMBER.get(language, english) for language in self.languages}
        return self.emergency_number or words

    def say(self, text: str | Mapping[str, str], language: str) -> str:
        """Return a text in `language`, which is one of the handbook's."""
        return text if isinstance(text, str) else text[language]


def _named_twice(codes: Sequence[str], number: int) -> str:
    if codes[number] in codes[:number]:
        return "is named a second time; remove one"
    return f"is a second variant of {base_of(codes[number])}; keep the one that your people write"


def load_organization(tree: FileTree) -> Organization:
    """Read `organization.yml`.

    Raises:
        HandbookError: with one line for each mistake.

    """
    return load_located_organization(tree)[0]


def load_located_organization(tree: FileTree) -> tuple[Organization, LocatedMapping]:
    """Read `organization.yml`, with the locations of its keys.

    Raises:
        HandbookError: with one line for each mistake.

    """
    return _parse(required_file(tree, FILE))


@lru_cache(maxsize=8)
def _parse(data: bytes) -> tuple[Organization, LocatedMapping]:
    """Read each state of the file once, however many parts of a run ask for it."""
    organization, source = parse_shown_register(data, FILE, Organization)
    return organization.model_copy(update={"contacts": organization.contacts.filled()}), source
