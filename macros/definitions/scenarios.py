"""A macro that answers questions from staff."""

from collections.abc import Iterable, Mapping

from handbook.content.audiences import STAFF_GROUPS
from handbook.registers.scenarios import TOPICS, Scenario
from handbook.templating.macro import MacroError
from handbook.text.suggestions import did_you_mean
from macros.context.registry import MacroContext, macro
from macros.presentation.templates import render


def _chosen(context: MacroContext, topic: str = "", audience: str = "") -> Mapping[str, Scenario]:
    return {
        name: scenario
        for name, scenario in context.site.registers.scenarios.scenarios.items()
        if (not topic or topic in scenario.topics) and (not audience or audience in scenario.audience)
    }


@macro(templates=("scenarios.html",), reviewed=_chosen)
def scenarios(context: MacroContext, topic: str = "", audience: str = "") -> str:
    """Show questions with their answers: all, or those of one topic, or for one audience.

    The topics are photos, privacy, rights, brand, complaints, press, security, money, children,
    crisis, politics, ai, coworkers and profile; the audiences are work, personal and managers. The questions are in
    registers/scenarios.yml and registers/scenarios/.

    Example: {{ scenarios() }}
    Example: {{ scenarios(topic="photos") }}
    Example: {{ scenarios(audience="managers") }}
    """
    for given, known, what in ((topic, TOPICS, "topic"), (audience, STAFF_GROUPS, "audience")):
        if given and given not in known:
            raise MacroError(f"there is no {what} '{given}'; {did_you_mean(str(given), known)}")
    listed = [
        {
            "anchor": "" if topic or audience else f"scenario-{name}",
            "question": context.localized(scenario.question),
            "answer": scenario.answer,
            "word": context.catalog[f"answer.{scenario.answer}"],
            "reason": context.localized(scenario.reason),
            "link": context.link(scenario.path),
            "anchor_of_rule": f"#{scenario.anchor}" if scenario.anchor else "",
            "topics": _named(context, "topic", scenario.topics),
            "audiences": _named(context, "for", scenario.audience),
        }
        for name, scenario in _chosen(context, topic, audience).items()
    ]
    return render("scenarios.html", scenarios=listed, words=context.catalog.group("scenarios"))


def _named(context: MacroContext, group: str, names: Iterable[str]) -> list[tuple[str, str]]:
    """Return pairs of a class for scripts and a name for readers."""
    return [(f"{group}-{name}", context.catalog[f"{group}.{name}"]) for name in names]
