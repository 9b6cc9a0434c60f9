"""How the history of pages is shown: one pure function a format."""

import textwrap
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final, TypeAlias

from handbook.formats.html_document import DOCUMENTS
from handbook.formats.redlines import as_html as redline_as_html
from handbook.formats.redlines import as_marked_text, as_records
from handbook.history.changes import UNKNOWN_ROLE, Change, History, Uncommitted
from handbook.text.json_text import as_document
from handbook.text.quoting import one_line
from handbook.text.redline import Piece, shortened

RedlineOf: TypeAlias = Callable[[Change], Sequence[Piece]]
_SHORT: Final = 10


def as_text(history: History, redline_of: RedlineOf) -> str:
    """Return paragraphs for people: what is pending, then each change with its redline."""
    parts = [f"{one_line(one.path)}: {told_pending(one)}\n" for one in history.pending]
    parts += [_told(change, redline_of) for change in history.all_changes()]
    if not parts:
        parts = ["no page changed in this time\n"]
    if history.left_out:
        names = ", ".join(name[:_SHORT] for name in history.left_out)
        parts.append(f"left out, as .git-blame-ignore-revs asks: {names}\n")
    return "\n".join(parts)


def as_json(history: History, redline_of: RedlineOf) -> str:
    """Return an object with `pending`, `changes` newest first, and the commits that were `left_out`.

    What is not known is null or empty; so is an author whose role is not known. A redline is records of
    `mark` and `text`.
    """
    pending = [{"path": one.path, "what": one.kind, "waits": one.waits} for one in history.pending]
    changes = [_record(change, redline_of) for change in history.all_changes()]
    return as_document({"pending": pending, "changes": changes, "left_out": history.left_out})


def as_html(history: History, redline_of: RedlineOf) -> str:
    """Return a page that stands alone; insertions and deletions are marked and announced."""
    return DOCUMENTS.get_template("history.html").render(
        history=history,
        told_pending=told_pending,
        facts=lambda change: list(facts(change)),
        redline=lambda change: redline_as_html(shortened(redline_of(change))),
        short=lambda name: name[:_SHORT],
    )


def told_pending(one: Uncommitted) -> str:
    """Return what is said of a page that the history has not got as it is; a new page has no day."""
    return one.waits if one.kind == "new" else f"{one.kind}, {one.waits}"


def facts(change: Change) -> Iterator[str]:
    """Yield what is known of a change besides its day and reason."""
    if change.significance:
        yield change.significance.value
    if change.pull_request is not None:
        yield f"pull request {change.pull_request}"
    if change.authors:
        yield f"by {', '.join(one_line(one or UNKNOWN_ROLE) for one in change.authors)}"
    if change.before is None:
        yield "new page"
    if change.after is None:
        yield "taken away"
    if change.path != change.path_before:
        yield f"moved from {one_line(change.path_before)}"
    yield f"commit {change.commit[:_SHORT]}"


def _told(change: Change, redline_of: RedlineOf) -> str:
    head = f"{change.day}  {one_line(change.path)}\n"
    reason = f"  {one_line(change.reason)}\n" if change.reason else ""
    redline = as_marked_text(shortened(redline_of(change))).rstrip("\n")
    body = textwrap.indent(f"\n{redline}\n", "    ") if redline else ""
    return f"{head}{reason}  {'; '.join(facts(change))}\n{body}"


def _record(change: Change, redline_of: RedlineOf) -> dict[str, object]:
    return {
        "path": change.path,
        "path_before": change.path_before,
        "commit": change.commit,
        "day": change.day.isoformat(),
        "authors": list(change.authors),
        "reason": change.reason or None,
        "pull_request": change.pull_request,
        "kind": change.significance.value if change.significance else None,
        "before": change.before,
        "after": change.after,
        "redline": as_records(shortened(redline_of(change))),
    }


FORMATS: Final[Mapping[str, Callable[[History, RedlineOf], str]]] = {
    "text": as_text,
    "json": as_json,
    "html": as_html,
}
