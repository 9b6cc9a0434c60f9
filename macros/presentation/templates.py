"""Renders the templates of `macros/templates/`: HTML is escaped automatically, Markdown by filters."""

import re
from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from string import Formatter
from typing import Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from markupsafe import Markup, escape

from macros.presentation.localized import LocalizedText

_FOLDER: Final = Path(__file__).parents[1] / "templates"
_INCLUDED: Final = re.compile(r"""\{%-?\s*(?:include|import|from)\s+["']([^"']+)""")


def _cell(text: str | LocalizedText) -> str:
    """Return a text fit for a cell of a Markdown table or an item of a list: one line, pipes escaped."""
    if isinstance(text, LocalizedText):
        return replace(text, text=_cell(text.text)).__html__()
    return re.sub(r"\s+", " ", str(text)).strip().replace("|", "\\|")


def fill(text: str, **parts: object) -> Markup:
    """Insert pieces of HTML or text into a text of the catalog; text is escaped."""
    inserted = (literal + escape(parts[name]) if name else literal for literal, name in _parsed(text))
    return Markup("").join(inserted)


@lru_cache(maxsize=1_024)
def _parsed(text: str) -> list[tuple[Markup, str | None]]:
    """Return the literal texts with the name of the field after each: a page fills the same few texts."""
    return [(escape(literal), name) for literal, name, _, _ in Formatter().parse(text)]


def localized(text: LocalizedText) -> Markup:
    """Mark a text that is not in the language of its page, in templates that escape nothing, too."""
    return text.__html__()


def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_FOLDER),
        autoescape=select_autoescape(["html", "xml"], default_for_string=False),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"cell": _cell, "fill": fill, "localized": localized}
    return environment


_ENVIRONMENT: Final = _environment()


def render(template: str, **values: object) -> str:
    """Render a template by its file name."""
    return _ENVIRONMENT.get_template(template).render(**values).strip()


def template_files(names: Iterable[str]) -> frozenset[str]:
    """Return templates with those that they include, by their path from the root of the handbook."""
    known: set[str] = set()
    wanted = set(names)
    while wanted:
        known |= wanted
        texts = (_FOLDER.joinpath(name).read_text(encoding="utf-8") for name in wanted)
        wanted = {name for text in texts for name in _INCLUDED.findall(text)} - known
    return frozenset(f"macros/templates/{name}" for name in known)
