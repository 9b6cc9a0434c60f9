"""A macro that leads a reader through questions to an answer."""

from collections.abc import Sequence

from handbook.content.languages import main_path
from handbook.registers.decisions import FOLDER, Answer, Decision, GroundList
from handbook.templating.macro import MacroError
from handbook.text.suggestions import did_you_mean
from macros.context.registry import MacroContext, macro
from macros.definitions.approvals import texts_of_level
from macros.definitions.removals import removal_texts
from macros.presentation.localized import LocalizedText, PageLink
from macros.presentation.templates import render


def _reviewed(context: MacroContext, name: str) -> object:
    """Return the decision, and what it shows of other registers."""
    chosen = context.site.registers.decisions.decisions.get(name)
    lists = set(chosen.shown_lists().values()) if chosen else set()
    shown = {listing: [text.text for text in _listed(context, listing)] for listing in lists}
    return [chosen, shown] if shown else chosen


@macro(templates=("decision.html",), reviewed=_reviewed, registers=("registers/decisions/",))
def decision(context: MacroContext, name: str) -> str:
    """Show a few questions that lead the reader to an answer.

    Without scripts, each answer is a link to the next question. The questions are in a file in
    registers/decisions/; the name is the name of the file. A question or an answer with `lists: red` also
    shows what registers/approvals.yml has for that level, and one with `lists: removals` shows
    registers/removals.yml.

    Example: {{ decision("should-i-post") }}
    """
    known = context.site.registers.decisions.decisions
    if name not in known:
        hint = did_you_mean(str(name), known) if known else f"add {name}.yml to {FOLDER}"
        raise MacroError(f"there is no decision '{name}'; {hint}")
    chosen = known[name]
    return render(
        "decision.html",
        title=context.localized(chosen.title),
        intro=context.localized(chosen.intro),
        start=_question_anchor(name, chosen.start),
        questions=_questions(context, name, chosen),
        outcomes=_outcomes(context, name, chosen),
        words=context.catalog.group("decision"),
    )


def _questions(context: MacroContext, name: str, chosen: Decision) -> list[dict[str, object]]:
    return [
        {
            "anchor": _question_anchor(name, key),
            "question": context.localized(question.question),
            "help": context.localized(question.help) if question.help else None,
            "listed": _listed(context, question.lists) if question.lists else (),
            "answers": [_answer(context, name, chosen, answer) for answer in question.answers],
        }
        for key, question in chosen.in_order().items()
    ]


def _answer(context: MacroContext, name: str, chosen: Decision, answer: Answer) -> dict[str, object]:
    fields = {
        "label": context.localized(answer.label),
        "listed": _listed(context, answer.lists) if answer.lists else (),
    }
    if answer.to:
        leads_to = context.localized(chosen.questions[answer.to].question)
        return {**fields, "anchor": _question_anchor(name, answer.to), "leads_to": leads_to}
    result = str(answer.result)
    leads_to = context.localized(chosen.outcomes[result].title)
    return {**fields, "anchor": _outcome_anchor(name, result), "leads_to": leads_to}


def _listed(context: MacroContext, shown: GroundList) -> Sequence[LocalizedText]:
    return removal_texts(context) if shown == "removals" else texts_of_level(context, shown)


def _outcomes(context: MacroContext, name: str, chosen: Decision) -> list[dict[str, object]]:
    return [
        {
            "anchor": _outcome_anchor(name, key),
            "kind": outcome.kind,
            "word": context.catalog[f"outcome.{outcome.kind}"],
            "title": context.localized(outcome.title),
            "text": context.localized(outcome.text),
            "link": _link_elsewhere(context, outcome.page) if outcome.page else None,
        }
        for key, outcome in chosen.outcomes.items()
    ]


def _link_elsewhere(context: MacroContext, path: str) -> PageLink | None:
    """Return a link to a page, or None on that page itself, where it would lead the reader nowhere."""
    here = main_path(context.page.path, context.site.organization.languages) if context.page else ""
    return None if here == path else context.link(path)


def _question_anchor(name: str, question: str) -> str:
    """Join with two hyphens, which no name in a register contains, so that no two anchors are the same."""
    return f"{name}--{question}"


def _outcome_anchor(name: str, outcome: str) -> str:
    return f"{name}--result--{outcome}"
