"""What a choice of languages means for a handbook: which there are, and what is not written in them.

Files keep their names whichever language comes first, so a choice renames nothing.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from handbook.content.languages import UNMARKED, base_of, is_language, language_of, main_path
from handbook.errors import HandbookError
from handbook.files.tree import FileTree
from handbook.yaml.located import read_mapping

_ORGANIZATION: Final = "organization.yml"

# The texts of the frame, a file for each language.
CATALOGS: Final = "macros/catalog"


def languages_with_texts(folder: Path) -> list[str]:
    """Return the languages that a folder has a catalog of texts in."""
    return sorted(file.stem for file in folder.glob("*.yml"))


def refuse_unknown_languages(tree: FileTree, known: Sequence[str]) -> None:
    """Refuse an organization.yml that names a language without texts, before anything is asked of its texts.

    What else is wrong with the file is left to whoever reads it.

    Raises:
        HandbookError: with one line for each language.

    """
    data = (tree.read(_ORGANIZATION) or b"").decode("utf-8-sig", "replace").replace("\r\n", "\n")
    source = read_mapping(data)
    named = source.data.get("languages")
    lines = [
        f"{_ORGANIZATION}:{place.line}:{place.column}: {lacking_texts(base_of(code), known)}"
        for number, code in enumerate(named if isinstance(named, list) else ())
        if isinstance(code, str) and is_language(code) and base_of(code) not in known
        for place in (source.value_location_of(("languages", number)),)
    ]
    if lines:
        raise HandbookError("\n".join(lines))


def problems_of_languages(root: Path, codes: Sequence[str]) -> list[str]:
    """Return a sentence for each language that the handbook in `root` cannot be built in."""
    known = languages_with_texts(root / CATALOGS)
    missing = dict.fromkeys(base_of(code) for code in codes if base_of(code) not in known)
    return [lacking_texts(language, known) for language in missing]


def lacking_texts(language: str, known: Sequence[str]) -> str:
    """Say that a language has no texts of the frame, which languages have some, and what to do."""
    return (
        f"the handbook cannot be built in '{language}': its texts for menus, buttons, and notices are in"
        f" {', '.join(known)}; take '{language}' out of `languages` in {_ORGANIZATION}, or copy"
        f" {CATALOGS}/{UNMARKED}.yml to {CATALOGS}/{language}.yml and translate each text"
    )


def untranslated_pages(paths: Iterable[str], languages: Sequence[str]) -> dict[str, list[str]]:
    """Return, for each language, the pages whose readers get another one; pages are named without suffix."""
    written = {(main_path(path, languages), language_of(path, languages)) for path in paths}
    named = sorted({name for name, _ in written})
    return {language: [name for name in named if (name, language) not in written] for language in languages}
