"""Names of editions: their form, their order, and which one comes next."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handbook.editions.names import Edition, is_edition, next_edition, refuse_name
from handbook.errors import HandbookError


def test_editions_are_ordered_as_numbers() -> None:
    names = ["2027.1", "2026.10", "2026.9"]
    assert [str(edition) for edition in sorted(map(Edition.parse, names))] == ["2026.9", "2026.10", "2027.1"]


@pytest.mark.parametrize("text", ["2026", "2026.0", "2026.01", "26.1", "2026.1 ", "2026.1.1", "latest", ""])
def test_another_text_is_refused_with_an_example(text: str) -> None:
    assert not is_edition(text)
    with pytest.raises(HandbookError, match=r"example 2026\.1") as raised:
        Edition.parse(text)
    assert f"'{text}'" in str(raised.value)


@given(st.sets(st.builds(Edition, st.integers(2020, 2030), st.integers(1, 30))), st.integers(2020, 2030))
def test_the_next_edition_is_new_and_the_last_of_its_year(taken: set[Edition], year: int) -> None:
    follows = next_edition(taken, year)
    assert follows.year == year
    assert all(edition < follows for edition in taken if edition.year == year)
    assert is_edition(str(follows))
    refuse_name(follows, taken, year)


@pytest.mark.parametrize(
    ("wanted", "year", "offered"),
    [("2026.1", 2026, "2026.2"), ("2026.3", 2026, "2026.2"), ("2026.2", 2027, "2027.1")],
)
def test_a_taken_name_and_a_gap_are_refused_with_the_name_to_use(
    wanted: str, year: int, offered: str
) -> None:
    with pytest.raises(HandbookError) as raised:
        refuse_name(Edition.parse(wanted), [Edition(2026, 1)], year)
    message = str(raised.value)
    assert message.startswith(wanted)
    assert message.endswith(offered)
