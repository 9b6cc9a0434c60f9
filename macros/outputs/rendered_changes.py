"""What readers saw of a page before and after a change, with the values of that time.

Values come from organization.yml as it was then. What a macro shows of another register is named instead:
each register has a history of its own, and a page does not change with it.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Final, TypeAlias

from handbook.content.front_matter import read_front_matter
from handbook.content.pages import Page
from handbook.errors import HandbookError
from handbook.git.repository import Repository
from handbook.history.changes import Change
from handbook.history.visible_text import visible_text
from handbook.registers.organization import FILE as ORGANIZATION_FILE
from handbook.registers.organization import load_organization
from handbook.templating.expressions import ExpressionError, Expressions
from handbook.templating.macro import Macro, MacroError
from handbook.templating.snippets import snippets
from handbook.text.line_ends import as_read
from handbook.text.prose import EXPRESSION
from handbook.text.quoting import one_line
from handbook.text.redline import Piece, redline
from macros.context.site import Site
from macros.presentation.catalog import Catalog

# What these show depends only on their arguments and on organization.yml.
_OF_ORGANIZATION: Final = frozenset({"applies", "at_a_glance", "contact"})
_HEADING: Final = re.compile(r"^# ", re.MULTILINE)
_RAW: Final = re.compile(r"\{%[-+]?\s*+(?:raw|endraw)\s*+[-+]?%\}")
# The mode and the blob of a file in a commit, or None if it had none.
_Entry: TypeAlias = tuple[str, str] | None


@dataclass
class RenderedChanges:
    """Compares pages as readers saw them, in the repository that a site is built from."""

    site: Site
    repository: Repository
    _known: dict[_Entry, Mapping[str, Expressions]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        source = self.site.source
        self._entries = dict(_entries(self.repository, source.revision)) if source else {}
        # The text before a change is the one after the change before it, and pages share most expressions.
        self._text_of = lru_cache(maxsize=4)(self._read_text)
        self._shown = lru_cache(maxsize=4096)(self._show)

    def organizations(self, change: Change) -> tuple[_Entry, _Entry]:
        """Return the file about the organization before and after a change."""
        return self._entries.get(change.commit, (None, None))

    def redline(self, change: Change, page: Page) -> list[Piece]:
        """Compare what readers saw before and after a change of a page.

        Raises:
            HandbookError: if git does not have the texts, for example in a partial clone.

        """
        before, after = self.organizations(change)
        return redline(
            self._text_of(change.before, before, page.path, page.language),
            self._text_of(change.after, after, page.path, page.language),
        )

    def _read_text(self, blob: str | None, organization: _Entry, path: str, language: str) -> str:
        if blob is None:
            return ""
        text = as_read(self.repository.read(blob))
        past = Page(path, language, text, read_front_matter(text))
        heading = "" if _HEADING.search(past.body) else f"{past.title or ''}\n"
        return heading.lstrip() + visible_text(self._rendered(past.body, organization, language))

    def _rendered(self, body: str, organization: _Entry, language: str) -> str:
        """Return Markdown with what its expressions showed, or their names."""
        expressions = self._expressions(organization).get(language)
        if expressions and snippets(body) is None:  # It has a condition, which decides about what is in it.
            try:
                return expressions.render(body, _named(expressions.macros, self.site.catalogs[language]))
            except ExpressionError:
                pass  # The page could not be published, or only the tool of its time knew it.
        return EXPRESSION.sub(lambda match: self._shown(match.group(), organization, language), body)

    def _show(self, written: str, organization: _Entry, language: str) -> str:
        """Return what an expression showed by itself, or its name; of a condition, everything is shown."""
        expressions, catalog = self._expressions(organization).get(language), self.site.catalogs[language]
        if not written.startswith("{{"):
            return _RAW.sub("", written) if _RAW.match(written) else ""
        try:
            if expressions:
                return expressions.render(written, _named(expressions.macros, catalog))
        except ExpressionError:
            pass  # It names what only the tool of its time knew.
        return _named_plainly(written.strip("{}-+ "), catalog)

    def _expressions(self, organization: _Entry) -> Mapping[str, Expressions]:
        """Return what pages could say while the organization was described so; nothing if it is unknown."""
        if organization not in self._known:
            self._known[organization] = self._read_expressions(organization)
        return self._known[organization]

    def _read_expressions(self, organization: _Entry) -> Mapping[str, Expressions]:
        if organization is None:
            return {}
        try:
            tree = self.repository.past({ORGANIZATION_FILE: organization})
            registers = replace(self.site.registers, organization=load_organization(tree))
            return self.site.expressions_of(registers)
        except HandbookError:
            return {}


def _entries(repository: Repository, revision: str) -> Iterator[tuple[str, tuple[_Entry, _Entry]]]:
    """Yield each commit with the file about the organization before and after it."""
    entry: _Entry = None
    for step in repository.tree_changes(revision):
        before, entry = entry, step.files.get(ORGANIZATION_FILE, entry)
        yield step.commit.name, (before, entry)


def _named(macros: Mapping[str, Macro], catalog: Catalog) -> Mapping[str, Macro]:
    """Return macros that name what they would show, unless only the organization decides it."""
    return {name: _shown_or_named(name, macro, catalog) for name, macro in macros.items()}


def _shown_or_named(name: str, macro: Macro, catalog: Catalog) -> Macro:
    def show(*arguments: object, **options: object) -> object:
        try:
            if name in _OF_ORGANIZATION:
                return macro(*arguments, **options)
        except MacroError:
            pass  # It was asked for something that the tool of today does not know.
        texts = [text for text in (*arguments, *options.values()) if isinstance(text, str)]
        return _named_plainly(" ".join([name.replace("_", " "), *texts]), catalog)

    return show


def _named_plainly(name: str, catalog: Catalog) -> str:
    return catalog["history.shown_here"].format(name=one_line(name))
