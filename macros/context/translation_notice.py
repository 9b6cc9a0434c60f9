"""What readers of a translation are told if its original is not the text that it renders."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from handbook.content.pages import Page
from handbook.content.translation.changed_parts import ChangedPart, PartKind
from macros.context.page_frame import OtherLanguage
from macros.context.site import Site
from macros.presentation.catalog import Catalog
from macros.presentation.localized import LocalizedText

_EXPRESSION: Final = re.compile(r"\{\{.*?\}\}|\{%.*?%\}")


@dataclass(frozen=True, slots=True)
class TranslationNotice:
    """The parts of the original that changed since; none if nobody has said which text is rendered.

    `language` is what readers call the language of the original, `address` leads there, and `counts` is the
    language whose text counts if the two differ.
    """

    parts: Sequence[LocalizedText]
    language: str
    address: str | None
    counts: str


def translation_notice(
    page: Page, site: Site, catalog: Catalog, languages: Sequence[OtherLanguage]
) -> TranslationNotice | None:
    """Return what readers of a page have to know of its original, or None if it renders it as it is."""
    translation = site.handbook.translation(page)
    if translation is None or translation.is_current:
        return None
    original = translation.original.language
    return TranslationNotice(
        [_named(part, catalog) for part in translation.changed or ()],
        catalog.name_of(original),
        next((other.address for other in languages if other.language == original), None),
        catalog.name_of(site.organization.language_that_counts),
    )


def _named(part: ChangedPart, catalog: Catalog) -> LocalizedText:
    if part.kind is PartKind.SECTION:
        other = part.language if part.language != catalog.language else None
        return LocalizedText(_EXPRESSION.sub("…", part.heading), other)
    return LocalizedText(catalog[f"translation.{part.kind.value}"])
