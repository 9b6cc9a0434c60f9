"""The small language that pages may speak between `{{` and `}}`.

Pages come from pull requests, so a page must not be able to run code, read files or the
environment, or hold up a build. Jinja's own sandbox keeps Python's internals out of reach. On top of
it, only listed filters, string methods and statements exist, there is no loader to include files
with, loops do not nest, nothing can be given a name and doubled, and neither an operator nor a filter
makes a text of unbounded length.
"""

import datetime
import re
from collections.abc import Callable, Iterable, Mapping
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


def _printable(value: Any) -> Any:
    """Refuse to print what is no text: a macro without its parentheses, a group of variables."""
    if isinstance(value, str | int | float | datetime.date | Undefined):
        return _encodable(value)
    if callable(value):
        raise SecurityError("a macro is called with parentheses, as in `owner()`")
    raise SecurityError("this is a group or a list; name one part of it, or use `| join(', ')`")


def _encodable(value: Any) -> Any:
    """Refuse half a character, a lone surrogate: no file can hold one."""
    if isinstance(value, str) and not value.isascii() and re.search("[\ud800-\udfff]", value):
        raise SecurityError("this is half a character; write the whole one")
    return value


def _of_text(judge: Callable[..., Any]) -> Callable[..., Any]:
    """Let a filter see only what could be printed: it would make a text of anything."""

    def judge_text(value: Any) -> Any:
        return judge(_printable(value))

    return judge_text


@pass_environment
def _join(
    environment: Environment, items: Iterable[Any], separator: str = "", attribute: str | None = None
) -> str:
    """Join what could be printed; joined by themselves a few times, ten letters would fill a memory."""
    if attribute is not None:
        items = map(make_attrgetter(environment, attribute), items)
    parts = [str(_printable(item)) for item in items]
    if sum(map(len, parts)) + len(parts) * len(separator) > LONGEST:
        raise SecurityError("this makes a very long text; write it in parts")
    return separator.join(parts)


class PageSandbox(ImmutableSandboxedEnvironment):
    """A Jinja environment for the text of pages."""

    intercepted_binops = frozenset({"*", "**", "%"})

    def __init__(self) -> None:
        super().__init__(
            undefined=StrictUndefined,
            loader=None,
            keep_trailing_newline=True,
            finalize=_printable,
            optimized=False,  # The optimizer walks a nested expression again on every level.
        )
        self.globals.clear()
        self.filters = {name: judge for name, judge in self.filters.items() if name in FILTERS}
        self.filters |= {name: _of_text(self.filters[name]) for name in _TEXT_FILTERS}
        self.filters["join"] = _join

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        """Refuse statements that pages have no use for, wherever a text is parsed."""
        try:
            tree = super()._parse(source, name, filename)
        except ValueError:
            raise TemplateSyntaxError("a number has too many digits", 1, name, filename) from None
        for kind, statement in _STATEMENTS.items():
            for found in tree.find_all(kind):
                raise TemplateSyntaxError(
                    f"'{statement}' cannot be used in a page", found.lineno, name, filename
                )
        for loop in tree.find_all(nodes.For):
            if loop.recursive or len(list(loop.find_all(nodes.For))):
                raise TemplateSyntaxError(
                    "a loop inside a loop cannot be used in a page", loop.lineno, name, filename
                )
        for pair in tree.find_all(nodes.Pair):
            if not isinstance(pair.key, nodes.Const):
                raise TemplateSyntaxError("a key must be a text in quotes", pair.lineno, name, filename)
        for used in tree.find_all(nodes.Name):
            if used.name == "self":
                raise TemplateSyntaxError("'self' cannot be used in a page", used.lineno, name, filename)
        return tree

    def free_names(self, tree: nodes.Template) -> set[str]:
        """Return the names that a text asks for, as Jinja's `meta` does, without its optimizer.

        With it, the 300 levels of `a.b.b.b…` take six seconds.

        Raises:
            TemplateSyntaxError: when Jinja refuses the text as late as this.

        """
        generator = TrackingCodeGenerator(self)
        generator.optimizer = None
        generator.visit(tree)
        return generator.undeclared_identifiers

    def _compile(self, source: str, filename: str) -> CodeType:
        """Refuse what Jinja accepts and Python does not."""
        try:
            return super()._compile(source, filename)
        except (MemoryError, SyntaxError):
            raise TemplateSyntaxError(
                "it is nested too deep, or names an argument twice", 1, None, filename
            ) from None

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Allow the listed methods of a text, and what Jinja's sandbox allows of anything else."""
        if isinstance(obj, str):
            return attr in STRING_METHODS
        return not callable(value) and super().is_safe_attribute(obj, attr, value)

    def wrap_str_format(self, value: Any) -> None:
        """Leave `format` to the list of methods: a width can make a text of any length."""

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """Refuse what could make a number or a text of any length."""
        if operator == "*" and isinstance(left, int | float) and isinstance(right, int | float):
            return super().call_binop(context, operator, left, right)
        if operator == "%" and isinstance(left, int | float):
            return super().call_binop(context, operator, left, right)
        raise SecurityError(f"'{operator}' cannot be used here")
