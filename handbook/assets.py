"""A file that is published beside the pages: a picture, a document, a film."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import BinaryIO


@dataclass(frozen=True, slots=True)
class Asset:
    """One file below `docs/` that is no page. `open` gives its bytes from the beginning."""

    path: str
    open: Callable[[], BinaryIO]
