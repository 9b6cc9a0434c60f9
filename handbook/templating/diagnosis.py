"""Finds and explains every mistake in a page's `{{ … }}` and `{% … %}`."""

import inspect
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from itertools import chain, islice
from typing import Final

from jinja2 import TemplateSyntaxError, Undefined, nodes

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
from handbook.templating.compiled_texts import PAGES, compiled, parsed
from handbook.templating.constructs import Construct, construct_at, constructs, loop_names, unbalanced
from handbook.templating.failures import RENDERING_ERRORS, failure
from handbook.templating.macro import Macro, MacroError, NeedsPage
from handbook.templating.meant_expressions import meant_expression
from handbook.templating.meant_names import STATEMENTS, HyphenatedNames, meant_statement, value_meant
from handbook.templating.plain_words import plain_arguments, plain_syntax
from handbook.templating.problem_locations import locate_first_expression, locate_name, locate_snippet
from handbook.templating.sandbox import is_printable
from handbook.templating.snippets import snippets
from handbook.text.quoting import one_line
from handbook.text.suggestions import did_you_mean, nearest

_SYNTAX: Final = "the expression cannot be read: "
_CLOSING: Final = {"{{": "}}", "{%": "%}", "{#": "#}"}
# The anchor of a heading, as other generators write it.
_ANCHOR: Final = re.compile(r"\{#([\w-]{1,200})\}")
# A page that was written for another program has hundreds of mistakes of one kind.
_MOST_PROBLEMS: Final = 100
_LONGEST_QUOTE: Final = 60
_TOO_LONG: Final = "this page has too many expressions, or they are too long; split the page"
_MANY_BRACES: Final = "two braces begin it, and two end it; remove the others"
_UNRESOLVED: Final = object()
_EXAMPLE: Final = re.compile(r"^ *Example: \{\{ *(.+?) *\}\}", re.MULTILINE)
_LISTED: Final = "docs/contributing/macros.md lists the names that do"


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

    def __init__(self, variables: Mapping[str, object], macros: Mapping[str, Macro]) -> None:
        self._variables = variables
        self._macros = macros
        self._known = variables.keys() | macros.keys()
        self._inspected = cache(self._inspect)
        self._words = cache(PAGES.words)

    def problems_in(self, text: str) -> list[Problem]:
        """Return the mistakes in a text, up to a limit.

        Texts that hold only `{{ … }}` are inspected snippet by snippet.
        """
        if too_long := self.too_long(text):
            return [too_long]
        anchors = list(_anchors(text)) if "{#" in text else []
        if anchors:
            return anchors
        matches = snippets(text)
        if matches is None:
            return self._problems_of_whole(text)
        problems: list[Problem] = []
        shown = _Shown(text)
        for match in matches:
            if len(problems) >= _MOST_PROBLEMS:
                return problems
            inspection = self._inspected(match.group())
            for problem in inspection.problems:
                if problem.message.startswith(_SYNTAX):
                    return self._problems_of_whole(text)
                problems.append(locate_snippet(problem, text, match.start()))
            if refusal := shown.add(match, inspection):
                return [*problems, locate_snippet(refusal, text, match.start())]
        return problems or costly(text, shown.whole)

    def too_long(self, text: str) -> Problem | None:
        """Return the mistake that the expressions of a text are too many to be read."""
        words, seen, matches = 0, set(), snippets(text)
        if matches is None and self._words(text) > MOST_WORDS:
            return locate_first_expression(text, f"{_SYNTAX}{_TOO_LONG}")
        for match in matches or ():
            words += 1 if match.group() in seen else self._words(match.group())
            seen.add(match.group())
            if words > MOST_WORDS:
                return locate_snippet(Problem(1, f"{_SYNTAX}{_TOO_LONG}"), text, match.start())
        return None

    def _problems_of_whole(self, text: str) -> list[Problem]:
        """Inspect a text as one; if it cannot be read, find every part that cannot."""
        inspection = self._inspected(text)
        problems = list(inspection.problems) or costly(text, inspection.shown)
        if not problems or not problems[0].message.startswith(_SYNTAX):
            return problems
        names = loop_names(text)
        parts = (
            locate_snippet(problem, text, construct.start)
            for construct in constructs(text)
            for problem in self._problems_of_part(construct, names)
        )
        return list(islice(parts, _MOST_PROBLEMS)) or list(_unbalanced(text)) or problems

    def _problems_of_part(self, part: Construct, loop_names: frozenset[str]) -> Iterator[Problem]:
        """Yield why a part of a text that cannot be read as a whole is wrong by itself."""
        if not part.is_closed and part.name == "raw":
            yield Problem(1, f"{_SYNTAX}`raw` never ends; add `{{% endraw %}}` below the text")
        elif not part.is_closed:
            reason = f"{_SYNTAX}`{part.mark}` never ends; close it with `{_CLOSING[part.mark]}`"
            yield Problem(1, f"{reason}, or {_as_text(part.text)}")
        elif part.mark == "{%" and (meant := self._meant_statement(part.text)):
            yield Problem(1, one_line(f"{_SYNTAX}write `{meant}`; {_if_text(part.text)}"))
        elif part.mark == "{%" and part.name not in STATEMENTS:
            name = f"'{part.name}'" if part.name else one_line(part.text[:20])
            yield Problem(1, f"the statement {name} cannot be used in a page; {_if_text(part.text)}")
        elif part.mark == "{{":
            for problem in self._inspected(part.text).problems:
                if not any(f"'{name}'" in problem.message for name in loop_names):
                    yield problem

    def _inspect(self, text: str) -> Inspection:
        try:
            tree = parsed(text)
            unknown_filters = tuple(self._unknown_filters(tree, text))
            free = set() if unknown_filters else PAGES.free_names(tree)
            tree, free = self._with_hyphens(tree, free, text)
        except TemplateSyntaxError as error:
            reason = self._syntax_reason(text, error.message or "")
            part = text if "{" not in text.lstrip("{") else ""
            return Inspection((Problem(error.lineno, f"{_SYNTAX}{reason}; {_if_text(part)}"),))
        except RecursionError:
            return Inspection((locate_first_expression(text, f"{_SYNTAX}it is nested too deep"),))
        if unknown_filters:
            return Inspection(unknown_filters)
        all_problems = chain(
            self._unknown_names(tree, free, text),
            self._printed_by_mistake(tree, free, text),
            self._unknown_attributes(tree, free, text),
            self._failing_calls(tree, free, text),
        )
        problems = list(islice(all_problems, _MOST_PROBLEMS))
        if not problems:
            return self._rendered(text)
        return Inspection(tuple(sorted(problems, key=lambda problem: (problem.line, problem.column))))

    def _syntax_reason(self, text: str, message: str) -> str:
        """Return why an expression cannot be read, or what to write if that is known."""
        if text.startswith("{{{"):
            return _MANY_BRACES
        reason = plain_syntax(message)
        meant = meant_expression(text, self._macros) if text.startswith("{{") else None
        if meant is None:
            return reason
        return one_line(f"{'the quotes are curly; ' if 'curly' in reason else ''}write `{meant}`")

    def _meant_statement(self, written: str) -> str | None:
        """Return what to write instead of a statement of another program, or of a macro between its marks."""
        meant = meant_statement(written, self._known) or written
        meant = meant_expression(meant, self._macros) or meant
        return None if meant == written else meant

    def _with_hyphens(
        self, tree: nodes.Template, free: set[str], text: str
    ) -> tuple[nodes.Template, set[str]]:
        """Return a tree and its names with those that are written with hyphens."""
        unknown = free - self._known
        if not unknown or tree.find(nodes.Sub) is None:
            return tree, free
        hyphenated = HyphenatedNames(text, unknown)
        # The tree is that of every text with these words, so another one is changed.
        return hyphenated.visit(PAGES.parse(text)), free | hyphenated.names

    def _rendered(self, text: str) -> Inspection:
        """Render a text in which nothing is missing, to find what only rendering shows.

        What fails without a page may not fail on one, unless it is too much in any case.
        """
        meter = Meter(without_page=True)
        names = metered({**self._variables, **self._macros}, meter)
        try:
            shown = compiled(text).render(names)
        except TemplateSyntaxError as error:
            return Inspection((locate_first_expression(text, failure(error).message),))
        except RENDERING_ERRORS as error:
            is_certain = isinstance(error, BudgetError) or not meter.lacked_page
            return Inspection((failure(error),)) if is_certain else Inspection()
        return Inspection(usage=meter.usage, shown=shown)

    def _unknown_filters(self, tree: nodes.Template, text: str) -> Iterator[Problem]:
        known = PAGES.filters
        for node in tree.find_all(nodes.Filter):
            if node.name not in known:
                advice = did_you_mean(node.name, known)
                yield _unknown(node, node.name, text, f"there is no filter '{node.name}'; {advice}")
        tests = PAGES.tests
        for test in tree.find_all(nodes.Test):
            if test.name not in tests:
                advice = did_you_mean(test.name, tests)
                yield _unknown(test, test.name, text, f"there is no test '{test.name}'; {advice}")

    def _unknown_names(self, tree: nodes.Template, free: set[str], text: str) -> Iterator[Problem]:
        known = self._known
        calls = list(tree.find_all(nodes.Call))
        called = {id(call.node) for call in calls}
        arguments = {id(argument) for call in calls for argument in call.args}
        owners = {id(part.node) for part in tree.find_all(nodes.Getattr)}
        for node in tree.find_all(nodes.Name):
            if node.ctx == "load" and node.name in free and node.name not in known:
                meant = nearest(node.name, self._macros if id(node) in called else known)
                if meant in self._variables and not {id(node)} & (owners | called):
                    meant = value_meant(node.name, self._variables) or meant
                if meant in self._macros and id(node) not in called:
                    meant = f"{meant}()"
                advice = f"did you mean '{meant}'?" if meant else _LISTED
                if id(node) in arguments and not meant:
                    advice = f'if it is a text, put it in quotes: `"{node.name}"`'
                yield _unknown(node, node.name, text, f"'{node.name}' does not exist; {advice}")

    def _printed_by_mistake(self, tree: nodes.Template, free: set[str], text: str) -> Iterator[Problem]:
        """Find macros without their parentheses, and numbers, whose braces would disappear."""
        printed = (node for output in tree.find_all(nodes.Output) for node in output.nodes)
        with_attributes = (part.node for part in tree.find_all(nodes.Getattr))
        with_brackets = (part.node for part in tree.find_all(nodes.Getitem))
        for node in chain(printed, with_attributes, with_brackets):
            if isinstance(node, nodes.Name) and node.name in free & self._macros.keys():
                message = f"'{node.name}' is a macro; write for example `{self._example(node.name)}`"
                yield _unknown(node, node.name, text, message)
            elif isinstance(node, nodes.Const) and not isinstance(node.value, str):
                name = str(node.value)
                yield _unknown(node, name, text, f"this prints {name} without its braces")

    def _example(self, name: str) -> str:
        """Return how a macro is called, from the help for its authors."""
        example = _EXAMPLE.search(self._macros[name].__doc__ or "")
        return example[1] if example else f"{name}()"

    def _unknown_attributes(self, tree: nodes.Template, free: set[str], text: str) -> Iterator[Problem]:
        printed = {id(node) for output in tree.find_all(nodes.Output) for node in output.nodes}
        for node in tree.find_all(nodes.Getattr):
            owner = self._resolve(node.node, free)
            if owner is _UNRESOLVED or self._resolve(node, free) is not _UNRESOLVED:
                continue
            choices = [name for name in getattr(owner, "__dict__", {}) if not name.startswith("_")]
            if id(node) in printed:
                choices = [name for name in choices if is_printable(getattr(owner, name))]
            advice = did_you_mean(node.attr, choices) if choices else "remove it"
            yield locate_name(node, node.attr, text, f"'{_dotted(node.node)}' has no '{node.attr}'; {advice}")

    def _resolve(self, node: nodes.Node, free: set[str]) -> object:
        """Follow a dotted name to its value, as far as that can be known without rendering."""
        if isinstance(node, nodes.Name) and node.name in free:
            return self._variables.get(node.name, _UNRESOLVED)
        if isinstance(node, nodes.Getattr):
            owner = self._resolve(node.node, free)
            if owner is _UNRESOLVED:
                return _UNRESOLVED
            value = PAGES.getattr(owner, node.attr)
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
                yield locate_name(node, name, text, message)

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
            reason = plain_arguments(macro, error)
            advice = "" if reason.endswith("?") else f"; write for example `{self._example(name)}`"
            return f"{name}() does not take this: {reason}{advice}"
        try:
            macro(*positional, **named)
        except NeedsPage:
            return None
        except MacroError as error:
            return str(error)
        except RENDERING_ERRORS as error:
            return failure(error).message
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
    return [locate_first_expression(text, message) for message in costly_results(text, shown)]


def _unbalanced(text: str) -> Iterator[Problem]:
    if problem := unbalanced(text):
        statement, advice = problem
        # This one cannot be written as text, because it would end the raw part.
        as_text = "" if statement.name == "endraw" else f"; {_if_text(statement.text)}"
        message = f"{_SYNTAX}{advice}{as_text}"
        yield locate_snippet(Problem(1, message), text, statement.start)


def _unknown(node: nodes.Node, name: str, text: str, message: str) -> Problem:
    """Locate a name that does not exist; if no other is proposed, the braces may be meant as text."""
    problem = locate_name(node, name, text, message)
    if message.endswith("?"):
        return problem
    part = construct_at(text, problem.line, problem.column)
    return Problem(problem.line, f"{problem.message}; {_if_text(part)}", problem.column)


def _if_text(text: str) -> str:
    """Return what to do if braces are meant to be read as braces."""
    return f"if the braces are meant as text, {_as_text(text)}"


def _as_text(text: str) -> str:
    if text and len(text) <= _LONGEST_QUOTE and text.isprintable():
        return f"write `{{% raw %}}{text}{{% endraw %}}`"
    return "put `{% raw %}` before and `{% endraw %}` after them"


def _anchors(text: str) -> Iterator[Problem]:
    """Find anchors in the form `{#name}`, which begin a comment here and hide the text below them."""
    for part in islice((part for part in constructs(text) if part.mark == "{#"), _MOST_PROBLEMS):
        if anchor := _ANCHOR.match(part.text):
            message = f"`{anchor[0]}` begins a comment, which hides what follows; write `{{ #{anchor[1]} }}`"
            yield locate_snippet(Problem(1, message), text, part.start)


def _dotted(node: nodes.Node) -> str:
    if isinstance(node, nodes.Getattr):
        return f"{_dotted(node.node)}.{node.attr}"
    return node.name if isinstance(node, nodes.Name) else "it"
