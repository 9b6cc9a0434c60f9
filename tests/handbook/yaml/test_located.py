"""YAML that nests beyond reason is refused before it is read; a long flat file is no such YAML."""

import pytest

from handbook.yaml.located import read_mapping

DEEP = 600


@pytest.mark.parametrize(
    "text",
    [
        "".join(f"{' ' * level}a:\n" for level in range(DEEP)),
        "a:" + "".join(f"\x85{' ' * level}a:" for level in range(1, DEEP)),
        "a:\n" + "- " * DEEP + "x",
        "a: " + "[" * DEEP,
    ],
    ids=["indented", "other line ends", "lists on a line", "brackets"],
)
def test_deep_nesting_is_refused_however_it_is_written(text: str) -> None:
    problem = read_mapping(text).problem
    assert problem is not None
    assert problem.message == "the YAML is nested too deep; keep it flat"


def test_a_long_flat_file_is_read() -> None:
    text = "".join(f"a-{number}: [b, {{c: d}}]\n" for number in range(49))
    text += "".join(f"e-{number}: f\n" for number in range(2_000))
    assert read_mapping(text).problem is None
