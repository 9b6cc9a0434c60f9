"""An edit of the register of links changes what it is asked to, and not another byte."""

import datetime

import pytest

from handbook.errors import HandbookError
from handbook.registers.links import with_addresses, with_results

DAY = datetime.date(2026, 11, 20)
A = "https://a.org/"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            "links:\n  - address: https://a.org/\n",
            "links:\n  - address: https://a.org/\n    status: works\n    checked: 2026-11-20\n",
        ),
        (
            "links:\n- address: https://a.org/ # ours\n  checked: '2026-01-02' # then\n  status: gone",
            "links:\n- address: https://a.org/ # ours\n  checked: 2026-11-20 # then\n  status: works",
        ),
        (
            "links:\n  - address: https://a.org/\n    status:\n    checked: # never\n",
            "links:\n  - address: https://a.org/\n    status: works\n    checked: 2026-11-20 # never\n",
        ),
        (
            "\ufefflinks:\r\n  - status: gone\r\n    address: https://a.org/",
            "\ufefflinks:\r\n  - status: works\r\n    address: https://a.org/\r\n    checked: 2026-11-20\r\n",
        ),
    ],
    ids=["missing", "quoted", "empty", "byte order mark"],
)
def test_a_result_is_written_where_a_person_would_write_it(before: str, after: str) -> None:
    assert with_results(before, {A: "works", "https://b.org/": "gone"}, DAY) == after


def test_addresses_below_a_byte_order_mark_are_sorted_in() -> None:
    text = "\ufeff# 🙂\nlinks:\n  - address: https://b.org/\n    status: gone\n    checked: 2026-01-02\n"
    added = text.replace("links:\n", "links:\n  - address: https://a.org/\n")
    assert with_addresses(text, [A, "https://b.org/"]) == added
    assert with_addresses(added, ["https://b.org/"]) == text


def test_an_edit_that_would_break_the_register_is_refused() -> None:
    text = "links:\n  - address: https://a.org/\n    status: &old gone\n  - address: https://b.org/\n"
    with pytest.raises(HandbookError):
        with_results(f"{text}    status: *old\n", {A: "works"}, DAY)
