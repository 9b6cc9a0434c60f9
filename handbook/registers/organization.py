"""The organization's own facts, from `organization.yml`, the file that an adopter edits first.

A text is written once, or once for each language: `people: {en: staff, fr: le personnel}`.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property, lru_cache
from typing import Annotated, Final, Literal, TypeAlias

from pydantic import AfterValidator, Field

from handbook.clock import today
from handbook.content.languages import UNMARKED, base_of, reading_order
from handbook.content.sectors import Jurisdiction, Sector
from handbook.files.tree import FileTree
from handbook.git.source_hosts import Service, SourceHost
from handbook.registers.contacts import Contacts
from handbook.registers.field_types import (
    Color,
    Language,
    Line,
    PlatformName,
    Text,
    TimeZone,
    WebAddress,
    untranslated,
)
from handbook.registers.loading import parse_shown_register, required_file
from handbook.registers.services import Editor, Inbox, MailServer
from handbook.registers.variables import Variables
from handbook.yaml.located import LocatedMapping
from handbook.yaml.record import Record, RecordProblem

FILE: Final = "organization.yml"
# What `translate_within` says if texts need not be there in every language.
NEVER: Final = "never"
# What texts of registers may name, besides the words of the organization: nothing that no review answers for.
_IN_REGISTERS: Final = ("name", "short_name", "reply_target", "retention", "emergency_number")
# Said instead of the emergency number until organization.yml has one; registers are read without catalogs.
_UNKNOWN_NUMBER: Final = {"en": "your local emergency number", "fr": "le numéro d’urgence local"}


class Vocabulary(Record):
    """What the organization calls the people it serves and its own people, in lower case."""

    client: Text = Field(
        examples=["learner"],
        description="One of the people you serve, in lower case, such as learner, patient, or resident.",
    )
    clients: Text = Field(examples=["learners"], description="The people you serve, in lower case.")
    people: Text = Field(
        examples=["staff and volunteers"],
        description="Your own people, in lower case. In English, a plural without an article.",
    )


class Account(Record):
    """An official account of the organization on a platform."""

    not_reviewed = frozenset({"address"})

    platform: PlatformName = Field(
        examples=["facebook"],
        description="The platform, by its key in registers/platforms.yml or any name that is there.",
    )
    name: Line = Field(
        examples=["Example Reading Network"],
        description="What the account is called on the platform. Put a name that begins with @ in quotes.",
    )
    address: WebAddress = Field(
        examples=["https://social.example.org/reading"], description="Where people find the account."
    )
    purpose: Text = Field(
        examples=["News for families"], description="What the account is for, in a few words."
    )


class Brand(Record):
    """What makes the handbook look like the organization's: one color and a logo below `docs/`."""

    not_reviewed = frozenset({"color", "logo"})

    color: Color = Field(
        examples=['"#1b365d"'],
        description="One color of yours, from which the handbook takes all of its own.",
    )
    logo: Line | None = Field(
        default=None, examples=["images/logo.svg"], description="The path of your logo below docs/."
    )


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

    not_reviewed = frozenset(
        {
            "monitoring_hours",
            "intranet",
            "repository",
            "repository_service",
            "repository_branch",
            "editor",
            "inbox",
            "handbook",
        }
    )

    # Excluded from what pages see, because it decides only which evidence is read.
    sample: bool = Field(
        default=False,
        exclude=True,
        examples=["true"],
        description="Marks the invented sample, whose evidence is in sample/. Delete the line.",
    )
    name: Text = Field(examples=["Example Reading Network"], description="The name of your organization.")
    short_name: Text = Field(examples=["ERN"], description="A short name, such as initials.")
    sector: Sector = Field(
        examples=["charity"], description="Your field, which decides which rules your people see."
    )
    jurisdictions: Annotated[list[Jurisdiction], Field(min_length=1)] = Field(
        examples=["[us]"], description="The places whose law you follow."
    )
    variants: Annotated[list[Language], Field(min_length=1)] = Field(
        alias="languages",
        examples=["[en]"],
        description="The languages, the main one first. A region, as in en-GB, decides the spelling.",
    )
    prevailing_language: Language | None = Field(
        default=None,
        exclude=True,
        examples=["fr"],
        description="The language that counts if two texts differ. Without it, the first of `languages`.",
    )
    translate_within: Annotated[int, Field(ge=1, le=366)] | Literal["never"] = Field(
        default=30,
        exclude=True,
        examples=["30"],
        description="Within how many days a new text is there in every language; `never` if it need not be.",
    )
    time_zone: TimeZone = Field(
        examples=["America/New_York"], description="Where your days begin and end, as Region/City."
    )
    # Without it, pages say "your local emergency number", and the rule ORG003 warns.
    emergency_number: Text | None = Field(
        default=None,
        examples=['"911"'],
        description="What pages say to call in danger, with its article if the language needs one.",
    )
    contacts: Contacts = Field(
        examples=["(the seven contacts of the sample)"],
        description="Whom to ask, one contact for each purpose.",
    )
    monitoring_hours: Text = Field(
        examples=["Monday to Friday, 9:00 to 17:00"],
        description="When somebody reads what people write to you.",
    )
    reply_target: Text = Field(
        examples=["one working day"], description="How soon people get an answer, such as one working day."
    )
    retention: Text = Field(
        examples=["three years"], description="How long you keep records of posts, messages, and decisions."
    )
    words: Vocabulary = Field(
        examples=["{client: learner, clients: learners, people: staff and volunteers}"],
        description="Your words for the people you serve and for your own.",
    )
    accounts: list[Account] = Field(
        default=[],
        examples=["[]"],
        description="Your official accounts. An account that is not here is not yours.",
    )
    intranet: WebAddress = Field(
        examples=["https://intranet.example.org/"], description="The address of your intranet."
    )
    repository: WebAddress = Field(
        examples=["https://git.example.org/communications/social-media-handbook"],
        description="The address of the repository in which the handbook is kept.",
    )
    # Excluded from what pages see, because the frame links to the platform.
    repository_service: Service | None = Field(
        default=None,
        exclude=True,
        examples=["gitlab"],
        description="The software of the repository's platform, if its address does not tell.",
    )
    repository_branch: Line = Field(
        default="main",
        exclude=True,
        examples=["main"],
        description="The main branch, in which people change pages.",
    )
    # Excluded from what pages see, because only the editor needs it.
    editor: Editor = Field(
        default=Editor(),
        exclude=True,
        examples=['{sign_in_address: "https://sign-in.example.org/auth"}'],
        description="How people sign in to the editor under /edit/, if not with a token.",
    )
    handbook: WebAddress | None = Field(
        default=None,
        examples=["https://handbook.example.org/"],
        description="Where people read the handbook. With editions, the address ends in /latest/.",
    )
    # Excluded from what pages see, because the frame shows it.
    brand: Brand | None = Field(
        default=None, exclude=True, examples=['{color: "#1b365d"}'], description="Your color and your logo."
    )
    # Excluded from what pages see, because the frame links to it.
    inbox: Inbox | None = Field(
        default=None,
        exclude=True,
        examples=["{form: {address: https://forms.example.org/question, query: entry.3}}"],
        description="A form for questions without an answer. Without it, they go to the contact of the page.",
    )
    # Excluded from what pages see, because no reader needs to know how mail is sent.
    mail: MailServer | None = Field(
        default=None,
        exclude=True,
        examples=["(host, port, security, sender)"],
        description="The server that sends reminders. Without it, `handbook remind` only prints them.",
    )
    history_names: Literal["names", "roles", "none"] = Field(
        default="none",
        examples=["none"],
        description="How the history names the people who made changes: by name, by role, or not at all.",
    )

    # Written by `handbook adopt`. Excluded from what pages see, because no page shows them.
    adopted: date | None = Field(
        default=None,
        exclude=True,
        examples=["2026-11-27"],
        description="The day on which the handbook became yours.",
    )
    undecided: list[Undecided] = Field(
        default=[], exclude=True, examples=["[license]"], description="What is still as in the sample."
    )
    history_since: date | CommitName | None = Field(
        default=None,
        exclude=True,
        examples=["2026-11-27"],
        description="The first day of your own history, or the last commit of others before it.",
    )
    leave_out: list[PlaceOfPages] = Field(
        default=[],
        exclude=True,
        examples=["[docs/policy/strategy.md]"],
        description="Pages and folders that you do not publish.",
    )
    license: Line | None = Field(
        default=None,
        exclude=True,
        examples=["All rights reserved"],
        description="How others may use the texts. Without it, that is undecided.",
    )

    # Only in the repository in which the tool itself is developed; see the rule CHG001.
    develops_the_tool: bool = Field(
        default=False,
        exclude=True,
        examples=["true"],
        description="Lets one change edit both pages and the tool. Delete the line in your handbook.",
    )

    def problems(self) -> Iterator[RecordProblem]:
        """Find languages named twice, a wrong mail server, and texts that lack a language of the handbook."""
        for number, language in enumerate(self.languages):
            if language in self.languages[:number]:
                yield ("languages", number), _named_twice(self.variants, number)
        for path, sentence in self.mail.problems() if self.mail else ():
            yield ("mail", *path), sentence
        for path, sentence in self.inbox.form.problems() if self.inbox else ():
            yield ("inbox", "form", *path), sentence
        for path, sentence in self.contacts.problems():
            yield ("contacts", *path), sentence
        if self.prevailing_language and base_of(self.prevailing_language) not in self.languages:
            yield ("prevailing_language",), "is not one of `languages`; name one of them"
        yield from untranslated(self, self.languages)

    @property
    def source_host(self) -> SourceHost:
        """Return where the handbook is changed."""
        return SourceHost(self.repository, self.repository_branch, self.repository_service)

    def today(self) -> date:
        """Return the present day in the organization's time zone."""
        return today(self.time_zone)

    @cached_property
    def languages(self) -> list[str]:
        """Return the languages without regions, as in names of files; the first is the main one."""
        return [base_of(code) for code in self.variants]

    @property
    def main_language(self) -> str:
        """Return the language that readers get first."""
        return self.languages[0]

    @cached_property
    def text_languages(self) -> list[str]:
        """Return the languages in which readers may get a text: those of the handbook, and English."""
        return list(dict.fromkeys((*self.languages, UNMARKED)))

    def variant(self, language: str) -> str:
        """Return a language with its region, as `lang` names it, such as `en-GB`."""
        return next((code for code in self.variants if base_of(code) == language), language)

    @property
    def variables(self) -> Variables:
        """Return what texts of registers may say of the organization."""
        own = {name: getattr(self, name) for name in _IN_REGISTERS}
        words = {name: getattr(self.words, name) for name in Vocabulary.model_fields}
        return Variables(self.main_language, {**own, **words, "emergency_number": self.number_in_danger()})

    def number_in_danger(self) -> str | dict[str, str]:
        """Return the emergency number, or words for it in each language of the handbook."""
        english = _UNKNOWN_NUMBER["en"]
        words = {language: _UNKNOWN_NUMBER.get(language, english) for language in self.text_languages}
        return self.emergency_number or words

    def say(self, text: str | Mapping[str, str], language: str) -> str:
        """Return a text in `language`, or in the next one that it is written in."""
        return text if isinstance(text, str) else text[self.language_shown(text, language)]

    @property
    def language_that_counts(self) -> str:
        """Return the language whose text counts if two differ."""
        return base_of(self.prevailing_language) if self.prevailing_language else self.main_language

    def language_shown(self, text: Mapping[str, str], language: str) -> str:
        """Return the language in which readers of `language` get a text that is given by language."""
        order = (*reading_order(self.languages, language), *text)
        return next(each for each in order if each in text)


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
