"""Pages in every state that a reminder may tell of."""

from dataclasses import replace

import pytest

from handbook.content.pages import Page, PageSource, parse_page
from handbook.model import Handbook
from tests.conftest import PAGE


def _page(path: str, owner: str, reviewed: str) -> Page:
    text = PAGE.replace("platform-lead", owner).replace("2026-10-14", reviewed)
    return parse_page(PageSource(path, path, "en"), text.encode())


@pytest.fixture
def due(handbook: Handbook) -> Handbook:
    """Pages that are overdue, due soon, in order, without a date, and without an owner; none is escalated."""
    pages = [
        _page("docs/soon.md", "platform-lead", "2026-05-27"),
        _page("docs/old.md", "platform-lead", "2026-05-01"),
        _page("docs/good.md", "platform-lead", "2026-11-01"),
        _page("docs/law.md", "legal-lead", "[]"),
        _page("docs/lost.md", "nobody", "2026-05-20"),
    ]
    owners = handbook.registers.owners.model_copy(update={"escalation": None})
    return replace(handbook, pages=pages, registers=replace(handbook.registers, owners=owners))
