"""What became of a comment, for the job that answers it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from handbook.reviews.comments.filled_forms import told
from handbook.reviews.comments.forms import Mistake


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was done, the `answer` in Markdown, and the message of the commit if something was `filed`.

    `closes` is true if the issue has served its purpose.
    """

    result: Literal["filed", "refused", "nothing"]
    answer: str = ""
    commit: str = ""
    closes: bool = False

    def as_record(self, number: int | None, marker: str) -> dict[str, Any]:
        """Return it for a job: `number` is that of the issue or change, `marker` begins the answer."""
        answer = f"{marker}\n{self.answer}" if self.answer else ""
        return {
            "result": self.result,
            "number": number,
            "marker": marker,
            "answer": answer,
            "commit": self.commit,
            "closes": self.closes,
        }


def refused(reasons: Sequence[str]) -> Outcome:
    """Return that nothing was filed, and why."""
    rows = "\n".join(f"- {reason}" for reason in reasons)
    return Outcome("refused", f"Nothing was filed.\n\n{rows}\n\nEdit your comment, and it is read again.\n")


def refused_for(mistakes: Sequence[Mistake]) -> Outcome:
    """Return that nothing was filed because of mistakes in the comment."""
    return refused(list(told(mistakes)))
