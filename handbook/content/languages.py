"""Which language a file is written in: `page.md` in the main one, `page.fr.md` in French."""

import re
from collections.abc import Sequence
from typing import Final

# The same expression as in mkdocs_static_i18n.config, so that both see the same suffixes.
_SUFFIX: Final = re.compile(r"[a-z]{2}(-[A-Za-z]{4})?(-[A-Z]{2})?|[a-z]{2}_[A-Z]{2}")


def language_of(path: str, languages: Sequence[str]) -> str | None:
    """Return the language of a page's file, or None where its suffix is no language of the handbook.

    The first of `languages` is the main one. A file without a language is not published.
    """
    parts = path.rpartition("/")[2].split(".")
    suffix = parts[-2] if len(parts) > 2 else ""
    if suffix in languages:
        return suffix
    return None if _SUFFIX.fullmatch(suffix) else languages[0]


def main_path(path: str, languages: Sequence[str]) -> str:
    """Return the path of the page that a file translates, or its own: `work.md` for `work.fr.md`."""
    stem, _, _ = path.removesuffix(".md").rpartition(".")
    suffix = path.removesuffix(".md").removeprefix(stem + ".")
    return f"{stem}.md" if stem and suffix in languages else path
