"""Takes an answered question out of the open ones, and tells which reviewed pages an answer reaches."""

from collections.abc import Sequence
from typing import Final

from handbook.errors import HandbookError
from handbook.inbox.register_edits import without_question
from handbook.model import Handbook
from handbook.restructuring.change_plan import ChangePlan

_SHOWN: Final = 5


def close_question(plan: ChangePlan, number: int) -> None:
    """Plan to take a question out of the register.

    Raises:
        HandbookError: if it cannot be taken out without changing something else.

    """
    open_questions = plan.before.registers.open_questions
    path, question = open_questions.path, open_questions.questions[number].question
    try:
        text = without_question(plan.draft.text(path), number)
    except HandbookError as error:
        raise HandbookError(f"{path}: {error}") from None
    plan.draft.write(path, text, f"{path}: '{question}' taken out")


def remark_reached_pages(plan: ChangePlan, after: Handbook) -> None:
    """Name the pages whose text is no longer the one that was reviewed, because they show the answer."""
    pages = [page.path for page in after.pages if _is_reached(plan.before, after, page.path)]
    if pages:
        plan.remark(
            f"the answer is now on {_named(pages)}, whose text has changed since its review (REV006);"
            f" review it with `handbook review start {' '.join(pages[:_SHOWN])}`"
        )


def _is_reached(before: Handbook, after: Handbook, path: str) -> bool:
    old, new = before.page(path), after.page(path)
    return bool(old and new and before.fingerprint(old) != after.fingerprint(new))


def _named(pages: Sequence[str]) -> str:
    more = f" and {len(pages) - _SHOWN} more" if pages[_SHOWN:] else ""
    return ", ".join(pages[:_SHOWN]) + more
