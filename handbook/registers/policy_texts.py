"""What registers tell people to do, text by text, with the place where each is written."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from handbook.files.tree import FileTree
from handbook.findings import Location
from handbook.registers.approvals import FILE as APPROVALS_FILE
from handbook.registers.approvals import Approvals
from handbook.registers.decisions import Decisions, file_of
from handbook.registers.platforms import FILE as PLATFORMS_FILE
from handbook.registers.platforms import Platforms
from handbook.registers.removals import FILE as REMOVALS_FILE
from handbook.registers.removals import Removals
from handbook.registers.scenarios import Scenarios
from handbook.registers.shared_texts import FILE as SHARED_TEXTS_FILE
from handbook.registers.shared_texts import SharedTexts
from handbook.registers.variables import Written
from handbook.yaml.located import KeyPath, LocatedMapping

# What readers find in the list of what they may do, or of what nobody may. All else speaks for itself.
_LISTS: Final = {"fine": "may", "go": "may", "green": "may", "never": "never"}


@dataclass(frozen=True, slots=True)
class PolicyText:
    """A text of a register, with its file and the path of its key there.

    `list_name` is `may` for what readers find among what they may do, `never` for what nobody may do, and
    empty for sentences of their own. `question` is what the text answers: it says what the text is about.
    """

    written: Written
    path: str
    source: LocatedMapping
    key: KeyPath
    list_name: str = ""
    question: Written = ""

    def in_language(self, language: str, main_language: str) -> str:
        """Return the text in a language, which may be none; one that names no language is in the main one."""
        return _in_language(self.written, language, main_language)

    def question_in(self, language: str, main_language: str) -> str:
        """Return the question in a language, by the same rule as `in_language`."""
        return _in_language(self.question, language, main_language)

    def location(self, language: str) -> Location:
        """Return where the text is written in a language."""
        key = self.key if isinstance(self.written, str) else (*self.key, language)
        return self.source.value_location_of(key)


def _in_language(written: Written, language: str, main_language: str) -> str:
    if isinstance(written, str):
        return written if language == main_language else ""
    return written.get(language, "")


def read_policy_texts(
    tree: FileTree,
    scenarios: Scenarios,
    decisions: Decisions,
    approvals: Approvals,
    removals: Removals,
    shared_texts: SharedTexts,
    platforms: Platforms,
) -> list[PolicyText]:
    """Return what registers, which were read from a tree, tell people to do.

    A question states no rule, so it is not a text of its own.
    """
    return [
        *_of_scenarios(scenarios),
        *_of_decisions(decisions),
        *_of_approvals(approvals, _source(tree, APPROVALS_FILE)),
        *_of_removals(removals, _source(tree, REMOVALS_FILE)),
        *_of_shared_texts(shared_texts, _source(tree, SHARED_TEXTS_FILE)),
        *_of_platforms(platforms, _source(tree, PLATFORMS_FILE)),
    ]


def _source(tree: FileTree, path: str) -> LocatedMapping:
    """Return the locations in a register that was read before, so that nothing can be wrong with it."""
    return LocatedMapping(text=(tree.read(path) or b"").decode("utf-8-sig").replace("\r\n", "\n"))


def _of_scenarios(scenarios: Scenarios) -> Iterator[PolicyText]:
    for name, scenario in scenarios.scenarios.items():
        path, source, key = scenarios.written_at(name)
        list_name = _LISTS.get(scenario.answer, "")
        yield PolicyText(scenario.reason, path, source, (*key, "reason"), list_name, scenario.question)


def _of_decisions(decisions: Decisions) -> Iterator[PolicyText]:
    for name, decision in decisions.decisions.items():
        path, source = file_of(name), decisions.sources[name]
        yield PolicyText(decision.intro, path, source, ("intro",))
        for key, question in decision.questions.items():
            if question.help:
                place = ("questions", key, "help")
                yield PolicyText(question.help, path, source, place, question=question.question)
        for key, outcome in decision.outcomes.items():
            list_name = _LISTS.get(outcome.kind, "")
            yield PolicyText(outcome.title, path, source, ("outcomes", key, "title"), list_name)
            yield PolicyText(outcome.text, path, source, ("outcomes", key, "text"), list_name)


def _of_approvals(approvals: Approvals, source: LocatedMapping) -> Iterator[PolicyText]:
    for name, ground in approvals.grounds.items():
        key = ("grounds", name, "text")
        yield PolicyText(ground.text, APPROVALS_FILE, source, key, _LISTS.get(ground.level, ""))


def _of_removals(removals: Removals, source: LocatedMapping) -> Iterator[PolicyText]:
    for name, ground in removals.grounds.items():
        yield PolicyText(ground.text, REMOVALS_FILE, source, ("grounds", name, "text"), "never")


def _of_shared_texts(shared_texts: SharedTexts, source: LocatedMapping) -> Iterator[PolicyText]:
    for name, shared in shared_texts.texts.items():
        yield PolicyText(shared.text, SHARED_TEXTS_FILE, source, ("texts", name, "text"))


def _of_platforms(platforms: Platforms, source: LocatedMapping) -> Iterator[PolicyText]:
    for name, platform in platforms.platforms.items():
        if platform.personal:
            yield PolicyText(platform.personal, PLATFORMS_FILE, source, ("platforms", name, "personal"))
