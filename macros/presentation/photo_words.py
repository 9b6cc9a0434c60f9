"""The words of the photo check, as a script for each language: only the pages with the check load them."""

import json
from collections.abc import Iterator
from typing import Final

from macros.presentation.catalog import FOLDER, MAIN, load_catalog

_GROUP: Final = "photo_check"


def photo_words() -> Iterator[tuple[str, bytes]]:
    """Yield the language and the script of each catalog."""
    for file in sorted(FOLDER.glob("*.yml")):
        words = json.dumps(_words(file.stem), ensure_ascii=False)
        yield file.stem, f"export const WORDS = {words}\n".encode()


def _words(language: str) -> dict[str, object]:
    """Return what the check says, and of each detail also the English text, in which it is found."""
    catalog, in_english = load_catalog(language), load_catalog(MAIN).group(f"{_GROUP}.details")
    details = catalog.group(f"{_GROUP}.details")
    return {
        **{name: text for name, text in catalog.group(_GROUP).items() if "." not in name},
        "categories": catalog.group(f"{_GROUP}.categories"),
        "details": {in_english[name]: text for name, text in details.items() if text != in_english[name]},
    }
