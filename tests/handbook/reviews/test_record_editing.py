"""A record of a review says what people answered, and only the dates of a reviewed page change."""

import datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from handbook.content.pages import PageSource, parse_page
from handbook.errors import HandbookError
from handbook.registers.review_records import PageReading, Reading
from handbook.reviews.record_editing import with_reading, with_review_dates
from tests.records import meeting, open_record, parse_record, record

DAY = datetime.date(2026, 10, 14)
BODY = "\n# A page\n\nlast_reviewed: 2026-01-02\n---\n"


@pytest.mark.parametrize(
    ("head", "after"),
    [
        ("---\nlast_reviewed: 2026-01-02 # why\n---\n", "---\nlast_reviewed: 2026-10-14 # why\n---\n"),
        (
            '--- \nlast_reviewed: "2026-01-02"\ntitle: x\n...\n',
            "--- \nlast_reviewed: 2026-10-14\ntitle: x\n...\n",
        ),
        ("---\ntitle: x\n# end\n---\t\n", "---\ntitle: x\nlast_reviewed: 2026-10-14\n# end\n---\t\n"),
    ],
)
def test_front_matter_is_stamped_and_nothing_else(head: str, after: str) -> None:
    text = head + BODY.rstrip("\n")
    page = parse_page(PageSource("", "docs/x.md", "en"), text.encode())
    assert with_review_dates(page, text, DAY, None) == after + BODY.rstrip("\n")


def test_a_legal_review_is_stamped_below() -> None:
    text = "---\nlast_reviewed: 2026-01-02\n---\n" + BODY
    page = parse_page(PageSource("", "docs/x.md", "en"), text.encode())
    legal = datetime.date(2026, 10, 9)
    assert (
        with_review_dates(page, text, DAY, legal)
        == "---\nlast_reviewed: 2026-10-14\nlegal_review: 2026-10-09\n---\n" + BODY
    )


@pytest.mark.parametrize(
    "text", ["\ufeff\ufeff---\na: 1\n---\nx", "no front matter", "---\n{a: 1}\n---\nx\n", "---\na: 1\n"]
)
def test_a_page_that_the_check_faults_for_its_form_is_not_stamped(text: str) -> None:
    page = parse_page(PageSource("", "docs/x.md", "en"), text.encode())
    with pytest.raises(HandbookError, match=r"front matter of docs/x\.md cannot be changed"):
        with_review_dates(page, text, DAY, None)


@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_stamped_page_keeps_its_ends_of_lines_and_its_byte_order_mark(mark: str, end: str) -> None:
    text = mark + f"---\nlast_reviewed: 2026-01-02 # then\ntitle: é\n---\n\n{BODY}".replace("\n", end)
    page = parse_page(PageSource("", "docs/x.md", "en"), text.encode())
    assert not page.front_matter.form_problems
    assert with_review_dates(page, text, DAY, None) == text.replace("2026-01-02", DAY.isoformat(), 1)


def test_a_page_with_windows_line_ends_gets_its_legal_review_in_them() -> None:
    text = f"---\nlast_reviewed: 2026-01-02\n---\n{BODY}".replace("\n", "\r\n")
    page = parse_page(PageSource("", "docs/x.md", "en"), text.encode())
    stamped = with_review_dates(page, text, DAY, DAY)
    assert stamped.count("\n") == stamped.count("\r\n") == text.count("\n") + 1


@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_a_record_keeps_its_windows_line_ends(mark: str) -> None:
    page = PageReading(fingerprint="sha256:" + "0" * 64, verdict="keep", note="Two\nlines.")
    before = mark + open_record(["docs/x.md"], ["platform-lead", "legal-lead"], DAY)
    reading = Reading(date=DAY, pages={"docs/x.md": page})
    signed = with_reading(before.replace("\n", "\r\n"), "legal-lead", reading)
    assert signed == with_reading(before, "legal-lead", reading).replace("\n", "\r\n")
    assert parse_record("record.yml", signed).record.readings["legal-lead"] == reading


ANSWERS = st.text(max_size=60).filter(lambda text: not any("\ud800" <= letter <= "\udfff" for letter in text))


@given(ANSWERS, ANSWERS)
@example("", "\x85")
def test_whatever_people_answer_is_read_as_they_wrote_it(relevant: str, helps: str) -> None:
    page = PageReading(fingerprint="sha256:" + "0" * 64, verdict="keep", relevant=relevant, helps=helps)
    before = open_record(["docs/x.md"], ["platform-lead", "legal-lead"], DAY)
    after = with_reading(before, "legal-lead", Reading(date=DAY, pages={"docs/x.md": page}))
    readings = parse_record("record.yml", after).record.readings
    assert readings["platform-lead"] is None
    assert readings["legal-lead"] == Reading(date=DAY, pages={"docs/x.md": page})


def test_a_record_is_what_the_commands_write() -> None:
    texts = {"docs/x.md": "sha256:" + "0" * 64}
    assert parse_record("record.yml", record(texts, DAY)).record.meeting == meeting(texts, DAY)
