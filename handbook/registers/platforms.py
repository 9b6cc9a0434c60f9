"""The platforms, their addresses, and the sections of their pages, from `registers/platforms.yml`."""

import datetime
from collections.abc import Iterator
from difflib import get_close_matches
from functools import cached_property
from typing import Final

from pydantic import Field
from yaml.nodes import MappingNode

from handbook.errors import HandbookError
from handbook.files.tree import FileTree
from handbook.registers.field_types import Line, ShortName, Text, WebAddress
from handbook.registers.loading import load_optional_register
from handbook.registers.organization import Organization
from handbook.text.phrase_search import Phrase, PhraseFinder, whole_words
from handbook.yaml.edit_lines import compose, entry, insert, is_block, last_line, proved, value_at
from handbook.yaml.record import Record, RecordProblem

FILE: Final = "registers/platforms.yml"
FOLDER: Final = "docs/platforms/"
# A name with one of these words, such as "Linked In", is a part of many a sentence in small letters.
_EVERYDAY: Final = frozenset({"in", "on", "up", "you", "it", "my", "the"})
# Names that are less alike than this are different names, not misspellings.
_LEAST_ALIKE: Final = 0.8


class PlatformAddresses(Record):
    """Where the platform itself helps, by what a reader needs. What nobody has found is left out."""

    help: WebAddress | None = Field(
        default=None, examples=["https://help.example.org/"], description="The help pages."
    )
    recovery: WebAddress | None = Field(
        default=None,
        examples=["https://help.example.org/hacked"],
        description="Where to go when locked out or hacked.",
    )
    impersonation: WebAddress | None = Field(
        default=None,
        examples=["https://help.example.org/fake"],
        description="Where to report an account that pretends to be yours.",
    )
    appeal: WebAddress | None = Field(
        default=None,
        examples=["https://help.example.org/appeal"],
        description="Where to object to a decision of the platform.",
    )
    export: WebAddress | None = Field(
        default=None,
        examples=["https://help.example.org/download"],
        description="How to download your content.",
    )
    advertising: WebAddress | None = Field(
        default=None, examples=["https://help.example.org/ads"], description="The rules for advertising."
    )
    status: WebAddress | None = Field(
        default=None,
        examples=["https://status.example.org/"],
        description="Where the platform says whether it works.",
    )

    @property
    def known(self) -> dict[str, str]:
        """Return the addresses that are known, by what they are for."""
        return {name: address for name in type(self).model_fields if (address := getattr(self, name))}


class Platform(Record):
    """A platform under every name by which people know it.

    `addresses_checked` is the day somebody last compared the addresses with the platform. `good_for`, `takes`
    and `risk` help to choose it; `personal` says what the rules ask of a private account there.
    """

    not_reviewed = frozenset({"addresses", "addresses_checked"})

    name: Line = Field(examples=["Facebook"], description="What the platform is called today.")
    aliases: list[Line] = Field(default=[], examples=["[FB]"], description="Other names that people use.")
    former_names: list[Line] = Field(default=[], examples=["[Twitter]"], description="Names that it had.")
    phrases: dict[str, list[Line]] = Field(
        default={},
        examples=["{en: [on X, X account]}"],
        description="If the name is an ordinary word: the phrases that mean the platform, by language.",
    )
    addresses: PlatformAddresses = Field(
        default=PlatformAddresses(),
        examples=["{help: https://help.example.org/}"],
        description="Pages of the platform that help. Leave out what nobody has found.",
    )
    addresses_checked: datetime.date | None = Field(
        default=None,
        examples=["2026-11-27"],
        description="The day on which somebody last compared the addresses with the platform.",
    )
    good_for: Text | None = Field(
        default=None, examples=["Local news, events, questions"], description="What the platform is good for."
    )
    takes: Text | None = Field(
        default=None, examples=["Replies every working day"], description="How much work it is."
    )
    risk: Text | None = Field(
        default=None, examples=["Work and private life mix"], description="What can go wrong there."
    )
    personal: Text | None = Field(
        default=None,
        examples=["Everyone can read your reviews."],
        description="What your rules ask of a private account there.",
    )


class PlatformSection(Record):
    """A section of platform pages. `write` says to its author what belongs there.

    A fact names its section by `key`. A section that is not `required` is left out where a platform differs
    in nothing.
    """

    key: ShortName | None = Field(
        default=None,
        examples=["posting"],
        description="The name by which a fact names its section. It never changes.",
    )
    title: Text = Field(examples=["{en: Posting, fr: Publier}"], description="The heading of the section.")
    write: Text = Field(
        examples=["Say what to check before a post."],
        description="What `handbook new platform` asks for in that section.",
    )
    required: bool = Field(
        default=False, examples=["true"], description="Whether every page of a platform has the section."
    )


class Platforms(Record):
    """The register of platforms."""

    may_name_platforms: list[Line] = Field(
        default=[], examples=["[docs/platforms/]"], description="The folders whose pages may name platforms."
    )
    pages_without_sections: list[Line] = Field(
        default=[],
        examples=["[docs/platforms/facts.md]"],
        description="Pages in docs/platforms/ that are not about one platform.",
    )
    sections: list[PlatformSection] = Field(
        default=[],
        examples=["(sections, as in the sample)"],
        description="The sections of each page of a platform, in order.",
    )
    platforms: dict[str, Platform] = Field(
        default={}, examples=["(platforms, as in the sample)"], description="The platforms, by a short name."
    )

    def problems(self) -> Iterator[RecordProblem]:
        """Find keys of sections that are used twice, and addresses without the day of their check."""
        keys = [section.key for section in self.sections]
        for number, key in enumerate(keys):
            if key and key in keys[:number]:
                yield (
                    ("sections", number, "key"),
                    f"is '{key}', as that of another section; keep one of the two",
                )
        for name, platform in self.platforms.items():
            if platform.addresses.known and platform.addresses_checked is None:
                yield (
                    ("platforms", name, "addresses"),
                    "has no day; add `addresses_checked: ` with the day you compared them",
                )

    @property
    def section_keys(self) -> list[str]:
        """Return the keys of the sections that have one, in their order."""
        return [section.key for section in self.sections if section.key]

    def is_core(self, path: str) -> bool:
        """Tell whether the page at `path` may name no platform."""
        return not path.startswith(tuple(self.may_name_platforms))

    def known_as(self, name: str) -> str:
        """Return what the platform with that key, or any other name, is called; the name if it is unknown."""
        key = self.key_of(name)
        return self.platforms[key].name if key else name

    def key_of(self, name: str) -> str | None:
        """Return the key of the platform that people know by that name, or None."""
        for key, platform in self.platforms.items():
            names = (key, platform.name, *platform.aliases, *platform.former_names)
            if name.casefold() in map(str.casefold, names):
                return key
        return None

    def meant_by(self, name: str) -> str | None:
        """Return the key of the platform that a misspelled name means, or None.

        A single word in common means nothing: platforms of one company share words.
        """
        if self.key_of(name):
            return None
        names = {
            text.casefold(): key for key, platform in self.platforms.items() for text in (key, platform.name)
        }
        meant = get_close_matches(name.casefold(), names, n=1, cutoff=_LEAST_ALIKE)
        return names[meant[0]] if meant else None

    def used_by(self, organization: Organization) -> frozenset[str]:
        """Return the keys of the platforms on which an organization has an account, however it names them."""
        return frozenset(
            self.key_of(account.platform) or account.platform for account in organization.accounts
        )

    def is_unused(self, path: str, organization: Organization) -> bool:
        """Tell whether a page is that of a platform on which an organization has no account."""
        return self.is_about_one(path) and _key_of_page(path) not in self.used_by(organization)

    def is_about_one(self, path: str) -> bool:
        """Tell whether a page is that of a platform."""
        return _key_of_page(path) in self.platforms

    @cached_property
    def finder(self) -> PhraseFinder[str]:
        """Return a finder of the names of platforms, as whole words; the meaning of each is the platform."""
        return PhraseFinder([*self._names(), *self._phrases()])

    def _names(self) -> Iterator[Phrase[str]]:
        for platform in self.platforms.values():
            for name in (platform.name, *platform.aliases, *platform.former_names):
                if name != platform.name or not platform.phrases:
                    is_everyday = not _EVERYDAY.isdisjoint(name.casefold().split())
                    yield Phrase(name, whole_words(name), platform.name, ignores_case=not is_everyday)

    def _phrases(self) -> Iterator[Phrase[str]]:
        for platform in self.platforms.values():
            for language, phrases in platform.phrases.items():
                for written in dict.fromkeys(form for phrase in phrases for form in _at_any_place(phrase)):
                    yield Phrase(written, whole_words(written, "-"), platform.name, language)


def _at_any_place(phrase: str) -> tuple[str, str]:
    """Return a phrase as it is written inside a sentence and at its beginning."""
    return phrase, phrase[:1].upper() + phrase[1:]


def _key_of_page(path: str) -> str:
    """Return the name of a page below the folder of platforms, which is the key of its platform."""
    return path.removeprefix(FOLDER).removesuffix(".md") if path.startswith(FOLDER) else ""


def page_of_platform(key: str) -> str:
    """Return the path of a platform's page."""
    return f"{FOLDER}{key}.md"


def load_platforms(tree: FileTree, organization: Organization) -> Platforms:
    """Read the register, whose texts have each language; without one, no platform is known.

    Raises:
        HandbookError: with one line for each mistake.

    """
    return load_optional_register(tree, FILE, Platforms, variables=organization.variables)[0]


def with_platform(text: str, key: str, name: str) -> str:
    """Return the text of the register with one more platform at its end.

    Raises:
        HandbookError: if the platforms cannot be changed line by line.

    """
    platforms = value_at(compose(text), "platforms")
    refusal = f"{FILE} has no `platforms:` with lines below it; write them as the sample does"
    if platforms is None or not is_block(platforms):
        raise HandbookError(refusal)
    indent = " " * platforms.start_mark.column
    lines = [f"{indent}{entry(key, None).removesuffix(' null')}", f"{indent}  {entry('name', name)}"]
    after = insert(text, last_line(platforms), lines)
    return proved(after, _names_by_key, {**_names_by_key(text), key: name}, refusal)


def _names_by_key(text: str) -> dict[str, str]:
    platforms = value_at(compose(text), "platforms")
    pairs = platforms.value if isinstance(platforms, MappingNode) else []
    return {key.value: getattr(value_at(value, "name"), "value", "") for key, value in pairs}
