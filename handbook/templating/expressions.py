"""Finds and explains every mistake in a page's `{{ … }}` and `{% … %}`, and renders them."""

import inspect
import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Final, TypeAlias

from jinja2 import TemplateError, TemplateSyntaxError, Undefined, nodes

from handbook.content.pages import Page
from handbook.errors import HandbookError
from handbook.findings import Problem
from handbook.templating.sandbox import PageSandbox
from handbook.text.quoting import one_line
from handbook.text.suggestions import did_you_mean

_MARK: Final = re.compile(r"\{[{%#]")
_UNCLOSED: Final = re.compile(r"\{\{(?:(?!\}\}).)*?(?=\{\{|\Z)", re.DOTALL)
_TRIMS: Final = re.compile(r"^\{\{[-+]|[-+]\}\}$")
_SNIPPET: Final = re.compile(r"\{\{.*?\}\}", re.DOTALL)
_UNRESOLVED: Final = object()
_RUNTIME_ERRORS: Final = (
    TemplateError,
    HandbookError,
    ArithmeticError,
    AttributeError,
    LookupError,
    RecursionError,
    TypeError,
    ValueError,
)

Macro: TypeAlias = Callable[..., object]


class MacroError(HandbookError):
    """A macro was asked for something that does not exist; its text says what to write."""


class NeedsPage(MacroError):
    """A macro speaks of the page it stands on, and there is none."""


class ExpressionError(HandbookError):
    """What is wrong in a text that was to be rendered; lines count from the text's first."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("; ".join(problem.message for problem in problems))
        self.problems = problems


class Expressions:
    """What pages may say: variables and macros, by name.

    `macros` are called without a page, to find out whether their arguments make sense.
    """

    def __init__(self, variables: Mapping[str, object], macros: Mapping[str, Macro]) -> None:
        self.environment = PageSandbox()
        self.variables = variables
        self.macros = macros
        self._inspected = cache(self._inspect)
        self._compiled = cache(self.environment.from_string)
        self._named = cache(self._names_in)
        self._shown = cache(self._show)

    def problems(self, page: Page) -> Iterator[Problem]:
        """Yield every mistake in the body of a page, with its place in the file."""
        for problem in self.mistakes(page.body):
            yield Problem(problem.line + page.body_line - 1, problem.message, problem.column)

    def mistakes(self, text: str) -> list[Problem]:
        """Return every mistake in a text. Texts that hold only `{{ … }}` are judged piece by piece."""
        pieces = _pieces(text)
        if pieces is None:
            return self._mistakes_of_whole(text)
        found = []
        for piece in pieces:
            for problem in self._inspected(piece.group()):
                if problem.message.startswith(_SYNTAX):
                    return list(self._inspected(text))
                found.append(_moved(problem, text, piece.start()))
        return found

    def _mistakes_of_whole(self, text: str) -> list[Problem]:
        """Inspect a text as one; an expression that never ends is placed where it begins."""
        found = list(self._inspected(text))
        unclosed = _UNCLOSED.search(text) if found and found[0].message.startswith(_SYNTAX) else None
        if unclosed is None or "{%" in text:
            return found
        return [_moved(Problem(1, f"{_SYNTAX}it never ends; close it with `}}}}`"), text, unclosed.start())]

    def render(self, text: str, macros: Mapping[str, Macro] | None = None) -> str:
        """Render a text, with `macros` that know their page where there is one.

        Raises:
            ExpressionError: with every mistake that can be seen, when it cannot be rendered.

        """
        names = {**self.variables, **(self.macros if macros is None else macros)}
        pieces = _pieces(text)
        try:
            if pieces is not None:
                return self._render_pieces(text, pieces, names)
        except _RUNTIME_ERRORS:
            pass  # Rendered as a whole, the text tells the line.
        try:
            return self.environment.from_string(text).render(names)
        except TemplateSyntaxError:
            raise ExpressionError(self.mistakes(text)) from None
        except _RUNTIME_ERRORS as error:
            raise ExpressionError(
                self.mistakes(text) or [Problem(_line_of(error), _explain(error))]
            ) from error

    def called_macros(self, text: str) -> frozenset[str]:
        """Return the names of the macros that a text may call."""
        return frozenset().union(*(self._named(part) for part in _parts(text))) & self.macros.keys()

    def shown(self, text: str) -> tuple[str, ...]:
        """Return what each expression of a text becomes, for comparison with another state of it.

        What a macro says of the page it stands on is left out, and so is what cannot be rendered.
        """
        return tuple(self._shown(part) for part in _parts(text))

    def _names_in(self, text: str) -> frozenset[str]:
        try:
            return frozenset(self.environment.free_names(self.environment.parse(text)))
        except (TemplateError, RecursionError):
            return frozenset()

    def _show(self, text: str) -> str:
        try:
            return self._compiled(text).render({**self.variables, **self.macros})
        except _RUNTIME_ERRORS:
            return ""

    def _render_pieces(self, text: str, pieces: list[re.Match[str]], names: Mapping[str, object]) -> str:
        """Render each `{{ … }}` by itself: many pages share them, and a page compiles for a millisecond."""
        rendered, end = [], 0
        for piece in pieces:
            rendered += [text[end : piece.start()], self._compiled(piece.group()).render(names)]
            end = piece.end()
        return "".join([*rendered, text[end:]])

    def _inspect(self, text: str) -> tuple[Problem, ...]:
        try:
            tree = self.environment.parse(text)
            unknown_filters = tuple(self._unknown_filters(tree, text))
            free = set() if unknown_filters else self.environment.free_names(tree)
        except TemplateSyntaxError as error:
            return (Problem(error.lineno, f"{_SYNTAX}{_plain(error.message or '')}"),)
        except RecursionError:
            return (Problem(1, f"{_SYNTAX}it is nested too deep"),)
        if unknown_filters:
            return unknown_filters
        found = [
            *self._unknown_names(tree, free, text),
            *self._unknown_attributes(tree, free, text),
            *self._failing_calls(tree, free, text),
        ]
        if not found:
            return self._failures(text)
        return tuple(sorted(found, key=lambda problem: (problem.line, problem.column)))

    def _failures(self, text: str) -> tuple[Problem, ...]:
        """Render a text in which nothing is missing, for what only rendering finds."""
        try:
            self.environment.from_string(text).render({**self.variables, **self.macros})
        except NeedsPage:
            return ()
        except _RUNTIME_ERRORS as error:
            return (Problem(_line_of(error), _explain(error)),)
        return ()

    def _unknown_filters(self, tree: nodes.Template, text: str) -> Iterator[Problem]:
        for node in tree.find_all(nodes.Filter):
            if node.name not in self.environment.filters:
                mend = did_you_mean(node.name, self.environment.filters)
                yield _at(node, node.name, text, f"there is no filter '{node.name}'; {mend}")
        for test in tree.find_all(nodes.Test):
            if test.name not in self.environment.tests:
                yield _at(
                    test,
                    test.name,
                    text,
                    f"there is no test '{test.name}'; {did_you_mean(test.name, self.environment.tests)}",
                )

    def _unknown_names(self, tree: nodes.Template, free: set[str], text: str) -> Iterator[Problem]:
        known = {*self.variables, *self.macros}
        for node in tree.find_all(nodes.Name):
            if node.ctx == "load" and node.name in free and node.name not in known:
                yield _at(
                    node,
                    node.name,
                    text,
                    f"'{node.name}' does not exist; {did_you_mean(node.name, known)}",
                )

    def _unknown_attributes(self, tree: nodes.Template, free: set[str], text: str) -> Iterator[Problem]:
        for node in tree.find_all(nodes.Getattr):
            owner = self._resolve(node.node, free)
            if owner is _UNRESOLVED or self._resolve(node, free) is not _UNRESOLVED:
                continue
            choices = [name for name in getattr(owner, "__dict__", {}) if not name.startswith("_")]
            mend = did_you_mean(node.attr, choices) if choices else "take it out"
            yield _at(node, node.attr, text, f"'{_dotted(node.node)}' has no '{node.attr}'; {mend}")

    def _resolve(self, node: nodes.Node, free: set[str]) -> object:
        """Follow a dotted name to its value, where that can be known without rendering."""
        if isinstance(node, nodes.Name) and node.name in free:
            return self.variables.get(node.name, _UNRESOLVED)
        if isinstance(node, nodes.Getattr):
            owner = self._resolve(node.node, free)
            if owner is _UNRESOLVED:
                return _UNRESOLVED
            value = self.environment.getattr(owner, node.attr)
            return _UNRESOLVED if isinstance(value, Undefined) else value
        return _UNRESOLVED

    def _failing_calls(self, tree: nodes.Template, free: set[str], text: str) -> Iterator[Problem]:
        for node in tree.find_all(nodes.Call):
            if not isinstance(node.node, nodes.Name) or node.node.name not in free & self.macros.keys():
                continue
            name = node.node.name
            try:
                message = self._try_call(name, node)
            except nodes.Impossible:
                continue
            if message:
                yield _at(node, name, text, message)

    def _try_call(self, name: str, node: nodes.Call) -> str | None:
        """Call a macro with the arguments that stand in the text; return what it complains of."""
        positional = [argument.as_const() for argument in node.args]
        named = {pair.key: pair.value.as_const() for pair in node.kwargs}
        if node.dyn_args or node.dyn_kwargs:
            return None
        macro = self.macros[name]
        try:
            inspect.signature(macro).bind(*positional, **named)
        except TypeError as error:
            return f"{name}() does not take this: {error}; see the page that lists the macros"
        try:
            macro(*positional, **named)
        except NeedsPage:
            return None
        except MacroError as error:
            return str(error)
        return None


def _pieces(text: str) -> list[re.Match[str]] | None:
    """Return every `{{ … }}` of a text, or None where the text has to be read as a whole."""
    marks = _MARK.findall(text)
    # Behind the last `}}` nothing closes, and looking for it from each `{{` would take minutes.
    pieces = list(_SNIPPET.finditer(text, 0, text.rfind("}}") + 2)) if marks else []
    simple = marks.count("{{") == len(marks) == len(pieces)
    return pieces if simple and not any(_TRIMS.search(piece.group()) for piece in pieces) else None


def _parts(text: str) -> list[str]:
    """Return the expressions of a text, or all of it where it has to be read as a whole."""
    pieces = _pieces(text)
    return [text] if pieces is None else [piece.group() for piece in pieces]


_SYNTAX: Final = "the expression cannot be read: "


def _at(node: nodes.Node, name: str, text: str, message: str) -> Problem:
    """Location a problem on a node's line, and on the column where its name stands there."""
    lines = text.split("\n")
    found = (
        re.search(rf"\b{re.escape(name)}\b", lines[node.lineno - 1]) if node.lineno <= len(lines) else None
    )
    return Problem(node.lineno, one_line(message), found.start() + 1 if found else 1)


def _moved(problem: Problem, text: str, start: int) -> Problem:
    """Move a problem in a piece of a text to its place in the text."""
    line = text.count("\n", 0, start)
    column = start - (text.rfind("\n", 0, start) + 1) if problem.line == 1 else 0
    return Problem(problem.line + line, problem.message, problem.column + column)


def _dotted(node: nodes.Node) -> str:
    if isinstance(node, nodes.Getattr):
        return f"{_dotted(node.node)}.{node.attr}"
    return node.name if isinstance(node, nodes.Name) else "it"


def _plain(message: str) -> str:
    """Put Jinja's words into plain ones where they mislead."""
    if "unexpected 'end of template'" in message or "unexpected end of template" in message.casefold():
        return "it never ends; close it with `}}` or `%}`"
    if message.startswith("unexpected char "):
        return f"{one_line(message.partition(' at ')[0]).replace('char', 'character')}; check the quotes"
    return one_line(message.rstrip("."))


def _explain(error: BaseException) -> str:
    if isinstance(error, MacroError):
        return one_line(str(error))
    return one_line(f"the expression fails: {error}")


def _line_of(error: BaseException) -> int:
    """Return the line of the template on which an error arose."""
    line, frame = 1, error.__traceback__
    while frame:
        if frame.tb_frame.f_code.co_filename == "<template>":
            line = frame.tb_lineno
        frame = frame.tb_next
    return line
