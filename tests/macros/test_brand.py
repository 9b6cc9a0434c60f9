"""Whatever color an organization chooses, what is printed in it or on it can be read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from macros.presentation.brand import GRAPHIC, NIGHT, PAPER, TEXT, contrast, readable_on, text_on

COLORS = st.integers(0, 0xFFFFFF).map("#{:06x}".format)


def test_contrast_is_that_of_wcag() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@given(COLORS)
def test_links_can_be_read_in_both_schemes(color: str) -> None:
    for page in (PAPER, NIGHT):
        assert contrast(readable_on(color, page), page) >= TEXT


@given(COLORS)
def test_what_stands_on_a_color_can_be_read(color: str) -> None:
    for ground in (color, readable_on(color, NIGHT, GRAPHIC)):
        assert contrast(text_on(ground), ground) >= 4.5


def test_a_color_that_can_be_read_stays_as_it_is() -> None:
    assert readable_on("#1b365d", PAPER) == "#1b365d"
