"""Keeps what a page is called, and what is said of it, from being read as anything else."""

import json

from handbook.text.quoting import one_line


def printable(text: str) -> str:
    """Show control characters as such, but keep lines: a page's text cannot steer a terminal."""
    return "\n".join(map(one_line, text.split("\n")))


def as_document(data: object) -> str:
    """Write data as JSON that is UTF-8 whatever it holds: the bytes of a file's name need not be."""
    text = json.dumps(data, indent=2, ensure_ascii=False) + "\n"
    return text.encode("utf-8", "backslashreplace").decode("utf-8")
