"""Each report format, compared with its file in tests/golden/."""

from pathlib import Path

import pytest

from handbook.findings import Finding
from handbook.reports import FORMATS, summary
from tests.conftest import ROOT

GOLDEN = ROOT / "tests" / "golden"
HOSTILE_PATH = "docs/a\n::error file=b,line=1::100%25 of\r%0A c:d, <e>&\"f'.md"
FINDINGS = [
    Finding(HOSTILE_PATH, 3, 1, "FMT001", "error", "the file begins with a byte order mark; save as UTF-8"),
    Finding("docs/index.md", 1, 1, "OWN001", "error", "no owner; add `owner:` with a role from the register"),
    Finding("docs/index.md", 12, 8, "ORG002", "warning", "100% of 'é\u202e\x1b[31m\n::warning::' | <b>&\\,:"),
    Finding("docs/platforms/index.fr.md", 7, 120, "WRD001", "info", "l’équipe 🙂 écrit « jamais »"),
]


def _golden(report: str) -> Path:
    """Return the file of a format, whatever follows the dot."""
    found = sorted(GOLDEN.glob(f"{report}.*"))
    assert len(found) == 1, (
        f"the format '{report}' has {len(found)} files in tests/golden/; write what it shows of FINDINGS"
        f" into one, named {report}.txt or as editors know the format, and read it before you commit it"
    )
    return found[0]


@pytest.mark.parametrize("report", FORMATS)
def test_a_report_shows_the_sample_as_its_golden_file_does(report: str) -> None:
    assert FORMATS[report](FINDINGS) == _golden(report).read_bytes().decode("utf-8")


def test_each_golden_file_belongs_to_a_format() -> None:
    assert {file.stem for file in GOLDEN.iterdir()} == set(FORMATS)


@pytest.mark.parametrize("report", FORMATS)
def test_a_report_ends_its_last_line_and_can_be_written_as_utf_8(report: str) -> None:
    assert FORMATS[report](FINDINGS).encode("utf-8").endswith(b"\n")


def test_the_text_report_has_one_line_a_finding() -> None:
    assert len(FORMATS["text"](FINDINGS).splitlines()) == len(FINDINGS)


@pytest.mark.parametrize(
    ("findings", "pages", "said"),
    [
        ([], 1, "1 page checked; nothing found"),
        (FINDINGS[:1], 1200, "1,200 pages checked; 1 error"),
        (FINDINGS, 3, "3 pages checked; 2 errors, 1 warning, 1 notice"),
    ],
)
def test_the_summary_counts_what_was_found(findings: list[Finding], pages: int, said: str) -> None:
    assert summary(findings, pages) == said
