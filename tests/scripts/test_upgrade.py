"""`handbook upgrade`: a newer release in a handbook that was edited."""

import io
import json
import shutil
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from handbook.upgrades.adopted_state import adopted_files
from scripts.cli import main
from tests.conftest import made_once
from tests.releases import NEW, OLD, PAGE, adopted, edit, fork, put, upstream
from tests.scripts.conftest import Git
from tests.scripts.terminals import Terminal

KINDS = ("fork", "copy", "archive")


def upgrade(git: Git, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["upgrade", *arguments, "--root", str(git.root)])


@pytest.fixture
def tool(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Git:
    made = made_once(tmp_path_factory, "tool", upstream)
    shutil.copytree(made, tmp_path / "tool")
    return Git(tmp_path / "tool")


@pytest.fixture
def adopt(tool: Git, tmp_path: Path) -> Callable[[str], Git]:
    return lambda kind: adopted(kind, tool, tmp_path / "handbook")


@pytest.fixture
def own(adopt: Callable[[str], Git]) -> Git:
    return adopt("fork")


def _text(git: Git, path: str) -> str:
    return (git.root / path).read_text("utf-8")


@pytest.mark.parametrize("kind", KINDS)
def test_everything_comes_and_nothing_of_the_adopter_is_lost(
    adopt: Callable[[str], Git], tool: Git, kind: str
) -> None:
    git = adopt(kind)
    result = upgrade(git, "v2" if kind == "fork" else str(tool.root), "--accept", "all")
    assert (result.exit_code, "0 conflicts" in result.stdout) == (0, True), result.output
    for path in ("handbook/__init__.py", "handbook/upgraded.py", "docs/contributing/index.md"):
        assert _text(git, path) == NEW[path]
    assert not (git.root / "handbook" / "gone.py").exists()
    assert not (git.root / "docs" / "practice" / "gone.md").exists()
    assert (git.root / "run").stat().st_mode & 0o111
    general = _text(git, "docs/policy/general.md")
    assert "Our rule holds." in general
    assert "The very end." in general
    assert _text(git, "registers/owners.yml").endswith(
        "  legal:\n    title: Legal lead\n  branch:\n    title: Branch lead\n"
    )
    assert _text(git, "registers/accounts.yml") == "accounts:\n  - platform: x\n"
    again = upgrade(git, "v2" if kind == "fork" else str(tool.root), "--accept", "all")
    assert "only if everything is committed" in again.stderr
    git.commit("2026-11-21")
    again = upgrade(git, "v2" if kind == "fork" else str(tool.root), "--accept", "all")
    assert (again.exit_code, again.stdout) == (0, "nothing to do: this handbook has v2 already\n")


def test_days_of_reviews_and_the_evidence_and_contacts_of_the_sample_do_not_come(own: Git) -> None:
    upgrade(own, "v2", "--accept", "all")
    crisis = _text(own, "docs/practice/crisis.md")
    assert ("last_reviewed: 2026-11-28" in crisis, "2026-11-20" in crisis) == (True, False)
    assert "Our rule holds." in crisis
    assert "review" not in _text(own, "docs/practice/video.md")
    assert not (own.root / "docs" / "practice" / "video.fr.md").exists()
    assert _text(own, "sample/registers/waivers.yml") == OLD["sample/registers/waivers.yml"]
    organization = _text(own, "organization.yml")
    assert "555 01" not in organization
    assert "+1 212 555 7788" in organization
    assert "sector: healthcare # healthcare, charity or other\n" in organization
    assert '# emergency_number: "911"\n' in organization
    assert "  emergencies:\n    falls_back_to: people # new in this release\n" in organization
    assert "sample:" not in organization
    assert "develops_the_tool" not in organization


def test_the_navigation_stays_the_adopters_with_what_is_new(own: Git) -> None:
    upgrade(own, "v2", "--accept", "all")
    config = _text(own, "mkdocs.yml")
    assert "  name: other\n" in config
    assert "      - practice/video.md\n      - practice/sale.md\n" in config
    assert ("gone.md" in config, "old.md" in config) == (False, False)


def test_a_record_that_an_own_page_uses_stays(own: Git) -> None:
    upgrade(own, "v2", "--accept", "all")
    assert _text(own, "registers/sources.yml").startswith(
        "sources:\n  law-a:\n    title: A, amended\n  law-b:"
    )


def _rename_the_lead(own: Git) -> None:
    for file in [own.root / "registers" / "owners.yml", *own.root.glob("docs/**/*.md")]:
        text = file.read_text("utf-8").replace("  lead:\n", "  press-officer:\n")
        file.write_text(text.replace("owner: lead\n", "owner: press-officer\n"), encoding="utf-8")
    own.commit("2026-11-21", "Rename a role")


def _release(tool: Git, own: Git, name: str, files: dict[str, str]) -> None:
    put(tool.root, files)
    tool.commit("2026-12-01", f"Release {name}")
    tool("tag", name)
    own("fetch", "--quiet", "--tags", "origin")


def test_what_a_release_gives_to_a_role_that_was_renamed_belongs_to_the_role_of_the_handbook(
    own: Git, tool: Git
) -> None:
    upgrade(own, "v2", "--accept", "all")
    _rename_the_lead(own)
    policies = "policies:\n  privacy:\n    owner: lead # who decides\n"
    pages = ("docs/contributing/more.md", "docs/practice/gifts.md", "docs/policy/gifts.md")
    more = dict.fromkeys(pages, PAGE.format(title="More"))
    _release(tool, own, "v3", {**more, "registers/policies.yml": policies})
    assert upgrade(own, "v3", "--accept", "all").exit_code == 0
    assert _text(own, "registers/policies.yml") == policies.replace("lead", "press-officer")
    assert ["owner: press-officer\n" in _text(own, path) for path in pages] == [True] * 3
    own.commit("2026-12-02")
    _release(tool, own, "v4", {path: text.replace("One rule", "A new rule") for path, text in more.items()})
    left = upgrade(own, "v4", "--accept", "none")
    assert (left.exit_code, "gives way" in left.stdout, "1 left" in left.stdout) == (0, False, True)
    assert ["A new rule" in _text(own, path) for path in pages] == [True, True, False]
    own.commit("2026-12-03")
    upgrade(own, "--pending", "--accept", "docs/policy/gifts.md")
    texts = [_text(own, path) for path in pages]
    assert [("owner: press-officer\n" in text, "A new rule" in text) for text in texts] == [(True, True)] * 3


def test_a_rule_that_is_left_is_remembered_and_not_offered_again(own: Git, tool: Git) -> None:
    result = upgrade(own, "v2", "--accept", "docs/policy/general.md")
    assert "1 change of a rule accepted, 2 left" in result.stdout
    assert "One rule holds." in _text(own, "docs/policy/work.md")
    assert (own.root / "docs" / "policy" / "old.md").exists()
    own.commit("2026-11-21")
    shown = upgrade(own, "--pending")
    assert "[-One rule holds-]{+Two rules hold+}." in shown.stdout
    assert "docs/policy/old.md: the release removed it" in shown.stdout
    put(tool.root, {"docs/policy/work.md": NEW["docs/policy/work.md"].replace("The end.", "An end.")})
    tool.commit("2026-12-01", "Release v3")
    tool("tag", "v3")
    own("fetch", "--quiet", "--tags", "origin")
    plan = json.loads(upgrade(own, "v3", "--dry-run", "--format", "json").stdout)
    (rule,) = [file for file in plan["files"] if file["is_rule"]]
    pieces = {piece["mark"]: piece["text"] for piece in rule["redline"] if piece["mark"] != "kept"}
    assert (pieces["deleted"], pieces["inserted"], rule["conflicts"]) == ("The", "An", [])
    upgrade(own, "v3", "--accept", "all")
    work = _text(own, "docs/policy/work.md")
    assert ("One rule holds." in work, "An end." in work) == (True, True)
    own.commit("2026-12-02")
    taken = upgrade(own, "--pending", "--accept", "docs/policy/work.md")
    assert taken.stdout == "docs/policy/work.md: changed\n"
    assert "Two rules hold." in _text(own, "docs/policy/work.md")
    left = json.loads(upgrade(own, "--pending", "--format", "json").stdout)
    assert [change["path"] for change in left] == ["docs/policy/old.md"]


def test_what_was_left_is_offered_again_rather_than_become_a_conflict(own: Git, tool: Git) -> None:
    upgrade(own, "v2", "--accept", "none")
    work = own.root / "docs" / "policy" / "work.md"
    work.write_text(work.read_text("utf-8").replace("2026-10-14", "2026-11-22"), encoding="utf-8")
    own.commit("2026-11-22")
    put(tool.root, {"docs/policy/work.md": NEW["docs/policy/work.md"].replace("Two rules", "Three rules")})
    tool.commit("2026-12-01", "Release v3")
    tool("tag", "v3")
    own("fetch", "--quiet", "--tags", "origin")
    result = upgrade(own, "v3", "--accept", "docs/policy/work.md")
    assert (result.exit_code, "0 conflicts" in result.stdout) == (0, True), result.output
    assert "Three rules hold." in work.read_text("utf-8")
    assert "last_reviewed: 2026-11-22" in work.read_text("utf-8")
    left = json.loads(upgrade(own, "--pending", "--format", "json").stdout)
    assert [change["path"] for change in left] == ["docs/policy/general.md", "docs/policy/old.md"]


def test_where_both_changed_the_same_words_those_of_the_handbook_stay(own: Git) -> None:
    put(
        own.root,
        {"docs/policy/work.md": OLD["docs/policy/work.md"].replace("One rule holds.", "None holds.")},
    )
    own.commit("2026-11-11")
    result = upgrade(own, "v2", "--accept", "all")
    assert result.exit_code == 1
    assert 'docs/policy/work.md:11: both changed this; the release says "Two rules hold."' in result.stdout
    assert "None holds." in _text(own, "docs/policy/work.md")
    own.commit("2026-11-21")
    assert "the release says:\nTwo rules hold." in upgrade(own, "--pending").stdout


def test_an_edit_of_the_tool_gives_way_and_is_named(own: Git) -> None:
    ours = {"handbook/__init__.py": '"""Ours."""\n', "handbook/own.py": "OWN = 1\n"}
    put(own.root, ours | {"handbook/upgraded.py": "OURS = 1\n"})
    own.commit("2026-11-11")
    result = upgrade(own, "v2", "--accept", "none")
    named = "  handbook/__init__.py\n  handbook/upgraded.py\n"
    assert f"gives way to the release; `git show HEAD:./FILE` has it:\n{named}" in result.stdout
    assert _text(own, "handbook/__init__.py") == NEW["handbook/__init__.py"]
    assert _text(own, "handbook/own.py") == "OWN = 1\n"


def test_a_dry_run_shows_everything_and_writes_nothing(own: Git) -> None:
    result = upgrade(own, "v2", "--dry-run")
    assert "[-One rule holds-]{+Two rules hold+}." in result.stdout
    assert "3 changes of rules to decide" in result.stdout
    assert own("status", "--porcelain") == ""


def test_answers_in_a_file_name_every_rule(own: Git, tmp_path: Path) -> None:
    answers = tmp_path / "answers.yml"
    cases = {
        "accept: [docs/policy/work.md]\n": "does not say what to do with docs/policy/general.md",
        "accept: [docs/policy/wrk.md]\n": "did you mean 'docs/policy/work.md'?",
        "accept: [docs/policy/work.md]\nleave: [docs/policy/work.md]\n": "twice",
        "accept: 1\n": "answers.yml:1",
    }
    for text, expected in cases.items():
        answers.write_text(text, encoding="utf-8")
        result = upgrade(own, "v2", "--answers", str(answers))
        assert (result.exit_code, expected in result.stderr) == (2, True), result.output
    answers.write_text(
        "accept: [docs/policy/work.md]\nleave: [docs/policy/general.md, docs/policy/old.md]\n",
        encoding="utf-8",
    )
    assert upgrade(own, "v2", "--answers", str(answers)).exit_code == 0
    assert "Two rules hold." in _text(own, "docs/policy/work.md")


def test_a_person_at_a_terminal_is_asked_for_each_rule(own: Git) -> None:
    stopped = Terminal("upgrade", "v2", "--root", str(own.root))
    stopped.until("1 of 3: docs/policy/general.md")
    stopped.type("a\n")
    stopped.until("2 of 3")
    assert stopped.stop() == 2
    assert own("status", "--porcelain") == ""
    terminal = Terminal("upgrade", "v2", "--root", str(own.root))
    for question, answer in (("1 of 3", "l"), ("Your rule", "x"), ("not one of", "a"), ("3 of 3", "L")):
        terminal.until(question)
        terminal.type(f"{answer}\n")
    assert (terminal.end(), "1 change of a rule accepted, 2 left" in terminal.shown) == (0, True)
    assert "One rule holds." in _text(own, "docs/policy/work.md")


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ((), "name the release"),
        (("v3",), "no folder, archive, tag, or commit called 'v3'"),
        (("v2",), "3 rules change, and nobody is at a terminal"),
        (("v2", "--accept", "docs/policy/wrk.md"), "did you mean 'docs/policy/work.md'?"),
        (("v2", "--accept", "all", "--accept", "none"), "stand alone"),
        (("v2", "--format", "json"), "--format is for"),
        (("{}/docs",), "holds no release of the handbook"),
        (("{}/README.md",), "neither a folder nor a zip or tar file"),
        (("v2", "--base", "v7", "--accept", "all"), "git knows no revision 'v7'"),
    ],
)
def test_what_cannot_be_done_is_said_and_nothing_is_written(
    own: Git, arguments: tuple[str, ...], expected: str
) -> None:
    result = upgrade(own, *(argument.format(own.root) for argument in arguments))
    assert (result.exit_code, expected in result.stderr) == (2, True), result.output
    assert own("status", "--porcelain") == ""


def test_a_release_that_is_older_is_refused(own: Git) -> None:
    upgrade(own, "v2", "--accept", "all")
    own.commit("2026-11-21")
    result = upgrade(own, "v1", "--accept", "all")
    assert (result.exit_code, "has a newer release already: v2" in result.stderr) == (2, True)


def test_a_folder_without_a_handbook_is_left_alone(tool: Git, tmp_path: Path) -> None:
    other = Git(put(tmp_path / "other", {"README.md": "Other.\n"}))
    other.commit()
    result = upgrade(other, str(tool.root), "--accept", "all")
    assert (result.exit_code, "there is no handbook in" in result.stderr) == (2, True)
    assert other("status", "--porcelain") == ""


def test_work_that_is_not_committed_is_not_mixed_with_an_upgrade(own: Git) -> None:
    put(own.root, {"docs/practice/new.md": "New."})
    result = upgrade(own, "v2", "--accept", "all")
    assert (result.exit_code, "commit docs/practice/new.md" in result.stderr) == (2, True)


def _zip(target: Path, files: dict[str, str]) -> Path:
    with zipfile.ZipFile(target, "w") as archive:
        for path, text in files.items():
            archive.writestr(path, text)
    return target


def _tar(target: Path, files: dict[str, str]) -> Path:
    with tarfile.open(target, "w:gz") as archive:
        for path, text in files.items():
            info = tarfile.TarInfo(path)
            info.size = len(text.encode())
            archive.addfile(info, io.BytesIO(text.encode()))
    return target


@pytest.mark.parametrize("pack", [_zip, _tar])
def test_an_archive_is_read_without_what_would_be_outside(
    adopt: Callable[[str], Git], tmp_path: Path, pack: Callable[[Path, dict[str, str]], Path]
) -> None:
    git = adopt("copy")
    files = {f"tool-2/{path}": text for path, text in NEW.items()}
    hostile = {"tool-2/../../evil.py": "x", "tool-2/.git/hooks/pre-commit": "x", "/tool-2/evil.py": "x"}
    result = upgrade(git, str(pack(tmp_path / "release.bin", files | hostile)), "--accept", "all")
    assert result.exit_code == 0, result.output
    assert _text(git, "handbook/upgraded.py") == NEW["handbook/upgraded.py"]
    assert not list(tmp_path.rglob("evil.py"))
    assert not (git.root / ".git" / "hooks" / "pre-commit").exists()


def test_what_was_adopted_can_be_named_if_nothing_tells_it(
    adopt: Callable[[str], Git], tmp_path: Path
) -> None:
    git = adopt("archive")
    release = put(tmp_path / "new", NEW)
    result = upgrade(git, str(release), "--accept", "all")
    assert (result.exit_code, "name it with --base" in result.stderr) == (2, True)
    result = upgrade(git, str(release), "--base", str(put(tmp_path / "old", OLD)), "--accept", "all")
    assert (result.exit_code, "0 conflicts" in result.stdout) == (0, True)


def test_an_adoption_that_wrote_its_state_needs_no_history_of_upstream(tmp_path: Path) -> None:
    root = put(tmp_path / "handbook", OLD)
    files = adopted_files(root)
    edit(root)
    for path, data in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    git = Git(root)
    git.commit("2026-11-10", "Adopt")
    result = upgrade(git, str(put(tmp_path / "new", NEW)), "--accept", "all")
    assert (result.exit_code, "0 conflicts" in result.stdout) == (0, True), result.output
    assert "adopted: the state at adoption\n" in result.stdout
    assert "Our rule holds." in _text(git, "docs/policy/general.md")


def test_edits_from_before_an_adoption_are_known_by_the_history_of_the_release(
    tool: Git, tmp_path: Path
) -> None:
    git = fork(tool, tmp_path / "handbook")
    edit(git.root)
    git.commit("2026-11-09", "Edit")
    for path, data in adopted_files(git.root).items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    git.commit("2026-11-10", "Adopt")
    assert upgrade(git, "v2", "--accept", "all").exit_code == 0
    assert "Our rule holds." in _text(git, "docs/policy/general.md")


def test_a_page_that_the_release_changed_says_so_and_the_others_stay_reviewed(
    folder: Path, tmp_path: Path
) -> None:
    put(folder, {"handbook/__init__.py": ""})
    git = Git(folder)
    shutil.copytree(folder, tmp_path / "old", ignore=shutil.ignore_patterns(".git"))
    shutil.copytree(folder, tmp_path / "new", ignore=shutil.ignore_patterns(".git"))
    git.commit()
    text = _text(git, "docs/index.md").replace("Text.", "Words.").replace("2026-10-14", "2026-11-19")
    put(tmp_path / "new", {"docs/index.md": text})
    assert upgrade(git, str(tmp_path / "new"), "--base", str(tmp_path / "old")).exit_code == 0
    arguments = ["check", "--root", str(folder), "--today", "2026-11-20", "--format", "json"]
    findings = json.loads(CliRunner().invoke(main, arguments).stdout)["findings"]
    assert [(each["path"], each["code"]) for each in findings] == [("docs/index.md", "REV006")]


def _from_folders(git: Git, tmp_path: Path, new: dict[str, str], *arguments: str) -> Result:
    old = put(tmp_path / "old", OLD)
    return upgrade(git, str(put(tmp_path / "new", new)), "--base", str(old), *arguments)


def test_an_edit_follows_a_page_that_the_release_moved(own: Git, tmp_path: Path) -> None:
    moved = ("docs/practice/crisis.md", "docs/practice/gone.md")
    new = {path: text for path, text in OLD.items() if path not in moved} | {
        "docs/practice/panic.md": OLD["docs/practice/crisis.md"].replace("The end.", "Breathe."),
        "docs/people/here.md": OLD["docs/practice/gone.md"],
        "registers/moved_pages.yml": "moved:\n  practice/crisis/: docs/practice/panic.md\n"
        "  practice/gone/: docs/people/here.md\n",
        "mkdocs.yml": OLD["mkdocs.yml"].replace("crisis", "panic").replace("practice/gone", "people/here"),
    }
    assert _from_folders(own, tmp_path, new).exit_code == 0
    assert not any((own.root / path).exists() for path in moved)
    assert _text(own, "docs/people/here.md") == OLD["docs/practice/gone.md"]
    page = _text(own, "docs/practice/panic.md")
    assert all(words in page for words in ("Our rule holds.", "Breathe.", "2026-11-28"))
    config = _text(own, "mkdocs.yml")
    assert ("practice/panic.md" in config, "crisis" in config, "sale.md" in config) == (True, False, True)


def test_a_picture_or_a_setting_that_both_changed_stays_and_is_named(own: Git, tmp_path: Path) -> None:
    put(own.root, {"docs/picture.png": "PNG ours", ".gitignore": ".cache/\nours\n"})
    own.commit("2026-11-11")
    new = dict(OLD) | {"docs/picture.png": "PNG 2", ".gitignore": ".cache/\ntheirs\n"}
    result = _from_folders(own, tmp_path, new)
    assert result.exit_code == 1
    assert "  .gitignore:1: both changed this\n  docs/picture.png:1: both changed this\n" in result.stdout
    assert (_text(own, "docs/picture.png"), _text(own, ".gitignore")) == ("PNG ours", ".cache/\nours\n")


def test_what_the_handbook_deleted_stays_away(own: Git, tmp_path: Path) -> None:
    for path in ("docs/practice/gone.md", "docs/contributing/index.md", "docs/policy/work.md"):
        (own.root / path).unlink()
    own.commit("2026-11-11")
    new = dict(OLD) | {path: f"{OLD[path]}\nMore.\n" for path in OLD if path.endswith(".md")}
    assert _from_folders(own, tmp_path, new, "--accept", "all").exit_code == 0
    for path in ("docs/practice/gone.md", "docs/contributing/index.md", "docs/policy/work.md"):
        assert not (own.root / path).exists()


def test_the_sample_itself_comes_with_everything(tool: Git, tmp_path: Path) -> None:
    git = fork(tool, tmp_path / "handbook")
    assert upgrade(git, "v2", "--accept", "all").exit_code == 0
    for path in ("sample/registers/waivers.yml", "organization.yml", "docs/practice/crisis.md"):
        assert _text(git, path) in (NEW[path], OLD[path])
    assert _text(git, "sample/registers/waivers.yml") == NEW["sample/registers/waivers.yml"]


def test_a_handbook_in_a_folder_of_its_repository_is_upgraded_there(tool: Git, tmp_path: Path) -> None:
    git = Git(put(tmp_path / "all", {"other.txt": "Other."}))
    put(git.root / "handbook", OLD)
    git.commit("2026-11-02", "Begin")
    edit(git.root / "handbook")
    git.commit("2026-11-10", "Adopt")
    arguments = ["upgrade", str(tool.root), "--accept", "all", "--root", str(git.root / "handbook")]
    result = CliRunner().invoke(main, arguments)
    assert (result.exit_code, "0 conflicts" in result.stdout) == (0, True), result.output
    assert "Our rule holds." in _text(git, "handbook/docs/policy/general.md")
    assert all(row[3:].startswith("handbook/") for row in git("status", "--porcelain").splitlines())


def test_a_file_keeps_the_ends_of_its_lines(own: Git, tmp_path: Path) -> None:
    own("config", "core.autocrlf", "false")
    crisis = own.root / "docs" / "practice" / "crisis.md"
    crisis.write_bytes(crisis.read_bytes().replace(b"\n", b"\r\n"))
    own.commit("2026-11-11")
    new = dict(OLD) | {
        "docs/practice/crisis.md": OLD["docs/practice/crisis.md"].replace("The end.", "Breathe.")
    }
    assert _from_folders(own, tmp_path, new).exit_code == 0
    lines = crisis.read_bytes().split(b"\r\n")
    assert (b"Our rule holds." in lines, b"Breathe." in lines) == (True, True)
    assert b"\n" not in b"".join(lines)
