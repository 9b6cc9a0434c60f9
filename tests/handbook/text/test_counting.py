"""Numbers agree with their nouns."""

import pytest

from handbook.text.counting import counted


@pytest.mark.parametrize(
    ("number", "shown"), [(0, "0 pages"), (1, "1 page"), (2, "2 pages"), (1_200, "1,200 pages")]
)
def test_a_number_agrees_with_its_noun(number: int, shown: str) -> None:
    assert counted(number, "page") == shown
