"""The words of the forms of reviews, as a script for each language: only the pages with forms load them."""

import json
from collections.abc import Iterator
from typing import Final

from macros.presentation.catalog import FOLDER, load_catalog

_GROUP: Final = "reading_forms"


def form_words() -> Iterator[tuple[str, bytes]]:
    """Yield the language and the script of each catalog."""
    for file in sorted(FOLDER.glob("*.yml")):
        words = json.dumps(load_catalog(file.stem).group(_GROUP), ensure_ascii=False)
        yield file.stem, f"export const WORDS = {words}\n".encode()
