"""Which pages the navigation of `mkdocs.yml` leads to."""

from collections.abc import Iterable, Iterator

from handbook.content.languages import main_path
from handbook.errors import HandbookError


def pages_off_navigation(
    paths: Iterable[str], navigation: object, folder: str, languages: list[str]
) -> frozenset[str]:
    """Return the pages that a `nav` does not name; a translation is named with its original.

    Raises:
        HandbookError: when the navigation has no end.

    """
    if not navigation:
        return frozenset()
    try:
        named = {f"{folder}/{target}" for target in _targets(navigation)}
    except RecursionError:
        raise HandbookError("nav in mkdocs.yml holds itself; write it without `&` and `*`") from None
    return frozenset(path for path in paths if main_path(path, languages) not in named)


def _targets(navigation: object) -> Iterator[str]:
    """Yield what a `nav` of mkdocs.yml leads to, however deep."""
    if isinstance(navigation, str):
        yield navigation.removeprefix("./")
    elif isinstance(navigation, dict):
        for inner in navigation.values():
            yield from _targets(inner)
    elif isinstance(navigation, list):
        for inner in navigation:
            yield from _targets(inner)
