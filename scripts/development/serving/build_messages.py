"""Collects what MkDocs and its plugins complain about during a build."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

_LOGGER: Final = logging.getLogger("mkdocs")
# Its errors say again what an exception says.
_BUILD: Final = "mkdocs.commands.build"


class _Collector(logging.Handler):
    """Keeps each message once: a page is built in several languages."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: dict[str, None] = {}

    def emit(self, record: logging.LogRecord) -> None:
        if record.name != _BUILD or record.levelno < logging.ERROR:
            self.messages[record.getMessage()] = None


@contextmanager
def collected_messages() -> Iterator[dict[str, None]]:
    """Provide the warnings and errors that are logged meanwhile, in their order, instead of printing them."""
    collector = _Collector()
    level = _LOGGER.level
    _LOGGER.addHandler(collector)
    _LOGGER.setLevel(logging.INFO)  # Whoever lists the pages of a handbook leaves it at errors.
    try:
        yield collector.messages
    finally:
        _LOGGER.setLevel(level)
        _LOGGER.removeHandler(collector)
