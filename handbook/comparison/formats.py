"""How what changed for readers is shown: one pure function a format."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain
from typing import Final

from handbook.comparison.change_record import Cause, ChangedPage, ChangeKind, ChangeReport
from handbook.formats.html_document import DOCUMENTS
from handbook.formats.redlines import as_html as redline_as_html
from handbook.text.counting import counted
from handbook.text.json_text import as_document
from handbook.text.quoting import one_line
from handbook.text.redline import Mark, Piece

_SHORT: Final = 10
_READERS: Final = {
    "everyone": "everyone",
    "managers": "managers",
    "personal": "people who post for themselves",
    "work": "people who post for us",
}
WHAT: Final[Mapping[ChangeKind, str]] = {
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
# What GitHub makes a link of, wherever it stands: a name, a number, an address.
_LINKED: Final = re.compile(r"(?<!\w)[@#](?=\w)|(?:https?|ftp|mailto):(?=/|\S)|\bwww\.|(?<=\w)@(?=\w)")
_JOINER: Final = "\N{WORD JOINER}"
# What means something in a line of Markdown, at its start, or to GitHub alone: math, and emoji.
_NUMBER: Final = re.compile(r"^(\d{1,9})(?=[.)])")
_MARKUP: Final = re.compile(r"([\\`*_\[\]<>&~|$]|^[#+=-]|:(?=[\w+-]+:))")


def as_markdown(found: ChangeReport) -> str:
    """Return Markdown as GitHub renders it, with `ins` and `del`; what pages say is escaped."""
    parts = [f"# {markdown(heading(found))}", markdown(summary(found))]
    for readers, pages in found.by_audience():
        parts.append(f"## For {markdown(told_readers(readers))}")
        parts += chain.from_iterable(map(_markdown_page, pages))
    if note := told_not_compared(found):
        parts.append(markdown(note))
    return "\n\n".join(parts) + "\n"


def as_html(found: ChangeReport) -> str:
    """Return a page that stands alone; insertions and deletions are marked and announced."""
    return DOCUMENTS.get_template("changes.html").render(
        found=found,
        heading=heading(found),
        summary=summary(found),
        not_compared=told_not_compared(found),
        told_readers=told_readers,
        facts=lambda page: "; ".join(facts(page)),
        causes=lambda page: list(map(told_cause, page.causes)),
        redline=lambda page: redline_as_html(page.pieces),
    )


def as_json(found: ChangeReport) -> str:
    """Return the whole record: the same that an edition keeps in changes.json."""
    return as_document(found.model_dump(mode="json"))


def heading(found: ChangeReport) -> str:
    """Return a title."""
    if found.before is None:
        return f"What readers see in {one_line(found.after)}"
    return f"What changed from {one_line(found.before)} to {one_line(found.after)}"


def summary(found: ChangeReport) -> str:
    """Return how much changed, in a sentence."""
    if found.before is None:
        return f"Nothing was published before. {counted(found.compared, 'page')} can be read."
    if not found.pages:
        return "No page reads other than before."
    verb = "reads" if len(found.pages) == 1 else "read"
    return f"{counted(len(found.pages), 'page')} {verb} other than before."


def told_not_compared(found: ChangeReport) -> str | None:
    """Return which pages change with each build and say nothing of a change, or None."""
    names = ", ".join(map(one_line, found.not_compared))
    return f"Not compared, since they list records as of the day they are built: {names}." if names else None


def told_readers(readers: Iterable[str]) -> str:
    """Return for whom pages are, in words."""
    return (
        ", ".join(_READERS.get(one, one_line(one)) for one in readers)
        or "readers whom the page does not name"
    )


def facts(page: ChangedPage) -> Iterator[str]:
    """Yield what is known of a change, its redline and causes apart."""
    yield WHAT[page.kind]
    if page.path_before and page.path_before != page.path:
        yield f"before at {one_line(page.path_before)}"
    if page.kind not in ("new", "gone") and {*page.audience} != {*page.audience_before}:
        yield f"for {told_readers(page.audience)}, before for {told_readers(page.audience_before)}"
    yield page.significance.value if page.significance else "whether substantive or editorial is not stated"


def told_cause(cause: Cause) -> str:
    """Return what made a page other, in a line."""
    said = [one_line(cause.path)]
    if cause.pull_request is not None:
        said.append(f"pull request {cause.pull_request}")
    said.append(f"commit {cause.commit[:_SHORT]} of {cause.day}" if cause.commit else "not committed yet")
    if cause.significance:
        said.append(cause.significance.value)
    return f"{one_line(cause.reason)} ({', '.join(said)})" if cause.reason else ", ".join(said)


def markdown(text: str) -> str:
    """Return a line of text that Markdown shows as it is: no markup, no link, and nobody is called."""
    apart = _LINKED.sub(lambda match: match[0] + _JOINER, one_line(text))
    return _NUMBER.sub(r"\1\\", _MARKUP.sub(r"\\\1", apart))


def _markdown_page(page: ChangedPage) -> Iterator[str]:
    yield f"### {markdown(page.title)}"
    yield f"{markdown(page.path)}: {markdown('; '.join(facts(page)))}"
    if page.causes:
        yield "\n".join(f"- {markdown(told_cause(cause))}" for cause in page.causes)
    lines = list(_marked_lines(page.pieces))
    if lines:
        yield "\n".join(f"> {line}{'<br>' if at < len(lines) else ''}" for at, line in enumerate(lines, 1))


def _marked_lines(pieces: Iterable[Piece]) -> Iterator[str]:
    """Yield the lines of a redline; marks end with each line, and begin anew on the next."""
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
    """Keep the space at the start of a line, of which Markdown would make code."""
    inner = text.lstrip(" ")
    gap = len(text) - len(inner)
    return f"{'&nbsp;' * gap if gap > 1 else ' ' * gap}{markdown(inner)}"


FORMATS: Final[Mapping[str, Callable[[ChangeReport], str]]] = {
    "markdown": as_markdown,
    "html": as_html,
    "json": as_json,
}
