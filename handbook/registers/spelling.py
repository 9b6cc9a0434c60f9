"""How words of the English and the French in which pages are written are said in other variants of these.

The register is `registers/spelling.yml`. Whoever changes it changes what readers read, so a review of a page
also answers for the words of the page that are spelled otherwise.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain
from typing import Annotated, Final

from pydantic import Field

from handbook.content.languages import base_of
from handbook.errors import HandbookError
from handbook.files.tree import FileTree
from handbook.registers.field_types import Language, Line
from handbook.registers.loading import load_optional_register
from handbook.registers.organization import FILE as ORGANIZATION_FILE
from handbook.registers.organization import load_located_organization
from handbook.yaml.record import Record, RecordProblem

FILE: Final = "registers/spelling.yml"
_WORD: Final = re.compile(r"[^\W\d_]+")
ENGLISH: Final = "en"
# The variants whose words are those that pages are written in, by language.
AS_WRITTEN: Final = {ENGLISH: frozenset({ENGLISH, "en-US"}), "fr": frozenset({"fr", "fr-FR"})}


class WordGroup(Record):
    """Words, or a few words together, that some variants spell otherwise, or keep as they are."""

    variants: Annotated[list[Language], Field(min_length=1)] = Field(
        examples=["[en-GB, en-CA]"], description="The variants that spell so."
    )
    words: dict[Line, Line] = Field(
        examples=["{color: colour}"], description="What pages say in lower case, and the other."
    )


class EndingGroup(Record):
    """Ends of words that some variants spell otherwise, and the words that end so and do not."""

    variants: Annotated[list[Language], Field(min_length=1)] = Field(
        examples=["[en-GB]"], description="The variants that spell so."
    )
    endings: dict[Line, Line] = Field(
        examples=["{ize: ise}"], description="The end of words in pages, and the other."
    )
    excepted: list[Line] = Field(
        default=[],
        alias="except",
        examples=["[size, prize]"],
        description="Words that end so and keep their spelling.",
    )


class SpellingRegister(Record):
    """The content of the file; `kept` are names that keep their spelling."""

    words: list[WordGroup] = Field(
        default=[],
        examples=["(words, as in the sample)"],
        description="Words that some variants spell otherwise.",
    )
    endings: list[EndingGroup] = Field(
        default=[],
        examples=["(endings, as in the sample)"],
        description="Ends of words that some variants spell otherwise.",
    )
    kept: list[Line] = Field(
        default=[], examples=["[Department of Labor]"], description="Names that keep their spelling."
    )

    def problems(self) -> Iterator[RecordProblem]:
        """Find words with capital letters, which would never be found."""
        spelled = [("words", number, group.words) for number, group in enumerate(self.words)]
        spelled += [("endings", number, group.endings) for number, group in enumerate(self.endings)]
        for kind, number, words in spelled:
            for word in words:
                if word != word.lower():
                    message = f"has a capital letter; write `{word.lower()}`, which counts for both"
                    yield (kind, number, kind, word), message


@dataclass(frozen=True, slots=True)
class Spelling:
    """How one variant spells, if it is not as pages are written."""

    words: Mapping[str, str] = field(default_factory=dict)
    endings: Mapping[str, str] = field(default_factory=dict)
    excepted: frozenset[str] = frozenset()
    kept: frozenset[str] = frozenset()

    def of(self, word: str) -> str:
        """Return how a single word in lower case is spelled."""
        if word in self.words or word in self.excepted:
            return self.words.get(word, word)
        ending = next((ending for ending in self.endings if word.endswith(ending)), "")
        return f"{word.removesuffix(ending)}{self.endings[ending]}" if ending else word

    def met_in(self, text: str) -> Iterator[str]:
        """Yield what is spelled otherwise in a text, in lower case and in order, each with its spelling."""
        if not self.words and not self.endings:
            return
        lower = text.lower()
        singles = {word: self.of(word) for word in _WORD.findall(lower)}
        several = {
            words: other
            for words, other in self.words.items()
            if words in lower and not _WORD.fullmatch(words)
        }
        for words, other in sorted({**singles, **several}.items()):
            if words != other:
                yield f"{words}={other}"


def load_spellings(tree: FileTree) -> dict[str, Spelling]:
    """Read how the handbook's variants spell, by language; a language without variants is left out.

    Raises:
        HandbookError: with one line for each mistake, or if no word is known of a variant.

    """
    organization, source = load_located_organization(tree)
    register, _ = load_optional_register(tree, FILE, SpellingRegister)
    spellings = {}
    for language in filter(AS_WRITTEN.__contains__, organization.languages):
        variant = organization.variant(language)
        if variant not in AS_WRITTEN[language]:
            known = _known_variants(register, language)
            if variant not in known and (language == ENGLISH or known != sorted(AS_WRITTEN[language])):
                place = source.value_location_of(("languages", organization.variants.index(variant)))
                message = f"names {variant}, of which {FILE} knows no word; write one of {', '.join(known)}"
                raise HandbookError(f"{ORGANIZATION_FILE}:{place.line}:{place.column}: 'languages' {message}")
            spellings[language] = spelling_of(variant, register)
    return spellings


def _known_variants(register: SpellingRegister, language: str) -> list[str]:
    groups = [group.variants for group in register.words] + [group.variants for group in register.endings]
    named = chain.from_iterable(groups)
    return sorted(AS_WRITTEN[language].union(each for each in named if base_of(each) == language))


def spelling_of(variant: str, register: SpellingRegister) -> Spelling:
    """Return how a variant spells."""
    words = [group.words for group in register.words if variant in group.variants]
    endings = [group for group in register.endings if variant in group.variants]
    return Spelling(
        {american: other for group in words for american, other in group.items()},
        {american: other for group in endings for american, other in group.endings.items()},
        frozenset(word for group in endings for word in group.excepted),
        frozenset(register.kept),
    )
