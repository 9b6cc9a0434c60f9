"""REG: what a register says holds in the handbook."""

from collections.abc import Iterator
from itertools import chain

from handbook.decisions import file_of
from handbook.findings import Problem, Severity
from handbook.marked_yaml import Place
from handbook.model import Handbook, Registers
from handbook.nearest import did_you_mean
from handbook.rules.registry import rule
from handbook.scenarios import FILE as SCENARIOS_FILE


@rule("REG001", "Page that a register names is published", severity=Severity.ERROR)
def named_page_is_published(handbook: Handbook) -> Iterator[Problem]:
    """An answer without the page where its rule stands is an answer that nobody can check.

    A page can be missing, or be for other organizations: then its `applies_to` says so.

    Bad:  `page: docs/policy/wrok.md`
    Good: `page: docs/policy/work.md`
    """
    registers = handbook.registers
    main_language = registers.organization.languages[0]
    published = {page.path for page in handbook.pages if page.language == main_language}
    for file, place, named in chain(_of_scenarios(registers), _of_decisions(registers)):
        if named not in published:
            mend = did_you_mean(named, published) if published else "add it"
            message = f"'{named}' is not published in this handbook; {mend}"
            yield Problem(place.line, message, place.column, path=file)


def _of_scenarios(registers: Registers) -> Iterator[tuple[str, Place, str]]:
    for name, scenario in registers.scenarios.scenarios.items():
        yield SCENARIOS_FILE, registers.scenarios.place(name, "page"), scenario.page


def _of_decisions(registers: Registers) -> Iterator[tuple[str, Place, str]]:
    for name, decision in registers.decisions.decisions.items():
        for key, outcome in decision.outcomes.items():
            if outcome.page:
                yield file_of(name), registers.decisions.place(name, key, "page"), outcome.page
