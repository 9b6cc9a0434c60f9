"""The evidence of the sample stays the sample's: in a copy, in a merge of upstream, and in the past."""

import datetime
import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from handbook.check.runner import check
from handbook.content.pages import PageSource, parse_page
from handbook.files.tree import Folder
from handbook.model import Handbook
from handbook.registers.accounts import load_accounts
from handbook.registers.links import load_links
from handbook.registers.organization import load_organization
from handbook.registers.owners import load_owners
from handbook.registers.review_index import Reviews, load_reviews
from handbook.registers.waivers import load_waivers
from handbook.rules import RULES
from scripts.cli import main
from tests.adopters import SAMPLE_LINE, adopted_upstream, require_history
from tests.builds import build_site
from tests.conftest import PAGE, REVIEWED, ROOT, TODAY
from tests.records import page_at, parse_record, record, texts_of
from tests.scripts.conftest import Git

pytestmark = [pytest.mark.sample, pytest.mark.usefixtures("on_20_november")]

Write = Callable[[str, str | bytes], Path]


def _handbook(*arguments: str, root: Path) -> Result:
    return CliRunner().invoke(main, [*arguments, "--root", str(root)], catch_exceptions=False)


def _findings(result: Result) -> set[tuple[str, str]]:
    return {(row["code"], row["severity"]) for row in json.loads(result.stdout)["findings"]}


def _make_sample(git: Git) -> None:
    """Move the records of a handbook to where those of the sample are."""
    (git.root / "sample" / "registers").mkdir(parents=True)
    for name in ("reviews", "waivers.yml", "accounts.yml", "links.yml"):
        git("mv", f"registers/{name}", f"sample/registers/{name}")
    file = git.root / "organization.yml"
    file.write_text(file.read_text("utf-8").replace("\nname:", f"\n{SAMPLE_LINE}name:"), encoding="utf-8")


def test_a_copy_without_the_line_has_no_reviews(tmp_path: Path) -> None:
    root = tmp_path / "handbook"
    for name in ("docs", "macros", "overrides", "registers", "sample"):
        shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "mkdocs.yml", root)
    text = (ROOT / "organization.yml").read_text("utf-8")
    assert f"{SAMPLE_LINE}name:" in text
    (root / "organization.yml").write_text(text.replace(SAMPLE_LINE, ""), encoding="utf-8")
    result = _handbook("check", "docs", "--today", f"{TODAY}", "--format", "json", root=root)
    unproven = {row["path"] for row in json.loads(result.stdout)["findings"] if row["code"] == "REV005"}
    shipped = {path for path in unproven if path.startswith(("docs/audit/", "docs/contributing/"))}
    assert (result.exit_code, "docs/policy/work.md" in unproven, shipped) == (1, True, set())
    site = build_site(root, tmp_path / "site")
    pages = {
        name: (site / name / "index.html").read_text("utf-8") for name in ("policy/work", "audit/register")
    }
    assert "<li>Not reviewed yet</li>" in pages["policy/work"]
    assert "<li>Reviewed <time" in pages["audit/register"]


def test_the_line_is_directly_above_the_name() -> None:
    lines = (ROOT / "organization.yml").read_text("utf-8").splitlines()
    assert lines[lines.index("sample: true") + 1].startswith("name:")


def test_records_that_moved_with_the_line_still_count(git: Git) -> None:
    _make_sample(git)
    changed = ("--changed-since", "HEAD", "--today", f"{TODAY}", "--format", "json")
    result = _handbook("check", *changed, root=git.root)
    rows = json.loads(result.stdout)["findings"]
    # The line itself is refused in a change; the records that moved are not.
    assert [(row["path"], row["code"]) for row in rows] == [("organization.yml", "REV010")]
    git.commit("2026-11-05")
    past = _handbook("check", "--as-of", "2026-11-02", root=git.root)
    assert (past.exit_code, past.stdout) == (0, "")
    days = ["--from", "2026-11-02", "--to", "2026-11-08", "--every", "day", "--format", "json"]
    shown = json.loads(_handbook("audit", "compliance", *days, root=git.root).stdout)["days"]
    assert [row["in_order"] for row in shown] == [2] * len(shown)


def test_commands_write_where_the_handbook_reads(git: Git, write: Write) -> None:
    _make_sample(git)
    write("docs/audit/tool.md", PAGE)
    own, shipped = "sample/registers", "registers/shipped"
    for more in ((), ("--spread", "2")):
        started = _handbook("review", "start", "docs", "docs/audit", *more, root=git.root)
        assert started.exit_code == 0, started.stderr
        plans = list(git.root.rglob("review.yml"))
        assert {file.parents[2].relative_to(git.root).as_posix() for file in plans} == {own, shipped}
        assert len(load_reviews(Folder(git.root)).open_by_page) == 3
        for file in plans:
            shutil.rmtree(file.parent)
    tool = texts_of([page_at(git.root, "docs/audit/tool.md")])
    write(f"{shipped}/reviews/2026-10-14-tool.yml", record(tool, REVIEWED))
    why = ("--as", "platform-lead", "--why", "A word was misspelled.")
    for path, place in (("docs/other.md", own), ("docs/audit/tool.md", shipped)):
        file = git.root / path
        file.write_text(file.read_text("utf-8").replace("Text.", "Texts."), encoding="utf-8")
        done = _handbook("review", "editorial", str(file), *why, root=git.root)
        assert done.stdout.startswith(f"{place}/editorial_changes/2026-11-20-"), done.stderr
    assert len(load_reviews(Folder(git.root)).editorial) == 2
    links = _handbook("links", "--update", root=git.root)
    assert (git.root / "registers" / "links.yml").exists() is False
    assert "not registered" not in links.stdout


def test_a_date_that_no_record_backs_is_due_for_review_unless_the_tool_brings_it(
    folder: Path, write: Write
) -> None:
    write("docs/typed.md", PAGE)
    write("docs/audit/tool.md", PAGE)
    result = _handbook("review", "status", "--format", "json", root=folder)
    due = {row["page"]: row["reason"] for row in json.loads(result.stdout)["due"]}
    assert due == {"docs/typed.md": "never reviewed"}


def test_a_release_may_be_late_for_those_who_did_not_make_it(handbook: Handbook) -> None:
    page = parse_page(PageSource("a.md", "docs/audit/a.md", "en"), PAGE.encode())
    organization = handbook.registers.organization.model_copy(update={"sample": False})
    own = replace(handbook, registers=replace(handbook.registers, organization=organization), pages=[page])
    late = datetime.date(2028, 1, 1)
    rules = [RULES["REV003"], RULES["REV005"]]
    for judged, severity in ((handbook, "error"), (own, "info")):
        findings = check(replace(judged, pages=[page], today=late), rules).findings
        assert {(finding.code, finding.severity) for finding in findings} == {
            ("REV003", severity),
            ("REV005", severity),
        }


def test_shipped_records_are_about_the_tool_and_by_roles_that_others_have(handbook: Handbook) -> None:
    paths = ("docs/audit/a.md", "docs/policy/work.md")
    pages = [parse_page(PageSource("a.md", path, "en"), PAGE.encode()) for path in paths]
    text = record(texts_of(pages), REVIEWED, ("their-lead", "their-other"))
    reviews = Reviews([parse_record("registers/shipped/reviews/a.yml", text)])
    organization = handbook.registers.organization.model_copy(update={"sample": False})
    registers = replace(handbook.registers, organization=organization, reviews=reviews)
    findings = check(replace(handbook, registers=registers, pages=pages), [RULES["REV007"]]).findings
    assert ["docs/policy/work.md is not a page" in finding.message for finding in findings] == [True]


@pytest.mark.parametrize("ago", [60, 120])
def test_a_merge_of_upstream_brings_no_invented_record(tmp_path: Path, ago: int) -> None:
    require_history()
    git = adopted_upstream(f"HEAD~{ago}", tmp_path)
    merge = git.attempt("merge", "--no-edit", "origin/HEAD")
    merged = (git.root / "organization.yml").read_text("utf-8")
    conflicts = git("diff", "--name-only", "--diff-filter=U").splitlines()
    assert merge.returncode or "sample:" not in merged
    assert SAMPLE_LINE not in merged or "organization.yml" in conflicts
    if "organization.yml" in conflicts:
        git("checkout", "--ours", "--", "organization.yml")
    if "registers/accounts.yml" in conflicts:
        git("checkout", "--ours", "--", "registers/accounts.yml")
    tree = Folder(git.root)
    reviews, organization = load_reviews(tree), load_organization(tree)
    paths = {file.path for file in reviews.files if not file.path.startswith("registers/shipped/")}
    assert paths == {"registers/reviews/2026-11-28-own.yml"}
    assert {change.page.split("/")[1] for change in reviews.editorial} <= {"audit", "contributing"}
    assert (load_waivers(tree).waivers, organization.sample) == ([], False)
    assert load_accounts(tree, load_owners(tree, organization)).entries == []
    assert all(link.checked is None for link in load_links(tree).links)
