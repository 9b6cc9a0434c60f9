"""Makes a scenario of an open question: a file of its own in `registers/scenarios/`."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from handbook.errors import HandbookError
from handbook.inbox.closing import close_question, remark_reached_pages
from handbook.registers.field_types import is_short_name
from handbook.registers.loading import parse_shown_register
from handbook.registers.open_questions import OpenQuestion, folded
from handbook.registers.scenarios import FOLDER, Scenario
from handbook.restructuring.change_plan import ChangePlan
from handbook.restructuring.drafted_handbook import drafted_handbook
from handbook.restructuring.new_findings import new_findings
from handbook.yaml.edit_lines import entry, inline

_HEAD: Final = "# yaml-language-server: $schema=../schemas/scenario.schema.json\n"


@dataclass(frozen=True, slots=True)
class ScenarioDraft:
    """A scenario that is about to be written: its short name, and what its file says."""

    name: str
    answer: str
    reason: str
    page: str
    audience: Sequence[str]
    topics: Sequence[str]
    question: str

    @property
    def file(self) -> str:
        """Return the path from the root at which the scenario is to be written."""
        return f"{FOLDER}/{self.name}.yml"

    def text(self, asked_as: Sequence[str]) -> str:
        """Return the content of its file, with further words of staff."""
        texts = {key: getattr(self, key) for key in ("question", "answer", "reason", "page")}
        lists: dict[str, Any] = {"audience": list(self.audience), "topics": list(self.topics)}
        lists |= {"asked_as": list(asked_as)} if asked_as else {}
        lines = [*(entry(*text) for text in texts.items()), *(inline(*each) for each in lists.items())]
        return _HEAD + "".join(f"{line}\n" for line in lines)


def require_free_name(plan: ChangePlan, name: str) -> None:
    """Refuse a name that is not a short one, or that another scenario has, for whatever organization.

    Raises:
        HandbookError: if it is refused.

    """
    if not is_short_name(name):
        raise HandbookError(
            f"'{name}' cannot name a scenario; write lower-case words with hyphens, such as partner-post"
        )
    scenarios = plan.before.registers.scenarios
    names = scenarios.source.data.get("scenarios")
    if (isinstance(names, dict) and name in names) or plan.draft.read(f"{FOLDER}/{name}.yml") is not None:
        path = scenarios.written_at(name)[0]
        raise HandbookError(f"there is a scenario '{name}' in {path}; choose another name")


def plan_scenario(plan: ChangePlan, number: int, draft: ScenarioDraft) -> None:
    """Plan to answer the open question with a number by a scenario.

    Raises:
        HandbookError: if it could not be read, or names a page or a heading that is not there.

    """
    require_free_name(plan, draft.name)
    question = plan.before.registers.open_questions.questions[number]
    text = draft.text(_further_words(question, draft.question))
    variables = plan.before.registers.organization.variables
    parse_shown_register(text.encode("utf-8"), draft.file, Scenario, variables=variables)
    plan.draft.write(draft.file, text, f"{draft.file}: written")
    close_question(plan, number)
    _refuse_dead_page(plan, draft)


def _further_words(question: OpenQuestion, asked: str) -> list[str]:
    """Return what else staff typed: the words of the search, and the question if its wording is different."""
    words = {folded(text): text for text in (question.query, question.question) if text}
    return [text for key, text in words.items() if key != folded(asked)]


def _refuse_dead_page(plan: ChangePlan, draft: ScenarioDraft) -> None:
    after = drafted_handbook(plan.before, plan.draft, plan.expressions_of, {})
    for finding in new_findings(plan.before, after, ["REG001"]):
        if finding.path == draft.file:
            raise HandbookError(f"--see {draft.page}: {finding.message}")
    remark_reached_pages(plan, after)
