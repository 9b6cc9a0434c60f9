"""The records of reviews as a page that is read without our software."""

from handbook.formats.html_document import DOCUMENTS
from handbook.registers.dissents import dissents
from handbook.registers.filed_for import FiledFor
from handbook.registers.review_index import Reviews
from handbook.registers.review_records import QUESTIONS, MeetingDecision, PageReading, Reading, ReviewFile


def as_html(reviews: Reviews) -> str:
    """Return a stand-alone page with every reading, answer and decision."""
    return DOCUMENTS.get_template("review_records.html").render(
        reviews=reviews,
        decisions=_decisions,
        columns=_columns,
        words=_words,
        filed_by_others=_filed_by_others,
        dissents=list(dissents(reviews.files)),
    )


def _filed_by_others(filed_for: FiledFor) -> str:
    """Return what is known of something that was filed for somebody; accounts may be mail addresses."""
    source = (
        f"the comment {filed_for.comment}" if filed_for.comment else "a text that is not in the repository"
    )
    return f"Somebody else filed this, from {source}. The commit does not show who said it."


def _columns(reading: Reading) -> list[str]:
    """Return the headings of what a role wrote about each page; older readings have answers, not notes."""
    questions = map(str.capitalize, QUESTIONS) if _has_answers(reading) else ()
    return ["What it looked at", *questions] if _has_notes(reading) else [*questions]


def _words(reading: Reading, page: PageReading) -> list[str]:
    answers = page.answers if _has_answers(reading) else ()
    return [page.note, *answers] if _has_notes(reading) else [*answers]


def _has_answers(reading: Reading) -> bool:
    return any(any(page.answers) for page in reading.pages.values())


def _has_notes(reading: Reading) -> bool:
    return any(page.note for page in reading.pages.values())


def _decisions(review_file: ReviewFile) -> list[tuple[str, MeetingDecision | None]]:
    """Return each page of a review with the decision about it, or None while that is open."""
    record = review_file.record
    decided = record.meeting.pages if record.meeting else {}
    return [(page, decided.get(page)) for page in dict.fromkeys((*record.pages, *decided))]
