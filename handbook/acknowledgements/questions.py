"""Which scenarios people are asked about when they accept pages."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from handbook.registers.acknowledgements import MOST_QUESTIONS, AskedAudience
from handbook.registers.scenarios import Scenario

# The letter of each answer in a receipt, and of a question that was not answered.
LETTERS: Final = {"fine": "f", "ask": "a", "no": "n"}
NOT_ANSWERED: Final = "-"


def questions_for(audience: AskedAudience, scenarios: Mapping[str, Scenario]) -> dict[str, Scenario]:
    """Return the scenarios about the pages of an audience, by name: those that it names, or the first few.

    Without names, each page in its turn gives its next scenario, so that no page has all the questions.
    """
    if audience.questions:
        return {name: scenarios[name] for name in audience.questions if name in scenarios}
    of_pages = [_about(path, scenarios) for path in audience.pages]
    chosen = [name for names in _in_turns(of_pages) for name in names][:MOST_QUESTIONS]
    return {name: scenarios[name] for name in chosen}


def _about(path: str, scenarios: Mapping[str, Scenario]) -> list[str]:
    return [name for name, scenario in scenarios.items() if scenario.path == path]


def _in_turns(of_pages: Sequence[Sequence[str]]) -> Iterator[list[str]]:
    for turn in range(max(map(len, of_pages), default=0)):
        yield [names[turn] for names in of_pages if turn < len(names)]
