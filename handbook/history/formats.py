"""The formats of the history of pages: one pure function for each."""

import json
import textwrap
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from json.encoder import encode_basestring
from typing import Final, TypeAlias

from handbook.formats.redlines import as_html as redline_as_html
from handbook.formats.redlines import as_marked_text
from handbook.history.changes import UNKNOWN_ROLE, Change, History, Uncommitted
from handbook.history.commit_dates import MisdatedCommit
from handbook.history.redlines import encode_redline
from handbook.text.quoting import one_line, safe_json, short_commit
from handbook.text.redline import Piece, shortened

RedlineOf: TypeAlias = Callable[[Change], Sequence[Piece]]
_ENCODER: Final = json.JSONEncoder(ensure_ascii=False)
_FACTS: Final = (
    '{"path": %s, "path_before": %s, "commit": "%s", "day": "%s", "authors": [%s], "reason": %s,'
    ' "pull_request": %s, "kind": %s, "before": %s, "after": %s, "redline": '
)


def as_text(history: History, redline_of: RedlineOf) -> str:
    """Return paragraphs for people: the pending pages, then each change with its redline."""
    parts = [f"{one_line(page.path)}: {shown_pending(page)}\n" for page in history.pending]
    parts += [_paragraph(change, redline_of) for change in history.all_changes()]
    if not parts:
        parts = ["the history here has no change of a page in this period\n"]
    if history.misdated:
        parts.append("".join(f"{commit}\n" for commit in history.misdated))
    if history.left_out:
        names = ", ".join(map(short_commit, history.left_out))
        parts.append(f"left out, as .git-blame-ignore-revs asks: {names}\n")
    return "\n".join(parts)


def as_json(history: History, redline_of: RedlineOf) -> str:
    """Return an object with `pending`, `changes` newest first, and commits: `left_out` and `misdated`.

    What is not known is null or empty; so is an author whose role is not known. A redline is an array of
    records of `mark` and `text`.
    """
    encoded = encode_history(history, lambda change: encode_redline(redline_of(change)))
    return b"".join(json_parts(history.pending, encoded)).decode()


@dataclass(frozen=True, slots=True)
class EncodedHistory:
    """The changes of a history as JSON, newest first, with a comma between two lines, and what follows them.

    Nothing in it steers a terminal or a CI service.
    """

    changes: bytes | memoryview
    end: bytes


def encode_history(history: History, encoded_redline_of: Callable[[Change], bytes]) -> EncodedHistory:
    """Return what `as_json` shows of commits, each on a line, from redlines that are JSON already."""
    changes: list[bytes] = []
    for change in history.all_changes():
        changes += (_encoded_facts(change), encoded_redline_of(change), b"},\n")
    changes[-1:] = [b"}"] if changes else []  # No comma follows the last record.
    misdated = [_misdated_record(commit) for commit in history.misdated]
    end = b'],\n"left_out": %b,\n"misdated": %b}\n' % (_encoded(history.left_out), _encoded(misdated))
    return EncodedHistory(b"".join(changes), end)


def json_parts(pending: Sequence[Uncommitted], encoded: EncodedHistory) -> Sequence[bytes | memoryview]:
    """Return the object of `as_json` in parts, which are long."""
    records = b",\n".join(_encoded(_pending_record(page)) for page in pending)
    start = b'{"pending": [\n%b\n],\n"changes": [\n' % records
    return start, encoded.changes, b"\n" if encoded.changes else b"", encoded.end


def _encoded(data: object) -> bytes:
    """Return data as JSON on one line. The bytes of a file's name need not be UTF-8."""
    return safe_json(_ENCODER.encode(data)).encode()


def as_html(history: History, redline_of: RedlineOf) -> str:
    """Return a page that needs no other file; insertions and deletions are marked and announced."""
    from handbook.formats.html_document import DOCUMENTS  # Jinja takes 55 ms, and only HTML needs it.

    return DOCUMENTS.get_template("history.html").render(
        history=history,
        shown_pending=shown_pending,
        facts=lambda change: list(facts(change)),
        redline=lambda change: redline_as_html(shortened(redline_of(change))),
        short_commit=short_commit,
    )


def shown_pending(page: Uncommitted) -> str:
    """Say how a page on disk differs from the history, such as `changed, not committed yet`."""
    return page.waits if page.kind == "new" else f"{page.kind}, {page.waits}"


def facts(change: Change) -> Iterator[str]:
    """Yield what is known about a change, except its day and reason."""
    if change.significance:
        yield change.significance.value
    if change.pull_request is not None:
        yield f"pull request {change.pull_request}"
    if change.authors:
        yield f"by {', '.join(one_line(author or UNKNOWN_ROLE) for author in change.authors)}"
    if change.before is None:
        yield "new page"
    if change.after is None:
        yield "taken away"
    if change.path != change.path_before:
        yield f"moved from {one_line(change.path_before)}"
    yield f"commit {short_commit(change.commit)}"


def _paragraph(change: Change, redline_of: RedlineOf) -> str:
    head = f"{change.day}  {one_line(change.path)}\n"
    reason = f"  {one_line(change.reason)}\n" if change.reason else ""
    redline = as_marked_text(shortened(redline_of(change))).rstrip("\n")
    body = textwrap.indent(f"\n{redline}\n", "    ") if redline else ""
    return f"{head}{reason}  {'; '.join(facts(change))}\n{body}"


def _pending_record(page: Uncommitted) -> dict[str, object]:
    return {"path": page.path, "what": page.kind, "waits": page.waits}


def _misdated_record(commit: MisdatedCommit) -> dict[str, object]:
    days = {"day": commit.day.isoformat(), "counts_on": commit.counts_on.isoformat()}
    return {"commit": commit.commit, **days, "why": commit.why}


def _encoded_facts(change: Change) -> bytes:
    """Return the record of a change up to its redline. A template takes a third of the time of a dict.

    The names of commits and blobs need no escaping.
    """
    facts = _FACTS % (
        _quoted(change.path),
        _quoted(change.path_before),
        change.commit,
        change.day,
        ", ".join(map(_quoted, change.authors)),
        _quoted(change.reason or None),
        "null" if change.pull_request is None else change.pull_request,
        _quoted(change.significance and change.significance.value),
        f'"{change.before}"' if change.before else "null",
        f'"{change.after}"' if change.after else "null",
    )
    return safe_json(facts).encode()


def _quoted(text: str | None) -> str:
    return "null" if text is None else encode_basestring(text)


FORMATS: Final[Mapping[str, Callable[[History, RedlineOf], str]]] = {
    "text": as_text,
    "json": as_json,
    "html": as_html,
}
