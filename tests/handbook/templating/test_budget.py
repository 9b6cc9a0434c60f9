"""What the expressions of a page may do is counted, by the check and by the build alike."""

import pytest

from handbook.templating.budget import MOST_CALLS, MOST_STEPS, MOST_WORDS
from handbook.templating.expressions import ExpressionError, Expressions
from handbook.templating.macro import NeedsPage
from tests.promises import sample

LONG = "a text that a register holds " * 1_000


def _of_its_page() -> str:
    raise NeedsPage("")


@pytest.fixture
def expressions() -> Expressions:
    macros = {"long": lambda: LONG, "short": lambda: "short", "own": _of_its_page}
    return Expressions({"names": ("a", "b", "c")}, macros)


EXCESSIVE = {
    "a loop over a long text": '{% for a in "' + "x" * 2_000 + '" %}' + "y" * 1_000 + "{% endfor %}",
    "a loop over what a macro shows": "{% for a in long() %}{% if a == 'x' %}y{% endif %}{% endfor %}" * 10,
    "a condition in a loop": '{% for a in "' + "x" * 2_000 + '" if "' + "y" * 1_000 + '" %}{% endfor %}',
    "many loops": "{% for a in long() %}a{% endfor %}" * 10,
    "a macro that is shown again": "{{ long() }}" * (MOST_STEPS // len(LONG) + 2),
    "a macro that is shown again in a loop": '{% for a in "' + "x" * 100 + '" %}{{ long() }}{% endfor %}',
    "a macro that is called in a condition": '{% for a in "' + "x" * 100 + '" if long() %}{% endfor %}',
    "many calls": "{{ short() }} " * (MOST_CALLS + 1),
    "a long text that is printed again": '{% for a in ["'
    + "x" * 9_000
    + '"] %}'
    + "{{ a }}" * 150
    + "{% endfor %}",
    "a sum of long texts": '{% for a in ["' + "x" * 9_000 + '"] %}{{ a' + "+a" * 120 + "}}{% endfor %}",
    "a long text that is sorted again": '{% for a in ["'
    + "x" * 9_000
    + '"] %}'
    + "{% if a | sort %}{% endif %}" * 20
    + "{% endfor %}",
    "a long text in other letters": '{% for a in ["'
    + "x" * 9_000
    + '"] %}'
    + "{% if a.upper() %}{% endif %}" * 120
    + "{% endfor %}",
    "a long number": "{{ 1" + " * 99999999999999999999" * 80 + " }}",
    "many expressions": "".join(f"{{{{ {number} }}}}" for number in range(MOST_WORDS)),
    "many equal expressions": "{{ 1 }}" * (MOST_WORDS + 1),
    "a long list": "{{ [" + "1," * MOST_WORDS + "] | length }}",
    "brackets from a loop": '{% for a in "' + "x" * 2_500 + '" %}{{ "\\x5b" }}{% endfor %}',
    "brackets from escapes": '{{ "' + "\\x5b" * 2_500 + '" }}',
    "brackets between marks": '\x02{% for a in "' + "x" * 2_500 + '" %}{{ "\\x5b" }}{% endfor %}\x03',
    "a loop behind what describes the page": '{{ own() }}{% for a in "'
    + "x" * 2_000
    + '" %}'
    + "y" * 1_000
    + "{% endfor %}",
    "parentheses": "{{ " + "(" * 10_000 + "1" + ")" * 10_000 + " }}",
    "brackets in an expression": "{{ " + "[" * 3_000 + "]" * 3_000 + " }}",
    "conditions in conditions": "{% if 1 %}" * 300 + "{% endif %}" * 300,
}
ORDINARY = {
    "a long macro": "{{ long() }}",
    "a long macro on two pages of text": "{{ long() }}\n\n" + "Text. " * 2_000 + "{{ long() }}",
    "a macro for each name": "{% for name in names %}- {{ name | upper }}: {{ short() }}\n{% endfor %}" * 50,
    "many expressions": "{{ names | join(', ') }} {{ short() }}\n" * 500,
    "a sum": "{{ 'a' + 'b' }} {{ 2 * 3 }} {{ ([1] + [2]) | length }}",
    "what describes the page": "{{ own() }}\n{% if own() == 'x' %}{{ own()[0] }}{% endif %}",
    "text in control characters": "\x02{{ short() }}\x03",
}


@pytest.mark.parametrize("kind", EXCESSIVE)
def test_what_is_too_much_is_a_mistake_and_stops_the_build(kind: str, expressions: Expressions) -> None:
    text = f"# A page\n\n{EXCESSIVE[kind]}\n"
    (problem,) = expressions.problems_in(text)
    assert problem.line == 3
    with pytest.raises(ExpressionError) as raised:
        expressions.render(text, {**expressions.macros, "own": lambda: "Own."})
    assert raised.value.problems == [problem]


@pytest.mark.parametrize("kind", ORDINARY)
def test_what_people_write_is_not(kind: str, expressions: Expressions) -> None:
    assert expressions.problems_in(ORDINARY[kind]) == []
    assert expressions.render(ORDINARY[kind], {**expressions.macros, "own": lambda: "Own."})


def test_what_a_macro_shows_is_not_judged_as_the_text_of_the_page() -> None:
    flood = Expressions({}, {"table": lambda: "[" * 9_000})
    assert flood.problems_in("{{ table() }}") == []
    assert flood.render("{{ table() }}") == "[" * 9_000
    assert flood.problems_in("{{ table() | upper }}") != []


def test_marks_are_not_shown(expressions: Expressions) -> None:
    assert expressions.render("a {{ short() }} \x02\x03{{ '\\x02' }}") == "a short "
    assert expressions.shown("a {{ short() }}") == ("short",)


def test_a_text_that_is_too_long_shows_nothing_and_calls_nothing(expressions: Expressions) -> None:
    text = "{{ short() }}" * MOST_WORDS
    assert expressions.shown(text) == expressions.reviewed(text) == ()
    assert expressions.called_macros(text) == frozenset()


def test_a_loop_knows_how_long_it_is() -> None:
    text = "{% for a in [3, 1] | unique | sort %}{{ loop.index }}/{{ loop.length }}:{{ a }} {% endfor %}"
    assert sample().expressions["en"].render(text) == "1/2:1 2/2:3 "


def test_a_mistake_in_a_loop_is_told_as_before(expressions: Expressions) -> None:
    (problem,) = expressions.problems_in("Text.\n{% for a in 5 %}{% endfor %}")
    assert (problem.line, "a list is needed" in problem.message) == (2, True)
