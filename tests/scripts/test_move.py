"""`handbook move` gives a page another path, and everything that names it follows."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result

from handbook.check.runner import check as check_all
from handbook.check.runner import choose_rules
from scripts.cli import main
from scripts.site.publication import read_handbook
from tests.conftest import PAGE, ROOT
from tests.scripts.conftest import Git
from tests.scripts.review.rounds import (
    answers_file,
    check,
    refused,
    review,
    written,
)

pytestmark = pytest.mark.usefixtures("on_20_november")

LEAD = ("--as", "communications-lead")
SCENARIO = """question: {en: May I?, fr: Puis-je ?}
answer: ask
reason: {en: Ask., fr: Demandez.}
page: docs/other.md#other
audience: [work]
topics: [photos]
"""
DECISION = """title: {en: What?, fr: Quoi ?}
intro: {en: Ask., fr: Demandez.}
start: one
questions:
  one: {question: {en: A?, fr: A ?}, answers: [{label: {en: B, fr: B}, result: end}]}
outcomes:
  end: {kind: go, title: {en: C, fr: C}, text: {en: D, fr: D}, page: docs/other.md}
"""
ROUTE = """emergencies:
  one:
    title: {en: A, fr: A}
    short: {en: a, fr: a}
    call: security
    page: docs/other.md  # the steps
    anchor: other
"""
QUESTIONS = """questions:
  - question: what
    language: en
    half: 1
    answers: [{page: docs/other.md, section: other}]
"""


@pytest.fixture
def named(folder: Path, write: Callable[[str, str | bytes], Path]) -> Path:
    """A handbook of which every kind of register names the page docs/other.md, in order on 20 November."""
    with (folder / "mkdocs.yml").open("a", encoding="utf-8") as file:
        file.write("nav:\n  - index.md\n  - Others:  # ours\n      - Other page: other.md\n")
    write("registers/scenarios/may-i.yml", SCENARIO)
    write("registers/decisions/what.yml", DECISION)
    write("registers/emergency_route.yml", ROUTE)
    write("registers/questions.yml", QUESTIONS)
    write("registers/moved_pages.yml", "# Old ones.\nmoved:\n  older/: docs/other.md  # kept\n")
    return folder


def move(root: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["move", "--root", str(root), *arguments], catch_exceptions=False)


def test_every_register_and_the_menu_name_the_new_path(named: Path) -> None:
    told = written(move(named, "other", "policy/gifts", *LEAD))
    assert check(named, "--ignore", "LEG,TRN").stdout == ""
    for path, line in {
        "registers/scenarios/may-i.yml": "page: docs/policy/gifts.md#other",
        "registers/decisions/what.yml": "page: docs/policy/gifts.md}",
        "registers/emergency_route.yml": "page: docs/policy/gifts.md  # the steps",
        "registers/questions.yml": "{page: docs/policy/gifts.md, section: other}",
        "registers/moved_pages.yml": "docs/policy/gifts.md  # kept\n  other/: docs/policy/gifts.md\n",
        "mkdocs.yml": "  - Others:  # ours\n      - Other page: policy/gifts.md\n",
    }.items():
        assert line in (named / path).read_text(encoding="utf-8"), path
        assert path in told
    assert not (named / "docs" / "other.md").exists()


@pytest.mark.parametrize("is_sample", [False, True])
def test_tests_of_the_tool_stay_as_they_are_in_a_handbook_of_yours(
    named: Path, write: Callable[[str, str | bytes], Path], is_sample: bool
) -> None:
    """Otherwise, the change would mix what runs with what people read."""
    if is_sample:
        organization = (named / "organization.yml").read_text(encoding="utf-8")
        write("organization.yml", f"sample: true\n{organization}")
        shutil.copytree(named / "registers" / "reviews", named / "sample" / "registers" / "reviews")
    topics = write("tests/docs/topics.yml", "who:\n  - docs/other.md\n")
    written(move(named, "other", "policy/gifts", *LEAD))
    assert ("policy/gifts.md" in topics.read_text(encoding="utf-8")) == is_sample


def test_the_record_goes_with_the_page_by_a_new_entry(folder: Path) -> None:
    filed = {path: path.read_bytes() for path in (folder / "registers" / "reviews").iterdir()}
    written(move(folder, "docs/other.md", "docs/gifts.md", *LEAD))
    assert {path: path.read_bytes() for path in filed} == filed
    (record,) = (folder / "registers" / "editorial_changes").iterdir()
    said = yaml.safe_load(record.read_text(encoding="utf-8"))
    assert (said["moved_from"], list(said["pages"])) == ("docs/other.md", ["docs/gifts.md"])
    assert "REV" not in check(folder).stdout


def test_links_translations_and_own_pictures_follow(
    folder: Path, write: Callable[[str, str | bytes], Path]
) -> None:
    pixel = (Path(__file__).parents[2] / "docs" / "contributing" / "start.png").read_bytes()
    write("docs/own.png", pixel)
    write("docs/shared.png", pixel)
    other = PAGE.replace("A page", "Other") + "\n![Own](own.png) ![Shared](shared.png) [start](index.md)\n"
    write("docs/other.md", other.replace("\n", "\r\n").encode("utf-8"))
    write("docs/other.fr.md", "\ufeff" + other)
    write("docs/index.md", PAGE + "\n[other](other.md#other) ![Shared](shared.png)\n")
    told = written(move(folder, "other", "policy/", *LEAD))
    assert (folder / "docs" / "policy" / "other.md").read_bytes() == other.replace(
        "(shared.png) [start](index.md)", "(../shared.png) [start](../index.md)"
    ).replace("\n", "\r\n").encode("utf-8")
    assert (folder / "docs" / "policy" / "other.fr.md").read_text("utf-8").startswith("\ufeff---")
    assert "[other](policy/other.md#other)" in (folder / "docs" / "index.md").read_text("utf-8")
    assert (folder / "docs" / "policy" / "own.png").read_bytes() == pixel
    assert sorted(file.name for file in (folder / "docs").iterdir()) == ["index.md", "policy", "shared.png"]
    assert "docs/own.png: now docs/policy/own.png" in told
    assert "LNK" not in check(folder).stdout


def test_nobody_vouches_for_a_text_that_nobody_read(
    folder: Path, write: Callable[[str, str | bytes], Path]
) -> None:
    write("docs/other.md", PAGE.replace("A page", "Other").replace("Text.", "Another rule."))
    write("docs/index.md", PAGE.replace("Text.", "Another rule. [a](other.md)"))
    told = move(folder, "other", "gifts", *LEAD)
    assert "docs/other.md was not as it was reviewed, and its review cannot go with it" in written(told)
    after = check(folder, "--select", "REV").stdout
    assert "docs/index.md" in after
    assert "docs/gifts.md" in after
    assert not (folder / "registers" / "editorial_changes").exists()


def test_a_page_that_nobody_reviewed_needs_no_role(
    folder: Path, write: Callable[[str, str | bytes], Path]
) -> None:
    write("docs/new.md", PAGE.replace("last_reviewed: 2026-10-14\n", ""))
    told = written(move(folder, "new", "newer"))
    assert told == "docs/new.md: now docs/newer.md\nregisters/moved_pages.yml: new/ leads to docs/newer.md\n"


def test_a_page_that_a_macro_leads_to_stays(folder: Path, write: Callable[[str, str | bytes], Path]) -> None:
    write("docs/resources/scenarios.md", PAGE.replace("last_reviewed: 2026-10-14\n", ""))
    why = refused(move(folder, "resources/scenarios", "resources/cards"))
    assert "macros/context/scenario_pages.py:" in why
    assert "names docs/resources/scenarios.md, so a macro relies on it; it stays as it is" in why
    assert (folder / "docs" / "resources" / "scenarios.md").is_file()


def test_what_still_has_the_old_name_is_pointed_out(
    folder: Path, write: Callable[[str, str | bytes], Path]
) -> None:
    write("README.md", "See docs/other.md and\nhttps://example.org/other/.\n")
    write("docs/index.md", PAGE + "\n```text\ndocs/other.md\n```\n")
    told = written(move(folder, "other", "gifts", *LEAD))
    assert "left as it is: README.md: the old name on lines 1, 2; see if it has to change" in told
    assert "left as it is: docs/index.md: the old name on line 13" in told


def test_a_link_that_an_expression_makes_is_pointed_out(
    folder: Path, write: Callable[[str, str | bytes], Path]
) -> None:
    write("docs/index.md", PAGE + '\n[a]({{ "other" }}.md)\n')
    told = written(move(folder, "other", "gifts", *LEAD))
    assert "note: docs/index.md:8: the link 'other.md' leads nowhere" in told
    assert "(LNK001)" in told


def test_a_page_that_moves_back_leaves_no_old_address_in_its_way(folder: Path) -> None:
    written(move(folder, "other", "gifts", *LEAD))
    told = written(move(folder, "gifts", "other", *LEAD))
    assert (
        "gifts/ leads to docs/other.md, and other/, which led to docs/other.md, is that of the page" in told
    )
    moved = yaml.safe_load((folder / "registers" / "moved_pages.yml").read_text(encoding="utf-8"))["moved"]
    assert moved == {"gifts/": "docs/other.md"}
    assert "REG" not in check(folder).stdout
    assert "REV" not in check(folder).stdout


def test_an_open_review_names_the_page_by_its_new_path(folder: Path) -> None:
    written(review(folder, "start", "docs/other.md"))
    told = written(move(folder, "other", "gifts", *LEAD))
    (plan,) = (folder / "registers" / "reviews").glob("*/review.yml")
    assert "docs/gifts.md: [" in plan.read_text(encoding="utf-8")
    assert "the open review names docs/gifts.md" in told


def test_a_page_that_somebody_read_for_an_open_review_stays(folder: Path) -> None:
    written(review(folder, "start", "docs/other.md"))
    answers = answers_file(folder, ["docs/other.md"])
    written(review(folder, "sign", "--as", "platform-lead", "--answers", answers))
    why = refused(move(folder, "other", "gifts", *LEAD))
    assert "docs/other.md is in the open review 2026-11-20-other, which platform-lead signed; close it" in why


def test_a_dry_run_writes_nothing(named: Path) -> None:
    Git(named).commit()
    told = move(named, "other", "policy/gifts", *LEAD, "--dry-run")
    assert "docs/other.md: now docs/policy/gifts.md" in written(told)
    assert "nothing was written" in told.stderr
    assert Git(named, begin=False)("status", "--short") == ""


def test_it_is_undone_by_git(named: Path) -> None:
    git = Git(named)
    git.commit()
    written(move(named, "other", "policy/gifts", *LEAD))
    git("stash", "--include-untracked")
    assert (named / "docs" / "other.md").is_file()
    assert not (named / "docs" / "policy").exists()


def test_a_pull_request_that_moves_a_page_is_no_rewriting(
    folder: Path, write: Callable[[str, str | bytes], Path]
) -> None:
    write("docs/index.md", PAGE + "".join(f"\n[Other {n}](other.md#other)\n" for n in range(12)))
    git = Git(folder)
    git.commit()
    written(move(folder, "other", "elsewhere/gifts", *LEAD))
    assert "more than editorial" not in check(folder, "--changed-since", "HEAD").stdout


REFUSALS = {
    ("othr", "gifts"): "there is no page 'othr'; did you mean 'docs/other.md'?",
    ("gifts", "other"): "change its name back and run this again",
    ("other", "index"): "docs/index.md is there already, with that address; choose another name",
    ("other", "other"): "docs/other.md has that path already; name another",
    ("other", "policy/aux"): "Windows can have no file or folder called 'aux'; choose another name",
    ("other", "../gifts"): "'../gifts' is not a path of a page in docs/",
    ("other", "Gïfts"): "for example 'gifts'",
    ("other", "audit/gifts"): "pages in docs/audit/ and docs/contributing/ are about the tool",
    ("other", "platforms/facebook"): "would be the page of a platform in registers/platforms.yml",
    ("docs", "gifts"): "docs is a folder; name one of its pages",
    ("other", "."): "docs/other.md has that path already; name another",
    ("other", "docs"): "docs/other.md has that path already; name another",
    ("index", "start"): "docs/index.md is the start page, which every handbook has there",
    (
        "other",
        "gifts",
        "--as",
        "legal-lead",
    ): "legal-lead may not record an editorial change of docs/other.md",
    ("other", "gifts", "--as", "legal-led"): "there is no role 'legal-led'",
    ("other", "gifts"): "1 reviewed page would change (docs/other.md), and a role has to record",
}


def test_what_cannot_be_is_refused_with_a_reason(folder: Path) -> None:
    git = Git(folder)
    git.commit()
    for arguments, reason in REFUSALS.items():
        assert reason in refused(move(folder, *arguments))
    assert git("status", "--short") == ""


def _sample_copy(folder: Path) -> None:
    names = ("docs", "registers", "sample", "macros", "overrides", "organization.yml", "mkdocs.yml")
    for name in names:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, folder / name)


def _findings(root: Path) -> set[tuple[str, str]]:
    handbook, _ = read_handbook(root)
    return {(finding.code, finding.message) for finding in check_all(handbook, choose_rules()).findings}


def test_a_page_of_the_sample_moves_by_one_command_and_the_check_finds_nothing_new(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1797354000")  # 2026-12-15
    _sample_copy(tmp_path)
    before = _findings(tmp_path)
    told = written(move(tmp_path, "policy/work", "practice/at-work", *LEAD))
    # How many pages of which folder nobody has translated is counted anew.
    assert {finding for finding in _findings(tmp_path) - before if finding[0] != "TRN001"} == set()
    places = re.findall(r"^\S+: (\d+) (?:link|place)s?, line", told, re.MULTILINE)
    assert sum(map(int, places)) > 40
    left = [
        path for path in (tmp_path / "docs").rglob("*.md") if "(../policy/work.md" in path.read_text("utf-8")
    ]
    assert left == []
