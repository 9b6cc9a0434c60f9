"""The small language that pages may use between `{{` and `}}`.

Pages come from pull requests, so a page must not be able to run code, read files or the
environment, or hold up a build. Jinja's own sandbox keeps Python's internals out of reach. On top of
that, only listed filters, string methods and statements exist, no loader includes files, loops do not
nest, nothing can be given a name and then doubled, and neither an operator nor a filter makes a text of
unbounded length. Whatever repeats, reads, or prints is counted by the `Meter` of the page.
"""

import datetime
import itertools
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from types import CodeType
from typing import Any, Final, TypeVar

from jinja2 import Environment, StrictUndefined, Undefined, nodes, pass_context, pass_environment
from jinja2.exceptions import SecurityError, TemplateSyntaxError
from jinja2.filters import make_attrgetter
from jinja2.meta import TrackingCodeGenerator
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment

from handbook.templating.budget import MOST_WORDS, meter_of, unmarked
from handbook.templating.macro import NeedsPage

LONGEST: Final = 2_000
_Node = TypeVar("_Node", bound=nodes.Node)
# What a part of a loop, or what a filter reads, costs compared with a character that is printed.
_WEIGHT: Final = 10
FILTERS: Final = frozenset(
    {
        "capitalize",
        "default",
        "first",
        "join",
        "last",
        "length",
        "lower",
        "sort",
        "title",
        "trim",
        "unique",
        "upper",
    }
)
# Jinja gives these filters the environment first.
_WITH_ENVIRONMENT: Final = frozenset({"first", "join", "last", "sort", "unique"})
_TEXT_FILTERS: Final = ("capitalize", "lower", "title", "trim", "upper")
STRING_METHODS: Final = frozenset(
    {"capitalize", "endswith", "lower", "startswith", "strip", "title", "upper"}
)
_STATEMENTS: Final[Mapping[type[nodes.Node], str]] = {
    nodes.Include: "include",
    nodes.Import: "import",
    nodes.FromImport: "from",
    nodes.Extends: "extends",
    nodes.Block: "block",
    nodes.Macro: "macro",
    nodes.CallBlock: "call",
    nodes.FilterBlock: "filter",
    nodes.With: "with",
    nodes.Assign: "set",
    nodes.AssignBlock: "set",
    nodes.Concat: "~",
    nodes.ScopedEvalContextModifier: "autoescape",
}


def is_printable(value: object) -> bool:
    """Tell whether a page may print a value: not a macro without parentheses, nor a group."""
    return isinstance(value, str | int | float | datetime.date | Undefined)


def _printable(value: Any) -> Any:
    """Refuse to print what is not a text."""
    if is_printable(value):
        return _encodable(value)
    if callable(value):
        raise SecurityError("a macro is called with parentheses, as in `owner()`")
    raise SecurityError("this is a group or a list; name one part of it, or use `| join(', ')`")


@pass_context
def _printed(context: Context, value: Any) -> str:
    return meter_of(context).printed(_printable(value))


def _encodable(value: Any) -> Any:
    """Refuse half a character (a lone surrogate), because no file can hold one."""
    if isinstance(value, str) and not value.isascii() and re.search("[\ud800-\udfff]", value):
        raise SecurityError("this is half a character; write the whole one")
    return value


def _of_text(text_filter: Callable[..., Any]) -> Callable[..., Any]:
    """Give a filter only what could be printed, because it would make a text of anything."""

    def of_printable(value: Any) -> Any:
        return text_filter(_printable(value))

    return of_printable


def _counted(text_filter: Callable[..., Any], wants_environment: bool) -> Callable[..., Any]:
    """Make a filter count how much it reads."""

    @pass_context
    def counted(context: Context, value: Any, *positional: Any, **named: Any) -> Any:
        meter_of(context).charge(_WEIGHT * _size_of(value))
        first = (context.environment,) if wants_environment else ()
        return text_filter(*first, value, *positional, **named)

    return counted


def _size_of(value: object) -> int:
    return len(value) if isinstance(value, str | list | tuple | dict) else 1


@pass_environment
def _join(
    environment: Environment, items: Iterable[Any], separator: str = "", attribute: str | None = None
) -> str:
    """Join what could be printed, up to a limit: ten letters joined again and again fill the memory."""
    if attribute is not None:
        items = map(make_attrgetter(environment, attribute), items)
    parts = [str(_printable(item)) for item in items]
    if sum(map(len, parts)) + len(parts) * len(separator) > LONGEST:
        raise SecurityError("this makes a very long text; write it in parts")
    return separator.join(parts)


def _refuse_long_number(left: float, right: float) -> None:
    if sum(number.bit_length() for number in (left, right) if isinstance(number, int)) > LONGEST:
        raise SecurityError("this makes a very long number; write a shorter one")


def _refusals(parts: Sequence[nodes.Node]) -> Iterator[tuple[int, str]]:
    """Yield the line of each construct that pages may not use, and a sentence about it."""
    for kind, statement in _STATEMENTS.items():
        for node in _of_kind(parts, kind):
            yield node.lineno, f"'{statement}' cannot be used in a page"
    for loop in _of_kind(parts, nodes.For):
        if loop.recursive or any(loop.find_all(nodes.For)):
            yield loop.lineno, "a loop inside a loop cannot be used in a page"
    for pair in _of_kind(parts, nodes.Pair):
        if not isinstance(pair.key, nodes.Const):
            yield pair.lineno, "a key must be a text in quotes"
    for variable in _of_kind(parts, nodes.Name):
        if variable.name == "self":
            yield variable.lineno, "'self' cannot be used in a page"


def _of_kind(parts: Sequence[nodes.Node], kind: type[_Node]) -> list[_Node]:
    return [part for part in parts if isinstance(part, kind)]


def _count_rounds(loop: nodes.For) -> None:
    """Make a loop ask the environment for what it loops over, which counts its rounds before the first."""
    asked = nodes.EnvironmentAttribute("rounds", lineno=loop.lineno)
    arguments = [loop.iter, nodes.Const(_weight(loop), lineno=loop.lineno)]
    loop.iter = nodes.Call(asked, arguments, [], None, None, lineno=loop.lineno)


def _weight(loop: nodes.For) -> int:
    """Return how much is in the body of a loop: its texts, and what it does."""
    parts = [*loop.body, *([loop.test] if loop.test else [])]
    inside = itertools.chain(parts, *(part.find_all(nodes.Node) for part in parts))
    return sum(_WEIGHT + len(_text_of(node)) for node in inside)


def _text_of(node: nodes.Node) -> str:
    text = getattr(node, "data", None) or getattr(node, "value", None)
    return text if isinstance(text, str) else ""


class PageSandbox(ImmutableSandboxedEnvironment):
    """A Jinja environment for the text of pages."""

    intercepted_binops = frozenset({"+", "*", "**", "%"})

    def __init__(self) -> None:
        super().__init__(
            undefined=StrictUndefined,
            loader=None,
            keep_trailing_newline=True,
            finalize=_printed,
            optimized=False,  # The optimizer walks a nested expression again for every level.
        )
        self.globals.clear()
        self.filters = {name: self.filters[name] for name in FILTERS}
        self.filters |= {name: _of_text(self.filters[name]) for name in _TEXT_FILTERS}
        self.filters["join"] = _join
        self.filters = {
            name: _counted(known, name in _WITH_ENVIRONMENT) for name, known in self.filters.items()
        }

    def words(self, source: str) -> int:
        """Count the words and signs of the expressions in a text, up to one more than it may have."""
        try:
            words = (word for _, kind, word in self.lexer.tokeniter(source, None) if kind != "whitespace")
            return sum(1 for _ in itertools.islice(words, MOST_WORDS + 1))
        except TemplateSyntaxError:
            return 0

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        """Refuse statements that pages do not need, wherever a text is parsed."""
        try:
            tree = super()._parse(unmarked(source), name, filename)
        except ValueError:
            raise TemplateSyntaxError("a number has too many digits", 1, name, filename) from None
        parts = [*tree.find_all(nodes.Node)]  # Jinja would walk through the text again for each kind of node.
        for line, refusal in _refusals(parts):
            raise TemplateSyntaxError(refusal, line, name, filename)
        for loop in _of_kind(parts, nodes.For):
            _count_rounds(loop)
        return tree

    def free_names(self, tree: nodes.Template) -> set[str]:
        """Return the names that a text asks for, as Jinja's `meta` does but without its optimizer.

        With the optimizer, the 300 levels of `a.b.b.b…` take six seconds.

        Raises:
            TemplateSyntaxError: if Jinja refuses the text only now.

        """
        generator = TrackingCodeGenerator(self)
        generator.optimizer = None
        generator.visit(tree)
        return generator.undeclared_identifiers

    def _compile(self, source: str, filename: str) -> CodeType:
        """Refuse what Jinja accepts and Python's compiler does not."""
        try:
            return super()._compile(source, filename)
        except (MemoryError, SyntaxError):
            raise TemplateSyntaxError(
                "it is nested too deep, or names an argument twice", 1, None, filename
            ) from None

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Allow the listed methods of a text, and of anything else the values that Jinja's sandbox allows."""
        if isinstance(obj, str):
            return attr in STRING_METHODS
        return not callable(value) and super().is_safe_attribute(obj, attr, value)

    def wrap_str_format(self, value: Any) -> None:
        """Leave `format` to the list of methods, because a width can make a text of any length."""

    def call(__self, __context: Context, __obj: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: N805 - as in Jinja
        """Count what is called: a macro, a method of a text, or the rounds of a loop."""
        meter = meter_of(__context)
        if __obj == __self.rounds:
            return meter.looped(*args)
        if isinstance(text := getattr(__obj, "__self__", None), str):
            meter.charge(len(text))
            return super().call(__context, __obj, *args, **kwargs)
        try:
            return meter.called(__obj, super().call(__context, __obj, *args, **kwargs))
        except NeedsPage:
            if not meter.without_page:
                raise
            meter.lacked_page = True
            return ""

    def rounds(self) -> None:
        """Replace the call that counts the rounds of a loop, which no page can write."""

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """Refuse every operation that could make a number or a text of any length."""
        if operator == "+":
            meter_of(context).charge(_size_of(left) + _size_of(right))
            return super().call_binop(context, operator, left, right)
        if operator == "*" and isinstance(left, int | float) and isinstance(right, int | float):
            _refuse_long_number(left, right)
            return super().call_binop(context, operator, left, right)
        if operator == "%" and isinstance(left, int | float):
            return super().call_binop(context, operator, left, right)
        raise SecurityError(f"'{operator}' cannot be used here")
