"""The text of a file, and the file that holds a text, with whatever ends of lines it has."""

from handbook.text.line_ends import with_line_feeds


def as_text(data: bytes) -> str:
    """Return the text of a file, in which bytes that are not UTF-8 are kept."""
    return with_line_feeds(data).decode("utf-8", "surrogateescape")


def as_data(text: str, ours: bytes) -> bytes:
    """Return a text as the handbook's file would hold it, whose lines end as those of `ours`."""
    data = text.encode("utf-8", "surrogateescape")
    return data.replace(b"\n", b"\r\n") if b"\r\n" in ours else data
