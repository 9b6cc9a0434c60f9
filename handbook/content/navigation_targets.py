"""What the `nav` of `mkdocs.yml` leads to, and where pages without an entry in it are placed."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from pathspec.gitignore import GitIgnoreSpec

from handbook.content.languages import main_path
from handbook.errors import HandbookError


def navigation_targets(navigation: object) -> list[str]:
    """Return what a `nav`, or a part of it, leads to, in its order: names of files below the folder of pages.

    Raises:
        HandbookError: if the navigation contains itself.

    """
    try:
        return list(_targets(navigation))
    except RecursionError:
        raise HandbookError("nav in mkdocs.yml holds itself; write it without `&` and `*`") from None


def with_placed_pages(navigation: Any, names: Iterable[str], hidden: GitIgnoreSpec | None = None) -> Any:
    """Return a `nav` in which pages without an entry are at the end of the section of their folder.

    That is the section with most pages of the folder; without one, the page needs an entry. So two people
    who each add a page change two files, and none in common. `names` are files below the folder of pages;
    those that match `hidden`, which is `not_in_nav` of mkdocs.yml, are left out on purpose.

    Raises:
        HandbookError: if the navigation contains itself.

    """
    listed = set(navigation_targets(navigation))
    sections = list(_sections(navigation))
    added: dict[int, list[str]] = {}
    for name in sorted(set(names) - listed):
        section = _section_for(name, sections)
        if section is not None and not (hidden and hidden.match_file(name)):
            added.setdefault(id(section), []).append(name)
    return _with_added(navigation, added) if added else navigation


def is_placed(navigation: Any, name: str) -> bool:
    """Tell whether a section has pages of the folder of this page, which then needs no entry.

    Raises:
        HandbookError: if the navigation contains itself.

    """
    navigation_targets(navigation)
    return _section_for(name, list(_sections(navigation))) is not None


def pages_off_navigation(
    paths: Iterable[str],
    navigation: object,
    folder: str,
    languages: Sequence[str],
    hidden: GitIgnoreSpec | None = None,
) -> frozenset[str]:
    """Return the pages that a `nav` neither names nor places; naming a page also names its translations.

    Raises:
        HandbookError: if the navigation contains itself.

    """
    if not navigation:
        return frozenset()
    main_paths = {path: main_path(path, languages) for path in paths}
    names = (path.removeprefix(f"{folder}/") for path in main_paths.values())
    targets = navigation_targets(with_placed_pages(navigation, names, hidden))
    named = {f"{folder}/{target}" for target in targets}
    return frozenset(path for path, main in main_paths.items() if main not in named)


def _sections(navigation: Any) -> Iterator[list[Any]]:
    """Yield the entries of each section that has a title, at any depth."""
    for item in navigation if isinstance(navigation, list) else ():
        for inner in item.values() if isinstance(item, dict) else ():
            if isinstance(inner, list):
                yield inner
                yield from _sections(inner)


def _section_for(name: str, sections: Sequence[list[Any]]) -> list[Any] | None:
    """Return the section with most pages of the folder of a page, or None for a page in no folder."""
    folder = name.rpartition("/")[0]
    if not folder:
        return None
    counted = [(sum(_folder_of(item) == folder for item in section), section) for section in sections]
    most, section = max(counted, key=lambda pair: pair[0], default=(0, None))
    return section if most else None


def _folder_of(item: Any) -> str | None:
    """Return the folder of the page of an entry, with or without a title; a section has none of its own."""
    value = next(iter(item.values()), None) if isinstance(item, dict) else item
    if not isinstance(value, str) or "://" in value:
        return None
    return value.removeprefix("./").rpartition("/")[0]


def _with_added(navigation: Any, added: Mapping[int, Sequence[str]]) -> Any:
    if isinstance(navigation, list):
        return [*(_with_added(item, added) for item in navigation), *added.get(id(navigation), ())]
    if isinstance(navigation, dict):
        return {title: _with_added(inner, added) for title, inner in navigation.items()}
    return navigation


def _targets(navigation: object) -> Iterator[str]:
    if isinstance(navigation, str):
        yield navigation.removeprefix("./")
    elif isinstance(navigation, dict):
        for inner in navigation.values():
            yield from _targets(inner)
    elif isinstance(navigation, list):
        for inner in navigation:
            yield from _targets(inner)
