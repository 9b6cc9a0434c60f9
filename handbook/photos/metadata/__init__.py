"""What a photo or a video says besides its picture: one module per standard.

A standard whose metadata is one block of bytes has a `MetadataReader`, called `disclosures`. It is given the
block and yields what it gives away; it raises `MalformedData` at the first part that cannot be read.
"""

from collections.abc import Callable, Iterator
from typing import TypeAlias

from handbook.photos.bounded_reader import BoundedReader
from handbook.photos.disclosures import Disclosure

MetadataReader: TypeAlias = Callable[[BoundedReader], Iterator[Disclosure]]
