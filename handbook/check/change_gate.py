"""The fair gate: a change answers for what it touches, reaches or breaks, and for nothing else."""

import inspect
import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Final

from handbook.content.pages import Page
from handbook.findings import Finding, Problem
from handbook.git.repository import WorkingTreeChanges
from handbook.model import Handbook
from handbook.registers.owners import Owner

_MACROS: Final = "macros/"
_TEMPLATES: Final = "macros/templates/"
_INCLUDED: Final = re.compile(r"""\{%-?\s*(?:include|import|from)\s+["']([^"']+)""")


@dataclass(frozen=True)
class ChangeGate:
    """Compares a handbook with the one it was made from, `before`, judged on the same day.

    A page answers where its text changed, or where a variable, a register, a template or a macro
    changed what it shows. Elsewhere only what was not found before counts.
    """

    handbook: Handbook
    before: Handbook
    changes: WorkingTreeChanges
    found_before: Collection[Finding]

    def is_answerable(self, path: str, code: str, problem: Problem) -> bool:
        """Tell whether the change has to answer for a problem."""
        known = (self.changes.moved.get(path, path), code, problem.line, problem.column) in self._known
        return not known or path in self.changes.touched or self._is_reached(path)

    @cached_property
    def _known(self) -> frozenset[tuple[str, str, int, int]]:
        return frozenset((one.path, one.code, one.line, one.column) for one in self.found_before)

    @cached_property
    def _pages(self) -> dict[str, Page]:
        return {page.path: page for page in self.handbook.pages}

    @cached_property
    def _touches_more_than_pages(self) -> bool:
        return bool(self.changes.touched - self._pages.keys())

    def _is_reached(self, path: str) -> bool:
        """Tell whether the page shows something else than before, though its text is the same."""
        page = self._pages.get(path) if self._touches_more_than_pages else None
        return page is not None and (self._has_another_owner(page) or self._says_something_else(page))

    def _has_another_owner(self, page: Page) -> bool:
        return _shown_owner(page, self.handbook) != _shown_owner(page, self.before)

    def _says_something_else(self, page: Page) -> bool:
        now, then = (one.expressions.get(page.language) for one in (self.handbook, self.before))
        if now is None or then is None:
            return True
        called = now.called_macros(page.body)
        changed = any(self._is_changed(now.macros[name]) for name in called)
        return changed or bool(called and self._shared_files) or now.shown(page.body) != then.shown(page.body)

    def _is_changed(self, macro: Callable[..., object]) -> bool:
        return bool(self.changes.touched & files_of(macro))

    @cached_property
    def _shared_files(self) -> frozenset[str]:
        """Return the changed files that every macro rests on: no macro's own module, no template."""
        expressions = next(iter(self.handbook.expressions.values()))
        own = frozenset().union(*(files_of(macro) for macro in expressions.macros.values()))
        macros = {
            path for path in self.changes.touched if path.startswith(_MACROS) and "/__pycache__/" not in path
        }
        return frozenset(path for path in macros - own if not path.startswith(_TEMPLATES))


def _shown_owner(page: Page, handbook: Handbook) -> tuple[Owner | None, object]:
    """Return the owner of a page and whom to ask, as the line of facts shows them."""
    owner = handbook.registers.owners.find(page.owner) if page.owner else None
    purpose = owner.contact if owner else "social_media"
    shown = owner.model_copy(update={"holders": []}) if owner else None
    return shown, getattr(handbook.registers.organization.contacts, purpose)


@cache
def files_of(macro: Callable[..., object]) -> frozenset[str]:
    """Return the module of a macro and the templates that it names."""
    function = inspect.unwrap(macro)
    folder = Path(inspect.getfile(function)).parent / "templates"
    named = (constant for constant in function.__code__.co_consts if isinstance(constant, str))
    templates = _with_included({name for name in named if name.endswith((".html", ".md"))}, folder)
    module = f"{function.__module__.replace('.', '/')}.py"
    return frozenset({module, *(f"{_TEMPLATES}{name}" for name in templates)})


def _with_included(names: set[str], folder: Path) -> set[str]:
    """Return templates with those that they include, however deep."""
    found: set[str] = set()
    while names:
        found |= names
        texts = (folder.joinpath(name).read_text(encoding="utf-8") for name in names)
        names = {name for text in texts for name in _INCLUDED.findall(text)} - found
    return found
