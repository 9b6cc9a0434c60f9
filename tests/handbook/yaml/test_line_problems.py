"""A line that cannot be read is told with what to write, which means what the lines around it mean."""

import pytest

from handbook.yaml.located import read_mapping


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        (
            "contacts:\n  people:\n    phone: a\n   press:\n    phone: b\n",
            4,
            "this line begins further left or right than the lines that it belongs to; begin it with 2"
            " spaces: `  press:`",
        ),
        (
            "plugins:\n  - macros\n      strict: true\n  - search\n",
            2,
            "a colon is missing after the key; write `- macros:`",
        ),
        (
            "name: {en: a year, fr: au moins: un an}\n",
            1,
            'a comma, a space, or a bracket is wrong here; write `name: {en: a year, fr: "au moins: un an"}`,'
            ' or, for a text, `name: "{en: a year, fr: au moins: un an}"`',
        ),
        (
            "name: {en: a year fr: un an}\n",
            1,
            "a comma, a space, or a bracket is wrong here; write `name: {en: a year, fr: un an}`, or, for a"
            ' text, `name: "{en: a year fr: un an}"`',
        ),
    ],
    ids=["key of the lines below", "key without a colon", "colon in a text in braces", "no comma in braces"],
)
def test_what_is_proposed_fits_the_lines_around_it(text: str, line: int, message: str) -> None:
    problem = read_mapping(text).problem
    assert problem is not None
    assert (problem.line, problem.message) == (line, message)
