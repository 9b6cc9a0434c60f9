"""What became of a comment, for the job that answers it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from handbook.forges.reviews.filled_forms import sentences_of
from handbook.forges.reviews.forms import FormProblem


@dataclass(frozen=True, slots=True)
class CommentOutcome:
    """What was done, the `answer` in Markdown, and the message of the commit if something was `filed`.

    `closes` is true if the issue has served its purpose.
    """

    result: Literal["filed", "refused", "nothing"]
    answer: str = ""
    commit: str = ""
    closes: bool = False


@dataclass(frozen=True, slots=True)
class Thread:
    """Where the answer goes: to an issue or a change, by its number. It begins with the marker."""

    platform: str
    number: int
    marker: str
    is_about_change: bool = False


_EDIT: Final = "Edit your comment, and it is read again."
APPROVE: Final = "Once that is settled, approve the change again."


def refused(reasons: Sequence[str], remedy: str = _EDIT) -> CommentOutcome:
    """Return that nothing was filed, why, and what to do then."""
    rows = "\n".join(f"- {reason}" for reason in reasons)
    return CommentOutcome("refused", f"Nothing was filed.\n\n{rows}\n\n{remedy}\n")


def refused_for(problems: Sequence[FormProblem]) -> CommentOutcome:
    """Return that nothing was filed because of mistakes in the comment."""
    return refused(list(sentences_of(problems)))
