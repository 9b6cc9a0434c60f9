"""Which changes of files are named as the causes of a changed page."""

import pytest

from handbook.comparison.causes import uncommitted, with_causes
from handbook.git.commit_messages import Significance, combined_significance
from tests.handbook.comparison.pages import compared

CHANGES = {
    "own": uncommitted("docs/a.md", b"Ask.", b"Ask us."),
    "data": uncommitted("organization.yml", b"retention: three years", b"retention: five years"),
    "other data": uncommitted("registers/sources.yml", b"old", b"new"),
    "record": uncommitted("registers/reviews/2026.yml", b"three", b"five"),
    "code": uncommitted("macros/definitions/cards.py", b"x", b"y"),
}


@pytest.mark.parametrize(
    ("changes", "causes"),
    [
        (("own", "data", "other data", "record", "code"), ("own", "data")),
        (("data", "other data", "record", "code"), ("data",)),
        (("other data", "record", "code"), ("other data", "code")),
        (("own", "code"), ("own",)),
        (("record",), ()),
    ],
)
def test_the_own_file_comes_first_then_the_words_of_registers_then_anything_that_reaches_pages(
    changes: tuple[str, ...], causes: tuple[str, ...]
) -> None:
    report = compared("<p>Keep it three years. Ask.</p>", "<p>Keep it five years. Ask us.</p>")
    (page,) = with_causes(report, [CHANGES[name] for name in changes]).pages
    assert page.causes == tuple(CHANGES[name].cause for name in causes)
    assert page.significance is None


def test_a_page_that_only_code_reached_names_the_newest_changes_of_it() -> None:
    report = compared("<p>One.</p>", "<p>Two.</p>")
    changes = [uncommitted(f"macros/{number}.py", b"", b"") for number in range(500)]
    assert len(with_causes(report, changes).pages[0].causes) == 20


def test_one_substantive_change_makes_all_substantive_and_one_unknown_leaves_it_open() -> None:
    editorial, substantive = Significance.EDITORIAL, Significance.SUBSTANTIVE
    assert combined_significance([editorial, None, substantive]) == substantive
    assert combined_significance([editorial, editorial]) == editorial
    assert combined_significance([editorial, None]) is None
    assert combined_significance([]) is None
