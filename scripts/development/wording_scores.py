"""Measures the rules on wording by clauses that guidance has judged, and on this handbook.

tests/data/wording/README.md says how.
"""

import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

import click

from handbook.check.runner import check, choose_rules
from handbook.findings import Severity
from handbook.model import Handbook
from handbook.rules.wording.guidance import Clause, Place
from handbook.rules.wording.judgment import guidance_for, judge
from handbook.text.counting import counted
from handbook.text.markdown.reading_text import reading_text
from handbook.yaml.record import Record
from scripts.options import exits_with_status
from scripts.site.publication import read_handbook

ROOT: Final = Path(__file__).parents[2]
CLAUSES: Final = ROOT / "tests" / "data" / "wording" / "clauses.jsonl"


class JudgedClause(Record):
    """A clause of a policy, with the verdict on it, and which half of the clauses it belongs to."""

    text: str
    verdict: Literal["lawful", "unlawful"]
    source: str
    topic: str
    year: int
    standard: str
    fragment: bool
    contested: bool
    half: Literal[1, 2]

    @property
    def counts(self) -> bool:
        """Tell whether the clause is whole, and nobody with authority has contested the verdict."""
        return not self.fragment and not self.contested


@dataclass(frozen=True, slots=True)
class Score:
    """How many unlawful clauses were found or missed, and how many lawful ones flagged or passed."""

    found: int
    missed: int
    flagged: int
    passed: int

    @property
    def recall(self) -> float | None:
        """The share of unlawful clauses that were found; None if there are none."""
        return _share(self.found, self.found + self.missed)

    @property
    def precision(self) -> float | None:
        """The share of clauses with a finding that are unlawful; None if no clause has one."""
        return _share(self.found, self.found + self.flagged)

    @property
    def false_alarms(self) -> float | None:
        """The share of lawful clauses that were flagged; None if there are none."""
        return _share(self.flagged, self.flagged + self.passed)

    def __str__(self) -> str:
        return (
            f"{self.found} of {self.found + self.missed} unlawful found, "
            f"{self.flagged} of {self.flagged + self.passed} lawful flagged; "
            f"precision {_percent(self.precision)}, recall {_percent(self.recall)}"
        )


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def _percent(share: float | None) -> str:
    return "unknown" if share is None else f"{share:.0%}"


@click.command()
@exits_with_status
def command() -> int:
    """Print precision and recall of the rules on wording, and how much they find in this handbook."""
    for line in measures():
        click.echo(line)
    return 0


def measures() -> Iterator[str]:
    """Yield a line for each measure, of the clauses and of this handbook."""
    yield from lines(read_clauses(), private_employers())
    yield density(read_handbook(ROOT)[0])


def density(handbook: Handbook) -> str:
    """Return how many findings a thousand words of a handbook have, waived ones included."""
    result = check(handbook, choose_rules(["WRD"]))
    number = len(result.findings) + result.waived
    words = sum(len(reading_text(page.body).text.split()) for page in handbook.pages)
    return f"wording, this handbook: {counted(number, 'finding')}, {1000 * number / words:.2f} in 1,000 words"


def lines(clauses: Sequence[JudgedClause], guidance: Sequence[Place]) -> Iterator[str]:
    """Yield the score of all clauses, and of those that count, each with and without cross-validation."""
    counting = [clause for clause in clauses if clause.counts]
    for crosses, how in ((True, "cross-validated"), (False, "with all triggers")):
        for judged, what in ((counting, "whole and uncontested"), (clauses, "all")):
            yield f"wording, {what} clauses, {how}: {score(judged, guidance, crosses=crosses)}"


def read_clauses() -> list[JudgedClause]:
    """Return the clauses that people judged, in the order of the file."""
    text = CLAUSES.read_text(encoding="utf-8")
    return [JudgedClause.model_validate(json.loads(line)) for line in text.splitlines()]


def private_employers() -> Sequence[Place]:
    """Return the guidance that the clauses are judged by."""
    return guidance_for(["us"], is_public=False, language="en")


def score(clauses: Iterable[JudgedClause], guidance: Sequence[Place], *, crosses: bool) -> Score:
    """Return how clauses fare; `crosses` leaves out triggers whose author had read the half of a clause."""
    fates = Counter(
        (clause.verdict, _is_flagged(clause.text, unseen(guidance, clause.half) if crosses else guidance))
        for clause in clauses
    )
    return Score(
        found=fates["unlawful", True],
        missed=fates["unlawful", False],
        flagged=fates["lawful", True],
        passed=fates["lawful", False],
    )


def unseen(guidance: Iterable[Place], half: int) -> list[Place]:
    """Return guidance without the triggers whose author had read a half of the clauses."""
    return [
        place.model_copy(
            update={"subjects": {name: _unseen(clause, half) for name, clause in place.subjects.items()}}
        )
        for place in guidance
    ]


def _unseen(clause: Clause, half: int) -> Clause:
    return clause.model_copy(update={"triggers": [each for each in clause.triggers if each.half != half]})


def _is_flagged(text: str, guidance: Sequence[Place]) -> bool:
    objections = judge(text, guidance, "en", lambda _: None)
    return any(objection.severity is not Severity.INFO for objection in objections)


if __name__ == "__main__":
    sys.exit(command())
