"""Sound records of reviews, written as the commands write them."""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from handbook.content.fingerprints import body_fingerprint
from handbook.content.pages import Page, PageSource, parse_page
from handbook.registers.loading import parse_register
from handbook.registers.review_index import Reviews
from handbook.registers.review_records import (
    Meeting,
    MeetingDecision,
    PageReading,
    Reading,
    ReviewFile,
    ReviewPlan,
    ReviewRecord,
)
from handbook.reviews.record_editing import new_review, reading_text, with_meeting, with_reading
from handbook.yaml.edit_lines import block

ROLES = ("platform-lead", "communications-lead")


def answers(path: str) -> dict[str, str]:
    """Four answers, which differ from page to page."""
    return {
        "relevant": f"Yes, {path} is asked for.",
        "helps": "Yes, it saves a telephone call.",
        "environment": "Nothing new.",
        "legal": "None since the last review.",
    }


def reading(texts: Mapping[str, str], day: datetime.date) -> Reading:
    """Read each page, by its path, and find nothing to change."""
    pages = {
        path: PageReading.model_validate({"fingerprint": text, "verdict": "keep", **answers(path)})
        for path, text in texts.items()
    }
    return Reading(date=day, pages=pages)


def meeting(texts: Mapping[str, str], day: datetime.date, roles: Sequence[str] = ROLES) -> Meeting:
    """Keep each page as it is."""
    decided = {
        path: MeetingDecision(
            outcome="unchanged", reason=f"The rules of {path} still hold.", fingerprint=text
        )
        for path, text in texts.items()
    }
    return Meeting(date=day, took_part=list(roles), pages=decided)


def open_record(pages: Sequence[str], roles: Sequence[str], started: datetime.date) -> str:
    """Return an open record in one file, as reviews were stored at first, with a place for each role."""
    places = "".join(f"\n  # ---- {role} ----\n\n  {role}:\n" for role in roles)
    listed = block({"pages": list(pages)})
    return f"started: {started}\n{listed}readings:\n{places}\n# ---- meeting ----\n\nmeeting:\n"


def record(texts: Mapping[str, str], day: datetime.date, roles: Sequence[str] = ROLES) -> str:
    """Return a record in one file of pages, by path, with their fingerprints: read and decided on one day."""
    text = open_record(list(texts), roles, day)
    for role in roles:
        text = with_reading(text, role, reading(texts, day))
    return with_meeting(text, meeting(texts, day, roles), ReviewRecord)


def folder_of_record(texts: Mapping[str, str], day: datetime.date, roles: Sequence[str]) -> dict[str, str]:
    """Return the same record in a folder: the text of each file, by its name."""
    plan = with_meeting(new_review(dict.fromkeys(texts, roles), day), meeting(texts, day, roles), ReviewPlan)
    return {"review.yml": plan, **{f"{role}.yml": reading_text(reading(texts, day)) for role in roles}}


def texts_of(pages: Iterable[Page]) -> dict[str, str]:
    """Return the fingerprint of each page."""
    return {page.path: body_fingerprint(page.body) for page in pages}


def reviews_of(pages: Iterable[Page]) -> Reviews:
    """Return sound records of the day that each page names, for the text that it has."""
    dated = [(page.front_matter.day("last_reviewed"), page) for page in pages]
    records = [
        parse_record(f"registers/reviews/{day}-{number}.yml", record(texts_of([page]), day))
        for number, (day, page) in enumerate(dated)
        if day
    ]
    return Reviews(records)


def record_review(root: Path, path: str, day: str, roles: Sequence[str] = ROLES) -> None:
    """Write the record of a review of a page with the text that it has now."""
    text = record(texts_of([page_at(root, path)]), datetime.date.fromisoformat(day), roles)
    (root / "registers" / "reviews" / f"{day}-{Path(path).stem}.yml").write_text(text, encoding="utf-8")


def page_at(root: Path, path: str) -> Page:
    """Read a page of a handbook."""
    return parse_page(PageSource("", path, "en"), (root / path).read_bytes())


def parse_record(path: str, text: str) -> ReviewFile:
    """Read a record in one file from its text, as if it were the file at a path.

    Raises:
        HandbookError: with one line for each mistake.

    """
    record, source = parse_register(text.encode("utf-8"), path, ReviewRecord)
    return ReviewFile(path, record, source)
