"""`handbook wording` judges any file, and says what it cannot judge."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from scripts.cli import main
from scripts.wording import command
from tests.conftest import PAGE

# What a British law calls void, what another one does not enforce, and what a public body should know.
THREE = "Never complain to the ombudsman.\n\nDo not discuss your salary.\n\nDo not bring us into disrepute.\n"
SEVERITIES = {"WRD010": "error", "WRD002": "warning", "WRD003": "info"}
LEVELS = {"error": "error", "warning": "warning", "info": "note"}
FAULTED = "Intro.\n\nEmployees must not\nshare confidential information.\n"


def _run(*arguments: str, text: str | None = None) -> Result:
    return CliRunner().invoke(command, arguments, input=text)


@pytest.fixture
def policy(tmp_path: Path) -> str:
    path = tmp_path / "policy.md"
    path.write_text(FAULTED, encoding="utf-8")
    return str(path)


def test_a_finding_has_its_line_and_its_column(policy: str) -> None:
    done = _run("--place", "us", "--format", "json", policy)
    assert done.exit_code == 1
    (finding,) = json.loads(done.stdout)["findings"]
    assert (finding["path"], finding["line"], finding["column"]) == (policy, 4, 7)
    assert (finding["code"], finding["severity"]) == ("WRD001", "warning")


def test_the_standard_input_is_judged() -> None:
    assert _run("--place", "us", "-", text=FAULTED).exit_code == 1
    assert _run("--place", "us", "-", text="Talk about pay.\n").exit_code == 0


def test_sarif_names_the_rule(policy: str) -> None:
    (run,) = json.loads(_run("--place", "us", "--format", "sarif", policy).stdout)["runs"]
    assert [result["ruleId"] for result in run["results"]] == ["WRD001"]


@pytest.mark.parametrize("line_end", ["\r\n", "\r"])
def test_line_ends_of_other_systems_count(tmp_path: Path, line_end: str) -> None:
    path = tmp_path / "policy.txt"
    path.write_bytes(b"\xef\xbb\xbf" + FAULTED.replace("\n", line_end).encode())
    (finding,) = json.loads(_run("--place", "us", "--format", "json", str(path)).stdout)["findings"]
    assert finding["line"] == 4


@pytest.mark.parametrize("data", [b"\xff\xfeA", None, b"x" * 300_000])
def test_a_file_that_cannot_be_judged_is_named(tmp_path: Path, data: bytes | None) -> None:
    path = tmp_path / "policy.md"
    if data is not None:
        path.write_bytes(data)
    done = _run("--place", "us", str(path))
    assert done.exit_code == 2
    assert "policy.md" in done.stderr


def test_without_an_organization_or_guidance_nothing_is_judged(policy: str, tmp_path: Path) -> None:
    assert "--place" in _run("--root", str(tmp_path), policy).stderr
    done = _run("--place", "us", "--language", "xx", policy)
    assert done.exit_code == 2
    assert "nothing was judged" in done.stderr


def test_json_carries_the_severity_of_each_finding() -> None:
    done = _run("--place", "uk", "--place", "us", "--public-body", "--format", "json", "-", text=THREE)
    findings = json.loads(done.stdout)["findings"]
    assert {finding["code"]: finding["severity"] for finding in findings} == SEVERITIES
    assert done.exit_code == 1


def test_sarif_carries_the_severity_of_each_finding() -> None:
    done = _run("--place", "uk", "--place", "us", "--public-body", "--format", "sarif", "-", text=THREE)
    assert _levels_in_sarif(done.stdout) == SEVERITIES


def test_each_rule_has_a_name_of_its_own_in_sarif() -> None:
    text = _run("--place", "uk", "--format", "sarif", "-", text=THREE).stdout
    (run,) = json.loads(text)["runs"]
    names = [rule["name"] for rule in run["tool"]["driver"]["rules"] if rule["id"].startswith("WRD")]
    assert len(set(names)) == len(names)


def test_information_alone_is_no_failure() -> None:
    done = _run("--place", "us", "--public-body", "-", text="Do not bring us into disrepute.\n")
    assert "info WRD003" in done.stdout
    assert done.exit_code == 0


def _levels_in_sarif(text: str) -> dict[str, str]:
    names = {level: severity for severity, level in LEVELS.items()}
    (run,) = json.loads(text)["runs"]
    return {result["ruleId"]: names[result["level"]] for result in run["results"]}


@pytest.fixture
def council(folder: Path) -> Path:
    """A handbook of a public body in two countries, with a page of such wording."""
    file = folder / "organization.yml"
    text = file.read_text(encoding="utf-8")
    text = text.replace("sector: charity", "sector: government")
    file.write_text(text.replace("jurisdictions: [us, ca]", "jurisdictions: [us, uk]"), encoding="utf-8")
    page = PAGE.replace("Text.", THREE)
    (folder / "docs" / "other.md").write_text(page, encoding="utf-8")
    return folder


def _check(folder: Path, name: str) -> str:
    options = ["--root", str(folder), "--select", "WRD", "--format", name, "--today", "2026-11-20"]
    return CliRunner().invoke(main, ["check", *options], catch_exceptions=False).stdout


def test_the_check_carries_the_severity_in_each_format(council: Path) -> None:
    findings = json.loads(_check(council, "json"))["findings"]
    assert {finding["code"]: finding["severity"] for finding in findings} == SEVERITIES
    assert _levels_in_sarif(_check(council, "sarif")) == SEVERITIES
    issues = {issue["check_name"]: issue["severity"] for issue in json.loads(_check(council, "gitlab"))}
    assert issues == {"WRD010": "major", "WRD002": "minor", "WRD003": "info"}
    github = _check(council, "github").splitlines()
    assert [line.partition(" ")[0] for line in github] == ["::error", "::warning", "::notice"]
    text = _check(council, "text")
    assert all(f"{severity} {code}" in text for code, severity in SEVERITIES.items())


def test_front_matter_is_not_judged_but_its_lines_count(tmp_path: Path) -> None:
    path = tmp_path / "policy.md"
    path.write_text(f"---\ntitle: Do not share confidential information.\n---\n{FAULTED}")
    (finding,) = json.loads(_run("--place", "us", "--format", "json", str(path)).stdout)["findings"]
    assert finding["line"] == 7
