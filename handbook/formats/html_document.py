"""The templates of self-contained documents in HTML. Whatever they are filled with is escaped."""

from typing import Final

from jinja2 import Environment, PackageLoader, StrictUndefined

DOCUMENTS: Final = Environment(
    loader=PackageLoader("handbook.formats"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
