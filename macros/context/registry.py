"""The registry of macros, and how a macro is tied to the page it stands on."""

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Final, TypeVar

from mkdocs.utils import get_relative_url

from handbook.content.languages import main_path
from handbook.content.pages import Page
from handbook.templating.macro import Macro, NeedsPage
from macros.context.site import Site
from macros.presentation.catalog import Catalog
from macros.presentation.localized import LocalizedText, PageLink

MACROS: Final[dict[str, Macro]] = {}
AnyMacro = TypeVar("AnyMacro", bound=Macro)


@dataclass(frozen=True)
class MacroContext:
    """Where a macro is used: the page, or None when nobody asks for a page yet.

    `address` is that of the page in this build, below the site: of a page that is not translated, there
    is one in each language.
    """

    site: Site
    language: str
    page: Page | None = None
    address: str = ""

    @cached_property
    def catalog(self) -> Catalog:
        """Return the texts in the language of the page."""
        return self.site.catalogs[self.language]

    def required_page(self) -> Page:
        """Return the page.

        Raises:
            NeedsPage: when there is none.

        """
        if self.page is None:
            raise NeedsPage("this macro speaks of the page it stands on")
        return self.page

    def localized(self, text: str | dict[str, str]) -> LocalizedText:
        """Return a text of a register; one that is written once is in the main language."""
        written_in = self.site.main_language if isinstance(text, str) else self.language
        return LocalizedText(self.say(text), None if written_in == self.language else written_in)

    def link(self, path: str) -> PageLink | None:
        """Return what leads from here to a page; None where this build does not publish it.

        Where nobody asks for a page yet, the address is the path of the page itself.
        """
        if self.page is None:
            return PageLink(path, LocalizedText(path))
        context = self.site.addresses.get(main_path(self.page.path, self.site.organization.languages))
        there = self.site.addresses.get(path)
        if context is None or there is None:
            return None
        return PageLink(get_relative_url(there, context), self._title_of(path))

    def _title_of(self, path: str) -> LocalizedText:
        stem = path.removeprefix("docs/").removesuffix(".md")
        translated = self.site.pages.get(f"{stem}.{self.language}.md")
        page = translated or self.site.pages[f"{stem}.md"]
        return LocalizedText(page.title or path, None if page.language == self.language else page.language)

    def from_root(self, address: str) -> str:
        """Return what leads from here to an address below the site."""
        return get_relative_url(address, self.address)

    def say(self, text: str | dict[str, str]) -> str:
        """Return a text of organization.yml in the language of the page."""
        return self.site.organization.say(text, self.language)


def macro(function: AnyMacro) -> AnyMacro:
    """Register a macro under the function's name; its first parameter is `here`.

    The docstring is the help that authors read; its lines that begin with `Example:` are rendered
    on the page of macros and in the tests.
    """
    MACROS[function.__name__] = function
    return function


def bound_macros(context: MacroContext) -> dict[str, Macro]:
    """Return every macro, tied to one place, by name."""
    return {name: _bind(function, context) for name, function in MACROS.items()}


def _bind(function: Macro, context: MacroContext) -> Callable[..., object]:
    """Tie one macro; of `functools.wraps`, do only what is asked for: it would slow each page."""

    def bound(*positional: object, **named: object) -> object:
        return function(context, *positional, **named)

    bound.__wrapped__ = function  # type: ignore[attr-defined]
    # Without `here`: a signature is what an author may write.
    bound.__signature__ = _without_first(function)  # type: ignore[attr-defined]
    return bound


@cache
def _without_first(function: Macro) -> inspect.Signature:
    signature = inspect.signature(function)
    return signature.replace(parameters=list(signature.parameters.values())[1:])
