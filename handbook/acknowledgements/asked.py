"""What one state of the handbook asks people to accept: the record that each edition keeps of it."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from typing import Final

from pydantic import ConfigDict, Field, ValidationError

from handbook.acknowledgements.questions import LETTERS, questions_for
from handbook.acknowledgements.substance import substance_of
from handbook.content.languages import files_in_order
from handbook.content.pages import Page
from handbook.errors import HandbookError
from handbook.model import Handbook
from handbook.registers.acknowledgements import AskedAudience
from handbook.text.json_text import as_document
from handbook.yaml.record import Record

# The file of the record below the site, beside the page on which people accept.
FILE: Final = "acknowledge/asked.json"
# A digest tells texts apart; that nobody forged a receipt is known from the system that it came through.
_DIGITS: Final = 12


class _JsonRecord(Record):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=False)


class AskedText(_JsonRecord):
    """What an audience is asked to accept in one language.

    `pages` has the fingerprint of the text of each page in substance, by the path of the page in the main
    language. `questions` has the letter of the right answer to each question, by the name of the scenario.
    """

    pages: dict[str, str]
    questions: dict[str, str] = Field(default_factory=dict)

    @property
    def digest(self) -> str:
        """Return the first twelve hexadecimal digits of the SHA-256 of the pages and the questions."""
        parts = [sorted(self.pages.items()), [*self.questions.items()]]
        data = json.dumps(parts, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(data.encode("utf-8")).hexdigest()[:_DIGITS]

    @property
    def right_answers(self) -> str:
        """Return the letters of the right answers, in the order of the questions."""
        return "".join(self.questions.values())


class Asked(_JsonRecord):
    """What a state of the handbook asks: the text of each audience, by its name and by language.

    `edition` is None if the state is not an edition.
    """

    edition: str | None
    audiences: dict[str, dict[str, AskedText]]

    def as_bytes(self) -> bytes:
        """Serialize as UTF-8 JSON with a trailing newline."""
        return as_document(self.model_dump(mode="json")).encode()


def read_asked(data: bytes, where: str) -> Asked:
    """Read the record of an edition.

    Raises:
        HandbookError: if it cannot be read.

    """
    try:
        return Asked.model_validate_json(data)
    except ValidationError:
        raise HandbookError(f"{where}: {FILE} cannot be read; run `handbook edition verify`") from None


def asked_by(handbook: Handbook, edition: str | None) -> Asked:
    """Return what a handbook asks; an audience none of whose pages is published is left out."""
    register = handbook.registers.acknowledgements
    audiences = {name: _texts(handbook, audience) for name, audience in register.audiences.items()}
    return Asked(edition=edition, audiences={name: texts for name, texts in audiences.items() if texts})


def _texts(handbook: Handbook, audience: AskedAudience) -> dict[str, AskedText]:
    languages = handbook.registers.organization.languages
    texts = {language: dict(_pages(handbook, audience, language)) for language in languages}
    scenarios = questions_for(audience, handbook.registers.scenarios.scenarios)
    letters = {name: LETTERS[scenario.answer] for name, scenario in scenarios.items()}
    return {
        language: AskedText(
            pages={path: substance_of(handbook, page) for path, page in pages.items()}, questions=letters
        )
        for language, pages in texts.items()
        if pages
    }


def _pages(handbook: Handbook, audience: AskedAudience, language: str) -> Iterator[tuple[str, Page]]:
    """Yield the published pages, each in the language or in the next best one, by its main path."""
    for path in audience.pages:
        if page := shown_page(handbook, path, language):
            yield path, page


def shown_page(handbook: Handbook, path: str, language: str) -> Page | None:
    """Return the page that readers of a language get for a path in the main language, or None."""
    languages = handbook.registers.organization.languages
    names = files_in_order(path, languages, language)
    return next(filter(None, map(handbook.page, names)), None)


def pages_to_accept(text: AskedText, accepted: Mapping[str, str]) -> list[str]:
    """Return the paths of the pages whose text is not one that somebody accepted, in their order.

    A page that has only moved has the text that it had.
    """
    texts = set(accepted.values())
    return [path for path, fingerprint in text.pages.items() if fingerprint not in texts]
