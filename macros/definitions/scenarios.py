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


@macro(
    templates=("scenarios.html",),
    reviewed=_chosen,
    registers=("registers/scenarios.yml", "registers/scenarios/"),
)
def scenarios(context: MacroContext, topic: str = "", audience: str = "") -> str:
    """Show questions with their answers: all by topic, or those of one topic, or for one audience.

    The topics are photos, privacy, rights, brand, complaints, press, security, money, children,
    crisis, politics, ai, coworkers and profile; the audiences are work, personal and managers. A list of
    all has a link to each topic, and shows a question under the first of its topics. The questions are in
    registers/scenarios.yml and registers/scenarios/.

    Example: {{ scenarios() }}
    Example: {{ scenarios(topic="photos") }}
    Example: {{ scenarios(audience="managers") }}
    """
    for given, known, what in ((topic, TOPICS, "topic"), (audience, STAFF_GROUPS, "audience")):
        if given and given not in known:
            raise MacroError(f"there is no {what} '{given}'; {did_you_mean(str(given), known)}")
    chosen = _chosen(context, topic, audience)
    parts = [("", list(chosen.items()))] if topic or audience else _by_topic(chosen)
    shown = [
        {
            "topic": name,
            "title": context.catalog[f"topic.{name}"] if name else "",
            "cards": [_card(context, *each, has_heading=bool(name)) for each in scenarios],
        }
        for name, scenarios in parts
        if scenarios
    ]
    return render("scenarios.html", parts=shown, words=context.catalog.group("scenarios"))


def _by_topic(chosen: Mapping[str, Scenario]) -> list[tuple[str, list[tuple[str, Scenario]]]]:
    """Return the scenarios under the first topic of each."""
    return [(topic, [each for each in chosen.items() if each[1].topics[0] == topic]) for topic in TOPICS]


def _card(context: MacroContext, name: str, scenario: Scenario, *, has_heading: bool) -> dict[str, object]:
    return {
        "anchor": f"scenario-{name}" if has_heading else "",
        "question": context.localized(scenario.question),
        "answer": scenario.answer,
        "word": context.catalog[f"answer.{scenario.answer}"],
        "reason": context.localized(scenario.reason),
        "link": context.link(scenario.path),
        "place": f"#{scenario.anchor}" if scenario.anchor else "",
        # The heading above says the first.
        "topics": _named(context, "topic", scenario.topics[1:] if has_heading else scenario.topics),
        "audiences": _named(context, "for", scenario.audience),
    }


def _named(context: MacroContext, group: str, names: Iterable[str]) -> list[str]:
    """Return names for readers; scripts tell them apart by commas."""
    return [context.catalog[f"{group}.{name}"] for name in names]
