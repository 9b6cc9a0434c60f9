"""A page cannot run code, read what it should not, or hold up a build."""

from pathlib import Path

import pytest

from handbook.content.pages import PageSource, parse_page
from handbook.templating.expressions import ExpressionError, Expressions
from macros.context.site import Site
from tests.conftest import hostile


@pytest.mark.parametrize("file", hostile("expressions"), ids=lambda file: file.stem)
def test_a_hostile_expression_is_found_and_never_rendered(
    file: Path, expressions: Expressions, site: Site
) -> None:
    text = parse_page(PageSource(str(file), file.name, "en"), file.read_bytes()).body
    assert expressions.problems_in(text)
    with pytest.raises(ExpressionError):
        expressions.render(text)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("{{ organization.languages | join(' and ') }}", "en and fr"),
        ("{{ organization.accounts[:3] | join(', ', attribute='platform') }}", "facebook, youtube, x"),
        ("{{ organization.words.client | capitalize }}", "Learner"),
        ("{{ organization.name.upper() }}", "EXAMPLE READING NETWORK"),
        ("{% raw %}{{ organization.name }}{% endraw %}", "{{ organization.name }}"),
    ],
)
def test_filters_and_methods_of_texts_work(
    text: str, shown: str, expressions: Expressions, site: Site
) -> None:
    assert expressions.problems_in(text) == []
    assert expressions.render(text) == shown


def test_what_pages_need_is_rendered(expressions: Expressions, site: Site) -> None:
    text = "{% for account in organization.accounts[:3] %}{{ account.platform | upper }} {% endfor %}"
    assert expressions.problems_in(text) == []
    assert expressions.render(text) == "FACEBOOK YOUTUBE X "


def test_an_expression_that_never_ends_is_located_where_it_begins(expressions: Expressions) -> None:
    [problem] = expressions.problems_in("One.\n\nWe are {{ organization.name.\n\nTwo!\n")
    assert (problem.line, problem.column) == (3, 8)
    assert "never ends" in problem.message
