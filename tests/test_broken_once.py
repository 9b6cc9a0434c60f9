"""What broke a promise of `tests/promises.py` once, by name."""

import pytest

from tests.conftest import PAGE, ROOT
from tests.promises import (
    REGISTERS,
    expressions,
    register,
)
from tests.promises import page as judge_page

ORGANIZATION, OWNERS, PLATFORMS, _ = REGISTERS


@pytest.mark.parametrize(
    "front_matter",
    [
        '"a\\nb": 1',
        'audience: ["a\\nb"]',
        'applies_to: {"a\\nb": 1}',
        'x: !!int "a\\nb"',
        '"\\e[31m": 1',
    ],
)
def test_what_is_quoted_of_front_matter_forges_no_line(front_matter: str) -> None:
    judge_page(PAGE.replace("title:", f"{front_matter}\ntitle:").encode())


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("sector: charity", 'sector: "a\\nb"'),
        ("sector:", '"a\\nb": 1\nsector:'),
        ("[us, ca]", '["a\\nb"]'),
        ("America/New_York", '"a\\nb"'),
        ("[en, fr]", '["a\\nb"]'),
    ],
)
def test_what_is_quoted_of_a_register_forges_no_line(old: str, new: str) -> None:
    register(_sample(ORGANIZATION, old, new), ORGANIZATION)


def test_what_is_quoted_of_an_expression_forges_no_line() -> None:
    expressions(b'{{ organization["a\\nb"] }}')


def _sample(path: str, old: str, new: str) -> bytes:
    """Return a register of the sample with something replaced."""
    text = (ROOT / path).read_text(encoding="utf-8")
    assert old in text
    return text.replace(old, new).encode()
