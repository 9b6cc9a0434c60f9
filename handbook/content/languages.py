"""The language of a file, by its name: `page.md` is in the main language, `page.fr.md` in French."""

import re
from collections.abc import Collection, Sequence
from typing import Final

# The same expression as in mkdocs_static_i18n.config, so that both see the same suffixes.
_LANGUAGE: Final = re.compile(r"[a-z]{2}(-[A-Za-z]{4})?(-[A-Z]{2})?|[a-z]{2}_[A-Z]{2}")

_REGION: Final = re.compile(r"[-_][A-Z]{2}$")


def is_language(code: str) -> bool:
    """Tell whether a text can be the suffix of a translation."""
    return bool(_LANGUAGE.fullmatch(code))


def base_of(code: str) -> str:
    """Return the language of a variant, which files and addresses use: `en` for `en-GB`."""
    return _REGION.sub("", code)


def language_of(path: str, languages: Sequence[str]) -> str | None:
    """Return the language of a page's file, or None if its suffix names one not in `languages`.

    The first of `languages` is the main one. A file without a language is not published.
    """
    suffix = suffix_of(path)
    if suffix in languages:
        return suffix
    return None if _LANGUAGE.fullmatch(suffix) else languages[0]


def named_language(path: str) -> str | None:
    """Return the language that a file's suffix names, or None; for a handbook whose languages are unknown."""
    suffix = suffix_of(path)
    return suffix if _LANGUAGE.fullmatch(suffix) else None


def main_path(path: str, languages: Sequence[str]) -> str:
    """Return the path of the page that a file translates, or its own: `work.md` for `work.fr.md`."""
    suffix = suffix_of(path)
    ending = f".{suffix}.md"
    return f"{path.removesuffix(ending)}.md" if suffix in languages and path.endswith(ending) else path


def shown_paths(names: Collection[str], languages: Sequence[str], language: str) -> set[str]:
    """Return the pages that readers of a language get: what it translates, and what is in the main one."""
    own = (languages[0], language)
    return {main_path(name, languages) for name in names if language_of(name, languages) in own}


def suffix_of(path: str) -> str:
    """Return what is between the last two dots of a file's name, or an empty text."""
    parts = path.rpartition("/")[2].split(".")
    return parts[-2] if len(parts) > 2 else ""
