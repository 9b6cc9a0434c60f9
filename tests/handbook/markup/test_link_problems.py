"""A link that was written for Windows is told the one that leads there."""

import pytest

from handbook.markup.link_problems import LinkJudge
from handbook.markup.link_targets import LinkTargets
from handbook.markup.rendering import Link

JUDGE = LinkJudge(
    LinkTargets(["law/photos.md", "policy/work.md"], ["en"]), "docs", lambda _: [], lambda _: None
)


@pytest.mark.parametrize(
    ("address", "meant"),
    [
        ("..\\law\\photos.md", "../law/photos.md"),
        ("..%5Claw%5Cphotos.md", "../law/photos.md"),
        (".\\work.md", "work.md"),
    ],
)
def test_a_link_with_backslashes_is_told_the_one_with_slashes(address: str, meant: str) -> None:
    [(_, message)] = JUDGE.problems("policy/work.md", [Link("a", address)])
    assert message.endswith(f"; write '{meant}'")


@pytest.mark.parametrize(
    "address",
    ["../../law/photos/", "../../law/photos", "/law/photos/", "/en/law/photos/", "/law/photos.html"],
)
def test_an_address_of_the_site_is_told_the_file(address: str) -> None:
    [(_, message)] = JUDGE.problems("policy/work.md", [Link("a", address)])
    assert message.endswith("; write '../law/photos.md'")
