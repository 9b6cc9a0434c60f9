"""The one comment on a proposed change, which later runs bring up to date."""

import re
from collections.abc import Iterable
from typing import Final

from handbook.forges.requests import INTERFACES, Answer, Interface, Request, number_in, text_in
from handbook.forges.texts import filled

MARKER: Final = "<!-- handbook: what this change does -->"
# GitHub takes 65,536 characters; what comes before and after the changes needs some of them.
_LONGEST: Final = 30_000
# The report of changes has a title of its own, where the comment has a heading.
_TITLE: Final = re.compile(r"\A# .*\n+")
_HEADING: Final = re.compile(r"^#{1,3} ", re.MULTILINE)


def comment_text(approvals: str | None, changes: str | None, preview: str | None, run: str | None) -> str:
    """Return the comment from two reports, either of which may be missing, and two addresses."""
    shown = None if changes is None else _shortened(_within(_TITLE.sub("", changes.lstrip())))
    known = None if approvals is None else _shortened(_within(approvals))
    return filled(
        "change_comment.md", marker=MARKER, approvals=known, changes=shown, preview=preview, run=run
    )


def comment_requests(host: str, number: int, text: str, existing: Iterable[Answer]) -> list[Request]:
    """Return what brings the comment on a change up to date; nothing if it is."""
    interface = INTERFACES[host]
    own = next((answer for answer in existing if _is_own(answer, interface)), None)
    place = f"issues/{number}/comments" if host == "github" else f"merge_requests/{number}/notes"
    if own is None:
        return [Request("POST", place, {"body": text})]
    if text_in(own, "body").strip() == text.strip():
        return []
    known = number_in(own, "id")
    path = f"issues/comments/{known}" if host == "github" else f"{place}/{known}"
    return [Request(interface.change, path, {"body": text})]


def _is_own(answer: Answer, interface: Interface) -> bool:
    """Tell whether the workflow wrote a comment; anybody could write the marker."""
    author = answer.get(interface.author)
    name = author.get(interface.name) if isinstance(author, dict) else None
    is_bot = isinstance(name, str) and re.fullmatch(interface.bot, name) is not None
    return is_bot and text_in(answer, "body").startswith(MARKER)


def _within(text: str) -> str:
    """Return a report as a part of the comment: its headings two levels lower, and no marker in it."""
    return _HEADING.sub(r"##\g<0>", text.replace("<!--", "&lt;!--")).strip()


def _shortened(text: str) -> str:
    """Cut a long text at the end of a line, and say so."""
    if len(text) <= _LONGEST:
        return text
    kept = text[:_LONGEST].rpartition("\n")[0] or text[:_LONGEST]
    return f"{kept}\n\nThe rest is too long for a comment; the summary of the run has all of it."
