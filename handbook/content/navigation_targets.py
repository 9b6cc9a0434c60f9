"""What the `nav` of `mkdocs.yml` leads to."""

from collections.abc import Iterable, Iterator

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


def pages_off_navigation(
    paths: Iterable[str], navigation: object, folder: str, languages: list[str]
) -> frozenset[str]:
    """Return the pages that a `nav` does not name; naming a page also names its translations.

    Raises:
        HandbookError: if the navigation contains itself.

    """
    if not navigation:
        return frozenset()
    named = {f"{folder}/{target}" for target in navigation_targets(navigation)}
    return frozenset(path for path in paths if main_path(path, languages) not in named)


def _targets(navigation: object) -> Iterator[str]:
    if isinstance(navigation, str):
        yield navigation.removeprefix("./")
    elif isinstance(navigation, dict):
        for inner in navigation.values():
            yield from _targets(inner)
    elif isinstance(navigation, list):
        for inner in navigation:
            yield from _targets(inner)
