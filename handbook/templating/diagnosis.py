"""Finds and explains every mistake in a page's `{{ … }}` and `{% … %}`."""

import inspect
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Final

from jinja2 import TemplateError, TemplateSyntaxError, Undefined, nodes

from handbook.errors import HandbookError
from handbook.findings import Problem
from handbook.templating.budget import (
    MOST_WORDS,
    BudgetError,
    Meter,
    Usage,
    costly_results,
    metered,
    unmarked,
)
from handbook.templating.macro import Macro, MacroError, NeedsPage
from handbook.templating.sandbox import PageSandbox
from handbook.templating.snippets import snippets
from handbook.text.quoting import one_line
from handbook.text.suggestions import did_you_mean

# What rendering a page may raise, besides a MacroError.
RENDERING_ERRORS: Final = (
    TemplateError,
    HandbookError,
    ArithmeticError,
    AttributeError,
    LookupError,
    RecursionError,
    TypeError,
    ValueError,
)
_SYNTAX: Final = "the expression cannot be read: "
_UNCLOSED: Final = re.compile(r"\{\{(?:(?!\}\}).)*?(?=\{\{|\Z)", re.DOTALL)
_TOO_LONG: Final = "this page has too many expressions, or they are too long; split the page"
_UNRESOLVED: Final = object()


@dataclass(frozen=True, slots=True)
class Inspection:
    """The mistakes in a text; if there are none, what its expressions used and show."""

    problems: tuple[Problem, ...] = ()
    usage: Usage = field(default_factory=Usage)
    shown: str = ""


class Diagnosis:
    """Knows every mistake that a text can make with these variables and macros.

    `macros` are called without a page, to learn whether their arguments make sense.
    """

    def __init__(
        self, environment: PageSandbox, variables: Mapping[str, object], macros: Mapping[str, Macro]
    ) -> None:
        self._environment = environment
        self._variables = variables
        self._macros = macros
        self._inspected = cache(self._inspect)
        self._words = cache(environment.words)

    def mistakes(self, text: str) -> list[Problem]:
        """Return every mistake in a text. Texts that hold only `{{ … }}` are inspected snippet by snippet."""
        if too_long := self.too_long(text):
            return [too_long]
        matches = snippets(text)
        if matches is None:
            return self._mistakes_of_whole(text)
        problems, shown = [], _Shown(text)
        for match in matches:
            inspection = self._inspected(match.group())
            for problem in inspection.problems:
                if problem.message.startswith(_SYNTAX):
                    return list(self._inspected(text).problems)
                problems.append(_moved(problem, text, match.start()))
            if refusal := shown.add(match, inspection):
                return [*problems, _moved(refusal, text, match.start())]
        return problems or costly(text, shown.whole)

    def too_long(self, text: str) -> Problem | None:
        """Return the mistake that the expressions of a text are too many to be read."""
        words, seen, matches = 0, set(), snippets(text)
        if matches is None and self._environment.words(text) > MOST_WORDS:
            return _at_first_expression(text, f"{_SYNTAX}{_TOO_LONG}")
        for match in matches or ():
            words += 1 if match.group() in seen else self._words(match.group())
            seen.add(match.group())
            if words > MOST_WORDS:
                return _moved(Problem(1, f"{_SYNTAX}{_TOO_LONG}"), text, match.start())
        return None

    def _mistakes_of_whole(self, text: str) -> list[Problem]:
        """Inspect a text as one; an expression that never ends is located where it begins."""
        inspection = self._inspected(text)
        problems = list(inspection.problems) or costly(text, inspection.shown)
        unclosed = _UNCLOSED.search(text) if problems and problems[0].message.startswith(_SYNTAX) else None
        if unclosed is None or "{%" in text:
            return problems
        return [_moved(Problem(1, f"{_SYNTAX}it never ends; close it with `}}}}`"), text, unclosed.start())]

    def _inspect(self, text: str) -> Inspection:
        try:
            tree = self._environment.parse(text)
            unknown_filters = tuple(self._unknown_filters(tree, text))
            free = set() if unknown_filters else self._environment.free_names(tree)
        except TemplateSyntaxError as error:
            return Inspection((Problem(error.lineno, f"{_SYNTAX}{_plain(error.message or '')}"),))
        except RecursionError:
            return Inspection((_at_first_expression(text, f"{_SYNTAX}it is nested too deep"),))
        if unknown_filters:
            return Inspection(unknown_filters)
        problems = [
            *self._unknown_names(tree, free, text),
            *self._unknown_attributes(tree, free, text),
            *self._failing_calls(tree, free, text),
        ]
        if not problems:
            return self._rendered(text)
        return Inspection(tuple(sorted(problems, key=lambda problem: (problem.line, problem.column))))

    def _rendered(self, text: str) -> Inspection:
        """Render a text in which nothing is missing, to find what only rendering shows.

        What fails without a page may not fail on one, unless it is too much in any case.
        """
        meter = Meter(without_page=True)
        names = metered({**self._variables, **self._macros}, meter)
        try:
            shown = self._environment.from_string(text).render(names)
        except TemplateSyntaxError as error:
            return Inspection((_at_first_expression(text, failure(error).message),))
        except RENDERING_ERRORS as error:
            is_certain = isinstance(error, BudgetError) or not meter.lacked_page
            return Inspection((failure(error),)) if is_certain else Inspection()
        return Inspection(usage=meter.usage, shown=shown)

    def _unknown_filters(self, tree: nodes.Template, text: str) -> Iterator[Problem]:
        known = self._environment.filters
        for node in tree.find_all(nodes.Filter):
            if node.name not in known:
                yield _unknown(node, node.name, text, f"there is no filter '{node.name}'", known)
        tests = self._environment.tests
        for test in tree.find_all(nodes.Test):
            if test.name not in tests:
                yield _unknown(test, test.name, text, f"there is no test '{test.name}'", tests)

    def _unknown_names(self, tree: nodes.Template, free: set[str], text: str) -> Iterator[Problem]:
        known = {*self._variables, *self._macros}
        for node in tree.find_all(nodes.Name):
            if node.ctx == "load" and node.name in free and node.name not in known:
                yield _unknown(node, node.name, text, f"'{node.name}' does not exist", known)

    def _unknown_attributes(self, tree: nodes.Template, free: set[str], text: str) -> Iterator[Problem]:
        for node in tree.find_all(nodes.Getattr):
            owner = self._resolve(node.node, free)
            if owner is _UNRESOLVED or self._resolve(node, free) is not _UNRESOLVED:
                continue
            choices = [name for name in getattr(owner, "__dict__", {}) if not name.startswith("_")]
            advice = did_you_mean(node.attr, choices) if choices else "remove it"
            yield _at(node, node.attr, text, f"'{_dotted(node.node)}' has no '{node.attr}'; {advice}")

    def _resolve(self, node: nodes.Node, free: set[str]) -> object:
        """Follow a dotted name to its value, as far as that can be known without rendering."""
        if isinstance(node, nodes.Name) and node.name in free:
            return self._variables.get(node.name, _UNRESOLVED)
        if isinstance(node, nodes.Getattr):
            owner = self._resolve(node.node, free)
            if owner is _UNRESOLVED:
                return _UNRESOLVED
            value = self._environment.getattr(owner, node.attr)
            return _UNRESOLVED if isinstance(value, Undefined) else value
        return _UNRESOLVED

    def _failing_calls(self, tree: nodes.Template, free: set[str], text: str) -> Iterator[Problem]:
        for node in tree.find_all(nodes.Call):
            if not isinstance(node.node, nodes.Name) or node.node.name not in free & self._macros.keys():
                continue
            name = node.node.name
            try:
                message = self._try_call(name, node)
            except nodes.Impossible:
                continue
            if message:
                yield _at(node, name, text, message)

    def _try_call(self, name: str, node: nodes.Call) -> str | None:
        """Call a macro with the arguments in the text, if they are constants; return its complaint."""
        positional = [argument.as_const() for argument in node.args]
        named = {pair.key: pair.value.as_const() for pair in node.kwargs}
        if node.dyn_args or node.dyn_kwargs:
            return None
        macro = self._macros[name]
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


class _Shown:
    """What a page shows whose expressions are read one by one, and what they use all in all."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._end = 0
        self._parts: list[str] = []
        self._meter = Meter()

    def add(self, match: re.Match[str], inspection: Inspection) -> Problem | None:
        """Add an expression; return the mistake that with it, the page does too much."""
        self._parts += [unmarked(self._text[self._end : match.start()]), inspection.shown]
        self._end = match.end()
        try:
            self._meter.add(inspection.usage)
        except BudgetError as error:
            return failure(error)
        return None

    @property
    def whole(self) -> str:
        return "".join([*self._parts, unmarked(self._text[self._end :])])


def costly(text: str, shown: str) -> list[Problem]:
    """Return the mistake that Markdown cannot render what a text shows, where its first expression is."""
    return [_at_first_expression(text, message) for message in costly_results(text, shown)]


def failure(error: BaseException) -> Problem:
    """Return what went wrong while a text was rendered, on its line."""
    message = str(error) if isinstance(error, MacroError) else f"the expression fails: {error}"
    return Problem(_line_of(error), one_line(message))


def _line_of(error: BaseException) -> int:
    """Return the line of the template on which an error arose."""
    line, frame = 1, error.__traceback__
    while frame:
        if frame.tb_frame.f_code.co_filename == "<template>":
            line = frame.tb_lineno
        frame = frame.tb_next
    return line


def _unknown(node: nodes.Node, name: str, text: str, sentence: str, known: Iterable[str]) -> Problem:
    return _at(node, name, text, f"{sentence}; {did_you_mean(name, known)}")


def _at(node: nodes.Node, name: str, text: str, message: str) -> Problem:
    """Locate a problem on a node's line, and in the column of its name if the name is on that line."""
    lines = _lines(text)
    match = (
        re.search(rf"\b{re.escape(name)}\b", lines[node.lineno - 1]) if node.lineno <= len(lines) else None
    )
    return Problem(node.lineno, one_line(message), match.start() + 1 if match else 1)


@lru_cache(maxsize=1)
def _lines(text: str) -> list[str]:
    """Return the lines of a text, which may hold thousands of mistakes."""
    return text.split("\n")


def _at_first_expression(text: str, message: str) -> Problem:
    start = min((offset for mark in ("{{", "{%") if (offset := text.find(mark)) >= 0), default=0)
    return _moved(Problem(1, message), text, start)


def _moved(problem: Problem, text: str, start: int) -> Problem:
    """Locate a problem of a snippet in the text in which the snippet begins at `start`."""
    line = text.count("\n", 0, start)
    column = start - (text.rfind("\n", 0, start) + 1) if problem.line == 1 else 0
    return Problem(problem.line + line, problem.message, problem.column + column)


def _dotted(node: nodes.Node) -> str:
    if isinstance(node, nodes.Getattr):
        return f"{_dotted(node.node)}.{node.attr}"
    return node.name if isinstance(node, nodes.Name) else "it"


def _plain(message: str) -> str:
    """Replace Jinja's words by plain ones if they mislead."""
    if "unexpected 'end of template'" in message or "unexpected end of template" in message.casefold():
        return "it never ends; close it with `}}` or `%}`"
    if message.startswith("unexpected char "):
        return f"{one_line(message.partition(' at ')[0]).replace('char', 'character')}; check the quotes"
    return one_line(message.rstrip("."))
