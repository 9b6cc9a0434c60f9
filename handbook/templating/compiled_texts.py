"""Parses and compiles each text once: pages share expressions, and several rules ask about the same page."""

from functools import lru_cache
from typing import Final

from jinja2 import Template, nodes

from handbook.templating.sandbox import PageSandbox

# Nothing in it depends on a page, a language, or an organization.
PAGES: Final = PageSandbox()
# Most texts are expressions of this many characters at most, and many pages have the same ones. A longer text
# is a whole page, which only the rules that judge that page ask about.
_LONGEST_EXPRESSION: Final = 1_000
_EXPRESSIONS_KEPT: Final = 4_096
_PAGES_KEPT: Final = 8


def parsed(text: str) -> nodes.Template:
    """Return the tree of a text. Equal texts share one, so nobody may change it.

    Raises:
        TemplateSyntaxError: if the text cannot be read.
        RecursionError: if it is nested too deep.

    """
    return (_parsed_page if _is_page(text) else _parsed_expression)(text)


def compiled(text: str) -> Template:
    """Return a text as a template.

    Raises:
        TemplateSyntaxError: if the text cannot be read.
        RecursionError: if it is nested too deep.

    """
    return (_compiled_page if _is_page(text) else _compiled_expression)(text)


def _is_page(text: str) -> bool:
    return len(text) > _LONGEST_EXPRESSION


def _compile(text: str) -> Template:
    return PAGES.from_string(parsed(text))


_parsed_expression = lru_cache(_EXPRESSIONS_KEPT)(PAGES.parse)
_parsed_page = lru_cache(_PAGES_KEPT)(PAGES.parse)
_compiled_expression = lru_cache(_EXPRESSIONS_KEPT)(_compile)
_compiled_page = lru_cache(_PAGES_KEPT)(_compile)
