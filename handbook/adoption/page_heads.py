"""Front matter after an adoption: the organization's roles, and no review that nobody of it has made."""

from collections.abc import Iterator
from pathlib import Path

from handbook.adoption.roles import RoleMap
from handbook.content.edit_front_matter import with_front_matter
from handbook.content.page_keys.single_values import NEVER
from handbook.content.pages import Page, PageSource, parse_page
from handbook.files.atomic_write import FileWrite
from handbook.registers.evidence_folder import is_about_the_tool

_FOLDER = "docs"


def adopted_pages(root: Path, renamed: RoleMap) -> Iterator[FileWrite]:
    """Yield every page that changes, published or not, in any language.

    The pages about the tool come reviewed with each release, so they keep their days.

    Raises:
        HandbookError: if the front matter of a page cannot be read.

    """
    for file in sorted((root / _FOLDER).rglob("*.md")):
        path = file.relative_to(root).as_posix()
        before = file.read_bytes()
        page = parse_page(PageSource(str(file), path, ""), before)
        after = with_front_matter(page, before.decode("utf-8"), dict(_values(page, renamed))).encode("utf-8")
        if after != before:
            yield FileWrite(file, after, before)


def _values(page: Page, renamed: RoleMap) -> Iterator[tuple[str, str]]:
    if page.owner and renamed.of(page.owner) != page.owner:
        yield "owner", renamed.of(page.owner)
    if not is_about_the_tool(page.path):
        for key in ("last_reviewed", "legal_review"):
            if page.front_matter.source.has((key,)):
                yield key, NEVER
