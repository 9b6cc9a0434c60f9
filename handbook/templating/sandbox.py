"""The small language that pages may use between `{{` and `}}`.

Pages come from pull requests, so a page must not be able to run code, read files or the
environment, or hold up a build. Jinja's own sandbox keeps Python's internals out of reach. On top of
that, only listed filters, string methods and statements exist, no loader includes files, loops do not
nest, nothing can be given a name and then doubled, and neither an operator nor a filter makes a text of
unbounded length.
"""

import datetime
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from types import CodeType
from typing import Any, Final

from jinja2 import Environment, StrictUndefined, Undefined, nodes, pass_environment
from jinja2.exceptions import SecurityError, TemplateSyntaxError
from jinja2.filters import make_attrgetter
from jinja2.meta import TrackingCodeGenerator
from jinja2.sandbox import ImmutableSandboxedEnvironment

LONGEST: Final = 2_000
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


def _refusals(tree: nodes.Template) -> Iterator[tuple[int, str]]:
    """Yield the line of each construct that pages may not use, and a sentence about it."""
    for kind, statement in _STATEMENTS.items():
        for node in tree.find_all(kind):
            yield node.lineno, f"'{statement}' cannot be used in a page"
    for loop in tree.find_all(nodes.For):
        if loop.recursive or any(loop.find_all(nodes.For)):
            yield loop.lineno, "a loop inside a loop cannot be used in a page"
    for pair in tree.find_all(nodes.Pair):
        if not isinstance(pair.key, nodes.Const):
            yield pair.lineno, "a key must be a text in quotes"
    for variable in tree.find_all(nodes.Name):
        if variable.name == "self":
            yield variable.lineno, "'self' cannot be used in a page"


class PageSandbox(ImmutableSandboxedEnvironment):
    """A Jinja environment for the text of pages."""

    intercepted_binops = frozenset({"*", "**", "%"})

    def __init__(self) -> None:
        super().__init__(
            undefined=StrictUndefined,
            loader=None,
            keep_trailing_newline=True,
            finalize=_printable,
            optimized=False,  # The optimizer walks a nested expression again for every level.
        )
        self.globals.clear()
        self.filters = {name: self.filters[name] for name in FILTERS}
        self.filters |= {name: _of_text(self.filters[name]) for name in _TEXT_FILTERS}
        self.filters["join"] = _join

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        """Refuse statements that pages do not need, wherever a text is parsed."""
        try:
            tree = super()._parse(source, name, filename)
        except ValueError:
            raise TemplateSyntaxError("a number has too many digits", 1, name, filename) from None
        for line, refusal in _refusals(tree):
            raise TemplateSyntaxError(refusal, line, name, filename)
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

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """Refuse every operation that could make a number or a text of any length."""
        if operator == "*" and isinstance(left, int | float) and isinstance(right, int | float):
            return super().call_binop(context, operator, left, right)
        if operator == "%" and isinstance(left, int | float):
            return super().call_binop(context, operator, left, right)
        raise SecurityError(f"'{operator}' cannot be used here")
