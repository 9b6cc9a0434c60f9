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


@pytest.mark.parametrize(
    ("path", "meant"),
    [
        ("docs/practise/gifts.md", "docs/practice/gifts.md"),
        ("practice/gifts.md", "docs/practice/gifts.md"),
        ("docs/practice/gift", "docs/practice/gifts.md"),
        ("docs/practice/photo.md", None),
        ("docs/index.html", "docs/index.md"),
    ],
)
def test_a_page_is_near_if_its_name_is(path: str, meant: str | None) -> None:
    assert nearest(path, ["docs/index.md", "docs/practice/gifts.md", "docs/practice/accounts.md"]) == meant


def test_nothing_is_proposed_if_there_is_nothing() -> None:
    assert "remove" in did_you_mean("owner", [])
