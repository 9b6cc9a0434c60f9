"""Files whose names keep them off the site, or that cannot be published under their names."""

import os
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePosixPath
from typing import Final

from handbook.content.languages import (
    UNMARKED,
    is_replaced,
    language_of,
    main_path,
    named_language,
    suffix_of,
)
from handbook.errors import HandbookError
from handbook.findings import Severity
from handbook.text.quoting import STEERING, one_line

# MkDocs makes pages of files with these endings, in lower case. Windows hides the last one that it knows.
_PAGE: Final = re.compile(
    r"(?P<stem>[^/]*)(?P<ending>\.(?:md|markdown|mdown|mkdn|mkd))(?P<added>\.txt)?", re.IGNORECASE
)
# What editors and systems leave beside a file: locks of Emacs, and what macOS knows of the file.
_TRACES: Final = (".#", "._")
_FOREIGN_BYTE: Final = re.compile("[\ud800-\udfff]")
_INVISIBLE: Final = re.compile(f"[\t\n{STEERING}]")
_BETWEEN_FOLDERS: Final = re.compile(r"[\\:]")
# What no file and no folder may be called on Windows, whatever its ending, and what no name may have there.
_DEVICE: Final = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.IGNORECASE)
_NOT_ON_WINDOWS: Final = re.compile(r"[<>\"|?*]|[. ](?=/|$)")
_SAME_ADDRESS: Final = "{} has the same address, so only one of the two is published; rename one"
_SAME_FILE: Final = "Windows and macOS take {} for the same file, so one of the two is lost there; rename one"
_SAME_FOLDER: Final = "Windows and macOS cannot tell the folder of this page from '{}'; move the page there"
_NOT_LISTED: Final = (
    "this translation is not published, because `languages` in organization.yml does not list '{}'"
)
_NOT_UTF_8: Final = "the name of the file is not UTF-8; rename it"
_MAIN_ENDING: Final = "md"
_BY_A_SETTING: Final = (
    "mkdocs.yml keeps this page off the site (exclude_docs or draft_docs); change the setting, or move the"
    " file to another folder"
)


@dataclass(frozen=True, slots=True, order=True)
class Misnamed:
    """A file below the folder of pages, by its path from the root, and what is wrong with its name."""

    path: str
    reason: str
    severity: Severity | None = None


def _nothing(name: str) -> bool:
    return False


def misnamed_files(
    names: Collection[str],
    pages: Collection[str],
    folder: str,
    languages: Sequence[str],
    is_excluded: Callable[[str], bool] = _nothing,
) -> Iterator[Misnamed]:
    """Yield the files that cannot have their names, and the pages that their names keep off the site.

    `names` are those of all files below `folder`, and `pages` those that a build would make pages of.
    `is_excluded` tells whether mkdocs.yml keeps a file off the site; it is then no rival of another.
    """
    taken = _taken_addresses(sorted(pages), languages)
    for name in sorted(names):
        path = f"{folder}/{name}"
        if reason := _unusable(name) or taken.get(name):
            yield Misnamed(path, reason)
        elif _looks_like_a_page(name) and (
            complaint := _kept_off(name, names, pages, languages, is_excluded(name))
        ):
            yield Misnamed(path, *complaint)
        elif not (is_excluded(name) or _looks_like_a_page(name)) and (
            reason := _hidden_attachment(name, languages)
        ):
            yield Misnamed(path, reason)


def _hidden_attachment(name: str, languages: Sequence[str]) -> str | None:
    """Return which language of its name keeps a picture or another file off the site."""
    is_hidden = name.startswith("templates/") or any(part.startswith(".") for part in name.split("/"))
    return None if is_hidden else _unlisted_language(name, languages)


def _kept_off(
    name: str, names: Collection[str], pages: Collection[str], languages: Sequence[str], is_excluded: bool
) -> tuple[str, Severity | None] | None:
    """Return why a page is not published, or not as what its name says it is, and how serious that is."""
    if name in pages:
        reason = _not_a_language(name, languages)
        return (reason, None) if reason else None
    if is_replaced(name, pages, languages):
        return _NOT_LISTED.format(UNMARKED), Severity.INFO
    if language := _translated_beside(name, pages, languages):
        return _NOT_LISTED.format(language), Severity.INFO
    rivals = ((), ()) if is_excluded else (names, pages)
    if reason := _hidden(name, *rivals, languages):
        return reason, None
    return _BY_A_SETTING, Severity.WARNING


def refuse_foreign_names(folder: Path) -> None:
    """Refuse names that MkDocs cannot make an address of.

    Raises:
        HandbookError: with the first file whose name is not UTF-8.

    """
    for parent, _, names in os.walk(folder, followlinks=True):
        if foreign := next((name for name in names if not is_utf_8(name)), None):
            path = Path(parent, foreign).relative_to(folder.parent).as_posix()
            raise HandbookError(f"{one_line(path)}: {_NOT_UTF_8}")


def is_utf_8(name: str) -> bool:
    """Tell whether the bytes of a file's name are UTF-8, as an address needs them to be."""
    return not _FOREIGN_BYTE.search(name)


def _unusable(name: str) -> str | None:
    """Return why no file can be published under a name."""
    if not is_utf_8(name):
        return _NOT_UTF_8
    if character := _INVISIBLE.search(name):
        code = f"U+{ord(character[0]):04X}"
        return f"the name of the file has the invisible character {code}; rename it"
    if character := _BETWEEN_FOLDERS.search(name):
        return f"the name of the file has `{character[0]}`, which some systems read as a folder; rename it"
    if any(part.startswith("-") for part in name.split("/")):
        return "the name begins with a hyphen, so programs take it for an option; rename it"
    if device := next(filter(is_reserved, name.split("/")), None):
        return f"Windows can have no file or folder called {device}; rename it"
    if character := _NOT_ON_WINDOWS.search(name):
        mark = {" ": "a space at its end", ".": "a dot at its end"}.get(character[0], f"`{character[0]}`")
        return f"the name of the file has {mark}, so it cannot be saved on Windows; rename it"
    return None


def is_reserved(part: str) -> bool:
    """Tell whether a part of a path names a device of Windows, where git cannot make such a file."""
    return _DEVICE.fullmatch(part) is not None


def _taken_addresses(pages: Iterable[str], languages: Sequence[str]) -> dict[str, str]:
    """Return why each page whose address another one has is not published, or not on every system.

    Two files for one page and language are not looked for here.
    """
    first: dict[tuple[str | None, str], str] = {}
    pages = list(pages)
    taken = dict(_in_twin_folders(pages))
    for name in pages:
        original = main_path(name, languages)
        address = _address(original)
        other = first.setdefault((language_of(name, languages), without_case(address)), original)
        if other != original:
            taken[name] = _SAME_ADDRESS if _address(other) == address else _SAME_FILE
            taken[name] = taken[name].format(other)
    return taken


def _in_twin_folders(pages: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield the pages in a folder that not every system tells from another one, which has more pages."""
    folders = {name: [str(folder) for folder in PurePosixPath(name).parents] for name in pages}
    counted = Counter(folder for name in pages for folder in folders[name]).most_common()
    usual = {without_case(folder): folder for folder, _ in reversed(counted)}
    for name in pages:
        twin = next((folder for folder in folders[name] if usual[without_case(folder)] != folder), None)
        if twin:
            yield name, _SAME_FOLDER.format(usual[without_case(twin)])


def without_case(name: str) -> str:
    """Return a form that two paths or addresses share if a file system may take them for one.

    It ignores case, and how a letter with an accent is written.
    """
    return unicodedata.normalize("NFC", name).casefold()


def _address(name: str) -> str:
    stem = name.rpartition(".")[0]
    folder, _, last = stem.rpartition("/")
    return folder if last in ("index", "README") else stem


def _looks_like_a_page(name: str) -> bool:
    last = name.rpartition("/")[2]
    return bool(_PAGE.fullmatch(last)) and not last.startswith(_TRACES)


def _hidden(
    name: str, names: Collection[str], pages: Collection[str], languages: Sequence[str]
) -> str | None:
    """Return how its name keeps a page off the site."""
    reasons: tuple[Callable[[], str | None], ...] = (
        partial(_wrong_ending, name),
        partial(_begins_with_a_dot, name),
        partial(_in_templates, name),
        partial(_beside_an_index, name, names),
        partial(_beside_another, name, pages),
        partial(_named_for_nothing, name, pages, languages),
        partial(_unlisted_language, name, languages),
    )
    return next(filter(None, (reason() for reason in reasons)), None)


def _wrong_ending(name: str) -> str | None:
    last = name.rpartition("/")[2]
    match = _PAGE.fullmatch(last)
    if match is None or (match["ending"].islower() and not match["added"]):
        return None
    ending, page = match["ending"] + (match["added"] or ""), match["stem"] + match["ending"].lower()
    return f"a file that ends in {ending} is not a page; rename it to {page}"


def _begins_with_a_dot(name: str) -> str | None:
    hidden = next((part for part in name.split("/") if part.startswith(".")), None)
    return f"a name that begins with a dot is not published; rename {hidden}" if hidden else None


def _in_templates(name: str) -> str | None:
    if not name.startswith("templates/"):
        return None
    return "MkDocs publishes nothing in the folder templates; move the page, or rename the folder"


def _beside_an_index(name: str, names: Collection[str]) -> str | None:
    folder, slash, last = name.rpartition("/")
    if not last.startswith("README.") or f"{folder}{slash}index.md" not in names:
        return None
    return "index.md in the same folder is published in its place; move the text there, or rename the file"


def _beside_another(name: str, pages: Collection[str]) -> str | None:
    other = next((page for page in pages if _address(page) == _address(name)), None)
    return _SAME_ADDRESS.format(other) if other else None


def _named_for_nothing(name: str, pages: Collection[str], languages: Sequence[str]) -> str | None:
    """Return that a file in English says so in its name, although English is not the main language."""
    if named_language(name) != UNMARKED or languages[0] == UNMARKED:
        return None
    stem, _, ending = name.rpartition(f".{UNMARKED}.")
    own = f"{stem}.{ending}"
    if own in pages:
        return f"{own} is the English file of this page; move the text there, or delete one of the two"
    return f"a file in English has no language in its name; rename it to {own.rpartition('/')[2]}"


def _unlisted_language(name: str, languages: Sequence[str]) -> str | None:
    suffix = named_language(name)
    if suffix is None or suffix in languages:
        return None
    last = name.rpartition("/")[2]
    stem, _, ending = last.rpartition(f".{suffix}.")
    if suffix == ending == _MAIN_ENDING:
        return f"the name ends in .md twice, so the page is not published; rename it to {stem}.{ending}"
    what = "page" if _looks_like_a_page(name) else "file"
    return (
        f"'{suffix}' before the ending of the name is a language that organization.yml does not list, so the"
        f" {what} is not published; rename it to {stem}-{suffix}.{ending}, or add the language to `languages`"
    )


def _translated_beside(name: str, pages: Collection[str], languages: Sequence[str]) -> str | None:
    """Return the language of a translation that may be left out on purpose, because its original is there."""
    suffix = named_language(name)
    if suffix in (None, UNMARKED, *languages) or not name.endswith(f".{suffix}.md"):
        return None
    return suffix if f"{name.removesuffix(f'.{suffix}.md')}.md" in pages else None


def _not_a_language(name: str, languages: Sequence[str]) -> str | None:
    """Return that a page is not the translation that its name says it is."""
    suffix = suffix_of(name)
    meant = next((language for language in languages if language.lower() == suffix.lower()), suffix)
    if meant == suffix:
        return None
    return (
        f"'{suffix}' is not read as a language, so this is a page of its own, not a translation; write"
        f" '{meant}' in its name"
    )
