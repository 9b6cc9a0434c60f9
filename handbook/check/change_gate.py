"""The fair gate: a change is responsible for what it touches, reaches or breaks, and for nothing else."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from handbook.content.pages import Page
from handbook.findings import Finding, Problem
from handbook.git.repository import WorkingTreeChanges
from handbook.model import Handbook
from handbook.registers.owners import Owner

_MACROS: Final = "macros/"
_TEMPLATES: Final = "macros/templates/"


@dataclass(frozen=True)
class ChangeGate:
    """Compares a handbook with `before`, the one it was made from, judged on the same day.

    All findings on a page count if its text changed, or if a variable, a register, a template or a macro
    changed what it shows. On other pages, only new findings count. `macro_files` has the files that decide
    what each macro shows, by its name.
    """

    handbook: Handbook
    before: Handbook
    changes: WorkingTreeChanges
    found_before: Collection[Finding]
    macro_files: Mapping[str, frozenset[str]]

    def is_answerable(self, path: str, code: str, problem: Problem) -> bool:
        """Tell whether the change is responsible for a problem."""
        known = (self.changes.moved.get(path, path), code, problem.line, problem.column) in self._known
        return not known or path in self.changes.touched or self._is_reached(path)

    @cached_property
    def _known(self) -> frozenset[tuple[str, str, int, int]]:
        return frozenset(
            (finding.path, finding.code, finding.line, finding.column) for finding in self.found_before
        )

    @cached_property
    def _pages(self) -> dict[str, Page]:
        return {page.path: page for page in self.handbook.pages}

    @cached_property
    def _touches_more_than_pages(self) -> bool:
        return bool(self.changes.touched - self._pages.keys())

    def _is_reached(self, path: str) -> bool:
        """Tell whether the page shows something different although its text is the same."""
        page = self._pages.get(path) if self._touches_more_than_pages else None
        return page is not None and (self._has_another_owner(page) or self._says_something_else(page))

    def _has_another_owner(self, page: Page) -> bool:
        return _shown_owner(page, self.handbook) != _shown_owner(page, self.before)

    def _says_something_else(self, page: Page) -> bool:
        now, then = (handbook.expressions.get(page.language) for handbook in (self.handbook, self.before))
        if now is None or then is None:
            return True
        called = now.called_macros(page.body)
        changed = any(self.changes.touched & self.macro_files[name] for name in called)
        return changed or bool(called and self._shared_files) or now.shown(page.body) != then.shown(page.body)

    @cached_property
    def _shared_files(self) -> frozenset[str]:
        """Return the changed files that every macro depends on: neither its own module nor a template."""
        own = frozenset().union(*self.macro_files.values())
        macros = {
            path for path in self.changes.touched if path.startswith(_MACROS) and "/__pycache__/" not in path
        }
        return frozenset(path for path in macros - own if not path.startswith(_TEMPLATES))


def _shown_owner(page: Page, handbook: Handbook) -> tuple[Owner | None, object]:
    """Return the owner of a page and the contact, as the page shows them."""
    owner = handbook.registers.owners.find(page.owner) if page.owner else None
    purpose = owner.contact if owner else "social_media"
    shown = owner.model_copy(update={"holders": []}) if owner else None
    return shown, getattr(handbook.registers.organization.contacts, purpose)
