"""Each report format, compared with its golden file and with every possible finding."""

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from importlib.metadata import version
from typing import Any
from urllib.parse import unquote_to_bytes, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft4Validator

from handbook.check.reports import FORMATS, Report, as_github, as_gitlab, as_json, as_sarif, as_text, summary
from handbook.content.pages import Page
from handbook.findings import Finding, Problem, Severity
from handbook.model import Handbook
from handbook.rules import RULES, Rule
from handbook.text.quoting import one_line
from tests.conftest import ROOT

GOLDEN = ROOT / "tests" / "golden"
SCHEMA = ROOT / "tests" / "schemas" / "sarif-2.1.0-rtm.5.json"
ADDRESS = "https://handbook.example.org/"
HOSTILE = Finding(
    "docs/a: b, 100%0A\n::error::forged.md",
    3,
    7,
    "EXA001",
    "error",
    "100 % of {0} [here](https://evil.example.net)\r\n::error file=x::forged \x1b[31m\u2028and, more",
)
REPORT = Report(
    (
        HOSTILE,
        replace(HOSTILE, line=9),
        Finding("docs/caf\udce9.md", 1, 1, "EXA001", "error", "no owner; add `owner:`"),
        Finding("docs/politique/été.md", 5, 16, "EXA002", "warning", "review due by 2026-12-01; plan it"),
        Finding("docs/policy/work.md", 12, 1, "EXA002", "info", "the wording “never post” is broad"),
    ),
    ADDRESS,
)


def _judge(page: Page, handbook: Handbook) -> Iterator[Problem]:
    """A reason that stands on its own.

    A second paragraph.

    Bad:  `owner: {nobody}`
    Good: `owner: communications-lead`
    """
    yield from ()


EXAMPLES = {
    "EXA002": Rule("EXA002", "Page has a second example", Severity.WARNING, _judge),
    "EXA001": Rule("EXA001", "Page has an example", Severity.ERROR, _judge),
}


@pytest.mark.parametrize("name", FORMATS)
def test_a_report_is_its_golden_file(name: str) -> None:
    (golden,) = GOLDEN.glob(f"{name}.*")
    shown = as_sarif(REPORT, EXAMPLES) if name == "sarif" else FORMATS[name](REPORT)
    shown = shown.replace(json.dumps(version("social-media-policy-handbook")), '"VERSION"')
    assert shown == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", FORMATS)
def test_a_report_of_nothing_is_whole(name: str) -> None:
    shown = FORMATS[name](Report(()))
    assert shown == "" if name in {"text", "github"} else json.loads(shown) is not None


PIECES = st.sampled_from(["\n", "\r", "\r\n", "%", "%0A", ",", ":", "::", "::error::", "##[error]", "=", " "])
# A name of a file stands for bytes, and those that are not UTF-8 are kept as these halves of pairs.
BYTES = st.integers(0xDC80, 0xDCFF).map(chr)
PATHS = st.lists(st.one_of(PIECES, BYTES, st.text(max_size=6)), max_size=8).map("".join)
ANYTHING = st.characters(exclude_categories=())
MESSAGES = st.lists(st.one_of(PIECES, st.text(ANYTHING, max_size=6)), max_size=8).map("".join)
FINDINGS = st.builds(
    Finding,
    path=PATHS.map("docs/".__add__),
    line=st.integers(1, 9999),
    column=st.integers(1, 9999),
    code=st.sampled_from(sorted(RULES)),
    severity=st.sampled_from([severity.value for severity in Severity]),
    message=MESSAGES,
)
MANY = st.lists(FINDINGS, max_size=8)


def _commands(log: str) -> list[tuple[str, dict[str, str], str]]:
    """Read a log as GitHub's runner does: name, properties and message of each command."""
    commands = []
    for line in re.split(r"\r\n|\r|\n", log):
        if line.lstrip().startswith("::"):
            info, _, data = line.lstrip()[2:].partition("::")
            name, _, properties = info.partition(" ")
            pairs = [pair.split("=", 1) for pair in properties.split(",")]
            commands.append((name, {key: _unescape(text) for key, text in pairs}, _unescape(data)))
    return commands


def _unescape(text: str) -> str:
    for code, character in (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")):
        text = text.replace(code, character)
    return text


@given(FINDINGS)
def test_no_finding_makes_more_than_one_command_on_one_line(finding: Finding) -> None:
    log = as_github(Report((finding,)))
    assert len(log.splitlines()) == 1
    ((name, properties, _),) = _commands(log)
    assert name in {"error", "warning", "notice"}
    assert list(properties) == ["file", "line", "col", "title"]
    assert log.startswith(f"::{name} file=docs/")
    log.encode("utf-8")


@given(FINDINGS)
def test_github_reads_back_each_finding(finding: Finding) -> None:
    ((_, properties, message),) = _commands(as_github(Report((finding,))))
    location = {"line": str(finding.line), "col": str(finding.column), "title": finding.code}
    assert properties == {"file": _shown(finding.path), **location}
    assert message == _shown(finding.message)


def _shown(text: str) -> str:
    shown = re.sub(r"[^\r\n]+", lambda part: one_line(part[0]), text)
    return re.sub(r"##(?=\w*\[)", r"#\\x23", shown)


@given(FINDINGS)
def test_no_finding_makes_more_than_one_line_of_text(finding: Finding) -> None:
    shown = as_text(Report((finding,)))
    assert len(shown.splitlines()) == 1
    assert one_line(shown.removesuffix("\n")) == shown.removesuffix("\n")


@given(MANY)
def test_json_gives_back_every_finding(findings: list[Finding]) -> None:
    shown = as_json(Report(findings)).encode("utf-8")
    # Two halves of a surrogate pair next to each other are one character to every reader of JSON.
    expected = [replace(finding, message=_paired(finding.message)) for finding in findings]
    assert [Finding(**record) for record in json.loads(shown)["findings"]] == expected


def _paired(text: str) -> str:
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")


@given(MANY)
def test_gitlab_tells_every_finding_from_every_other(findings: list[Finding]) -> None:
    twice = [*findings, *findings]
    issues = json.loads(as_gitlab(Report(twice)).encode("utf-8"))
    assert len({issue["fingerprint"] for issue in issues}) == len(twice)


@settings(deadline=None)
@given(MANY, st.integers(1, 50), FINDINGS)
def test_fingerprints_stay_when_lines_move_and_other_findings_come(
    findings: list[Finding], lines: int, other: Finding
) -> None:
    moved = [replace(finding, line=finding.line + lines) for finding in findings]
    before, after = _fingerprints(findings), _fingerprints([*moved, other])
    assert after[: len(before)] == before
    assert len(set(after)) == len(after)


def _fingerprints(findings: list[Finding]) -> list[str]:
    (run,) = json.loads(as_sarif(Report(findings)).encode("utf-8"))["runs"]
    return [next(iter(result["partialFingerprints"].values())) for result in run["results"]]


def test_the_schema_is_the_published_one() -> None:
    assert hashlib.sha256(SCHEMA.read_bytes()).hexdigest() in (SCHEMA.parent / "README.md").read_text()


@pytest.fixture(scope="module")
def validator() -> Draft4Validator:
    return Draft4Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))


@settings(max_examples=20, deadline=None)
@given(findings=MANY)
def test_sarif_is_valid(validator: Draft4Validator, findings: list[Finding]) -> None:
    log = json.loads(as_sarif(Report(findings, ADDRESS)).encode("utf-8"))
    validator.validate(log)
    (run,) = log["runs"]
    for result, finding in zip(run["results"], findings, strict=True):
        (location,) = result["locations"]
        physical = location["physicalLocation"]
        assert physical["region"] == {"startLine": finding.line, "startColumn": finding.column}
        assert _path(physical["artifactLocation"]["uri"]) == finding.path.encode("utf-8", "surrogateescape")
        assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"] == finding.code


def _path(address: str) -> bytes:
    parts = urlsplit(address)
    assert (parts.scheme, parts.netloc, parts.query, parts.fragment) == ("", "", "", "")
    assert re.fullmatch(r"[A-Za-z0-9%/._~-]+", address)
    return unquote_to_bytes(address)


def test_sarif_explains_every_rule() -> None:
    rules = _driver(Report((), ADDRESS))["rules"]
    assert [rule["id"] for rule in rules] == sorted(RULES)
    for rule in rules:
        known = RULES[rule["id"]]
        assert rule["helpUri"] == f"{ADDRESS}contributing/rules/#{known.code.lower()}"
        assert rule["defaultConfiguration"] == {"level": known.severity.value.replace("info", "note")}
        assert known.good in rule["help"]["text"]
        assert known.bad in rule["help"]["markdown"]
        assert re.fullmatch(r"[A-Z][A-Za-z]+", rule["name"])


def test_the_address_may_end_without_a_slash() -> None:
    assert _driver(Report((), "https://example.org/book"))["rules"][0]["helpUri"].startswith(
        "https://example.org/book/contributing/rules/#"
    )


def test_an_unknown_address_is_not_made_up() -> None:
    driver = _driver(Report(()))
    assert "informationUri" not in driver
    assert not any("helpUri" in rule for rule in driver["rules"])


def _driver(report: Report) -> Any:
    (run,) = json.loads(as_sarif(report))["runs"]
    return run["tool"]["driver"]


def test_each_golden_file_belongs_to_a_format() -> None:
    assert sorted(file.stem for file in GOLDEN.iterdir() if file.is_file()) == sorted(FORMATS)


@pytest.mark.parametrize(
    ("findings", "pages", "waived", "counts"),
    [
        ([], 1, 0, ["1 page"]),
        ([], 2, 1, ["2 pages", "1 finding waived"]),
        ([HOSTILE], 1200, 0, ["1,200 pages", "1 error"]),
        (REPORT.findings, 3, 2, ["3 pages", "3 errors", "1 warning", "1 notice", "2 findings waived"]),
    ],
)
def test_the_summary_counts_pages_findings_and_waivers(
    findings: list[Finding], pages: int, waived: int, counts: list[str]
) -> None:
    sentence = summary(findings, pages, waived)
    assert re.findall(r"[\d,]+ (?:page|finding|error|warning|notice)s?(?: waived)?", sentence) == counts
    assert ("nothing" in sentence) == (not findings)
