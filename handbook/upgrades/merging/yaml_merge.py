"""Merges YAML three ways by its keys and records, so that records which both sides added do not collide.

What the handbook has keeps its order, its comments, and its way of writing.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from yaml.nodes import Node

from handbook.upgrades.merging.merged_text import Fragment, MergedText
from handbook.upgrades.merging.text_merge import merge_lines
from handbook.upgrades.merging.yaml_regions import (
    Collection,
    Name,
    Region,
    collections,
    inline_entries,
    inline_items,
    is_sound,
    plain,
    value_span,
    whole,
)
from handbook.yaml.edit_lines import Replacement, with_replacements

# Records are below the key of their list.
_DEPTH_OF_RECORDS: Final = 1
Path: TypeAlias = tuple[Name, ...]
Addition: TypeAlias = Callable[[Path, str, int], str]


def _as_it_is(_path: Path, text: str, _column: int) -> str:
    return text


def _nowhere(_path: Path) -> bool:
    return False


@dataclass(frozen=True, slots=True)
class Preferences:
    """What a merge prefers beside the three texts.

    At paths for which `is_ours` holds, the handbook's entry stays, or stays missing. An entry `in_use` is not
    removed, and neither is one whose key is `filed`. With `keeps_values`, no
    value changes, because those of the release are the sample's. `addition` gets the path, the text, and the
    column of an entry that only the release has, and returns what is written for it, if anything.
    """

    is_ours: Callable[[Path], bool] = field(default=_nowhere)
    in_use: frozenset[str] = frozenset()
    filed: frozenset[str] = frozenset()
    keeps_values: bool = False
    addition: Addition = field(default=_as_it_is)

    def can_keep(self, path: Path) -> bool:
        """Tell whether something at a path may stay, although only the release has changed it."""
        may_be_named = bool(self.in_use) and len(path) <= _DEPTH_OF_RECORDS
        return self.keeps_values or bool(self.filed) or may_be_named


@dataclass(frozen=True, slots=True)
class _States:
    """The same part of three texts."""

    base: Region
    ours: Region
    theirs: Region

    @property
    def all(self) -> tuple[Region, Region, Region]:
        return self.base, self.ours, self.theirs


def merge_yaml(base: str, ours: str, theirs: str, preferences: Preferences | None = None) -> MergedText:
    """Merge two YAML texts that were made from a third one.

    Raises:
        HandbookError: if one of them is not YAML.

    """
    regions = [whole(_ended(text)) for text in (base, ours, theirs)]
    known = [region for region in regions if region]
    if len(known) < len(regions):
        return merge_lines(base, ours, theirs)
    merged = MergedText.of(_merged(_States(*known), (), preferences or Preferences()))
    if is_sound(merged.text):
        return merged
    by_lines = merge_lines(base, ours, theirs)
    keeps_anything = preferences and preferences.keeps_values
    is_usable = not keeps_anything and is_sound(by_lines.text)
    return by_lines if is_usable else MergedText.of([Fragment(ours, theirs)])


def _ended(text: str) -> str:
    return text if text.endswith("\n") or not text else f"{text}\n"


def _merged(states: _States, path: Path, preferences: Preferences) -> Iterator[Fragment]:
    nodes = collections(states.all)
    if nodes and len({state.column for state in nodes}) == 1:
        lists = _Lists(nodes[0], nodes[1], nodes[2], path, preferences)
        if lists.kept():
            yield from _entries(lists)
            return
    yield from _leaf(states, preferences)


def _texts(base: str, ours: str, theirs: str) -> str:
    """Return what only one side changed; if both did, the handbook's."""
    return theirs if ours == base else ours


@dataclass(frozen=True, slots=True)
class _Lists:
    """A mapping or a list in three texts, with the path to it."""

    base: Collection
    ours: Collection
    theirs: Collection
    path: Path
    preferences: Preferences

    def kept(self) -> list[Name]:
        """Return the handbook's entries, without those that it has not edited and the release removed."""
        return [name for name in self.ours.entries if not self._is_dropped(name)]

    def _is_dropped(self, name: Name) -> bool:
        if name in self.theirs.entries or name not in self.base.entries:
            return False
        if self.preferences.keeps_values or self.preferences.is_ours((*self.path, name)):
            return False
        if name[0] in self.preferences.in_use | self.preferences.filed:
            return False
        return plain(self.base.entries[name].body.node) == plain(self.ours.entries[name].body.node)


def _entries(lists: _Lists) -> Iterator[Fragment]:
    head = _texts(lists.base.head, lists.ours.head, lists.theirs.head)
    kept = lists.kept()
    additions = _additions(lists, kept)
    yield Fragment(head)
    for position, name in enumerate(kept):
        yield Fragment(_lead(lists, name) if position else _first_lead(lists.ours, name, head))
        yield from _entry(lists, name)
        yield from map(Fragment, additions.get(name, ()))
    yield Fragment(_texts(lists.base.tail, lists.ours.tail, lists.theirs.tail))


def _first_lead(ours: Collection, name: Name, head: str) -> str:
    """Return the comments of what is now the first entry, unless it begins on a line with a dash."""
    begins_line = not head.rpartition("\n")[2].strip()
    return ours.entries[name].lead.lstrip(" \n") if begins_line else ""


def _lead(lists: _Lists, name: Name) -> str:
    own = lists.ours.entries[name]
    if not own.lead:  # It was the first, and something came before it.
        return " " * lists.ours.column
    base, theirs = (
        side.entries[name].lead if name in side.entries else "" for side in (lists.base, lists.theirs)
    )
    return _texts(base, own.lead, theirs) if base and theirs else own.lead


def _entry(lists: _Lists, name: Name) -> Iterator[Fragment]:
    own, new = lists.ours.entries[name].body, lists.theirs.entries.get(name)
    if new is None or lists.preferences.is_ours((*lists.path, name)):
        yield Fragment(own.text)
    elif name in lists.base.entries:
        states = _States(lists.base.entries[name].body, own, new.body)
        yield from _three(states, (*lists.path, name), lists.preferences)
    elif lists.preferences.keeps_values or plain(own.node) == plain(new.body.node):
        yield Fragment(own.text)
    else:
        yield Fragment(own.text, new.body.text)


def _three(states: _States, path: Path, preferences: Preferences) -> Iterator[Fragment]:
    base, ours, theirs = (region.text for region in states.all)
    if ours == theirs or theirs == base or preferences.is_ours(path):
        yield Fragment(ours)
    elif ours == base and not preferences.can_keep(path):
        yield Fragment(theirs)
    else:
        yield from _merged(states, path, preferences)


def _additions(lists: _Lists, kept: Sequence[Name]) -> Mapping[Name, Sequence[str]]:
    """Return what only the release has, by the entry of the handbook after which it is written."""
    added: dict[Name, list[str]] = {}
    after = kept[0]
    for name, entry in lists.theirs.entries.items():
        path = (*lists.path, name)
        if name in lists.ours.entries:
            after = name if name in kept else after
        elif name not in lists.base.entries and not lists.preferences.is_ours(path):
            text = lists.preferences.addition(path, entry.body.text, lists.theirs.column)
            lead = entry.lead or " " * lists.ours.column
            added.setdefault(after, []).extend([lead, text] if text else [])
    return added


def _leaf(states: _States, preferences: Preferences) -> Iterator[Fragment]:
    """Merge an entry with one value: what is before it, the value, and the comment after it."""
    spans = [value_span(region) for region in states.all]
    before = _texts(*(r.part(r.start, s) for r, (s, _) in zip(states.all, spans, strict=True)))
    after = _texts(*(r.part(e, r.end) for r, (_, e) in zip(states.all, spans, strict=True)))
    yield Fragment(before)
    texts = [r.part(s, e) for r, (s, e) in zip(states.all, spans, strict=True)]
    yield Fragment(texts[1]) if preferences.keeps_values else _value(states, texts)
    yield Fragment(after)


def _value(states: _States, texts: Sequence[str]) -> Fragment:
    base, ours, theirs = (plain(region.node) for region in states.all)
    if theirs in (base, ours):
        return Fragment(texts[1])
    if ours == base:
        return Fragment(texts[2])
    inner = _inside_braces(states) or _inside_brackets(states)
    return Fragment(inner) if inner else Fragment(texts[1], texts[2])


def _inside_braces(states: _States) -> str | None:
    """Merge `{en: …, fr: …}` if both sides have the same keys and changed different ones."""
    base, ours, theirs = (inline_entries(region.node) for region in states.all)
    if base is None or ours is None or theirs is None or not base.keys() == ours.keys() == theirs.keys():
        return None
    changed = []
    for key, node in ours.items():
        old, own, new = plain(base[key]), plain(node), plain(theirs[key])
        if new in (old, own):
            continue
        if own != old:
            return None
        changed.append(_in_place(states, node, _source(states.theirs, theirs[key])))
    return _edited(states, changed)


def _inside_brackets(states: _States) -> str | None:
    """Merge `[a, b]`: take out what the release took out, and add what it added."""
    base, ours, theirs = (inline_items(region.node) for region in states.all)
    if base is None or not ours or theirs is None:
        return None
    kept = [_source(states.ours, node) for item, node in ours.items() if item in theirs or item not in base]
    new = [
        _source(states.theirs, node) for item, node in theirs.items() if item not in base and item not in ours
    ]
    return f"[{', '.join([*kept, *new])}]"


def _source(region: Region, node: Node) -> str:
    return region.part(int(node.start_mark.index), int(node.end_mark.index))


def _in_place(states: _States, node: Node, text: str) -> Replacement:
    start = value_span(states.ours)[0]
    return Replacement(int(node.start_mark.index) - start, int(node.end_mark.index) - start, text)


def _edited(states: _States, changed: Sequence[Replacement]) -> str:
    start, end = value_span(states.ours)
    return with_replacements(states.ours.part(start, end), changed)
