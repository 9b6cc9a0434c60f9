"""Finds what somebody names: an open question by number or words, and a page by path or address."""

from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

from handbook.content.languages import main_path
from handbook.content.site_map import address_of_path
from handbook.errors import HandbookError
from handbook.model import Handbook
from handbook.registers.open_questions import OpenQuestions, folded
from handbook.text.suggestions import nearest


def number_of(open_questions: OpenQuestions, named: str) -> int:
    """Return the number of a question, which is chosen by that number or by words that no other has.

    Raises:
        HandbookError: if there is none, or if several have the words.

    """
    if not open_questions.questions:
        raise HandbookError("there is no open question; `handbook questions note TEXT` adds one")
    candidates = list(_numbers(open_questions, named.strip()))
    if len(candidates) == 1:
        return candidates[0]
    if candidates:
        numbers = ", ".join(map(str, candidates))
        raise HandbookError(f"several open questions have '{named}': {numbers}; give one of these numbers")
    raise HandbookError(f"there is no open question '{named}'; `handbook questions list` shows their numbers")


def _numbers(open_questions: OpenQuestions, named: str) -> Iterator[int]:
    if named.isdecimal():
        yield from (number for number in open_questions.questions if str(number) == named)
        return
    words = folded(named)
    for number, question in open_questions.questions.items():
        if words and words in folded(question.question):
            yield number


def page_of(handbook: Handbook, named: str) -> str:
    """Return the path, without a language, of the published page that has a path or an address.

    A mail from a reader names the address, such as `/fr/policy/work/`.

    Raises:
        HandbookError: if there is none, with the nearest.

    """
    languages = handbook.registers.organization.languages
    pages = {main_path(page.path, languages) for page in handbook.pages}
    by_address = {address_of_path(path, languages): path for path in pages}
    for path in _paths(named):
        if main_path(path, languages) in pages:
            return main_path(path, languages)
    for address in _addresses(handbook, named):
        if address in by_address:
            return by_address[address]
    meant = nearest(f"docs/{named}", pages) or nearest(named, pages)
    advice = f"did you mean '{meant}'?" if meant else "name it as in docs/policy/work.md, or by its address"
    raise HandbookError(f"there is no page '{named}'; {advice}")


def _paths(named: str) -> Iterator[str]:
    for path in (named, f"docs/{named}"):
        yield from (path, f"{path.rstrip('/')}.md")


def _addresses(handbook: Handbook, named: str) -> Iterator[str]:
    """Yield what may be the address below the site: without its host, its edition, and its language."""
    try:
        path = unquote(urlsplit(named).path)
    except ValueError:
        return
    parts = path.strip("/").removesuffix("index.html").split("/")
    for start in range(len(parts)):
        yield "/".join([*parts[start:], ""])
    if urlsplit(named).scheme or path == "/" or parts[-1] in handbook.registers.organization.languages:
        yield ""
