"""Whom an edition that is planned would ask again, and for which pages."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from handbook.acknowledgements.asked import Asked, pages_to_accept
from handbook.acknowledgements.editions import AskedEdition, AskedEditions, Texts, is_same
from handbook.acknowledgements.record.store import Store
from handbook.acknowledgements.report import asking_of
from handbook.acknowledgements.standing import ReplyState, standing_of
from handbook.editions.manifest import Manifest
from handbook.registers.acknowledgements import Acknowledgements
from handbook.text.quoting import one_line

_MOST_NAMED = 6


@dataclass(frozen=True, slots=True)
class Reopening:
    """What an edition would ask an audience again.

    `pages` are those whose text changes in substance, or that are added, out of `all_pages`. `answered` has
    the people whose answer would no longer count, `people` those on the list; both are None if unknown.
    """

    audience: str
    is_first: bool
    pages: Sequence[str]
    all_pages: int
    answered: int | None
    people: int | None


def reopenings(
    editions: AskedEditions,
    manifest: Manifest,
    asked: Asked,
    register: Acknowledgements,
    store: Store | None,
) -> Iterator[Reopening]:
    """Yield what an edition with this manifest would ask again, by audience."""
    planned = AskedEdition(manifest.name, manifest.effective, asked, "in_force")
    former = editions.editions[-1] if editions.editions else None
    for audience, texts in sorted(asked.audiences.items()):
        before = former.texts(audience) if former else {}
        if before and is_same(texts, before):
            continue
        pages = _changed(texts, before)
        people = store.people(audience) if store else []
        numbers: tuple[int | None, int | None] = (None, None)
        if people:
            numbers = _reopened(store, editions, planned, former, audience, register), len(people)
        yield Reopening(audience, not before, pages, len(_all_pages(texts)), *numbers)


def _all_pages(texts: Texts) -> list[str]:
    return [*dict.fromkeys(page for text in texts.values() for page in text.pages)]


def _changed(texts: Texts, before: Texts) -> list[str]:
    """Return the pages that are new to somebody who accepted the texts before, in any language."""
    changed = (
        page
        for language, text in texts.items()
        for page in pages_to_accept(text, before[language].pages if language in before else {})
    )
    return [*dict.fromkeys(changed)]


def _reopened(
    store: Store | None,
    editions: AskedEditions,
    planned: AskedEdition,
    former: AskedEdition | None,
    audience: str,
    register: Acknowledgements,
) -> int:
    """Count the people who have answered what is asked now, and would not have answered what is planned."""
    if store is None or former is None or not former.texts(audience):
        return 0
    after = AskedEditions([*editions.editions, planned])
    now, then = (
        asking_of(known, edition, audience, register)
        for known, edition in ((editions, former), (after, planned))
    )
    day = planned.effective
    return sum(
        standing_of(person, now, day).state is not ReplyState.NOT_ANSWERED
        and standing_of(person, then, day).state is ReplyState.NOT_ANSWERED
        for person in store.people(audience)
    )


def reopening_lines(asked_anew: Sequence[Reopening]) -> Iterator[str]:
    """Yield a line for each audience that would be asked."""
    for reopening in asked_anew:
        pages = ", ".join(map(one_line, reopening.pages[:_MOST_NAMED]))
        if len(reopening.pages) > _MOST_NAMED:
            pages += f", and {len(reopening.pages) - _MOST_NAMED} more"
        if reopening.is_first:
            yield f"publishing asks for the first time: {reopening.audience}: {pages}; {_asked(reopening)}"
            continue
        changed = f"{len(reopening.pages)} of {reopening.all_pages} pages changed in substance ({pages})"
        yield f"publishing asks again: {reopening.audience}: {changed}; {_again(reopening)}"


def _asked(reopening: Reopening) -> str:
    return "an unknown number of people" if reopening.people is None else f"{reopening.people:,} people"


def _again(reopening: Reopening) -> str:
    if reopening.people is None or reopening.answered is None:
        return "an unknown number of people"
    return f"{reopening.answered:,} of {reopening.people:,} people"
