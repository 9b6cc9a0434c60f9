"""Whether HTML is well formed, without a library that would repair it."""

from collections.abc import Iterator
from html.parser import HTMLParser

VOID = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "wbr"})


class _Checker(HTMLParser):
    """Keeps the elements that are open, and what is wrong with those that end."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: set[str] = set()
        self.problems: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        if len(names) != len(set(names)):
            self.problems.append(f"<{tag}> has an attribute twice")
        identity = dict(attrs).get("id")
        if identity in self.ids:
            self.problems.append(f"two elements have the id {identity}")
        self.ids |= {identity} if identity else set()
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.problems.append(f"</{tag}> ends what is not open")


def problems_in(html: str) -> Iterator[str]:
    """Yield every element that is not closed, closed twice, or closed in the wrong order; and equal ids."""
    checker = _Checker()
    checker.feed(html)
    checker.close()
    yield from checker.problems
    yield from (f"<{tag}> is not closed" for tag in checker.open)
