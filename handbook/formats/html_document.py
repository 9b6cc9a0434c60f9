"""The templates of documents in HTML that stand alone: whatever is filled in is escaped."""

from typing import Final

from jinja2 import Environment, PackageLoader, StrictUndefined

DOCUMENTS: Final = Environment(
    loader=PackageLoader("handbook.formats"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
