"""An address that nobody can write to or call is found, and what is proposed is right."""

import re

import pytest

from handbook.markup.odd_addresses import problem_of_contact, problem_of_extra


@pytest.mark.parametrize(
    "address",
    [
        "mailto: press@example.org",
        "mailto:press@example,org",
        "mailto:press",
        "mailto:",
        "mailto://press@example.org",
        "mailto:press@example.org.",
        "mailto:a@example.org;b@example.org",
        "mailto:a@example.org, b@example.org",
        "mailto:%20press@example.org",
        "tel:call us",
        "tel:",
    ],
)
def test_what_is_proposed_for_a_wrong_address_is_right(address: str) -> None:
    problem = problem_of_contact(address)
    assert problem
    [proposal] = re.findall(r"'(\S+)'$", problem)
    assert problem_of_contact(proposal) is None


@pytest.mark.parametrize(
    "address",
    [
        "mailto:press@example.org",
        "MAILTO:press@example.org?subject=A%20b, c",
        "mailto:a@example.org,b@example.org",
        "mailto:?subject=a",
        "tel:+1 555 0100",
        "tel:(555)%200100",
        "tel:+1-555-0100;ext=12",
        "tel:112",
        "sms:+15550100",
        "https://example.org/a@b",
    ],
)
def test_an_address_that_works_is_not_found(address: str) -> None:
    assert problem_of_contact(address) is None


@pytest.mark.parametrize(
    ("address", "proposal"),
    [
        ("a.png =300x200", "`{ width=300 height=200 }`"),
        ("a.png =300x", "`{ width=300 }`"),
        ('a.md "A title', "quote"),
        ("a.md “A title”", "quote"),
    ],
)
def test_what_is_no_part_of_an_address_is_named(address: str, proposal: str) -> None:
    assert proposal in (problem_of_extra(address) or "")
    assert problem_of_extra(address.partition(" ")[0]) is None
