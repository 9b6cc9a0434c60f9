"""The registry of macros, and how a macro is bound to the page that calls it."""

import inspect
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Final, TypeVar
from urllib.parse import quote

from mkdocs.utils import get_relative_url

from handbook.content.pages import Page
from handbook.content.site_map import address_of_path
from handbook.registers.reviewed_data import reviewed_data
from handbook.templating.macro import Macro, MacroError, NeedsPage
from macros.context.site import Site
from macros.presentation.catalog import Catalog
from macros.presentation.localized import LocalizedText, PageLink
from macros.presentation.templates import template_files

AnyMacro = TypeVar("AnyMacro", bound=Macro)


@dataclass(frozen=True, slots=True)
class MacroDefinition:
    """A macro as its module defines it, and the templates that it renders, by file name.

    `reviewed` takes the arguments of the macro and returns the records that it shows, for the fingerprint of
    a page; a macro without it shows nothing that a review answers for. What a condition says decides
    which text is shown, so it is asked even for a fingerprint. `registers` are the files that people change
    to change what the macro shows; the path of a folder ends in a slash.
    """

    function: Macro
    templates: tuple[str, ...]
    reviewed: Macro | None = None
    is_condition: bool = False
    registers: tuple[str, ...] = ()

    @property
    def files(self) -> frozenset[str]:
        """Return the files that decide what the macro shows, by path from the root of the handbook."""
        module = f"{self.function.__module__.replace('.', '/')}.py"
        return frozenset({module, *template_files(self.templates)})


MACROS: Final[dict[str, MacroDefinition]] = {}


@dataclass(frozen=True)
class MacroContext:
    """Where a macro is called: on a page, or on none while expressions are only checked.

    `address` is where the page is in this build, below the site; a page that is not translated has one in
    each language.
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
            NeedsPage: if the macro is not called on one.

        """
        if self.page is None:
            raise NeedsPage("this macro shows something about the page that it is on")
        return self.page

    def localized(self, text: str | dict[str, str]) -> LocalizedText:
        """Return a text of a register; a text that is not given by language is in English."""
        return self.site.say_of_register(text, self.language)

    def link(self, path: str) -> PageLink | None:
        """Return a relative link to a page, or None if this build does not publish it.

        Without a page to start from, the address is the path of the page itself.
        """
        if self.page is None:
            return PageLink(path, LocalizedText(path))
        if not self.site.shows(path.removeprefix("docs/"), self.language):
            return None
        languages = self.site.organization.languages
        start, target = (quote(address_of_path(each, languages)) for each in (self.page.path, path))
        return PageLink(get_relative_url(target or "./", start), self.title_of(path))

    def title_of(self, path: str) -> LocalizedText:
        """Return what a page of this build is called, by its path."""
        page = self.site.page_for(path, self.language)
        language = page.language if page and page.language != self.language else None
        return LocalizedText(page.title or path if page else path, language)

    def from_root(self, address: str) -> str:
        """Return a relative link from the page to an address below the site."""
        return get_relative_url(address, self.address)

    def say(self, text: str | dict[str, str]) -> str:
        """Return a text of organization.yml in the language of the page."""
        return self.site.organization.say(text, self.language)


def macro(
    *,
    templates: tuple[str, ...] = (),
    reviewed: Macro | None = None,
    is_condition: bool = False,
    registers: tuple[str, ...] = (),
) -> Callable[[AnyMacro], AnyMacro]:
    """Register a macro under the name of its function, whose first parameter is a `MacroContext`.

    `templates` names every template that it renders, so that a change of one counts as a change of the
    pages that call the macro. `reviewed` returns the records that it shows, so that a change of one counts
    as a change of the text that was reviewed. `registers` names the files to change what it shows (see
    `MacroDefinition`). The docstring is the help for authors;
    its lines that begin with `Example:` are rendered on the page of macros and in the tests.
    """

    def register(function: AnyMacro) -> AnyMacro:
        MACROS[function.__name__] = MacroDefinition(function, templates, reviewed, is_condition, registers)
        return function

    return register


def bound_macros(context: MacroContext, names: Iterable[str] | None = None) -> dict[str, Macro]:
    """Return macros by name, bound to one context: those that are named, or every one."""
    return {name: _bind(MACROS[name].function, context) for name in (MACROS if names is None else names)}


def reviewed_macros(context: MacroContext) -> dict[str, Macro]:
    """Return what a fingerprint has in place of each macro: a function that returns the data it shows."""
    return {name: _reviewed(name, definition, context) for name, definition in MACROS.items()}


def _reviewed(name: str, definition: MacroDefinition, context: MacroContext) -> Callable[..., object]:
    if definition.is_condition:
        return _bind(definition.function, context)

    def reviewed(*positional: object, **named: object) -> str:
        shown = definition.reviewed(context, *positional, **named) if definition.reviewed else None
        data = reviewed_data([name, positional, named, shown], context.language)
        return json.dumps(data, ensure_ascii=False, sort_keys=True)

    return reviewed


def files_of_macros() -> Mapping[str, frozenset[str]]:
    """Return the files that decide what each macro shows, by its name."""
    return {name: definition.files for name, definition in MACROS.items()}


def _bind(function: Macro, context: MacroContext) -> Callable[..., object]:
    """Bind a macro without the rest of what `functools.wraps` copies, which would slow each page."""

    def bound(*positional: object, **named: object) -> object:
        _require_texts(function, positional, named)
        return function(context, *positional, **named)

    bound.__doc__ = function.__doc__  # Its example is proposed to authors.
    # The signature is what an author may write, so it lacks the context.
    bound.__signature__ = _without_first(function)  # type: ignore[attr-defined]
    return bound


def _require_texts(function: Macro, positional: tuple[object, ...], named: Mapping[str, object]) -> None:
    """Refuse a list, a number, or what is in braces as an argument that is a text."""
    if all(isinstance(value, str) for value in (*positional, *named.values())):
        return
    signature = _without_first(function)
    for name, value in signature.bind(*positional, **named).arguments.items():
        parameter = signature.parameters[name]
        values = value if parameter.kind is parameter.VAR_POSITIONAL else (value,)
        if parameter.annotation is str and not all(isinstance(each, str) for each in values):
            raise MacroError(f"{function.__name__}() takes a text in quotes as '{name}'")


@cache
def _without_first(function: Macro) -> inspect.Signature:
    signature = inspect.signature(function)
    return signature.replace(parameters=list(signature.parameters.values())[1:])
