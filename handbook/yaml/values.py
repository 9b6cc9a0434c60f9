"""Makes plain Python values of YAML, and refuses what nobody could have meant or what could do harm."""

import datetime
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

import yaml

# PyYAML documents nothing of `yaml._yaml`. We rely on what its C loaders rely on (yaml/cyaml.py):
# `CParser(text)` is a base class beside `Resolver`, `get_event()` yields the events of yaml.events,
# `get_single_node()` composes with `self.resolve`. Its marks count characters, not bytes, and leave out a
# byte order mark. tests/handbook/yaml/test_located.py fails when a version of PyYAML changes any of this.
from yaml._yaml import CParser
from yaml.events import (
    AliasEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    StreamEndEvent,
)
from yaml.nodes import ScalarNode
from yaml.resolver import Resolver

from handbook.yaml.locations import location_of_mark

if TYPE_CHECKING:
    from collections.abc import Callable

    from handbook.findings import Location

MAX_DEPTH: Final = 20
TAG: Final = "tag:yaml.org,2002:"
TEXT_TAG: Final = TAG + "str"
_DATE_TAG: Final = TAG + "timestamp"
_RESOLVER: Final = Resolver()
# The first characters of numbers, dates, `yes`, `null` and the like. Everything else is a text.
_STARTS_OF_NON_TEXT: Final = frozenset(_RESOLVER.yaml_implicit_resolvers)
_KEY: Final = re.compile(r"( *)(?:- +)?[a-z][\w-]*:(?:\s|$)")


@dataclass(frozen=True, slots=True)
class ImpossibleDate:
    """A value written like a date that no calendar has, such as 2026-02-30."""

    text: str


@dataclass(frozen=True, slots=True)
class TaggedValue:
    """A value with a tag that means something to another program. Nothing is done with it."""

    tag: str
    value: object


class Unacceptable(Exception):
    """YAML is valid but not accepted here; `is_text` says that quotes would make it a text."""

    def __init__(self, event: Event, message: str, is_text: bool = False) -> None:
        super().__init__(message)
        self.event = event
        self.message = message
        self.is_text = is_text


@lru_cache(maxsize=65_536)
def tag_of_plain(value: str) -> str:
    """Return the tag of a scalar without quotes, such as that of a date."""
    return str(_RESOLVER.resolve(ScalarNode, value, (True, False)))  # type: ignore[no-untyped-call]


class ValueReader:
    """Makes plain Python values of the parser's events, without a tree of nodes in between."""

    def __init__(self, text: str, first_line: int, kept_tags: tuple[str, ...]) -> None:
        self.duplicates: list[tuple[Location, str]] = []
        self._kept_tags = kept_tags
        self._text = text
        self._first_line = first_line
        self._next: Callable[[], Any] = CParser(text).get_event
        self._depth = 0

    def document(self) -> object:
        """Return the content of the only document in the text, or None if the text is empty."""
        self._next()  # The stream begins.
        if isinstance(self._next(), StreamEndEvent):
            return None
        value = self._value(self._next())
        self._next()  # The document ends.
        another = self._next()
        if not isinstance(another, StreamEndEvent):
            raise Unacceptable(another, "a line `---` begins a second document here; delete the line")
        return value

    def _value(self, event: Any) -> object:
        _refuse_anchor(event)
        if event.tag and event.tag.startswith(self._kept_tags):
            inner = event.value if isinstance(event, ScalarEvent) else self._collection(event)
            return TaggedValue(_short(event.tag), inner)
        if isinstance(event, ScalarEvent):
            return self._scalar(event)
        _refuse_tag(event, "map" if isinstance(event, MappingStartEvent) else "seq")
        return self._collection(event)

    def _collection(self, start: Event) -> object:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise Unacceptable(start, "the YAML is nested too deep; keep it flat")
        value = self._mapping() if isinstance(start, MappingStartEvent) else self._list()
        self._depth -= 1
        return value

    def _mapping(self) -> dict[str, object]:
        result: dict[str, object] = {}
        while not isinstance(event := self._next(), MappingEndEvent):
            key = self._key(event)
            if key in result:
                self.duplicates.append(
                    (location_of_mark(event.start_mark, self._text, self._first_line), key)
                )
            result[key] = self._value(self._next())
        return result

    def _list(self) -> list[object]:
        result = []
        while not isinstance(event := self._next(), SequenceEndEvent):
            result.append(self._value(event))
        return result

    def _key(self, event: Event) -> str:
        _refuse_anchor(event)
        if not isinstance(event, ScalarEvent):
            raise Unacceptable(event, "a key must be a single word, such as `owner`", is_text=True)
        if _tag_of(event) == TAG + "merge":
            raise Unacceptable(event, "merge keys (`<<`) are not allowed; write the values out")
        if not event.style:
            self._refuse_foreign_comment(event)
        return str(event.value)

    def _refuse_foreign_comment(self, event: Any) -> None:
        if event.value.startswith("//"):
            line = self._text.split("\n")[event.start_mark.line]
            written = line.strip().removeprefix("//").strip()
            raise Unacceptable(event, f"a comment begins with `#`; write `# {written}`")

    def _has_keys_in_it(self, event: Any) -> bool:
        """Tell whether a text in quotes goes on over keys that begin as far left as its own line does."""
        start = self._text.rfind("\n", 0, event.start_mark.index) + 1
        first, *rest = self._text[start : event.end_mark.index].split("\n")
        edge = len(first) - len(first.lstrip(" "))
        return any(len(key[1]) <= edge for key in map(_KEY.match, rest) if key)

    def _scalar(self, event: ScalarEvent) -> object:
        tag = _tag_of(event)
        if tag == TEXT_TAG:
            if event.style and event.style in "\"'" and self._has_keys_in_it(event):
                raise Unacceptable(event, "a quote is not closed here; close it", is_text=True)
            return event.value
        if tag == _DATE_TAG and len(event.value) == len("2026-10-14"):
            return _day(event.value)
        node = ScalarNode(tag, event.value)
        try:
            return yaml.constructor.SafeConstructor().construct_object(node, deep=True)
        except ValueError:
            if tag == _DATE_TAG:
                return ImpossibleDate(event.value)
            message = f"`{event.value}` cannot be read; put it in quotes"
            raise Unacceptable(event, message, is_text=True) from None
        except (AttributeError, LookupError):  # PyYAML raises these for `!!bool perhaps` and `!!int ""`.
            raise Unacceptable(event, f"tag {_short(tag)} does not fit what follows it; delete it") from None
        except yaml.constructor.ConstructorError:
            message = f"tag {_short(tag)} is not allowed; delete it"
            raise Unacceptable(event, message, is_text=not tag.startswith(TAG) or not event.tag) from None


def _tag_of(event: ScalarEvent) -> str:
    """Return the tag of a scalar, quickly if it is a text: a handbook has hundreds of thousands of them."""
    if event.tag == "!":
        raise Unacceptable(event, "a text that begins with `!` loses it; put it in quotes", is_text=True)
    if event.tag is not None:
        return str(event.tag)
    is_plain = event.implicit[0] and event.value[:1] in _STARTS_OF_NON_TEXT
    return tag_of_plain(event.value) if is_plain else TEXT_TAG


def _refuse_anchor(event: Any) -> None:
    """Refuse `&name` and `*name`, because a few lines of aliases can expand to fill the memory."""
    if event.anchor is not None:
        advice = f"remove `&{event.anchor}`, and write the value itself for `*{event.anchor}`"
        message = f"anchors and aliases are not allowed; {advice}"
        raise Unacceptable(event, message, is_text=isinstance(event, ScalarEvent | AliasEvent))


def _refuse_tag(start: Any, own: str) -> None:
    if start.tag not in (None, "!", TAG + own):
        raise Unacceptable(start, f"tag {_short(start.tag)} is not allowed; delete it")


def _short(tag: str) -> str:
    return tag.removeprefix(TAG)


def _day(text: str) -> datetime.date | ImpossibleDate:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        return ImpossibleDate(text)


def is_plain_date(value: object) -> bool:
    """Tell whether YAML read a date without a time of day."""
    return isinstance(value, datetime.date) and not isinstance(value, datetime.datetime)
