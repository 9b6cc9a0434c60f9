"""The organization's own facts: the one file that an adopter edits first.

A text may be written once, or once for each language: `people: {en: staff, fr: le personnel}`.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Annotated, Final, Literal, TypeAlias, get_args
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from pydantic import AfterValidator, Field

from handbook.clock import today
from handbook.content.sectors import Jurisdiction, Sector
from handbook.files.tree import Tree
from handbook.registers.loading import Mistake, Record, load_register
from handbook.text.suggestions import did_you_mean
from handbook.yaml.located import Key, KeyPath

FILE: Final = "organization.yml"
Purpose: TypeAlias = Literal["social_media", "press", "people", "legal", "privacy", "security", "emergencies"]
PURPOSES: Final[tuple[str, ...]] = get_args(Purpose)


def _filled(text: str) -> str:
    text = text.strip()
    if not text:
        raise ValueError("is empty")
    if any(character in text for character in "<>{}\n"):
        raise ValueError("must be one line without < > { }")
    return text


def _filled_in_each_language(text: str | dict[str, str]) -> str | dict[str, str]:
    if isinstance(text, str):
        return _filled(text)
    if not text:
        raise ValueError("is empty")
    return {language: _filled(one) for language, one in text.items()}


def _mail_address(text: str) -> str:
    name, _, host = _filled(text).partition("@")
    if not name or "." not in host or any(character.isspace() for character in text):
        raise ValueError("is not a mail address")
    return text


def _short_name(text: str) -> str:
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", text):
        raise ValueError("is no short name; write lower-case words with hyphens, such as `birthday-photo`")
    return text


def _page_path(text: str) -> str:
    if not re.fullmatch(r"docs/[^\s<>{}#?]+\.md", text):
        raise ValueError("is no path of a page")
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


def _outside_address(text: str) -> str:
    """Accept http too: some of what others published long ago is served no other way."""
    try:
        _web_address(text.replace("http://", "https://", 1))
    except ValueError:
        raise ValueError("is not an address that begins with https:// or http://") from None
    return text


def _time_zone(text: str) -> str:
    try:
        return ZoneInfo(_filled(text)).key
    except (ZoneInfoNotFoundError, ValueError, OSError):
        mend = did_you_mean(text, available_timezones()) if len(text) > 3 else "use Region/City"
        raise ValueError(f"is no known time zone; {mend}") from None


def _variable_name(text: str) -> str:
    if not re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]*", text):
        raise ValueError("is no name of an environment variable; the value itself stands in no file")
    return text


def _port(number: int) -> int:
    if not 0 < number < 65536:
        raise ValueError("is no port; it is between 1 and 65535")
    return number


ShortName: TypeAlias = Annotated[str, AfterValidator(_short_name)]
PagePath: TypeAlias = Annotated[str, AfterValidator(_page_path)]
Line: TypeAlias = Annotated[str, AfterValidator(_filled)]
MailAddress: TypeAlias = Annotated[str, AfterValidator(_mail_address)]
Telephone: TypeAlias = Annotated[str, AfterValidator(_telephone)]
WebAddress: TypeAlias = Annotated[str, AfterValidator(_web_address)]
OutsideAddress: TypeAlias = Annotated[str, AfterValidator(_outside_address)]
TimeZone: TypeAlias = Annotated[str, AfterValidator(_time_zone)]
VariableName: TypeAlias = Annotated[str, AfterValidator(_variable_name)]
Port: TypeAlias = Annotated[int, AfterValidator(_port)]
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


class MailServer(Record):
    """The server that takes reminders. User name and password stand in the environment, under these names."""

    host: Line = Field(examples=["mail.example.org"])
    port: Port = Field(examples=["587"])
    security: Literal["none", "starttls", "tls"] = Field(examples=["starttls"])
    sender: MailAddress = Field(examples=["handbook@example.org"])
    user_variable: VariableName | None = Field(default=None, examples=["HANDBOOK_MAIL_USER"])
    password_variable: VariableName | None = Field(default=None, examples=["HANDBOOK_MAIL_PASSWORD"])

    def mistakes(self) -> Iterator[Mistake]:
        """Find half a login, and a password that would travel in the open."""
        if (self.user_variable is None) is not (self.password_variable is None):
            yield (), "names only one of user_variable and password_variable; name both or neither"
        if self.password_variable and self.security == "none":
            yield ("security",), "is none, which shows the password to the network; write starttls or tls"


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
    # Excluded from what pages see: how mail is sent is nobody's reading.
    mail: MailServer | None = Field(default=None, exclude=True, examples=["(host, port, security, sender)"])
    history_names: Literal["names", "roles", "none"] = Field(default="none", examples=["none"])

    def mistakes(self) -> Iterator[Mistake]:
        """Hold each text that is written by language to the languages of the handbook."""
        for number, language in enumerate(self.languages):
            if language in self.languages[:number]:
                yield ("languages", number), "stands there a second time; take one out"
        for path, sentence in self.mail.mistakes() if self.mail else ():
            yield ("mail", *path), sentence
        yield from untranslated(self, self.languages)

    def today(self) -> date:
        """Return the day it is where the organization is."""
        return today(self.time_zone)

    def say(self, text: str | Mapping[str, str], language: str) -> str:
        """Return a text in `language`."""
        return text if isinstance(text, str) else text[language]


def untranslated(record: Record, languages: Sequence[str]) -> Iterator[Mistake]:
    """Find the texts of a record that are written by language, and not in every one of `languages`."""
    for path, text in _texts(record, ()):
        for language in languages:
            if language not in text:
                known = ", ".join(text)
                yield path, f"has no {language} text, only {known}; add `{language}: …`"


def _texts(value: object, path: KeyPath) -> Iterator[tuple[KeyPath, dict[str, str]]]:
    """Find every text that is written by language, with its path."""
    if isinstance(value, dict) and value and all(isinstance(text, str) for text in value.values()):
        yield path, value
    else:
        for key, inner in _parts(value):
            yield from _texts(inner, (*path, key))


def _parts(value: object) -> Iterable[tuple[Key, object]]:
    if isinstance(value, Record):
        return ((name, getattr(value, name)) for name in type(value).model_fields)
    if isinstance(value, dict):
        return value.items()
    return enumerate(value) if isinstance(value, list) else ()


def load_organization(tree: Tree) -> Organization:
    """Read `organization.yml`.

    Raises:
        HandbookError: with one line for each mistake.

    """
    return load_register(tree, FILE, Organization)
