"""What the search of a built site shows for a question, and how often that is the answer."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from playwright.sync_api import Error, Locator, Page

from handbook.errors import HandbookError
from handbook.registers.questions import HALVES, Answer, Question

# Of all questions, this share has an answer in the first place, and this share among the first three.
LEAST_FIRST: Final = 0.6
LEAST_NEAR: Final = 0.9
NEAR: Final = 3
_FIELD: Final = "input[type=search]"
_RESULTS: Final = "[data-search-results]"
# A search that finds nothing names whom to ask.
_ANSWERED: Final = f"{_RESULTS}[aria-busy=false] :is(li, .search__contact a)"
_ADDRESSES: Final = "links => links.map(link => link.href)"


@dataclass(frozen=True, slots=True)
class Reply:
    """The pages and the sections that the search shows for a question, in their order.

    All are written from the start page, which is an empty text.
    """

    question: Question
    pages: tuple[str, ...]
    sections: tuple[str, ...]

    @property
    def rank(self) -> int | None:
        """The place of the first page that answers, counted from 1."""
        wanted = {address_of(answer) for answer in self.question.answers}
        return next((place for place, page in enumerate(self.pages, 1) if page in wanted), None)

    @property
    def is_first(self) -> bool:
        """Whether the first page answers."""
        return self.rank == 1

    @property
    def is_near(self) -> bool:
        """Whether one of the first pages answers, which are those that people look at."""
        return self.rank is not None and self.rank <= NEAR

    @property
    def names_section(self) -> bool:
        """Whether one of the first pages answers and its answer can be opened at once."""
        return any(map(self._names, self.question.answers))

    def _names(self, answer: Answer) -> bool:
        page = address_of(answer)
        is_shown = answer.section is None or f"{page}#{answer.section}" in self.sections
        return page in self.pages[:NEAR] and is_shown


def address_of(answer: Answer) -> str:
    """Return where a page is, from the start page: `law/photos/` for docs/law/photos.md."""
    folder, _, name = answer.page.removeprefix("docs/").removesuffix(".md").rpartition("/")
    return "".join(f"{part}/" for part in (folder, name) if part not in ("", "index"))


def ask_all(page: Page, address: str, questions: Sequence[Question]) -> list[Reply]:
    """Type each question into the search of the page that is open, and read what it shows.

    `address` is that of the start page.

    Raises:
        HandbookError: if there is no search, or if it says nothing.

    """
    if not page.locator(_FIELD).count():
        raise HandbookError(f"the page at {page.url} has no search; name the start page of a handbook")
    return [_ask(page, address, question) for question in questions]


def _ask(page: Page, address: str, question: Question) -> Reply:
    try:
        _type(page, question.question)
    except Error:
        raise HandbookError(f"the search at {page.url} does not respond to '{question.question}'") from None
    results = page.locator(_RESULTS)
    pages, sections = _links(results, "a.search__page", address), _links(results, "a[href*='#']", address)
    return Reply(question, pages, sections)


def _type(page: Page, question: str) -> None:
    """Type once what the search showed before has gone, and wait until it shows something."""
    field = page.locator(_FIELD)
    field.fill("")
    page.locator(_ANSWERED).first.wait_for(state="hidden")
    field.fill(question)
    page.locator(_ANSWERED).first.wait_for(state="visible")


def _links(results: Locator, kind: str, address: str) -> tuple[str, ...]:
    return tuple(link.removeprefix(address) for link in results.locator(kind).evaluate_all(_ADDRESSES))


def are_good_enough(replies: Sequence[Reply]) -> bool:
    """Tell whether people find their answer often enough."""
    first, near = _shares(replies)
    return first >= LEAST_FIRST and near >= LEAST_NEAR


def _shares(replies: Sequence[Reply]) -> tuple[float, float]:
    number = len(replies) or 1
    return sum(r.is_first for r in replies) / number, sum(r.is_near for r in replies) / number


def as_report(replies: Sequence[Reply]) -> str:
    """Return the counts by half and by language, and the questions whose answer is not near the top."""
    lines = [
        line
        for half in HALVES
        for line in _half(half, [reply for reply in replies if reply.question.half == half])
    ]
    wanted = f"wanted: {LEAST_FIRST:.0%} first, {LEAST_NEAR:.0%} among the first {NEAR}"
    languages = sorted({reply.question.language for reply in replies})
    if len(languages) > 1:
        by_language = ([r for r in replies if r.question.language == language] for language in languages)
        lines += [f"In '{own[0].question.language}': {_counts(own)}" for own in by_language]
    return "\n".join([*lines, f"All: {_counts(replies)} ({wanted})", ""])


def _half(half: int, replies: Sequence[Reply]) -> Iterator[str]:
    yield f"Half {half}: {_counts(replies)}"
    for reply in replies:
        if not reply.is_near:
            yield f"  missed: {reply.question.question}"
            yield f"    shown:  {_listed(reply.pages[:NEAR])}"
            yield f"    wanted: {_listed(address_of(answer) for answer in reply.question.answers)}"


def _listed(addresses: Iterable[str]) -> str:
    return ", ".join(address or "(start page)" for address in addresses) or "nothing"


def _counts(replies: Sequence[Reply]) -> str:
    if not replies:
        return "no questions"
    first, near = _shares(replies)
    sections = sum(reply.names_section for reply in replies)
    return (
        f"{len(replies)} asked, {first:.0%} first, {near:.0%} among the first {NEAR}; "
        f"{sections / len(replies):.0%} with the very section"
    )
