"""The texts that readers see and that are not in pages: one catalog for each language."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Final

from babel import Locale, UnknownLocaleError
from babel.dates import format_date
from babel.numbers import format_percent

from handbook.content.main_language import lacking_texts, languages_with_texts
from handbook.errors import HandbookError
from handbook.yaml.located import read_shared_mapping

FOLDER: Final = Path(__file__).parents[1] / "catalog"
MAIN: Final = "en"


@dataclass(frozen=True, slots=True)
class Catalog:
    """Every text in one language. A key is a dotted path, such as `facts.owner`.

    `variant` is the language with its region, in which days and numbers are written.
    """

    language: str
    texts: Mapping[str, str]
    variant: str
    # The groups asked for so far: every page asks for the same few, out of some thousand texts.
    _groups: dict[str, dict[str, str]] = field(default_factory=dict, repr=False, compare=False)

    def __getitem__(self, key: str) -> str:
        """Return the text at `key`."""
        return self.texts[key]

    def group(self, name: str) -> dict[str, str]:
        """Return the texts below `name`, by the rest of their keys."""
        if name not in self._groups:
            start = name + "."
            self._groups[name] = {
                key.removeprefix(start): text for key, text in self.texts.items() if key.startswith(start)
            }
        return dict(self._groups[name])

    def day(self, day: datetime.date) -> str:
        """Write a date as readers of the language do, such as `Oct 14, 2026`."""
        return _written_day(day, self.variant)

    def name_of(self, language: str) -> str:
        """Return what readers call a language, such as `French`; its code if it has no known name."""
        shown_in = self.variant.replace("-", "_")
        return Locale.parse(language, sep="-").get_display_name(shown_in) or language

    @property
    def direction(self) -> str:
        """Return how the language is written: `ltr`, or `rtl` from right to left."""
        return direction_of(self.variant)

    def percent(self, number: int) -> str:
        """Write a share as readers of the language do, such as `98%`."""
        return format_percent(number / 100, locale=self.variant.replace("-", "_"))


def direction_of(language: str) -> str:
    """Return how a language is written, `ltr` if that is not known."""
    try:
        return str(Locale.parse(language.replace("-", "_")).text_direction)
    except (UnknownLocaleError, ValueError):
        return "ltr"


@lru_cache(maxsize=4096)
def _written_day(day: datetime.date, variant: str) -> str:
    return format_date(day, format="medium", locale=variant.replace("-", "_"))


def load_catalog(language: str, variant: str | None = None) -> Catalog:
    """Read the catalog of a language, for readers of one of its variants.

    Raises:
        HandbookError: if the file is missing, or its keys differ from those of the English one.

    """
    texts = _texts(language)
    wanted = _texts(MAIN).keys()
    for difference, what in (
        (wanted - texts.keys(), "lacks"),
        (texts.keys() - wanted, "has the unknown key"),
    ):
        if difference:
            raise HandbookError(
                f"macros/catalog/{language}.yml {what} '{min(difference)}'; compare it with {MAIN}.yml"
            )
    return Catalog(language, texts, variant or language)


def _texts(language: str) -> dict[str, str]:
    path = FOLDER / f"{language}.yml"
    try:
        Locale.parse(language, sep="-")
        source = read_shared_mapping(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, UnknownLocaleError, ValueError):
        raise HandbookError(lacking_texts(language, languages_with_texts(FOLDER))) from None
    if source.problem:
        raise HandbookError(f"macros/catalog/{language}.yml:{source.problem.line}: {source.problem.message}")
    return _flat(source.data)


def _flat(data: Mapping[str, object], start: str = "") -> dict[str, str]:
    texts: dict[str, str] = {}
    for key, value in data.items():
        if isinstance(value, dict):
            texts |= _flat(value, f"{start}{key}.")
        else:
            texts[start + key] = str(value)
    return texts
