"""`handbook wording` judges any file, and says what it cannot judge."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from scripts.wording import command

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


def test_front_matter_is_not_judged_but_its_lines_count(tmp_path: Path) -> None:
    path = tmp_path / "policy.md"
    path.write_text(f"---\ntitle: Do not share confidential information.\n---\n{FAULTED}")
    (finding,) = json.loads(_run("--place", "us", "--format", "json", str(path)).stdout)["findings"]
    assert finding["line"] == 7
