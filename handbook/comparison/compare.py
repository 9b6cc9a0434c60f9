"""Compares what readers see in two states of the handbook, page by page and word by word."""

from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from typing import Final

from handbook.comparison.change_record import ChangedPage, ChangeKind, ChangeReport, MarkedText
from handbook.comparison.rendered_page import Link, RenderedPage, canonical_address
from handbook.comparison.rendered_pages import depends_on_build
from handbook.text.redline import Mark, redline, shortened

# A page counts as moved if at least this share of its lines is the same.
_SAME_PAGE: Final = 0.6
# Beyond this many pages that came or went, a page counts as moved only if all its lines are the same.
_MOST_COMPARED: Final = 400
# Beyond this many pairs of lines, the order of the lines of two pages does not count.
_MOST_PAIRS: Final = 250_000


def compare_pages(
    before: Mapping[str, RenderedPage] | None,
    after: Mapping[str, RenderedPage],
    names: tuple[str | None, str],
) -> ChangeReport:
    """Compare the pages of two states, by the paths of their sources; `names` are the names of the states."""
    old, new = (
        {path: page for path, page in (pages or {}).items() if not depends_on_build(path)}
        for pages in (before, after)
    )
    pages = [] if before is None else sorted(_changes(old, new), key=lambda page: page.path)
    return ChangeReport(
        before=names[0],
        after=names[1],
        compared=len(new),
        not_compared=tuple(sorted(filter(depends_on_build, {*(before or ()), *after}))),
        pages=tuple(pages),
    )


def _changes(old: Mapping[str, RenderedPage], new: Mapping[str, RenderedPage]) -> Iterator[ChangedPage]:
    moved = dict(_moves([old[path] for path in old.keys() - new], [new[path] for path in new.keys() - old]))
    addresses = {
        canonical_address(old[before].address): canonical_address(new[after].address)
        for after, before in moved.items()
    }
    for path, page in new.items():
        former = old.get(path) or old.get(moved.get(path, ""))
        if change := _change(_with_moved_links(former, addresses) if former else None, page):
            yield change
    for path in old.keys() - new.keys() - {*moved.values()}:
        if change := _change(old[path], None):
            yield change


def _with_moved_links(page: RenderedPage, addresses: Mapping[str, str]) -> RenderedPage:
    """Let links lead to the new addresses of pages, because a link that follows its page is the same link."""
    if not addresses:
        return page
    links = ((label, _moved_target(target, page.language, addresses)) for label, target in page.links)
    return replace(page, links=tuple(links))


def _moved_target(target: str, language: str, addresses: Mapping[str, str]) -> str:
    """Return where a link leads now; a page that is not translated has the prefix of the language."""
    address, mark, anchor = target.partition("#")
    prefix = f"{language}/" if address.startswith(f"{language}/") else ""
    own = address.removeprefix(prefix)
    return f"{prefix}{addresses.get(own, own)}{mark}{anchor}"


def _moves(gone: Sequence[RenderedPage], added: Sequence[RenderedPage]) -> Iterator[tuple[str, str]]:
    """Yield the new and the former path of each page that moved, the most similar first."""
    exactly = len(gone) + len(added) > _MOST_COMPARED
    pairs = sorted(
        (-_similarity(old, new, exactly=exactly), old.path, new.path)
        for old in gone
        for new in added
        if old.language == new.language
    )
    taken: set[str] = set()
    for negative, before, after in pairs:
        if -negative >= _SAME_PAGE and not taken & {before, after}:
            taken |= {before, after}
            yield after, before


def _similarity(old: RenderedPage, new: RenderedPage, *, exactly: bool) -> float:
    if exactly or old.lines == new.lines:
        return float(old.lines == new.lines)
    matcher = SequenceMatcher(None, old.lines, new.lines, autojunk=False)
    quick = matcher.quick_ratio()
    is_long = len(old.lines) * len(new.lines) > _MOST_PAIRS
    return quick if quick < _SAME_PAGE or is_long else matcher.ratio()


def _change(before: RenderedPage | None, after: RenderedPage | None) -> ChangedPage | None:
    """Return how a page differs, or None. A title that only the navigation shows is not part of its text."""
    page = after or before
    kind = _kind(before, after)
    if page is None or kind is None:
        return None
    return ChangedPage(
        path=page.path,
        path_before=before.path if before else None,
        address=after.address if after else None,
        title=page.title,
        language=page.language,
        audience=after.audience if after else (),
        audience_before=before.audience if before else (),
        kind=kind,
        redline=tuple(_redline(before, after)),
    )


def _kind(before: RenderedPage | None, after: RenderedPage | None) -> ChangeKind | None:
    if before is None or after is None:
        return "new" if before is None else "gone"
    if before.path != after.path:
        return "moved"
    if before.lines != after.lines or any(_changed_links(before, after)):
        return "text"
    return "audience" if before.audience != after.audience else None


def _redline(before: RenderedPage | None, after: RenderedPage | None) -> Iterator[MarkedText]:
    links = _changed_links(before, after) if before and after else ((), ())
    old, new = (_text(page, links[at]) for at, page in enumerate((before, after)))
    if old == new:
        return
    for piece in shortened(redline(old, new)):
        text = "" if piece.mark is Mark.LEFT_OUT else piece.text
        yield MarkedText.model_validate({"mark": piece.mark.value, "text": text})


def _text(page: RenderedPage | None, links: Iterable[Link]) -> str:
    lines = [*(page.lines if page else ()), *(f"[{label} → {target}]" for label, target in links)]
    return "".join(f"{line}\n" for line in lines)


def _changed_links(before: RenderedPage, after: RenderedPage) -> tuple[list[Link], list[Link]]:
    """Return the links of each state that do not lead where the other state leads, with their labels.

    Links with one label are told apart by their order. A link of which only the label changed is not among
    them, because its label is part of the text.
    """
    old, new = _by_label(before.links), _by_label(after.links)
    gone, added = [], []
    for label in dict.fromkeys([*old, *new]):
        former, present = _changed_targets(old.get(label, []), new.get(label, []))
        gone += [(label, target) for target in former]
        added += [(label, target) for target in present]
    renamed = (
        Counter(target for label, target in links if label not in others)
        for links, others in ((gone, new), (added, old))
    )
    common = next(renamed) & next(renamed)
    return _without(gone, common, new), _without(added, common, old)


def _by_label(links: Iterable[Link]) -> dict[str, list[str]]:
    """Return where the links with each label lead, in the order of the page."""
    targets: dict[str, list[str]] = {}
    for label, target in links:
        targets.setdefault(label, []).append(target)
    return targets


def _changed_targets(old: list[str], new: list[str]) -> tuple[list[str], list[str]]:
    """Return where links with one label led and lead now; of as many links, only those that differ, once."""
    if len(old) != len(new):
        return old, new
    pairs = dict.fromkeys(pair for pair in zip(old, new, strict=True) if pair[0] != pair[1])
    return [former for former, _ in pairs], [present for _, present in pairs]


def _without(links: Iterable[Link], renamed: Counter[str], others: Container[str]) -> list[Link]:
    """Return the links without as many of each target as were `renamed`, if no other has their label."""
    left = renamed.copy()
    kept = []
    for label, target in links:
        if left[target] and label not in others:
            left[target] -= 1
        else:
            kept.append((label, target))
    return kept
