"""`handbook delete` takes a page out once nothing needs it, or puts another in its place everywhere."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from scripts.cli import main
from tests.conftest import PAGE
from tests.scripts.conftest import Git
from tests.scripts.review.rounds import (
    answers_file,
    check,
    decisions_file,
    refused,
    review,
    written,
)
from tests.scripts.test_move import ROUTE, SCENARIO

pytestmark = pytest.mark.usefixtures("on_20_november")

NEW = PAGE.replace("last_reviewed: 2026-10-14\n", "")


@pytest.fixture
def needed(folder: Path, write: Callable[[str, str | bytes], Path]) -> Path:
    """A handbook with the page docs/gifts.md, which links and registers need, and docs/presents.md."""
    with (folder / "mkdocs.yml").open("a", encoding="utf-8") as file:
        file.write("nav:\n  - index.md\n  - other.md\n  - gifts.md  # soon gone\n  - presents.md\n")
    write("docs/gifts.md", NEW)
    write("docs/gifts.fr.md", NEW)
    write("docs/presents.md", NEW + "\n## Other\n")
    write("docs/index.md", PAGE + "\n[a](gifts.md#a-page) [b](gifts.md#other)\n")
    write("registers/scenarios/may-i.yml", SCENARIO.replace("other.md#other", "gifts.md#other"))
    write("registers/emergency_route.yml", ROUTE.replace("other.md", "gifts.md").replace("other", "a-page"))
    write("registers/moved_pages.yml", "moved: {older/: docs/gifts.md}\n")
    return folder


def delete(root: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["delete", "--root", str(root), *arguments], catch_exceptions=False)


def test_each_place_that_needs_the_page_is_named(needed: Path) -> None:
    git = Git(needed)
    git.commit()
    why = refused(delete(needed, "gifts"))
    for place in (
        "docs/gifts.md is still needed, so nothing was deleted:",
        "registers/emergency_route.yml:6: names it; name another page there, or give --replace-by PAGE",
        "registers/moved_pages.yml:1: names it",
        "registers/scenarios/may-i.yml:4: names it",
        "docs/index.md:12: links to it; take the link out, or give --replace-by PAGE",
    ):
        assert place in why
    assert git("status", "--short") == ""


def test_another_page_takes_its_place_with_the_anchors_that_it_has(needed: Path) -> None:
    told = written(delete(needed, "gifts", "--replace-by", "presents"))
    assert not list((needed / "docs").glob("gifts*"))
    assert "[a](presents.md#a-page) [b](presents.md#other)" in (needed / "docs/index.md").read_text("utf-8")
    scenario = (needed / "registers" / "scenarios" / "may-i.yml").read_text(encoding="utf-8")
    assert "page: docs/presents.md#other" in scenario
    moved = (needed / "registers" / "moved_pages.yml").read_text(encoding="utf-8")
    assert moved == "moved:\n  older/: docs/presents.md\n  gifts/: docs/presents.md\n"
    assert "gifts" not in (needed / "mkdocs.yml").read_text(encoding="utf-8").partition("nav:")[2]
    assert "docs/index.md changed after the review (REV006)" not in told
    assert "REG" not in check(needed).stdout
    assert "LNK" not in check(needed).stdout


def test_a_heading_that_the_other_page_lacks_is_named(needed: Path) -> None:
    told = written(delete(needed, "gifts", "--replace-by", "other"))
    assert "registers/emergency_route.yml:7: docs/other.md has no heading or id '#a-page'" in told
    assert "[b](other.md#other)" in (needed / "docs" / "index.md").read_text(encoding="utf-8")
    assert "[a](other.md) " in (needed / "docs" / "index.md").read_text(encoding="utf-8")


def test_a_page_that_would_link_to_itself_is_named(
    needed: Path, write: Callable[[str, str | bytes], Path]
) -> None:
    write("docs/presents.md", NEW + "\n## Other\n\n[gifts](gifts.md)\n")
    told = written(delete(needed, "gifts", "--replace-by", "presents"))
    assert "docs/presents.md linked to the page, and links to itself now; take that link out" in told


def test_a_page_that_nobody_needs_goes_and_its_address_is_said_to_end(
    folder: Path, write: Callable[[str, str | bytes], Path]
) -> None:
    write("docs/gifts.md", NEW)
    told = written(delete(folder, "docs/gifts.md"))
    assert told == (
        "docs/gifts.md: deleted\n"
        "note: no review has retired docs/gifts.md; the check of a pull request says so (REV011)\n"
        "note: nothing leads on from the old address gifts/; if something should, give --replace-by\n"
    )


def test_a_reviewed_page_goes_only_after_a_review_has_retired_it(folder: Path) -> None:
    why = refused(delete(folder, "other"))
    assert "docs/other.md was reviewed, and no review has retired it; open one with" in why
    written(review(folder, "start", "docs/other.md"))
    assert "docs/other.md is in the open review" in refused(delete(folder, "other", "--without-review"))
    for role in ("platform-lead", "communications-lead"):
        written(review(folder, "sign", "--as", role, "--answers", answers_file(folder, ["docs/other.md"])))
    decisions = decisions_file(folder, ["docs/other.md"], "retired")
    written(review(folder, "close", "--decisions", decisions))
    assert "no review has retired" not in written(delete(folder, "other"))
    assert not (folder / "docs" / "other.md").exists()


def test_a_waiver_does_not_pass_to_another_page(
    needed: Path, write: Callable[[str, str | bytes], Path]
) -> None:
    write("registers/waivers.yml", "waivers:\n  - {page: docs/gifts.md, rule: STR001}\n")
    why = refused(delete(needed, "gifts", "--replace-by", "presents"))
    assert "registers/waivers.yml:2: names it; take the waiver out" in why


def test_what_cannot_be_deleted_is_refused_with_a_reason(needed: Path) -> None:
    reasons = {
        ("index",): "docs/index.md is the start page",
        ("gift",): "there is no page 'gift'; did you mean 'docs/gifts.md'?",
        ("gifts", "--replace-by", "presnts"): "there is no page 'presnts'; did you mean 'docs/presents.md'?",
        ("gifts", "--replace-by", "gifts"): "is the page to be deleted; name another with --replace-by",
    }
    for arguments, reason in reasons.items():
        assert reason in refused(delete(needed, *arguments))
    assert (needed / "docs" / "gifts.md").is_file()
