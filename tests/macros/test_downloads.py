"""The files that auditors may take away: what is in them, and that what describes them is true."""

import csv
import io
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from handbook.compliance.compliance_for_build import ComplianceForBuild
from handbook.compliance.tally import PageState, Tally
from handbook.content.pages import Page, PageSource, parse_page
from handbook.git.commit_messages import Significance
from handbook.git.source_repository import Unavailable
from handbook.history.changes import Change, History, PageHistory
from handbook.history.history_for_build import HistoryForBuild
from handbook.markup.refused_html import suspects
from handbook.registers.review_index import Reviews
from handbook.registers.review_records import ReviewFile, ReviewRecord
from handbook.registers.waivers import Waiver, Waivers
from handbook.yaml.located import LocatedMapping
from macros.context import datasets as audit_files
from macros.context.registry import MacroContext
from macros.context.site import Site
from macros.definitions import downloads
from tests.builds import NOON
from tests.conftest import PAGE, REVIEWED, ROOT, TODAY
from tests.records import parse_record, record, texts_of

FORMULA = '=HYPERLINK("https://evil.example.net")'
PAST = ComplianceForBuild([Tally(TODAY, dict(zip(PageState, (1, 1, 0, 0, 1, 0), strict=True)))])


def _page(path: str, title: str, language: str = "en") -> Page:
    text = PAGE.replace("title: A page", f"title: {json.dumps(title)}")
    return parse_page(PageSource(path, path, language), text.encode())


@pytest.fixture
def full_site(site: Site, monkeypatch: pytest.MonkeyPatch) -> Site:
    """The sample organization with three pages, a closed review, an open one, and a waiver; all hostile."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", NOON)
    pages = [_page("docs/index.md", FORMULA), _page("docs/a.md", "A,\t“b”"), _page("docs/a.fr.md", "À", "fr")]
    closed = parse_record(f"registers/reviews/{REVIEWED}-a.yml", record(texts_of(pages[:2]), REVIEWED))
    open_one = ReviewRecord(started=TODAY, pages=["docs/a.md", "docs/gone.md"], readings={"legal-lead": None})
    bare = ReviewRecord(pages=["-docs/a.md"])
    review_file = [
        closed,
        ReviewFile("registers/reviews/b.yml", open_one, LocatedMapping()),
        ReviewFile("registers/reviews/c.yml", bare, LocatedMapping()),
    ]
    waiver = Waiver(page="docs/a.md", rule="STR001", reason="@SUM(1)\n+1", approver="nobody", end=TODAY)
    registers = replace(
        site.registers, reviews=Reviews(review_file), waivers=Waivers([waiver, Waiver(page="a", rule="b")])
    )
    change = Change(
        1,
        "c" * 40,
        TODAY,
        (None, "=lead"),
        FORMULA,
        7,
        Significance.EDITORIAL,
        "docs/b.md",
        "docs/a.md",
        "1",
        "2",
    )
    histories = {"docs/a.md": PageHistory("docs/a.md", (change, change._replace(position=0, before=None)))}
    return replace(
        site,
        registers=registers,
        history=HistoryForBuild(ROOT, History(histories, ())),
        compliance=PAST,
        pages={page.path.removeprefix("docs/"): page for page in pages},
        addresses={"docs/index.md": "./", "docs/a.md": "a/", "docs/a.fr.md": "a.fr/"},
    )


@pytest.fixture
def files(full_site: Site) -> dict[str, str]:
    data_by_path = audit_files.data_files(full_site)
    return {path.removeprefix("audit/data/"): data.decode() for path, data in data_by_path.items()}


def _rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))


@pytest.mark.parametrize("name", audit_files.DATASETS)
def test_data_is_what_its_schema_describes(name: str, files: dict[str, str]) -> None:
    schema = json.loads(files[f"{name}.schema.json"])
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    Draft202012Validator.check_schema(schema)
    judge = Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)
    data = json.loads(files[f"{name}.json"])
    assert list(judge.iter_errors(data)) == []
    assert list(judge.iter_errors({**data, "more": 1}))
    (rows,) = (value for value in data.values() if isinstance(value, list))
    assert rows
    for key in rows[0]:
        assert list(judge.iter_errors({**data, **_with(data, rows, key, {"no": "fact"})})), key


def _with(data: dict[str, Any], rows: list[dict[str, Any]], key: str, value: object) -> dict[str, Any]:
    name = next(name for name, part in data.items() if part is rows)
    return {name: [{**rows[0], key: value}]}


def _properties(schema: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for model in (schema, *schema["$defs"].values()):
        yield from model["properties"].items()


@pytest.mark.parametrize("name", audit_files.DATASETS)
def test_every_fact_has_a_title_and_is_described_in_a_sentence(name: str, files: dict[str, str]) -> None:
    schema = json.loads(files[f"{name}.schema.json"])
    for fact, described in _properties(schema):
        assert described["title"], fact
        assert re.fullmatch(r"[A-Z].{10,}[.?]", described["description"]), fact


@pytest.mark.parametrize("name", audit_files.DATASETS)
def test_a_table_has_a_line_for_each_record_and_no_formula(name: str, files: dict[str, str]) -> None:
    data = json.loads(files[f"{name}.json"])
    (records,) = (value for value in data.values() if isinstance(value, list))
    rows = _rows(files[f"{name}.csv"])
    assert len(rows) == len(records)
    assert list(rows[0]) == [*(key for key, value in data.items() if value is not records), *records[0]]
    assert not [cell for row in rows for cell in row.values() if cell.startswith(tuple("=+-@\t\r\n"))]
    assert files[f"{name}.csv"].count("\r\n") == files[f"{name}.csv"].count("\n") == len(rows) + 1


def test_each_role_that_was_to_read_a_page_has_a_line(files: dict[str, str]) -> None:
    rows = json.loads(files["reviews.json"])["reviews"]
    shown = [(row["review"][-5:], row["page"], row["role"], row["verdict"], row["outcome"]) for row in rows]
    assert shown == [
        ("a.yml", "docs/index.md", "platform-lead", "keep", "unchanged"),
        ("a.yml", "docs/index.md", "communications-lead", "keep", "unchanged"),
        ("a.yml", "docs/a.md", "platform-lead", "keep", "unchanged"),
        ("a.yml", "docs/a.md", "communications-lead", "keep", "unchanged"),
        ("b.yml", "docs/a.md", "legal-lead", None, None),
        ("b.yml", "docs/gone.md", "legal-lead", None, None),
        ("c.yml", "-docs/a.md", None, None, None),
    ]
    first, last = rows[0], rows[-1]
    assert (first["read_on"], first["met_on"], first["answered"], first["took_part"]) == (
        REVIEWED.isoformat(),
        REVIEWED.isoformat(),
        4,
        True,
    )
    assert {key for key, value in last.items() if value is not None} == {"review", "page"}


def test_a_waiver_counts_only_with_reason_approver_and_end(files: dict[str, str]) -> None:
    assert [row["in_force"] for row in json.loads(files["waivers.json"])["waivers"]] == [True, False]
    assert _rows(files["waivers.csv"])[0]["reason"] == "'@SUM(1)\\n+1"


def test_a_change_has_a_line_the_newest_first(files: dict[str, str]) -> None:
    newest, oldest = json.loads(files["changes.json"])["changes"]
    assert (newest["what"], newest["path_before"], newest["kind"]) == ("moved", "docs/b.md", "editorial")
    assert newest["authors"] == ["unknown role", "=lead"]
    assert oldest["what"] == "new"


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_file_is_listed_and_every_link_leads_to_one(full_site: Site, language: str) -> None:
    here = MacroContext(full_site, language, full_site.pages["index.md"], "fr/audit/downloads/")
    shown = str(downloads.downloads(here))
    linked = {link.removeprefix("../../../") for link in re.findall(r'href="([^"]+)"', shown)}
    assert linked == audit_files.data_files(full_site).keys()
    assert suspects(shown) == []


def test_what_is_not_known_has_no_file_and_says_why(full_site: Site) -> None:
    cut_off = replace(full_site, compliance=ComplianceForBuild(unavailable=Unavailable.CUT_OFF))
    assert not [path for path in audit_files.data_files(cut_off) if "compliance" in path]
    shown = str(downloads.downloads(MacroContext(cut_off, "en", cut_off.pages["index.md"], "a/")))
    assert "git fetch --unshallow" in shown
    assert "compliance.csv" not in shown
    without = replace(full_site, history=HistoryForBuild(ROOT, unavailable=Unavailable.NO_HISTORY))
    assert not [path for path in audit_files.data_files(without) if "changes" in path]


def test_the_same_pages_give_the_same_bytes_whatever_their_order(full_site: Site) -> None:
    turned = replace(full_site, pages=dict(reversed(list(full_site.pages.items()))))
    assert audit_files.data_files(turned) == audit_files.data_files(full_site)
