"""The formats of a report of changes, one pure function each."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain
from typing import Final

from handbook.comparison.change_record import Cause, ChangedPage, ChangeKind, ChangeReport
from handbook.formats.html_document import DOCUMENTS
from handbook.formats.redlines import as_html as redline_as_html
from handbook.text.counting import counted
from handbook.text.json_text import as_document
from handbook.text.quoting import one_line, short_commit
from handbook.text.redline import Mark, Piece

_READERS: Final = {
    "everyone": "everyone",
    "managers": "managers",
    "personal": "people who post for themselves",
    "work": "people who post for us",
}
_KINDS: Final[Mapping[ChangeKind, str]] = {
    "new": "new page",
    "gone": "taken away",
    "moved": "moved",
    "text": "text changed",
    "audience": "for other readers",
}
_AROUND: Final[Mapping[Mark, str]] = {
    Mark.KEPT: "{}",
    Mark.INSERTED: "<ins>{}</ins>",
    Mark.DELETED: "<del>{}</del>",
    Mark.LEFT_OUT: "…",
}
# GitHub turns these into links wherever they are: a name, a number, an address.
_AUTOLINK: Final = re.compile(r"(?<!\w)[@#](?=\w)|(?:https?|ftp|mailto):(?=/|\S)|\bwww\.|(?<=\w)@(?=\w)")
_JOINER: Final = "\N{WORD JOINER}"
# These mean something in a line of Markdown, at its start, or to GitHub alone (math and emoji).
_NUMBER: Final = re.compile(r"^(\d{1,9})(?=[.)])")
_MARKUP: Final = re.compile(r"([\\`*_\[\]<>&~|$]|^[#+=-]|:(?=[\w+-]+:))")


def as_markdown(report: ChangeReport) -> str:
    """Return Markdown for GitHub, with `ins` and `del`; the text of pages is escaped."""
    parts = [f"# {markdown(heading(report))}", markdown(summary(report))]
    for readers, pages in report.by_audience():
        parts.append(f"## For {markdown(readers_in_words(readers))}")
        parts += chain.from_iterable(map(_markdown_page, pages))
    if note := not_compared_note(report):
        parts.append(markdown(note))
    return "\n\n".join(parts) + "\n"


def as_html(report: ChangeReport) -> str:
    """Return a stand-alone page; insertions and deletions are marked, and announced by screen readers."""
    return DOCUMENTS.get_template("changes.html").render(
        report=report,
        heading=heading(report),
        summary=summary(report),
        not_compared=not_compared_note(report),
        readers_in_words=readers_in_words,
        facts=lambda page: "; ".join(facts(page)),
        causes=lambda page: list(map(cause_in_words, page.causes)),
        redline=lambda page: redline_as_html(page.pieces),
    )


def as_json(report: ChangeReport) -> str:
    """Return the whole record, with the keys of `changes.json` in an edition."""
    return as_document(report.model_dump(mode="json"))


def heading(report: ChangeReport) -> str:
    """Return the title of a report, as one line."""
    if report.before is None:
        return f"What readers see in {one_line(report.after)}"
    return f"What changed from {one_line(report.before)} to {one_line(report.after)}"


def summary(report: ChangeReport) -> str:
    """Return in a sentence how many pages changed."""
    if report.before is None:
        return f"Nothing was published before. {counted(report.compared, 'page')} can be read."
    if not report.pages:
        return "No page changed for readers."
    return f"{counted(len(report.pages), 'page')} changed for readers."


def not_compared_note(report: ChangeReport) -> str | None:
    """Return a sentence that names the pages that were not compared, or None."""
    names = ", ".join(map(one_line, report.not_compared))
    reason = "because they list records as of the day they are built"
    return f"Not compared, {reason}: {names}." if names else None


def readers_in_words(readers: Iterable[str]) -> str:
    """Return the audiences of pages in words."""
    words = ", ".join(_READERS.get(audience, one_line(audience)) for audience in readers)
    return words or "readers whom the page does not name"


def facts(page: ChangedPage) -> Iterator[str]:
    """Yield what is known of a change, except its redline and its causes."""
    yield _KINDS[page.kind]
    if page.path_before and page.path_before != page.path:
        yield f"formerly at {one_line(page.path_before)}"
    if page.kind not in ("new", "gone") and {*page.audience} != {*page.audience_before}:
        yield f"for {readers_in_words(page.audience)}, formerly for {readers_in_words(page.audience_before)}"
    yield page.significance.value if page.significance else "whether substantive or editorial is not stated"


def cause_in_words(cause: Cause) -> str:
    """Return a cause of a change in one line: its reason, then its file, pull request and commit."""
    parts = [one_line(cause.path)]
    if cause.pull_request is not None:
        parts.append(f"pull request {cause.pull_request}")
    parts.append(
        f"commit {short_commit(cause.commit)} of {cause.day}" if cause.commit else "not committed yet"
    )
    if cause.significance:
        parts.append(cause.significance.value)
    return f"{one_line(cause.reason)} ({', '.join(parts)})" if cause.reason else ", ".join(parts)


def markdown(text: str) -> str:
    """Escape a line of text for Markdown, so that nothing is markup or a link and nobody is notified."""
    apart = _AUTOLINK.sub(lambda match: match[0] + _JOINER, one_line(text))
    return _NUMBER.sub(r"\1\\", _MARKUP.sub(r"\\\1", apart))


def _markdown_page(page: ChangedPage) -> Iterator[str]:
    yield f"### {markdown(page.title)}"
    yield f"{markdown(page.path)}: {markdown('; '.join(facts(page)))}"
    if page.causes:
        yield "\n".join(f"- {markdown(cause_in_words(cause))}" for cause in page.causes)
    lines = list(_marked_lines(page.pieces))
    if lines:
        yield "\n".join(f"> {line}{'<br>' if at < len(lines) else ''}" for at, line in enumerate(lines, 1))


def _marked_lines(pieces: Iterable[Piece]) -> Iterator[str]:
    """Yield the lines of a redline; each mark ends with its line and begins again on the next."""
    line = ""
    for piece in pieces:
        text = "…\n" if piece.mark is Mark.LEFT_OUT else piece.text
        for part in text.splitlines(keepends=True):
            words = part.rstrip("\n")
            line += _AROUND[piece.mark].format(_kept_space(words)) if words else ""
            if part.endswith("\n"):
                if line:
                    yield line
                line = ""
    if line:
        yield line


def _kept_space(text: str) -> str:
    """Keep the spaces at the start of a line, which Markdown would take for code."""
    inner = text.lstrip(" ")
    gap = len(text) - len(inner)
    return f"{'&nbsp;' * gap if gap > 1 else ' ' * gap}{markdown(inner)}"


FORMATS: Final[Mapping[str, Callable[[ChangeReport], str]]] = {
    "markdown": as_markdown,
    "html": as_html,
    "json": as_json,
}
