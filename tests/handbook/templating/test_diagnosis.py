"""A mistake between braces is located, and what its message proposes works."""

import re

import pytest

from handbook.templating.expressions import Expressions

PROPOSAL = re.compile(r"`(\{% raw %\}.*?\{% endraw %\})`")
FOREIGN = [
    "{{name}}",
    "{{ first_name | upper }}",
    "{{ github.actor }}",
    "{{ secrets.TOKEN }}",
    "{{> partial }}",
    "{{#if user}}",
    "{{/if}}",
    "{{ 'greeting' | t }}",
    '{{< figure src="a.png" >}}',
    "{{% notice %}}",
    "{{}}",
    "{{ }}",
    "{{a}}",
    "{{2}}",
    "{{ source }}",
    "{{ 1.5 }}",
    "{% page 12 %}",
    "{% Vimeo %}",
    "{% include note.html %}",
    "{% link _posts/a.md %}",
    "{% assign x = 1 %}",
    "{{ user.name",
    "{% if",
    "{# note",
]


@pytest.mark.parametrize("foreign", FOREIGN)
@pytest.mark.parametrize("around", ["{}", "${}", "One.\n\n```yaml\nrun: {}\n```\n", "\\frac{}b", "`{}` and"])
def test_braces_that_are_text_are_told_how_they_stay_text(
    expressions: Expressions, foreign: str, around: str
) -> None:
    before, _, after = around.partition("{}")
    if foreign[-1] != "}":
        after = ""  # Nothing closes it, so it extends to the end.
    problem = expressions.problems_in(before + foreign + after)[0]
    assert problem.line == before.count("\n") + 1
    proposal = PROPOSAL.search(problem.message)
    assert proposal, problem.message
    assert expressions.render(before + proposal[1] + after) == before + foreign + after


def test_every_foreign_expression_of_a_page_is_found_at_once(expressions: Expressions) -> None:
    pieces = [piece for piece in FOREIGN if piece[-1] == "}"]
    text = "\n\n".join(["{% if applies('charity') %}", *pieces, "{{ organization.name }}", "{% endif %}"])
    lines = [problem.line for problem in expressions.problems_in(text)]
    assert lines == [2 * number + 1 for number in range(1, len(pieces) + 1)]


def test_the_names_of_a_loop_exist_although_other_parts_are_wrong(expressions: Expressions) -> None:
    text = "{% for account in organization.accounts %}{{ account.name }}{{ loop.index }}{% endfor %}\n{% x %}"
    assert [problem.line for problem in expressions.problems_in(text)] == [2]


@pytest.mark.parametrize(
    ("text", "line", "word"),
    [
        ("One.\n{% if applies('charity') %}\nTwo.", 2, "{% endif %}"),
        ("{% for a in organization.accounts %}\n{% if applies('us') %}\n{% endfor %}", 3, "remove it"),
        ("One.\n\n{% endif %}", 3, "remove it"),
        ("One.\n\n{% raw %}{{ x }}", 3, "{% endraw %}"),
        ("One.\n\n{{ organization.name } Two.\n\n{{ organization.name }}", 3, "never ends"),
        ("One.\n\n{# note", 3, "never ends"),
        ("## One {#one}\n\nTwo #}", 1, "`{ #one }`"),
        ("{{ contact(“press”) }}", 1, "curly"),
        ("{{ contact(press) }}", 1, '`"press"`'),
        ("{{ contact }}", 1, '`contact("press")`'),
        ("{{ contact() }}", 1, '`contact("press")`'),
        ("{{ owner }}", 1, "`owner()`"),
        ("{% for a in organization.accounts %}{{ a.nme }}{% endfor %}", 1, "'nme'"),
    ],
)
def test_a_mistake_is_located_and_says_what_to_write(
    expressions: Expressions, text: str, line: int, word: str
) -> None:
    [problem] = expressions.problems_in(text)
    assert problem.line == line
    assert word in problem.message


def test_an_anchor_is_written_with_spaces(expressions: Expressions) -> None:
    assert expressions.problems_in("## One { #one }") == []
    assert expressions.problems_in("{% raw %}## One {#one}{% endraw %}") == []
    assert expressions.problems_in("{# a comment #}") == []


@pytest.mark.parametrize(
    "right",
    [
        "{{ organization.name }}",
        "{{ organization.short_name }}",
        "{{ organization.retention }}",
        "{{ organization.time_zone }}",
        "{{ organization.contacts.press.email }}",
        '{{ contact("press") }}',
        '{{ contact("social_media") }}',
        '{{ accounts("facebook") }}',
        '{{ applies("charity") }}',
        '{{ "a" | upper }}',
        "{{ owner() }}",
    ],
)
def test_what_is_proposed_for_a_misspelled_name_exists(expressions: Expressions, right: str) -> None:
    for name in re.findall(r"\w{4,}", right):
        wrong = right.replace(name, name[:1] + name[2:])
        [problem] = expressions.problems_in(wrong)
        proposal = re.search(r"did you mean '(.+)'\?$", problem.message)
        if proposal is None:
            continue
        corrected = wrong.replace(name[:1] + name[2:], proposal[1].removesuffix("()"))
        assert expressions.problems_in(corrected) == [], problem.message


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("{{ photo-check() }}", "{{ photo_check() }}"),
        ("{{ organization.short-name }}", "{{ organization.short_name }}"),
        ("{{ organization.short-name | upper }}", "{{ organization.short_name | upper }}"),
        ("{% if organization.short-name %}x{% endif %}", "{% if organization.short_name %}x{% endif %}"),
    ],
)
def test_a_name_with_hyphens_is_one_name(expressions: Expressions, wrong: str, right: str) -> None:
    [problem] = expressions.problems_in(wrong)
    written, meant = re.findall(r"'(\w+[-_]\w+)'", problem.message)
    assert wrong.replace(written, meant) == right
    assert expressions.problems_in(right) == []


@pytest.mark.parametrize("calculation", ["{{ 5-2 }}", "{{ organization.name | length - 2 }}", '{{ "a-b" }}'])
def test_a_subtraction_is_one(expressions: Expressions, calculation: str) -> None:
    assert expressions.problems_in(calculation) == []


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("{% IF a %}b{% endif %}", "{% if a %}"),
        ("{% if a %}b{% else if b %}c{% endif %}", "{% elif b %}"),
        ("{% if a %}b{%- elseif b -%}c{% endif %}", "{%- elif b -%}"),
        ("{% if a %}b{% end if %}", "{% endif %}"),
        ("{% foreach a in b %}c{% endfor %}", "{% for a in b %}"),
        ('{% contact("press") %}', '{{ contact("press") }}'),
        ("{% photo-check() %}", "{{ photo_check() }}"),
        ('{% contact "press" %}', '{{ contact("press") }}'),
        ('{% if a = "b" %}c{% endif %}', '{% if a == "b" %}'),
        ("{% if a && !b || c <> d %}e{% endif %}", "{% if a and not b or c != d %}"),
        ("{% if applies('us' %}c{% endif %}", "{% if applies('us') %}"),
    ],
)
def test_a_statement_of_another_program_is_written_as_here(
    expressions: Expressions, wrong: str, right: str
) -> None:
    assert f"write `{right}`" in " ".join(problem.message for problem in expressions.problems_in(wrong))


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("organization->name", "organization.name"),
        ("organization::name", "organization.name"),
        ("$organization.name", "organization.name"),
        ("organization.name;", "organization.name"),
        ("contact press", 'contact("press")'),
        ("contact: 'press'", "contact('press')"),
        ("contact(“press”)", 'contact("press")'),
        ("contact('press\")", 'contact("press")'),
        ("contact('press'", "contact('press')"),
    ],
)
def test_an_expression_of_another_program_is_written_as_here(
    expressions: Expressions, wrong: str, right: str
) -> None:
    [problem] = expressions.problems_in(f"{{{{ {wrong} }}}}")
    assert f"write `{{{{ {right} }}}}`;" in problem.message
    assert expressions.problems_in(f"{{{{ {right} }}}}") == []


@pytest.mark.parametrize("name", ["organization-name", "organization_name", "organizationName"])
def test_a_value_is_proposed_in_place_of_its_group(expressions: Expressions, name: str) -> None:
    [problem] = expressions.problems_in(f"{{{{ {name} | upper }}}}")
    assert problem.message.endswith("'organization.name'?")


def test_a_macro_is_proposed_with_its_parentheses(expressions: Expressions) -> None:
    [problem] = expressions.problems_in("{{ onwer }}")
    assert problem.message.endswith("'owner()'?")


def test_a_group_is_not_proposed_where_something_is_printed(expressions: Expressions) -> None:
    [printed] = expressions.problems_in("{{ organization.contact }}")
    [inside] = expressions.problems_in("{{ organization.contact.press.email }}")
    assert "contacts" not in printed.message
    assert inside.message.endswith("'contacts'?")


def test_a_page_written_for_another_program_has_an_end_of_findings(expressions: Expressions) -> None:
    page = "{% if applies('us') %}x{% endif %}" + "".join(f"{{{{ a{number} }}}}" for number in range(500))
    assert len(expressions.problems_in(page)) == 100
