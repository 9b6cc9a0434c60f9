"""What changed for readers between two states of the handbook: which pages, for whom, and word by word."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from typing import Final, Literal, TypeAlias

from pydantic import ConfigDict, Field, ValidationError

from handbook.errors import HandbookError
from handbook.redline import Mark, Piece, redline, shortened
from handbook.registers import Record
from handbook.reports.escaping import as_document
from handbook.seen import AS_OF_THE_BUILD, Link, SeenPage, read_at

FILE: Final = "changes.json"
What: TypeAlias = Literal["new", "gone", "moved", "text", "audience"]
Weight: TypeAlias = Literal["substantive", "editorial"]
_EVERYONE: Final = "everyone"
# How much of the words must be the same for a page to count as the one that went elsewhere.
_SAME_PAGE: Final = 0.6
# Beyond this many pages that came or went, only those with the very same words are found again.
_MOST_COMPARED: Final = 400


class _Loose(Record):
    """A record that is read from JSON, where there are no tuples."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=False)


class Cause(_Loose):
    """A change of a file that made a page other. What is not said is None: all of it before a commit."""

    path: str
    commit: str | None
    day: str | None
    reason: str | None
    pull_request: int | None
    weight: Weight | None


class MarkedText(_Loose):
    """A part of a redline: see `handbook.redline.Piece`."""

    mark: Literal["kept", "inserted", "deleted", "left_out"]
    text: str


class ChangedPage(_Loose):
    """A page that readers see other than before.

    `path_before` and `audience_before` are what they were, `weight` what the commits say or None, and
    `redline` has no more than a line of what was kept beside each change.
    """

    path: str
    path_before: str | None
    address: str | None
    title: str
    language: str
    audience: tuple[str, ...]
    audience_before: tuple[str, ...]
    what: What
    weight: Weight | None = None
    causes: tuple[Cause, ...] = ()
    redline: tuple[MarkedText, ...] = ()

    @property
    def pieces(self) -> list[Piece]:
        """Return the redline as it is shown."""
        return [Piece(Mark(one.mark), one.text) for one in self.redline]

    @property
    def reasons(self) -> tuple[str, ...]:
        """Return what the commits say of why, each once."""
        return tuple(dict.fromkeys(cause.reason for cause in self.causes if cause.reason))

    @property
    def readers(self) -> frozenset[str]:
        """Return for whom the page is or was."""
        return frozenset({*self.audience, *self.audience_before})


class WhatChanged(_Loose):
    """The pages that differ between two states, each named as it was asked for.

    `before` is None where there was nothing before: no page is listed then. `compared` is how many pages
    the later state has, `not_compared` which of them change with each build.
    """

    before: str | None
    after: str
    compared: int
    not_compared: tuple[str, ...] = ()
    pages: tuple[ChangedPage, ...] = ()
    published: str | None = Field(default=None, pattern=r"^\d{4}-\d\d-\d\d$")
    effective: str | None = Field(default=None, pattern=r"^\d{4}-\d\d-\d\d$")

    def as_bytes(self) -> bytes:
        """Return the one way to write it: JSON in UTF-8, with an LF at the end."""
        return as_document(self.model_dump(mode="json")).encode()

    def for_readers(self, audience: Iterable[str]) -> "WhatChanged":
        """Keep the pages that people of these audiences read; what is for everyone is for them too."""
        wanted = {*audience}
        if not wanted:
            return self
        kept = tuple(one for one in self.pages if one.readers & (wanted | {_EVERYONE}) or not one.readers)
        return self.model_copy(update={"pages": kept})

    def by_audience(self) -> list[tuple[tuple[str, ...], list[ChangedPage]]]:
        """Group the pages by whom they are for; what is for everyone comes first."""
        groups: dict[tuple[str, ...], list[ChangedPage]] = {}
        for page in self.pages:
            groups.setdefault(tuple(sorted(page.readers)), []).append(page)
        return sorted(groups.items(), key=lambda group: (_EVERYONE not in group[0], group[0]))


def read_what_changed(data: bytes) -> WhatChanged:
    """Read what was recorded of an edition.

    Raises:
        HandbookError: when it is no such record.

    """
    try:
        return WhatChanged.model_validate_json(data)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"])) or "the file"
        raise HandbookError(f"{FILE} cannot be read: {where}: {first['msg']}") from None


def what_changed(
    before: Mapping[str, SeenPage] | None,
    after: Mapping[str, SeenPage],
    names: tuple[str | None, str],
) -> WhatChanged:
    """Compare the pages of two states, by the paths of their sources; `names` says what these are called."""
    old, new = (
        {path: page for path, page in (pages or {}).items() if path not in AS_OF_THE_BUILD}
        for pages in (before, after)
    )
    pages = [] if before is None else sorted(_changes(old, new), key=lambda one: one.path)
    return WhatChanged(
        before=names[0],
        after=names[1],
        compared=len(new),
        not_compared=tuple(sorted(AS_OF_THE_BUILD & {*(before or ()), *after})),
        pages=tuple(pages),
    )


def _changes(old: Mapping[str, SeenPage], new: Mapping[str, SeenPage]) -> Iterator[ChangedPage]:
    moved = dict(_moves([old[path] for path in old.keys() - new], [new[path] for path in new.keys() - old]))
    places = {read_at(old[before].address): read_at(new[after].address) for after, before in moved.items()}
    for path, page in new.items():
        former = old.get(path) or old.get(moved.get(path, ""))
        if change := _change(_followed(former, places) if former else None, page):
            yield change
    for path in old.keys() - new.keys() - {*moved.values()}:
        if change := _change(old[path], None):
            yield change


def _followed(page: SeenPage, places: Mapping[str, str]) -> SeenPage:
    """Let links lead to where pages went: a link that follows its page is the same link."""
    if not places:
        return page
    return replace(
        page, links=tuple((label, _led(target, page.language, places)) for label, target in page.links)
    )


def _led(target: str, language: str, places: Mapping[str, str]) -> str:
    """Return where a link leads now; in other languages, a page that is not translated has their prefix."""
    place, mark, anchor = target.partition("#")
    prefix = f"{language}/" if place.startswith(f"{language}/") else ""
    own = place.removeprefix(prefix)
    return f"{prefix}{places.get(own, own)}{mark}{anchor}"


def _moves(gone: Sequence[SeenPage], come: Sequence[SeenPage]) -> Iterator[tuple[str, str]]:
    """Yield the new path of each page that went elsewhere, with the former one; the nearest first."""
    likeness = sorted(
        (
            (-_likeness(old, new, exactly=len(gone) + len(come) > _MOST_COMPARED), old.path, new.path)
            for old in gone
            for new in come
            if old.language == new.language
        ),
    )
    taken: set[str] = set()
    for alike, before, after in likeness:
        if -alike >= _SAME_PAGE and not taken & {before, after}:
            taken |= {before, after}
            yield after, before


def _likeness(old: SeenPage, new: SeenPage, exactly: bool) -> float:
    if exactly or old.lines == new.lines:
        return float(old.lines == new.lines)
    matcher = SequenceMatcher(None, old.lines, new.lines, autojunk=False)
    return matcher.ratio() if matcher.quick_ratio() >= _SAME_PAGE else 0.0


def _change(before: SeenPage | None, after: SeenPage | None) -> ChangedPage | None:
    """Return how a page differs, or None. A title that only the navigation shows is no text of the page."""
    page = after or before
    what = _what(before, after)
    if page is None or what is None:
        return None
    return ChangedPage(
        path=page.path,
        path_before=before.path if before else None,
        address=after.address if after else None,
        title=page.title,
        language=page.language,
        audience=after.audience if after else (),
        audience_before=before.audience if before else (),
        what=what,
        redline=tuple(_redline(before, after)),
    )


def _what(before: SeenPage | None, after: SeenPage | None) -> What | None:
    if before is None or after is None:
        return "new" if before is None else "gone"
    if before.path != after.path:
        return "moved"
    if before.lines != after.lines or any(_changed_links(before, after)):
        return "text"
    return "audience" if before.audience != after.audience else None


def _redline(before: SeenPage | None, after: SeenPage | None) -> Iterator[MarkedText]:
    links = _changed_links(before, after) if before and after else ((), ())
    old, new = (_text(page, links[at]) for at, page in enumerate((before, after)))
    if old == new:
        return
    for piece in shortened(redline(old, new)):
        text = "" if piece.mark is Mark.LEFT_OUT else piece.text
        yield MarkedText.model_validate({"mark": piece.mark.value, "text": text})


def _text(page: SeenPage | None, links: Iterable[Link]) -> str:
    lines = [*(page.lines if page else ()), *(f"[{label} → {target}]" for label, target in links)]
    return "".join(f"{line}\n" for line in lines)


def _changed_links(before: SeenPage, after: SeenPage) -> tuple[list[Link], list[Link]]:
    """Return the links of each state that lead where none of the other did, with their labels.

    A link whose words alone changed is not among them: its words are part of the text.
    """
    gone, come = Counter(before.links), Counter(after.links)
    gone, come = gone - come, come - gone
    targets = [Counter(target for _, target in links.elements()) for links in (gone, come)]
    both = targets[0] & targets[1]
    return _without(gone, both), _without(come, both)


def _without(links: Counter[Link], targets: Counter[str]) -> list[Link]:
    left = targets.copy()
    found = []
    for label, target in links.elements():
        if left[target]:
            left[target] -= 1
        else:
            found.append((label, target))
    return list(dict.fromkeys(found))
