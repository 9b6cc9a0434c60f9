"""What stops a run."""


class HandbookError(Exception):
    """Bad input that nothing can be judged without; its text is what a person reads."""
