"""Keeps names of files and addresses in pages from being commands in the log of a build."""

import logging

from handbook.text.quoting import without_commands


class WithoutCommands(logging.Filter):
    """Escapes what a CI service would obey in each message of a log."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Change the message, and let every record pass."""
        record.msg, record.args = without_commands(record.getMessage()), ()
        return True


def guard_log(logger: logging.Logger) -> None:
    """Guard what is printed of a logger and those below it."""
    for handler in logger.handlers:
        if not any(isinstance(known, WithoutCommands) for known in handler.filters):
            handler.addFilter(WithoutCommands())
