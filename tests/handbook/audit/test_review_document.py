"""The records of reviews as a page that is read without our software."""

from handbook.audit.review_document import as_html
from handbook.content.fingerprints import body_fingerprint
from handbook.registers.editorial_changes import EditorialChange
from handbook.registers.review_index import Reviews
from tests.conftest import REVIEWED
from tests.records import ROLES, answers, parse_record, record

PAGE = "docs/work.md"
TEXT = body_fingerprint("Text.")


def test_it_shows_every_reading_answer_and_decision_and_escapes_what_people_wrote() -> None:
    text = record({PAGE: TEXT}, REVIEWED).replace("still hold", "<b>hold</b>")
    review_file = parse_record(f"registers/reviews/{REVIEWED}-handbook.yml", text)
    change = EditorialChange(
        page="docs/moved.md",
        date=REVIEWED,
        by="platform-lead",
        why="Fix a word",
        moved_from="docs/former.md",
        fingerprint=TEXT,
    )
    html = as_html(Reviews([review_file], [change]))
    shown = (review_file.name, PAGE, "unchanged", *answers(PAGE).values(), "docs/former.md", "Fix a word")
    assert all(words in html for words in shown)
    assert all(f"Read by {role}, {REVIEWED}" in html for role in ROLES)
    assert "&lt;b&gt;hold" in html
    assert "<b>" not in html


def test_it_names_a_verdict_that_the_meeting_did_not_follow_and_a_review_that_was_given_up() -> None:
    text = record({PAGE: TEXT}, REVIEWED).replace("outcome: unchanged", "outcome: changed")
    closed = parse_record(f"registers/reviews/{REVIEWED}-handbook.yml", text)
    reason = "The pages are being merged."
    given_up = f"abandoned: {{date: {REVIEWED}, by: platform-lead, reason: {reason}}}\n"
    html = as_html(Reviews([closed, parse_record("registers/reviews/x.yml", given_up)]))
    assert html.partition("<h2>Dissent</h2>")[2].count("<td>keep</td>") == len(ROLES)
    assert f"Abandoned on {REVIEWED} by platform-lead: {reason}" in html


def test_it_says_what_somebody_else_filed_and_shows_no_mail_address() -> None:
    comment = "https://github.com/example/handbook/issues/7#issuecomment-9"
    text = record({PAGE: TEXT}, REVIEWED)
    said = f"    date: {REVIEWED}\n    filed_for: {{account: dana@example.org, comment: '{comment}'}}\n"
    text = text.replace(f"    date: {REVIEWED}\n", said, 1)
    html = as_html(Reviews([parse_record(f"registers/reviews/{REVIEWED}-handbook.yml", text)]))
    assert html.count("Somebody else filed this, from the comment") == 1
    assert comment in html
    assert "dana@" not in html


def test_without_records_it_says_so() -> None:
    assert "no record of a review" in as_html(Reviews())
