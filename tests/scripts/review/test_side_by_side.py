"""Two people work on two branches at the same time, and git merges their work without a conflict."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from handbook.files.tree import Folder
from handbook.registers.review_index import load_reviews
from handbook.registers.waivers import load_waivers
from scripts.cli import main
from scripts.site.publication import read_handbook
from tests.builds import build_site
from tests.conftest import PAGE
from tests.records import page_at
from tests.scripts.conftest import Git
from tests.scripts.review.rounds import answers_file, check, review, written

pytestmark = pytest.mark.usefixtures("on_20_november")

Write = Callable[[str, str | bytes], Path]
PAGES = ("docs/index.md", "docs/other.md")
PEOPLE = {"platform-lead": "docs/index.md", "communications-lead": "docs/other.md"}
WAIVER = """page: {page}
rule: STR002
reason: The page of {role} is about one case.
approver: communications-lead
end: 2027-03-31
"""
SCENARIO = """question: May I ask {role}?
answer: fine
reason: Anybody may ask {role}.
page: {page}
audience: [work]
topics: [rights]
"""


def _work(git: Git, write: Write, role: str, page: str) -> None:
    """Sign, fix a typo in a page, and add a waiver and a scenario."""
    written(review(git.root, "sign", "--as", role, "--answers", answers_file(git.root, PAGES)))
    write(page, (git.root / page).read_text().replace("Text.", "Texts."))
    why = ("--as", role, "--why", "A letter was missing.")
    written(review(git.root, "editorial", str(git.root / page), *why))
    write(f"registers/waivers/{role}.yml", WAIVER.format(role=role, page=page))
    write(f"registers/scenarios/{role}.yml", SCENARIO.format(role=role, page=page))


def test_two_branches_merge_without_a_conflict(git: Git, write: Write) -> None:
    written(review(git.root, "start", "docs"))
    git.commit()
    for role, page in PEOPLE.items():
        git("switch", "--quiet", "--create", role, "main")
        _work(git, write, role, page)
        git.commit("2026-11-20", f"Work as {role}")
    git("switch", "--quiet", "main")
    for role in PEOPLE:
        git("merge", "--quiet", "--no-ff", "--no-edit", role)
    tree = Folder(git.root)
    (signed,) = load_reviews(tree).open
    assert [role for role, reading in signed.record.readings.items() if reading] == [*PEOPLE]
    assert [waiver.page for waiver in load_waivers(tree).waivers] == [PEOPLE[role] for role in sorted(PEOPLE)]
    handbook, _ = read_handbook(git.root)
    assert handbook.registers.scenarios.scenarios.keys() == PEOPLE.keys()
    for page in PAGES:
        text = handbook.fingerprint(page_at(git.root, page))
        assert text in handbook.reviews.known_texts(page, handbook.today.replace(month=10, day=14))
    assert check(git.root, "--ignore", "WVR001").stdout == ""


def test_a_mistake_in_a_file_of_its_own_is_found_there(git: Git, write: Write) -> None:
    waiver = WAIVER.format(role="nobody", page="docs/nowhere.md")
    write("registers/waivers/mine.yml", waiver.replace("communications-lead", "nobody"))
    write("registers/scenarios/mine.yml", SCENARIO.format(role="us", page="docs/nowhere.md"))
    lines = {line.partition(" ")[0] for line in check(git.root).stdout.splitlines()}
    assert lines == {
        "registers/scenarios/mine.yml:4:7:",
        "registers/waivers/mine.yml:1:7:",
        "registers/waivers/mine.yml:4:11:",
    }


def test_a_scenario_has_one_place(git: Git, write: Write) -> None:
    scenario = SCENARIO.format(role="us", page="docs/index.md")
    listed = "".join(f"    {line}\n" for line in scenario.splitlines())
    write("registers/scenarios.yml", f"scenarios:\n  mine:\n{listed}")
    write("registers/scenarios/mine.yml", scenario)
    result = check(git.root)
    assert (result.exit_code, "registers/scenarios/mine.yml:1:1: error FMT001 'mine'" in result.stdout) == (
        2,
        True,
    )
    write("registers/scenarios/Mine.yml", scenario)
    (git.root / "registers/scenarios/mine.yml").unlink()
    assert "registers/scenarios/Mine.yml:1:1: error FMT001 'Mine'" in check(git.root).stdout


def test_a_folder_without_its_plan_is_named(git: Git, write: Write) -> None:
    write("registers/reviews/2026-11-20-docs/platform-lead.yml", "date: 2026-11-20\n")
    result = check(git.root)
    assert (result.exit_code, "2026-11-20-docs/review.yml is missing" in result.stdout) == (2, True)


def test_two_branches_add_a_page_to_the_same_section(git: Git, write: Write) -> None:
    config = git.root / "mkdocs.yml"
    config.write_text("nav:\n  - index.md\n  - other.md\n  - Law:\n      - law/a.md\n" + config.read_text())
    write("docs/law/a.md", PAGE)
    git.commit()
    given = ("--title", "Gifts", "--owner", "legal-lead", "--description", "What to do with gifts.")
    for name in ("b", "c"):
        git("switch", "--quiet", "--create", name, "main")
        new = ["new", "page", "--root", str(git.root), f"law/{name}", *given]
        assert CliRunner().invoke(main, new, catch_exceptions=False).exit_code == 0
        git.commit("2026-11-20", f"Add {name}")
    git("switch", "--quiet", "main")
    for name in ("b", "c"):
        git("merge", "--quiet", "--no-ff", "--no-edit", name)
    assert check(git.root, "--select", "STR003").stdout == ""
    assert check(git.root, "--select", "STR003", "--as-of", "2026-11-20").stdout == ""
    site = build_site(git.root, git.root / "site")
    page = (site / "law" / "a" / "index.html").read_text(encoding="utf-8")
    assert page.index('/law/b/"') < page.index('/law/c/"')
