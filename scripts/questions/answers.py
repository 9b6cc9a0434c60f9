"""What `handbook questions add` has to know: taken from its options, or asked at a terminal."""

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Final

import click

from handbook.content.audiences import STAFF_GROUPS
from handbook.errors import HandbookError
from handbook.inbox.chosen import page_of
from handbook.inbox.notes import on_one_line
from handbook.inbox.scenarios import require_free_name
from handbook.inbox.searched_words import page_to_ask
from handbook.registers.open_questions import OpenQuestion
from handbook.registers.scenarios import ANSWERS, TOPICS
from handbook.restructuring.change_plan import ChangePlan
from handbook.text.quoting import one_line
from handbook.text.suggestions import did_you_mean

_KINDS: Final = ("scenario", "search")
# The options of a scenario that have to be given, by the names of their fields.
_NEEDED: Final = {
    "answer": "--answer",
    "reason": "--reason",
    "see": "--see",
    "audience": "--audience",
    "topics": "--topic",
}
_OF_SCENARIO: Final = {**_NEEDED, "question": "--question"}
_OF_SEARCH: Final = {"words": "--words"}


@dataclass(frozen=True, slots=True)
class Given:
    """The answer to a question: a scenario, or a page whose words the search learns. Texts may be missing."""

    scenario: str | None = None
    answer: str | None = None
    reason: str | None = None
    see: str | None = None
    audience: Sequence[str] = ()
    topics: Sequence[str] = ()
    question: str | None = None
    place: str | None = None
    words: Sequence[str] = ()

    def stripped(self) -> "Given":
        """Return the answer with its texts on one line each; an empty text counts as missing."""
        return Given(
            _stripped(self.scenario),
            self.answer,
            _stripped(self.reason),
            _stripped(self.see),
            self.audience,
            self.topics,
            _stripped(self.question),
            _stripped(self.place),
            tuple(filter(None, map(_stripped, self.words))),
        )

    def named(self, options: dict[str, str], *, given: bool) -> list[str]:
        """Return the options that were given, or those that were not."""
        return [option for name, option in options.items() if bool(getattr(self, name)) is given]


def _stripped(text: str | None) -> str | None:
    return on_one_line(text or "") or None


def completed(plan: ChangePlan, question: OpenQuestion, given: Given) -> Given:
    """Return what is needed; at a terminal, somebody is asked for what is missing.

    Raises:
        HandbookError: if options contradict each other, or if one is missing and nobody is at a terminal.

    """
    given = given.stripped()
    _refuse_contradiction(given)
    is_asked = sys.stdin.isatty()
    if not is_asked:
        _refuse_missing(given)
    with _stoppable():
        return _finished(plan, question, given, is_asked=is_asked)


def _refuse_contradiction(given: Given) -> None:
    if given.scenario and given.place:
        raise HandbookError("--scenario and --asked-as are two answers; give one of them")
    foreign = given.named(_OF_SCENARIO, given=True) if given.place else given.named(_OF_SEARCH, given=True)
    if foreign and (given.place or given.scenario):
        own = "--scenario" if given.place else "--asked-as"
        raise HandbookError(f"{foreign[0]} belongs to {own}; leave it out, or answer with {own}")


def _refuse_missing(given: Given) -> None:
    """Name the options that a question in a pipe needs."""
    if not given.scenario and not given.place:
        raise HandbookError(
            "say how it is answered: --scenario NAME for a new scenario, or --asked-as PAGE for the search"
        )
    missing = given.named(_NEEDED, given=False) if given.scenario else []
    if missing:
        raise HandbookError(
            f"{', '.join(missing)} {'is' if len(missing) == 1 else 'are'} missing; see --help"
        )


@contextmanager
def _stoppable() -> Iterator[None]:
    try:
        yield
    except (click.Abort, KeyboardInterrupt):
        raise HandbookError("stopped; nothing was written") from None


def _finished(plan: ChangePlan, question: OpenQuestion, given: Given, *, is_asked: bool) -> Given:
    if is_asked and not given.scenario and not given.place:
        click.echo(one_line(question.question), err=True)
        given = _with_kind(plan, given)
    if given.place:
        return given
    if given.scenario:
        require_free_name(plan, given.scenario)
    return _with_scenario(plan, question, given) if is_asked else _with_known_page(plan, given)


def _with_kind(plan: ChangePlan, given: Given) -> Given:
    """Ask what answers the question, unless options of one kind were given, and then for its name."""
    kind = "scenario" if given.named(_OF_SCENARIO, given=True) else None
    kind = (
        kind
        or ("search" if given.words else None)
        or _chosen("Answer it by a new scenario, or by words for the search?", _KINDS)
    )
    if kind == "search":
        return replace(
            given,
            place=_read("Page that answers it, such as docs/law/photos.md#birthday-party", _place(plan)),
        )
    return replace(
        given, scenario=_read("Short name of the scenario, such as partner-post", _free_name(plan))
    )


def _with_scenario(plan: ChangePlan, question: OpenQuestion, given: Given) -> Given:
    """Ask for each part of a scenario that is missing."""
    asked = given.question or _prompt("The question as the scenario puts it", question.question)
    answer = given.answer or _chosen("Answer", ANSWERS)
    reason = given.reason or _prompt("Reason, in two or three sentences")
    see = (
        _known_page(plan, given.see)
        if given.see
        else _read(
            "Page with the rule, such as docs/law/photos.md#birthday-party",
            lambda text: _known_page(plan, text),
        )
    )
    audience = given.audience or _listed("Whom it is for", STAFF_GROUPS)
    topics = given.topics or _listed("What it is about", TOPICS)
    return replace(
        given, question=asked, answer=answer, reason=reason, see=see, audience=audience, topics=topics
    )


def _with_known_page(plan: ChangePlan, given: Given) -> Given:
    return replace(given, see=_known_page(plan, given.see or ""))


def _known_page(plan: ChangePlan, text: str) -> str:
    """Return the path of a page that is named in any way, with the anchor as it is written."""
    page, mark, anchor = text.partition("#")
    return f"{page_of(plan.before, page.strip())}{mark}{anchor}"


def _place(plan: ChangePlan) -> Callable[[str], str]:
    def read(text: str) -> str:
        page, mark, anchor = text.partition("#")
        return f"{page_to_ask(plan.before, page.strip()).path}{mark}{anchor}"

    return read


def _free_name(plan: ChangePlan) -> Callable[[str], str]:
    def read(text: str) -> str:
        require_free_name(plan, text)
        return text

    return read


def _read(text: str, read: Callable[[str], str]) -> str:
    """Ask until an answer is accepted."""

    def value(typed: str) -> str:
        try:
            return read(typed.strip())
        except HandbookError as error:
            raise click.BadParameter(str(error)) from None

    return str(click.prompt(text, value_proc=value, err=True))


def _prompt(text: str, default: str | None = None) -> str:
    while not (answer := on_one_line(str(click.prompt(text, default=default, err=True)))):
        pass
    return answer


def _chosen(text: str, choices: Sequence[str]) -> str:
    return str(click.prompt(text, type=click.Choice(list(choices)), err=True))


def _listed(text: str, known: Sequence[str]) -> Sequence[str]:
    """Ask for names separated by commas, until all of them are known."""

    def read(typed: str) -> str:
        names = [name.strip() for name in typed.split(",") if name.strip()]
        unknown = next((name for name in names if name not in known), None)
        if unknown:
            raise HandbookError(f"'{unknown}' is not one of them; {did_you_mean(unknown, known)}")
        if not names:
            raise HandbookError("name one")
        return ",".join(names)

    return _read(f"{text}, of {', '.join(known)}", read).split(",")
