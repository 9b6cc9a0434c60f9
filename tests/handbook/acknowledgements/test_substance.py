"""Who accepted a page is asked again after a change in substance, and not after a better wording."""

import datetime
from collections.abc import Sequence
from dataclasses import replace

import pytest

from handbook.acknowledgements.asked import asked_by, pages_to_accept
from handbook.acknowledgements.substance import substance_of
from handbook.content.pages import Page, PageSource, parse_page
from handbook.model import Handbook
from handbook.registers.acknowledgements import Acknowledgements, AskedAudience
from handbook.registers.editorial_changes import EditorialChange
from handbook.registers.review_index import Reviews
from handbook.registers.review_records import ReviewFile, ReviewRecord
from handbook.yaml.located import LocatedMapping
from tests.records import meeting, reading

PATH = "docs/a.md"
REVIEW, LATER = datetime.date(2026, 11, 3), datetime.date(2026, 11, 10)


def _page(body: str, path: str = PATH) -> Page:
    head = "---\ntitle: A\ndescription: B\nowner: platform-lead\nlast_reviewed: 2026-11-03\n---\n"
    return parse_page(PageSource(path, path, "en"), f"{head}{body}\n".encode())


def _reviewed(handbook: Handbook, body: str, day: datetime.date) -> ReviewFile:
    texts = {PATH: handbook.fingerprint(_page(body))}
    record = ReviewRecord(
        started=day,
        pages=[PATH],
        readings={"platform-lead": reading(texts, day), "communications-lead": reading(texts, day)},
        meeting=meeting(texts, day),
    )
    return ReviewFile(f"registers/reviews/{day}-a.yml", record, LocatedMapping())


def _reworded(
    handbook: Handbook, body: str, day: datetime.date, by: str = "platform-lead", page: str = PATH
) -> EditorialChange:
    text = handbook.fingerprint(_page(body, page))
    return EditorialChange(page=page, date=day, by=by, why="A word.", fingerprint=text)


def _with(
    handbook: Handbook, page: Page, files: Sequence[ReviewFile], changes: Sequence[EditorialChange] = ()
) -> Handbook:
    audience = AskedAudience(title="All", pages=[PATH])
    return replace(
        handbook,
        pages=[page],
        registers=replace(
            handbook.registers,
            reviews=Reviews(files, changes),
            acknowledgements=Acknowledgements({"all": audience}),
        ),
    )


def _asks_again(handbook: Handbook, before: Handbook) -> list[str]:
    was, now = (asked_by(each, None).audiences["all"]["en"] for each in (before, handbook))
    return pages_to_accept(now, was.pages)


@pytest.fixture
def first(handbook: Handbook) -> Handbook:
    return _with(handbook, _page("# A\n\nAsk frist."), [_reviewed(handbook, "# A\n\nAsk frist.", REVIEW)])


def _next(first: Handbook, body: str, *changes: EditorialChange) -> Handbook:
    return _with(first, _page(body), [*first.reviews.files], changes)


def test_an_editorial_change_on_record_asks_nobody_again(first: Handbook) -> None:
    body = "# A\n\nAsk first."
    assert _asks_again(_next(first, body, _reworded(first, body, LATER)), first) == []


def test_a_second_editorial_change_asks_nobody_again_either(first: Handbook) -> None:
    bodies = ["# A\n\nAsk first.", "# A\n\nAsk us first."]
    changes = [_reworded(first, body, LATER + datetime.timedelta(place)) for place, body in enumerate(bodies)]
    assert _asks_again(_next(first, bodies[1], *changes), first) == []


def test_a_change_without_a_record_asks_again(first: Handbook) -> None:
    assert _asks_again(_next(first, "# A\n\nNever ask."), first) == [PATH]


def test_an_editorial_record_by_a_role_that_may_not_asks_again(first: Handbook) -> None:
    body = "# A\n\nAsk first."
    assert _asks_again(_next(first, body, _reworded(first, body, LATER, by="people-lead")), first) == [PATH]


def test_a_reviewed_change_asks_again(first: Handbook) -> None:
    body = "# A\n\nNever."
    now = _with(first, _page(body), [*first.reviews.files, _reviewed(first, body, LATER)])
    assert _asks_again(now, first) == [PATH]
    assert substance_of(now, now.pages[0]) == now.fingerprint(now.pages[0])


def test_a_review_of_the_same_text_asks_nobody_again(first: Handbook) -> None:
    body = "# A\n\nAsk frist."
    now = _with(first, _page(body), [*first.reviews.files, _reviewed(first, body, LATER)])
    assert _asks_again(now, first) == []


def test_a_review_of_a_reworded_text_asks_nobody_again(first: Handbook) -> None:
    body, after = "# A\n\nAsk first.", LATER + datetime.timedelta(1)
    files = [*first.reviews.files, _reviewed(first, body, after)]
    assert _asks_again(_with(first, _page(body), files, [_reworded(first, body, LATER)]), first) == []


def test_a_text_that_comes_back_is_the_one_that_was_accepted(first: Handbook) -> None:
    never = _reviewed(first, "# A\n\nNever.", LATER)
    back = _reviewed(first, "# A\n\nAsk frist.", LATER + datetime.timedelta(1))
    now = _with(first, _page("# A\n\nAsk frist."), [*first.reviews.files, never, back])
    assert _asks_again(now, first) == []


def test_a_page_that_nobody_was_asked_about_is_new(first: Handbook) -> None:
    text = asked_by(first, "2026.1").audiences["all"]["en"]
    assert pages_to_accept(text, {}) == [PATH]


def test_a_page_that_has_only_moved_asks_nobody_again(first: Handbook) -> None:
    body, moved = "# A\n\nAsk frist.", "docs/b.md"
    change = _reworded(first, body, LATER, page=moved).model_copy(update={"moved_from": PATH})
    there = _with(first, _page(body, moved), [*first.reviews.files], [change])
    audiences = {"all": AskedAudience(title="All", pages=[moved])}
    registers = replace(there.registers, acknowledgements=Acknowledgements(audiences))
    assert _asks_again(replace(there, registers=registers), first) == []


def test_an_audience_without_published_pages_is_not_asked(first: Handbook) -> None:
    assert asked_by(replace(first, pages=[]), None).audiences == {}


def test_a_page_that_is_not_translated_is_asked_in_the_language_that_there_is(first: Handbook) -> None:
    texts = asked_by(first, None).audiences["all"]
    assert texts["fr"].pages == texts["en"].pages
