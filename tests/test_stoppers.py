"""What stops a build is found by the check, on its line, and good pages have no finding."""

import json
import re
from collections.abc import Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner

from scripts.cli import main
from tests.builds import build
from tests.conftest import PAGE, made_once, make_folder
from tests.stoppers import BESIDE, GOOD, MISLEAD, STOP

HEAD = PAGE.removesuffix("Text.\n")
JUDGED = "LNK001,HTM001,STR003,REG001,FMT004"
SAME_ADDRESS = {"STR003", "FMT004"}
FOR_OTHERS = PAGE.replace("owner:", "applies_to: {sectors: [finance]}\nowner:")
SETTINGS = "\ndraft_docs: draft.md\nexclude_docs: excluded.md\n"


def _line_and_text(case: str) -> tuple[int, str]:
    """Return the line of the page on which something is wrong, and the text of the page."""
    first, _, rest = case.partition("\n")
    number, text = (int(first), rest) if first.isdigit() else (1, case)
    return HEAD.count("\n") + number, text


def _write(root: Path) -> None:
    """Write a handbook that has every case as a page, and beside them the pages that they link to."""
    make_folder(root)
    docs = root / "docs"
    (docs / "gifts").mkdir()
    for name, case in {**STOP, **MISLEAD, **GOOD}.items():
        (docs / f"{name}.md").write_text(f"{HEAD}{_line_and_text(case)[1]}\n", encoding="utf-8")
    for name, text in BESIDE.items():
        (docs / name).write_text(f"{HEAD}{text}\n", encoding="utf-8")
    for name, text in {"theirs": FOR_OTHERS, "draft": PAGE, "excluded": PAGE}.items():
        (docs / f"{name}.md").write_text(text, encoding="utf-8")
    (docs / "line.png").write_bytes(b"a picture")
    with (root / "mkdocs.yml").open("a", encoding="utf-8") as file:
        file.write(SETTINGS)


def _build_and_check(root: Path) -> None:
    """Write the handbook of all cases, what its build warns of, and what the check finds."""
    _write(root)
    (root / "warnings").write_text(build(root, root / "site").stderr, encoding="utf-8")
    options = ["--root", str(root), "--today", "2026-11-20", "--select", JUDGED, "--format", "json"]
    report = CliRunner().invoke(main, ["check", *options])
    (root / "findings.json").write_text(report.stdout, encoding="utf-8")


@pytest.fixture(scope="module")
def judged(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made_once(tmp_path_factory, "stoppers", _build_and_check)


@pytest.fixture(scope="module")
def warned(judged: Path) -> frozenset[str]:
    """The names of the pages that a strict build warns of."""
    lines = (judged / "warnings").read_text(encoding="utf-8").splitlines()
    said = (re.search(r"(?:Doc file '|docs/)(\S+?)\.md", line) for line in lines if "WARNING" in line)
    return frozenset(match[1] for match in said if match)


@pytest.fixture(scope="module")
def findings(judged: Path) -> Mapping[str, list[tuple[int, str]]]:
    """The lines and severities of what the check finds on each page."""
    pages: dict[str, list[tuple[int, str]]] = {}
    for finding in json.loads((judged / "findings.json").read_text(encoding="utf-8"))["findings"]:
        name = finding["path"].removeprefix("docs/").removesuffix(".md")
        pages.setdefault(name, []).append((finding["line"], finding["severity"]))
    return pages


def test_there_are_as_many_bad_pages_as_were_promised() -> None:
    assert len(STOP) >= 65


@pytest.mark.parametrize("name", STOP)
def test_what_stops_a_build_is_an_error_on_its_line(
    name: str, warned: frozenset[str], findings: Mapping[str, list[tuple[int, str]]]
) -> None:
    assert name in warned
    assert set(findings[name]) == {(_line_and_text(STOP[name])[0], "error")}


@pytest.mark.parametrize("name", MISLEAD)
def test_what_leads_readers_nowhere_is_an_error_on_its_line(
    name: str, findings: Mapping[str, list[tuple[int, str]]]
) -> None:
    assert set(findings[name]) == {(_line_and_text(MISLEAD[name])[0], "error")}


def test_nothing_is_wrong_with_good_pages(
    warned: frozenset[str], findings: Mapping[str, list[tuple[int, str]]]
) -> None:
    good = {*GOOD, *(name.removesuffix(".md") for name in BESIDE)}
    assert not good & warned
    assert not good & findings.keys()


def test_a_build_warns_of_no_page_without_a_finding(
    warned: frozenset[str], findings: Mapping[str, list[tuple[int, str]]]
) -> None:
    assert warned <= findings.keys()


def _findings(root: Path, *arguments: str) -> set[tuple[str, int, str]]:
    """Return path, line, and code of each error that the check finds."""
    options = ["--root", str(root), "--today", "2026-11-20", "--select", JUDGED, "--format", "json"]
    report = json.loads(CliRunner().invoke(main, ["check", *options, *arguments]).stdout)
    rows = report["findings"]
    return {(row["path"], row["line"], row["code"]) for row in rows if row["severity"] == "error"}


# Files that have the address of another, and all files of that address; FMT004 speaks of one of them only.
@pytest.mark.parametrize(
    ("names", "pages"),
    [
        (["other.en.md"], ["other.en.md", "other.md"]),
        (["other/index.md"], ["other.md", "other/index.md"]),
        (["other/README.md"], ["other.md", "other/README.md"]),
        (["README.md"], ["README.md", "index.md"]),
        (["index.en.md"], ["index.en.md", "index.md"]),
        (["index.fr.md", "README.fr.md"], ["README.fr.md", "index.fr.md"]),
        (["gifts/README.md", "gifts/index.fr.md"], ["gifts/README.md", "gifts/index.fr.md"]),
        (["Other.md"], ["Other.md", "other.md"]),
        (["gifts.fr.md", "Gifts.fr.md"], ["Gifts.fr.md", "gifts.fr.md"]),
        (["other.markdown"], ["other.markdown", "other.md"]),
        (["fr/other.md"], ["fr/other.md", "other.md"]),
        (["other.fr.md", "fr/other.md"], ["fr/other.md", "other.fr.md"]),
        (["fr.md"], ["fr.md", "index.md"]),
    ],
)
def test_two_files_with_one_address_are_errors(folder: Path, names: list[str], pages: list[str]) -> None:
    for name in names:
        (folder / "docs" / name).parent.mkdir(exist_ok=True)
        (folder / "docs" / name).write_text(PAGE, encoding="utf-8")
    places = {(path, line) for path, line, code in _findings(folder) if code in SAME_ADDRESS}
    assert places
    assert places <= {(f"docs/{page}", 1) for page in pages}


@pytest.mark.parametrize(
    "names", [["other.fr.md"], ["gifts/index.md"], ["gifts/README.md"], ["index.fr.md"], ["french.md"]]
)
def test_files_with_addresses_of_their_own_are_good(folder: Path, names: list[str]) -> None:
    for name in names:
        (folder / "docs" / name).parent.mkdir(exist_ok=True)
        (folder / "docs" / name).write_text(PAGE, encoding="utf-8")
    assert not _findings(folder)


def test_a_file_that_is_excluded_has_no_address(folder: Path) -> None:
    (folder / "docs" / "README.md").write_text(PAGE, encoding="utf-8")
    with (folder / "mkdocs.yml").open("a", encoding="utf-8") as file:
        file.write("\nexclude_docs: README.md\n")
    assert not _findings(folder)


@pytest.mark.parametrize("name", ["index.en.md", "README.md"])
def test_two_files_with_one_address_stop_a_build(folder: Path, tmp_path: Path, name: str) -> None:
    (folder / "docs" / name).write_text(PAGE, encoding="utf-8")
    assert build(folder, tmp_path / "site").returncode


@pytest.mark.parametrize(
    ("entry", "is_good"),
    [
        ("other.md", True),
        ("./other.md", True),
        ("Other: other.md", True),
        ("Them: https://example.org/", True),
        ("theirs.md", True),
        ("nowhere.md", False),
        ("More: [other.md, nowhere.md]", False),
        ("Top: /other.md", False),
        ("other.fr.md", False),
        ("Other: other/", False),
        ("Other:other.md", False),
        ("draft.md", False),
    ],
)
def test_an_entry_of_the_menu_leads_somewhere(folder: Path, entry: str, is_good: bool) -> None:
    text = (folder / "mkdocs.yml").read_text(encoding="utf-8")
    (folder / "docs" / "theirs.md").write_text(FOR_OTHERS, encoding="utf-8")
    for name in ("draft", "other.fr"):
        (folder / "docs" / f"{name}.md").write_text(PAGE, encoding="utf-8")
    settings = f"draft_docs: draft.md\nnot_in_nav: '*'\nnav:\n  - index.md\n  - {entry}\n"
    (folder / "mkdocs.yml").write_text(settings + text, encoding="utf-8")
    errors = {finding for finding in _findings(folder) if finding[0] == "mkdocs.yml"}
    assert errors == (set() if is_good else {("mkdocs.yml", 5, "REG001")})


@pytest.mark.parametrize(
    ("key", "page", "is_good"),
    [
        ("emergency_page", "other.md", True),
        ("emergency_page", "othre.md", False),
        ("search_page", "docs/other.md", False),
        ("search_page", "other.html", False),
    ],
)
def test_a_page_that_the_frame_leads_to_is_there(folder: Path, key: str, page: str, is_good: bool) -> None:
    text = (folder / "mkdocs.yml").read_text(encoding="utf-8")
    (folder / "mkdocs.yml").write_text(f"extra:\n  {key}: {page}\n{text}", encoding="utf-8")
    errors = {finding for finding in _findings(folder) if finding[0] == "mkdocs.yml"}
    assert errors == (set() if is_good else {("mkdocs.yml", 2, "REG001")})


def test_an_entry_that_leads_nowhere_stops_a_build(folder: Path, tmp_path: Path) -> None:
    text = (folder / "mkdocs.yml").read_text(encoding="utf-8")
    settings = "nav:\n  - index.md\n  - other.md\n  - nowhere.md\n"
    (folder / "mkdocs.yml").write_text(settings + text, encoding="utf-8")
    assert build(folder, tmp_path / "site").returncode


def test_an_address_that_nobody_can_read_is_an_error_and_no_traceback(folder: Path) -> None:
    (folder / "docs" / "other.md").write_text(f"{HEAD}See [this](http://[bad).\n", encoding="utf-8")
    assert _findings(folder) == {("docs/other.md", 10, "LNK001")}


def test_addresses_in_html_are_those_of_the_settings(folder: Path) -> None:
    text = (folder / "mkdocs.yml").read_text(encoding="utf-8")
    settings = text.replace("use_directory_urls: true", "use_directory_urls: false")
    (folder / "mkdocs.yml").write_text(settings, encoding="utf-8")
    (folder / "docs" / "line.png").write_bytes(b"a picture")
    good = '<img src="line.png" alt="A line"> <a href="other.html">x</a> <a href="index.html">y</a>'
    bad = '<img src="../line.png" alt="A line">'
    (folder / "docs" / "links.md").write_text(f"{HEAD}{good}\n\n{bad}\n", encoding="utf-8")
    assert _findings(folder) == {("docs/links.md", 12, "LNK001")}


def test_pages_may_be_in_a_folder_of_another_name(folder: Path) -> None:
    text = (folder / "mkdocs.yml").read_text(encoding="utf-8")
    (folder / "mkdocs.yml").write_text(text.replace("docs_dir: docs", "docs_dir: pages"), encoding="utf-8")
    (folder / "docs").rename(folder / "pages")
    (folder / "pages" / "links.md").write_text(f"{HEAD}[a](other.md#other) [b](no.md)\n", encoding="utf-8")
    assert _findings(folder) == {("pages/links.md", 10, "LNK001")}


def test_a_logo_that_stops_a_build_is_an_error_on_its_line(folder: Path, tmp_path: Path) -> None:
    text = (folder / "organization.yml").read_text("utf-8")
    assert "\nbrand:\n" in text
    text = text.replace("\nbrand:\n", "\nbrand:\n  logo: images/logo.svg\n")
    (folder / "organization.yml").write_text(text, encoding="utf-8")
    line = text[: text.index("images/logo.svg")].count("\n") + 1
    assert ("organization.yml", line, "REG001") in _findings(folder)
    assert build(folder, tmp_path / "site").returncode
