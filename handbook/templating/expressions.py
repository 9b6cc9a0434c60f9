"""Renders the `{{ … }}` and `{% … %}` of pages, and says what is wrong with them."""

import re
from collections.abc import Iterator, Mapping
from functools import cache

from jinja2 import TemplateError, TemplateSyntaxError

from handbook.content.pages import Page
from handbook.errors import HandbookError
from handbook.findings import Problem
from handbook.templating.budget import Meter, metered, unmarked
from handbook.templating.compiled_texts import PAGES, compiled, parsed
from handbook.templating.diagnosis import Diagnosis, costly
from handbook.templating.failures import RENDERING_ERRORS, failure
from handbook.templating.macro import Macro
from handbook.templating.snippets import parts, snippets


class ExpressionError(HandbookError):
    """A text cannot be rendered. `problems` count lines from the first line of the text."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("; ".join(problem.message for problem in problems))
        self.problems = problems


class Expressions:
    """What the pages of one language may say: variables and macros, by name.

    `reviewed` has the same names, but shows what a review answers for: each macro returns the data of
    the registers that it shows, and a fact that can change without changing a rule is its own name.
    """

    def __init__(
        self,
        variables: Mapping[str, object],
        macros: Mapping[str, Macro],
        reviewed: Mapping[str, object] | None = None,
    ) -> None:
        self.variables = variables
        self.macros = macros
        self._reviewed_names = reviewed or {**variables, **macros}
        self._silent_names = {**variables, **{name: _silent(self._reviewed_names[name]) for name in macros}}
        self._diagnosis = Diagnosis(variables, macros)
        self._compiled = cache(compiled)
        self._named = cache(self._names_in)
        self._shown = cache(self._show)
        self._reviewed = cache(self._show_reviewed)
        self._shown_quietly = cache(self._show_quietly)
        self.value_of = cache(self._value_of)

    def problems(self, page: Page) -> Iterator[Problem]:
        """Yield every mistake in the body of a page, located in its file."""
        for problem in self.problems_in(page.body):
            yield Problem(problem.line + page.body_line - 1, problem.message, problem.column)

    def problems_in(self, text: str) -> list[Problem]:
        """Return every mistake in a text; lines count from its first."""
        return self._diagnosis.problems_in(text)

    def render(self, text: str, macros: Mapping[str, Macro] | None = None) -> str:
        """Render a text, with the `macros` of its page if it has one.

        Raises:
            ExpressionError: with every mistake that can be seen, if the text cannot be rendered.

        """
        if too_long := self._diagnosis.too_long(text):
            raise ExpressionError([too_long])
        shown = self._shown_with_marks(
            text, {**self.variables, **(self.macros if macros is None else macros)}
        )
        if problems := costly(text, shown):
            raise ExpressionError(problems)
        return unmarked(shown)

    def _shown_with_marks(self, text: str, names: Mapping[str, object]) -> str:
        matches = snippets(text)
        try:
            if matches is not None:
                return self._render_snippets(text, matches, metered(names, Meter()))
        except RENDERING_ERRORS:
            pass  # Only the text rendered as a whole reveals the line.
        try:
            return compiled(text).render(metered(names, Meter()))
        except TemplateSyntaxError:
            raise ExpressionError(self.problems_in(text)) from None
        except RENDERING_ERRORS as error:
            raise ExpressionError(self.problems_in(text) or [failure(error)]) from error

    def called_macros(self, text: str) -> frozenset[str]:
        """Return the names of the macros that a text may call."""
        return frozenset().union(*map(self._named, self._parts(text))) & self.macros.keys()

    def shown(self, text: str) -> tuple[str, ...]:
        """Return what each expression of a text becomes, for comparison with another state of it.

        An expression that needs its page, or cannot be rendered, becomes an empty text.
        """
        return tuple(map(self._shown, self._parts(text)))

    def on_no_page(self, text: str) -> str | None:
        """Return a text as its readers get it, but without what a macro shows about its own page.

        A text that cannot be rendered is None.
        """
        if self._diagnosis.too_long(text):
            return None
        matches = snippets(text)
        if matches is None:
            return self._shown_quietly(text)
        parts, end = [], 0
        for match in matches:
            parts += [text[end : match.start()], self._shown_quietly(match.group()) or ""]
            end = match.end()
        return "".join([*parts, text[end:]])

    def own_text(self, text: str) -> str:
        """Return what a text says itself: with its variables and texts, and without what macros show.

        A text that cannot be rendered is returned as it is; its mistakes are reported anyway.
        """
        if self._diagnosis.too_long(text):
            return text
        matches, names = snippets(text), metered(self._silent_names, Meter(without_page=True))
        try:
            if matches is not None:
                return unmarked(self._render_snippets(text, matches, names))
            return unmarked(compiled(text).render(names))
        except (TemplateError, *RENDERING_ERRORS):
            return text

    def _value_of(self, expression: str) -> str | None:
        """Return what a `{{ … }}` without macros shows, and None for any other."""
        if self.called_macros(expression):
            return None
        shown = self._shown_quietly(expression)
        return shown or None

    def offset_of_shown(self, text: str, shown: str) -> int | None:
        """Return where the first expression begins that shows something, or None if none is known to."""
        matches = [] if self._diagnosis.too_long(text) else snippets(text) or []
        offsets = (match.start() for match in matches if shown in (self._shown_quietly(match.group()) or ""))
        return next(offsets, None)

    def reviewed(self, text: str) -> tuple[str, ...]:
        """Return what each expression of a text shows of what a review answers for."""
        return tuple(map(self._reviewed, self._parts(text)))

    def _parts(self, text: str) -> list[str]:
        """Return the expressions of a text; none if they are too long, because nobody can publish it."""
        return [] if self._diagnosis.too_long(text) else parts(text)

    def _names_in(self, text: str) -> frozenset[str]:
        try:
            return frozenset(PAGES.free_names(parsed(text)))
        except (TemplateError, RecursionError):
            return frozenset()

    def _show(self, text: str) -> str:
        return self._rendered_or_empty(text, {**self.variables, **self.macros})

    def _show_reviewed(self, text: str) -> str:
        return self._rendered_or_empty(text, self._reviewed_names)

    def _rendered_or_empty(self, text: str, names: Mapping[str, object]) -> str:
        try:
            return unmarked(self._compiled(text).render(metered(names, Meter())))
        except RENDERING_ERRORS:
            return ""

    def _show_quietly(self, text: str) -> str | None:
        try:
            meter = Meter(without_page=True)
            return unmarked(self._compiled(text).render(metered({**self.variables, **self.macros}, meter)))
        except RENDERING_ERRORS:
            return None

    def _render_snippets(self, text: str, matches: list[re.Match[str]], names: Mapping[str, object]) -> str:
        """Compile each `{{ … }}` once: many pages share them, and compiling takes a millisecond."""
        rendered, end = [], 0
        for match in matches:
            rendered += [unmarked(text[end : match.start()]), self._compiled(match.group()).render(names)]
            end = match.end()
        return "".join([*rendered, unmarked(text[end:])])


def _silent(macro: object) -> Macro:
    """Return a macro that shows nothing; one that answers a condition still does."""

    def silent(*positional: object, **named: object) -> object:
        answer = macro(*positional, **named) if callable(macro) else ""
        return answer if isinstance(answer, bool) else ""

    return silent
