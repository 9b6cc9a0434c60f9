"""Adds a new page to `nav` in mkdocs.yml."""

from collections.abc import Iterator
from typing import Final

from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from handbook.errors import HandbookError
from handbook.yaml.edit_lines import compose, insert, is_block, last_line, proved, scalars, value_at

FILE: Final = "mkdocs.yml"
_REFUSAL: Final = f"`nav` in {FILE} does not have one page on a line; write it so, or {{}}"


def with_page(text: str, page: str) -> str:
    """Return the text of mkdocs.yml with `page`, such as `policy/work.md`, below its neighbors.

    The neighbors are the pages of the same folder, or else of the folder above it. If there are none, the
    page goes into the section with the name of its folder, or else into a new section at the end. A
    handbook without `nav` needs no entry.

    Raises:
        HandbookError: if `nav` is written in a way that cannot be changed line by line.

    """
    navigation = value_at(compose(text), "nav")
    if navigation is None or page in _pages(navigation):
        return text
    refusal = _REFUSAL.format(f"add {page} there")
    if not isinstance(navigation, SequenceNode) or not is_block(navigation):
        raise HandbookError(refusal)
    line, indent, new = _place(navigation, page)
    changed = insert(text, line, [f"{' ' * indent}{line_text}" for line_text in new])
    return proved(changed, _pages_in, sorted([*_pages(navigation), page]), refusal)


def without_page(text: str, page: str) -> str:
    """Return the text of mkdocs.yml without the entries of `page`; a text without one is the same.

    Raises:
        HandbookError: if a section has no other page, or if `nav` cannot be changed line by line.

    """
    navigation = value_at(compose(text), "nav")
    entries = [(section, item) for _, section in _every_section(navigation) for item in section.value]
    for section, item in entries:
        if page in _own_pages(item):
            if len(section.value) == 1:
                raise HandbookError(
                    f"{page} is the only page of its section of `nav` in {FILE}; take it out there"
                )
            if not is_block(section):
                raise HandbookError(_REFUSAL.format(f"take {page} out there"))
            lines = text.splitlines(keepends=True)
            del lines[item.start_mark.line : last_line(item)]
            kept = sorted(entry for entry in _pages(navigation) if entry != page)
            return proved("".join(lines), _pages_in, kept, _REFUSAL.format(f"take {page} out there"))
    return text


def _every_section(navigation: Node | None) -> Iterator[tuple[str, SequenceNode]]:
    if isinstance(navigation, SequenceNode):
        yield from _sections(navigation)


def _pages_in(text: str) -> list[str]:
    return sorted(_pages(value_at(compose(text), "nav")))


def _pages(navigation: Node | None) -> list[str]:
    return [scalar.value for scalar in scalars(navigation)]


def _place(navigation: SequenceNode, page: str) -> tuple[int, int, list[str]]:
    """Return the line below which to write the entry, its indent, and its lines."""
    sections = [section for _, section in _sections(navigation)]
    for folder in _folders(page):
        section = max(sections, key=lambda section: len(_neighbors(section, folder)))
        if neighbors := _neighbors(section, folder):
            return last_line(neighbors[-1]), section.start_mark.column, [f"- {page}"]
    titled = [section for title, section in _sections(navigation) if title.casefold() in _folders(page)]
    if titled:
        return last_line(titled[0]), titled[0].start_mark.column, [f"- {page}"]
    title = page.partition("/")[0].replace("-", " ").capitalize()
    return last_line(navigation), navigation.start_mark.column, [f"- {title}:", f"    - {page}"]


def _folders(page: str) -> list[str]:
    """Return the folder of a page, the one above it, and so on; for a page at the top, an empty path."""
    parts = page.split("/")[:-1]
    return ["/".join(parts[:count]) for count in range(len(parts), 0, -1)] or [""]


def _sections(sequence: SequenceNode, title: str = "") -> Iterator[tuple[str, SequenceNode]]:
    """Yield the title and the entries of the navigation and of each of its sections."""
    if is_block(sequence):
        yield title, sequence
    for item in sequence.value:
        for name, inner in item.value if isinstance(item, MappingNode) else ():
            if isinstance(inner, SequenceNode):
                yield from _sections(inner, name.value)


def _neighbors(section: SequenceNode, folder: str) -> list[Node]:
    """Return the entries of a section that are pages in a folder, at any depth."""
    return [item for item in section.value if any(_is_in(page, folder) for page in _own_pages(item))]


def _own_pages(item: Node) -> Iterator[str]:
    """Yield the page of an entry, with or without a title; a nested section has none of its own."""
    values = [value for _, value in item.value] if isinstance(item, MappingNode) else [item]
    yield from (value.value for value in values if isinstance(value, ScalarNode))


def _is_in(page: str, folder: str) -> bool:
    return page.startswith(f"{folder}/") if folder else "/" not in page
