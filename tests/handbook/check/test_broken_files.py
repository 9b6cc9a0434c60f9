"""What an error that stops a check says about files becomes findings."""

import pytest

from handbook.check.broken_files import broken_files
from handbook.errors import HandbookError


@pytest.mark.parametrize(
    ("sentence", "places"),
    [
        ("registers/owners.yml:3:5: unknown key", {("registers/owners.yml", 3, 5)}),
        ("registers/waivers/for the fair.yml:1:1: empty", {("registers/waivers/for the fair.yml", 1, 1)}),
        ("sample/registers/a b.yml:1:1: empty", {("sample/registers/a b.yml", 1, 1)}),
        ("registers/decisions/a b.yml cannot be a name", {("registers/decisions/a b.yml", 1, 1)}),
        ("mkdocs.yml cannot be used: it is empty", {("mkdocs.yml", 1, 1)}),
        ("the meeting was at 10:15:00: nobody came", set()),
        ("there is no handbook here", set()),
    ],
)
def test_each_line_about_a_file_is_a_finding(sentence: str, places: set[tuple[str, int, int]]) -> None:
    findings = broken_files(HandbookError(f"a heading\n{sentence}"))
    assert {(finding.path, finding.line, finding.column) for finding in findings} == places
