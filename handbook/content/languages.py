"""The language of a file, by its name: `page.fr.md` is in French, and `page.md` in English.

A name says the same whichever language readers get first: files keep their names when a handbook changes its
main language, and when a newer release comes. See docs/contributing/index.md.
"""

import re
from collections.abc import Collection, Container, Iterator, Sequence
from typing import Final

# The language of a file whose name says none, and of a text in a register that says none.
UNMARKED: Final = "en"

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

    The first of `languages` is the main one. A file without a language is not published. English is named
    only where it is the main language: elsewhere, links to the page without a suffix would not find the file.
    """
    suffix = suffix_of(path)
    if suffix in languages:
        return suffix if suffix != UNMARKED or languages[0] == UNMARKED else None
    return None if _LANGUAGE.fullmatch(suffix) else UNMARKED


def reading_order(languages: Sequence[str], language: str) -> list[str]:
    """Return the languages in which readers of one get a page, the first that it exists in."""
    return list(dict.fromkeys((language, languages[0], UNMARKED)))


def is_replaced(path: str, beside: Container[str], languages: Sequence[str]) -> bool:
    """Tell whether nobody gets a file: it is in English, the handbook is not, and there is a translation."""
    if UNMARKED in languages or language_of(path, languages) != UNMARKED:
        return False
    return path.endswith(".md") and path_in(path, languages[0]) in beside


def named_language(path: str) -> str | None:
    """Return the language that a file's suffix names, or None; for a handbook whose languages are unknown."""
    suffix = suffix_of(path)
    return suffix if _LANGUAGE.fullmatch(suffix) else None


def main_path(path: str, languages: Sequence[str]) -> str:
    """Return the path by which a page is named, whatever its language: `work.md` for `work.fr.md`."""
    suffix = suffix_of(path)
    ending = f".{suffix}.md"
    return f"{path.removesuffix(ending)}.md" if suffix in languages and path.endswith(ending) else path


def likely_main_path(path: str) -> str:
    """Return the path by which a page is named, for a handbook whose languages are unknown."""
    language = named_language(path)
    return main_path(path, (language,) if language else ())


def path_in(path: str, language: str) -> str:
    """Return the path of the file of a page, or of a picture, in a language, by the path that names it."""
    stem, dot, ending = path.rpartition(".")
    return path if language == UNMARKED else f"{stem}{dot}{language}.{ending}"


def files_in_order(path: str, languages: Sequence[str], language: str) -> Iterator[str]:
    """Yield the files from which readers of a language get a page, the first that there is."""
    named = main_path(path, languages)
    for each in reading_order(languages, language):
        yield f"{named.removesuffix('.md')}.{each}.md"
        if each == UNMARKED:
            yield named


def shown_paths(names: Collection[str], languages: Sequence[str], language: str) -> set[str]:
    """Return the pages that readers of a language get, in it or in another."""
    order = reading_order(languages, language)
    return {main_path(name, languages) for name in names if language_of(name, languages) in order}


def suffix_of(path: str) -> str:
    """Return what is between the last two dots of a file's name, or an empty text."""
    parts = path.rpartition("/")[2].split(".")
    return parts[-2] if len(parts) > 2 else ""
