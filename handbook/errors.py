"""The error that stops a run."""


class HandbookError(Exception):
    """Input is missing or wrong, so that nothing can be judged; the message is for people to read."""
