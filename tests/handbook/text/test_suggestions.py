"""A name is proposed only if it exists and is near."""

import pytest

from handbook.text.suggestions import did_you_mean, nearest

KNOWN = [
    "accounts",
    "contact",
    "fact",
    "last_reviewed",
    "legal_review",
    "open_reviews",
    "owner",
    "policies",
    "source",
]


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("onwer", "owner"),
        ("Owner", "owner"),
        ("contct", "contact"),
        ("contacts", "contact"),
        ("acounts", "accounts"),
        ("reviewed", "last_reviewed"),
        ("legal review", "legal_review"),
        ("last-reviewed", "last_reviewed"),
        ("fakt", "fact"),
        ("past_reviewed", "last_reviewed"),
    ],
)
def test_a_slip_of_the_pen_and_a_part_of_a_name_are_near(name: str, meant: str) -> None:
    assert nearest(name, KNOWN) == meant


@pytest.mark.parametrize("name", ["actor", "place", "count", "score", "name", "", "t", "12", "…"])
def test_a_word_that_merely_shares_letters_is_not_near(name: str) -> None:
    assert nearest(name, KNOWN) is None


def test_nothing_is_proposed_if_there_is_nothing() -> None:
    assert "remove" in did_you_mean("owner", [])
