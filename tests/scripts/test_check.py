"""`handbook check` as its user runs it."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from handbook.check.reports import FORMATS
from handbook.rules.wording import judged_texts
from scripts.cli import main
from tests.conftest import PAGE
from tests.scripts.conftest import Git

Write = Callable[[str, str | bytes], Path]
# The pages that these tests write have had no review, and that is not what they are about.
UNREVIEWED = ("--ignore", "REV005,REV006")


def _check(folder: Path, *arguments: str) -> Result:
    return CliRunner().invoke(
        main,
        ["check", "--root", str(folder), "--today", "2026-11-20", *UNREVIEWED, *arguments],
        catch_exceptions=False,
    )


def test_a_handbook_in_order_passes(folder: Path) -> None:
    result = _check(folder)
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr.startswith("2 pages checked")


BROKEN: dict[str, tuple[str | bytes, str]] = {
    "no-owner": (PAGE.replace("owner: platform-lead\n", ""), "1:1 OWN001"),
    "seven-months": (PAGE.replace("2026-10-14", "2026-04-14"), "5:16 REV003"),
    "quoted": (PAGE.replace("2026-10-14", '"2026-10-14"'), "5:16 REV002"),
    "future": (PAGE.replace("2026-10-14", "2026-12-14"), "5:16 REV002"),
    "eight-months": (PAGE.replace("owner:", "review_every: 8 months\nowner:"), "4:15 REV004"),
    "duplicate": (PAGE.replace("owner:", "owner: people-lead\nowner:"), "5:1 FMT002"),
    "tab": (PAGE.replace("owner:", "audience:\n\t- work\nowner:"), "5:1 FMT001"),
    "utf-16": (PAGE.encode("utf-16"), "1:1 FMT001"),
    "bom": (b"\xef\xbb\xbf" + PAGE.replace("title", "titel").encode(), "2:1 FMT002"),
    "crlf": (PAGE.replace("Text.", "Turned\u202e").replace("\n", "\r\n"), "10:7 FMT001"),
    "none": ("# A page\n", "1:1 FMT001"),
    "large": (PAGE.replace("A page", "x" * 200_000, 1), "1:1 FMT001"),
    "bomb": (PAGE.replace("title: A page", "a: &a [x]\nb: &b [*a, *a]\ntitle: A page"), "2:4 FMT001"),
    "latin1": (PAGE.replace("Text.", "Caf\xe9").encode("latin-1"), "10:4 FMT001"),
    "capital": (PAGE.replace("owner:", "Owner:"), "4:1 FMT002"),
    "empty": ("", "1:1 FMT001"),
    "deep": (PAGE.replace("A page", "[" * 5000, 1), "2:27 FMT001"),
    "zero-byte": (PAGE.replace("A page", "a\0b", 1), "2:9 FMT001"),
}


def test_each_broken_page_has_one_finding_on_its_line(folder: Path, write: Write) -> None:
    for name, (content, _) in BROKEN.items():
        write(f"docs/{name}.md", content)
    result = _check(folder, "--format", "json")
    findings = json.loads(result.stdout)["findings"]
    assert result.exit_code == 1
    assert {
        finding["path"].removeprefix("docs/").removesuffix(".md"): (
            f"{finding['line']}:{finding['column']} {finding['code']}"
        )
        for finding in findings
    } == {name: expected for name, (_, expected) in BROKEN.items()}
    assert len(findings) == len(BROKEN)


def test_mistakes_on_three_pages_are_named_in_one_run(folder: Path, write: Write) -> None:
    write("docs/one.md", PAGE + "{{ orgnization.name }}\n")
    write("docs/three.md", PAGE + "\n{{ organization.name\n")
    write("docs/two.md", PAGE + '{{ contact("pres") }}\n')
    lines = _check(folder).stdout.splitlines()
    assert [line.partition(" ORG002 ")[0] for line in lines] == [
        "docs/one.md:11:4: error",
        "docs/three.md:12:1: error",
        "docs/two.md:11:4: error",
    ]
    assert "'organization'" in lines[0]
    assert "'press'" in lines[2]


@pytest.mark.parametrize("named", ["docs/one", "one", "one.md", "docs\\\\one.md", "docs"])
def test_a_page_may_be_named_without_its_folder_and_its_ending(
    folder: Path, write: Write, named: str
) -> None:
    write("docs/one.md", PAGE + "{{ orgnization.name }}\n")
    result = _check(folder, named)
    assert result.exit_code == 1
    assert "docs/one.md:11:4: error ORG002" in result.stdout


def test_a_page_that_is_left_out_is_said_to_be_there_but_not_published(folder: Path, write: Write) -> None:
    write("docs/one.md", PAGE.replace("owner:", "applies_to: {sectors: [finance]}\nowner:"))
    result = _check(folder, "docs/one.md")
    assert result.exit_code == 2
    assert "docs/one.md is not published in this handbook; `applies_to`" in result.stderr


def test_it_judges_what_would_be_published(folder: Path, write: Write, tmp_path: Path) -> None:
    config = folder / "mkdocs.yml"
    config.write_text(
        config.read_text()
        + "exclude_docs: |\n  left-out.md\ndraft_docs: |\n  draft.md\nnot_in_nav: |\n  quiet.md\n"
    )
    for name in ("left-out", "draft", "quiet", "one/README", "other.fr", "other.de"):
        write(f"docs/{name}.md", "# Broken\n")
    (folder / "docs" / "linked.md").symlink_to(folder / "docs" / "quiet.md")
    outside = tmp_path / "outside.md"
    outside.write_text(PAGE)
    (folder / "docs" / "outside.md").symlink_to(outside)
    (folder / "docs" / "dangling.md").symlink_to(tmp_path / "nowhere.md")
    findings = json.loads(_check(folder, "--format", "json", "--ignore", "FMT004").stdout)["findings"]
    paths = {finding["path"].removeprefix("docs/") for finding in findings}
    assert {"quiet.md", "one/README.md", "other.fr.md", "linked.md", "outside.md"} <= paths
    assert not {"left-out.md", "draft.md", "other.de.md"} & paths


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (["--ignore", "OWN"], 0),
        (["--select", "OWN001"], 1),
        (["--select", "REV,FMT"], 0),
        (["docs/index.md"], 0),
        (["docs/bad.md"], 1),
        (["docs/nowhere.md"], 2),
        (["--select", "XYZ"], 2),
        (["--today", "tomorrow"], 2),
    ],
)
def test_options_choose(folder: Path, write: Write, arguments: list[str], status: int) -> None:
    write("docs/bad.md", PAGE.replace("owner: platform-lead\n", ""))
    assert _check(folder, *arguments).exit_code == status


def test_a_warning_fails_only_if_asked_to(folder: Path, write: Write) -> None:
    write("docs/soon.md", PAGE.replace("2026-10-14", "2026-05-25"))
    assert _check(folder).exit_code == 0
    assert _check(folder, "--fail-on", "warning").exit_code == 1


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        (
            "sector: charity",
            "sectr: charity",
            "7:1: error FMT001 unknown key 'sectr'; did you mean",
        ),
        ("time_zone: America/New_York\n", "", "1:1: error FMT001 'time_zone' is missing"),
        ("languages: [en, fr]", "languages: en", "9:12: error FMT001 'languages' must be a list"),
        ("email: press@example.org", "email: press", "mail address"),
        ("languages: [en, fr]", "languages: [en, de]", "'de'"),
    ],
)
def test_a_mistake_in_the_organization_names_key_line_and_remedy(
    folder: Path, old: str, new: str, named: str
) -> None:
    file = folder / "organization.yml"
    file.write_text(file.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    result = _check(folder)
    assert result.exit_code == 2
    assert named in result.stdout
    assert "Traceback" not in result.output


BROKEN_REGISTERS = {"registers/owners.yml": 1, "registers/sources.yml": 2, "registers/waivers/one.yml": 1}


def _break_registers(folder: Path) -> None:
    """Break three registers on the lines of BROKEN_REGISTERS."""
    for path, line in BROKEN_REGISTERS.items():
        (folder / path).parent.mkdir(exist_ok=True)
        (folder / path).write_text("# a comment\n" * (line - 1) + "nonsense: 1\n", encoding="utf-8")


PLACES_IN_FORMAT: dict[str, Callable[[str], set[tuple[str, int]]]] = {
    "json": lambda text: {(row["path"], row["line"]) for row in json.loads(text)["findings"]},
    "gitlab": lambda text: {
        (row["location"]["path"], row["location"]["lines"]["begin"]) for row in json.loads(text)
    },
    "sarif": lambda text: {
        (place["artifactLocation"]["uri"], place["region"]["startLine"])
        for row in json.loads(text)["runs"][0]["results"]
        for place in [row["locations"][0]["physicalLocation"]]
    },
    "github": lambda text: {
        (path, int(line)) for path, line in re.findall(r"^::error file=(.+?),line=(\d+),", text, re.MULTILINE)
    },
    "text": lambda text: {
        (path, int(line)) for path, line in re.findall(r"^(.+?):(\d+):\d+: error FMT001 ", text, re.MULTILINE)
    },
}


@pytest.mark.parametrize("name", FORMATS)
def test_mistakes_in_registers_are_findings_in_every_format(folder: Path, name: str) -> None:
    _break_registers(folder)
    result = _check(folder, "--format", name)
    assert result.exit_code == 2
    assert PLACES_IN_FORMAT[name](result.stdout) >= set(BROKEN_REGISTERS.items())


@pytest.mark.parametrize(
    ("path", "content", "line"),
    [
        ("organization.yml", b"name: \xff", 1),
        ("organization.yml", b"name: x\n\tname: y", 2),
        ("mkdocs.yml", b"site_name: x\n  y: [", 2),
        ("registers/reviews/2026-11-01-x.yml", b"started: 1\n", 1),
        ("registers/decisions/x.yml", b"title: [\n", 1),
    ],
)
def test_a_file_that_cannot_be_used_is_a_finding_on_its_line(
    folder: Path, write: Write, path: str, content: bytes, line: int
) -> None:
    write(path, content.decode("latin-1") if b"\xff" not in content else content)
    report = json.loads(_check(folder, "--format", "json").stdout)["findings"]
    assert (path, "FMT001", "error") in {(row["path"], row["code"], row["severity"]) for row in report}
    assert min(row["line"] for row in report if row["path"] == path) >= line


def test_a_setting_that_mkdocs_refuses_is_a_finding_on_its_line(folder: Path) -> None:
    file = folder / "mkdocs.yml"
    text = file.read_text(encoding="utf-8").replace("use_directory_urls: true", "use_directory_urls: maybe")
    file.write_text(text, encoding="utf-8")
    (row,) = json.loads(_check(folder, "--format", "json").stdout)["findings"]
    line = text[: text.index("use_directory_urls")].count("\n") + 1
    assert (row["path"], row["line"]) == ("mkdocs.yml", line)


def test_a_second_run_judges_no_wording_again(
    folder: Path, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    write("docs/one.md", PAGE.replace("Text.", "Do not share confidential information."))
    Git(folder).commit()
    first = _check(folder, "--select", "WRD")
    assert "WRD001" in first.stdout

    def judge_again(*_: object) -> None:
        raise AssertionError("the wording was judged again")

    monkeypatch.setattr(judged_texts, "judge", judge_again)
    assert _check(folder, "--select", "WRD").stdout == first.stdout
