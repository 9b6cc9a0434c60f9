"""Properties that people add to a document, under names of their own."""

import re
from collections.abc import Iterator
from typing import Final

from handbook.photos.disclosures import Category, Disclosure, text_disclosures
from handbook.photos.metadata.property_names import category_of

_PERSONAL: Final = (Category.OWNER, Category.PEOPLE, Category.SERIAL)
# In a document, a state is how far the work is, and a position what somebody does.
_COORDINATES: Final = re.compile(r"[-+]?\d{1,3}[.,]\d+|\d{1,3} ?°")
_NO_PLACE: Final = ("state", "name", "person", "information", "source")


def by_author(category: Category, author: str) -> Iterator[Disclosure]:
    """Yield that there is a comment or a change, with its author if one is named."""
    name = " ".join(author.split())
    yield from text_disclosures(category, f"by {name}") if name else (Disclosure(category),)


def custom_property(name: str, value: str) -> Iterator[Disclosure]:
    """Yield what a property gives away; of one with an unknown name, that it is there."""
    category = None if name.lower() in _NO_PLACE else category_of(name)
    if category is Category.POSITION and not _COORDINATES.search(value):
        category = None
    if category in (Category.POSITION, Category.PLACE):
        yield from text_disclosures(category, value)
    elif category in _PERSONAL or re.search("author|mail", name, re.IGNORECASE):
        yield from text_disclosures(Category.OWNER, value)
    elif value:
        yield from text_disclosures(Category.HIDDEN, f"{name}: {value}")
