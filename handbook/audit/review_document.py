"""The records of reviews as a page that is read without our software."""

from handbook.formats.html_document import DOCUMENTS
from handbook.registers.review_index import Reviews
from handbook.registers.review_records import QUESTIONS, MeetingDecision, ReviewFile


def as_html(reviews: Reviews) -> str:
    """Return a stand-alone page with every reading, answer and decision."""
    return DOCUMENTS.get_template("review_records.html").render(
        reviews=reviews, decisions=_decisions, questions=QUESTIONS
    )


def _decisions(review_file: ReviewFile) -> list[tuple[str, MeetingDecision | None]]:
    """Return each page of a review with the decision about it, or None while that is open."""
    record = review_file.record
    decided = record.meeting.pages if record.meeting else {}
    return [(page, decided.get(page)) for page in dict.fromkeys((*record.pages, *decided))]
