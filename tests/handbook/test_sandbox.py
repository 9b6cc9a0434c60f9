"""A page cannot run code, read what it should not, or hold up a build."""

import pytest

from handbook.expressions import ExpressionError, Expressions
from macros.site import Site

HOSTILE = [
    '{{ cycler.__init__.__globals__.os.popen("id").read() }}',
    '{{ lipsum.__globals__["os"].environ }}',
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "{{ ''['__class__'] }}",
    "{{ organization.__class__ }}",
    "{{ organization.__dict__ }}",
    "{{ organization['__init__'] }}",
    "{{ contact.__globals__ }}",
    "{{ contact.__wrapped__ }}",
    "{{ contact.__func__ }}",
    "{{ self.__init__ }}",
    "{{ self._TemplateReference__context }}",
    "{{ config }}",
    "{{ config.theme.get_env() }}",
    "{{ environment }}",
    "{{ plugin }}",
    "{{ git }}",
    "{{ files }}",
    "{{ page }}",
    "{{ navigation }}",
    "{{ context() }}",
    "{{ macros_info() }}",
    "{{ request }}",
    "{{ ''.format(organization) }}",
    "{{ '{0.__class__}'.format(organization) }}",
    "{{ '{:>999999999}'.format(1) }}",
    "{{ 'a' * 999999999 }}",
    "{{ 9 ** 9 ** 9 }}",
    "{{ '%999999999d' % 1 }}",
    "{{ ['a'] * 999999999 }}",
    "{{ range(999999999) | join }}",
    "{{ organization | attr('__class__') }}",
    "{{ [organization] | map(attribute='__class__') | list }}",
    "{% include 'organization.yml' %}",
    "{% import 'os' as os %}",
    "{% extends 'main.html' %}",
    "{% macro a() %}{{ a() }}{% endmacro %}{{ a() }}",
    "{% for a in 'aaaa' %}{% for b in 'bbbb' %}x{% endfor %}{% endfor %}",
    "{% set a %}x{% endset %}",
    "{% set x = contact.__globals__ %}{{ x }}",
    "{{ " + "(" * 5000 + ")" * 5000 + " }}",
]


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: text[:50])
def test_a_hostile_expression_is_found_and_never_rendered(
    text: str, expressions: Expressions, site: Site
) -> None:
    assert expressions.mistakes(text)
    with pytest.raises(ExpressionError):
        expressions.render(text)


def test_what_pages_need_is_rendered(expressions: Expressions, site: Site) -> None:
    text = "{% for one in organization.accounts %}{{ one.platform | upper }} {% endfor %}"
    assert expressions.mistakes(text) == []
    assert expressions.render(text) == "FACEBOOK YOUTUBE X "


def test_an_expression_that_never_ends_is_placed_where_it_begins(expressions: Expressions) -> None:
    [problem] = expressions.mistakes("One.\n\nWe are {{ organization.name.\n\nTwo!\n")
    assert (problem.line, problem.column) == (3, 8)
    assert problem.message.endswith("it never ends; close it with `}}`")
