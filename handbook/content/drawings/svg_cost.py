"""Counts what a browser would draw of a drawing (SVG): a small file can ask for a million times its elements.

A cost is a number of elements. What an element refers to, such as the target of `use`, a mask, or a pattern,
counts each time that it is drawn, and a step of a filter counts as many elements.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

MAX_COST: Final = 50_000
MAX_DEPTH: Final = 100
# Elements in each other and in what they refer to, all the way down.
_MAX_CHAIN: Final = 400
# A filter of what was filtered is drawn over a larger and larger area.
_MAX_FILTERS: Final = 5
_STEP: Final = 100
_SLOW_STEP: Final = 1_000
_SLOW: Final = frozenset(
    "feConvolveMatrix feDiffuseLighting feDisplacementMap feImage feMorphology feSpecularLighting"  # noqa: SIM905
    " feTurbulence".split()
)
_LAYERS: Final = frozenset({"mask", "pattern"})
# A color that runs from one to another costs the same however often it is used; a link draws nothing.
_CHEAP: Final = frozenset({"linearGradient", "radialGradient"})
_REFERENCE: Final = re.compile(r"""url\(\s*+["']?#([\w.:-]++)""", re.IGNORECASE)
# What a rule of a style is about: classes, ids, names of elements, or all elements.
_SUBJECT: Final = re.compile(r"[.#]?[\w-]++|\*")
_NUMBER: Final = re.compile(r"[-+]?(?:\d++\.?\d*+|\.\d++)(?:e[-+]?\d++)?", re.IGNORECASE)


class TooCostly(Exception):
    """Says why a drawing costs too much."""


@dataclass(slots=True, eq=False)
class _Element:
    """An element or a rule of a style. `targets` are ids or rules, with how often each is drawn."""

    weight: int
    is_cheap: bool = False
    is_filter: bool = False
    is_rule: bool = False
    children: "list[_Element]" = field(default_factory=list)
    targets: "list[tuple[str | _Element, int]]" = field(default_factory=list)
    cost: int | None = None
    filters: int = 0


class DrawingCost:
    """Adds up the cost of a drawing while a parser goes through it."""

    def __init__(self) -> None:
        self._root = _Element(0)
        self._open = [self._root]
        self._by_id: dict[str, _Element] = {}
        self._subjects: list[tuple[list[str], _Element, int]] = []
        self._rules: dict[str, _Element] = {}

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """Begin an element, whose attributes have no namespaces.

        Raises:
            TooCostly: if it is too deep.

        """
        if len(self._open) > MAX_DEPTH:
            raise TooCostly(f"has elements in each other more than {MAX_DEPTH} deep")
        element = _Element(_weight(name), name in _CHEAP, name == "filter")
        points = len(_NUMBER.findall(attributes.get("d", "") or attributes.get("points", ""))) // 2 + 2
        element.targets += _targets(name, attributes, points)
        self._subjects.append((_subjects(name, attributes), element, points))
        self._by_id.setdefault(attributes.get("id", ""), element)
        self._open[-1].children.append(element)
        self._open.append(element)

    def end(self) -> None:
        """End the element that began last."""
        self._open.pop()

    def add_style(self, text: str) -> None:
        """Read the rules of a style. Each name in a selector counts, the classes alone if there are any."""
        for rule in text.split("}"):
            selector, _, body = rule.rpartition("{")
            targets = [(target, 1) for target in _REFERENCE.findall(body)]
            kind = "marker:" if "marker" in body else ""
            names = _SUBJECT.findall(selector) if targets else []
            for name in [name for name in names if name[0] == "."] or names:
                self._rules.setdefault(kind + name, _Element(0, is_rule=True)).targets += targets

    def total(self) -> int:
        """Return the cost of the whole drawing, or a number above `MAX_COST`.

        Raises:
            TooCostly: if something refers to itself.

        """
        for names, element, points in self._subjects if self._rules else ():
            for name in names:
                element.targets += [
                    (self._rules[kind + name], times)
                    for kind, times in (("", 1), ("marker:", points))
                    if kind + name in self._rules
                ]
        return self._cost(self._root, 0)

    def _cost(self, element: _Element, level: int) -> int:
        if level > _MAX_CHAIN:
            raise TooCostly("refers to itself, or on and on")
        if element.cost is None:
            cost = element.weight
            for part, times in self._parts(element):
                cost += times * self._cost(part, level + 1)
                element.filters = max(element.filters, part.filters)
                if cost > MAX_COST:
                    break
            element.cost = cost
            self._count_filters(element)
        return element.cost

    def _count_filters(self, element: _Element) -> None:
        """Count how many filters an element is drawn with, one after the other; a rule only hands them on."""
        filters = any(part.is_filter for part, _ in self._targets_of(element))
        if element.is_rule:
            element.is_filter = filters
        elif filters:
            element.filters += 1
        if element.filters > _MAX_FILTERS:
            raise TooCostly(f"has filters in filters, more than {_MAX_FILTERS} deep")

    def _parts(self, element: _Element) -> Iterator[tuple[_Element, int]]:
        yield from ((child, 1) for child in element.children)
        yield from self._targets_of(element)

    def _targets_of(self, element: _Element) -> Iterator[tuple[_Element, int]]:
        for target, times in element.targets:
            part = self._by_id.get(target) if isinstance(target, str) else target
            if part and not part.is_cheap:
                yield part, times


def _subjects(name: str, attributes: Mapping[str, str]) -> list[str]:
    """Return what a rule that is about an element names. No rule draws anything for a step of a filter."""
    if name.startswith("fe"):
        return []
    classes = [f".{part}" for part in dict.fromkeys(attributes.get("class", "").split())]
    return [*classes, f"#{attributes.get('id', '')}", name, "*"]


def _weight(name: str) -> int:
    if name in _SLOW:
        return _SLOW_STEP
    return _STEP if name.startswith("fe") or name in _LAYERS else 1


def _targets(name: str, attributes: Mapping[str, str], points: int) -> Iterator[tuple[str, int]]:
    for key, value in attributes.items():
        if key == "href" and value.strip().startswith("#") and name != "a":
            yield value.strip()[1:], 1
        elif "url(" in value.lower():
            times = points if "marker" in key or (key == "style" and "marker" in value) else 1
            yield from ((target, times) for target in _REFERENCE.findall(value))
