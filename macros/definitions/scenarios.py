"""A macro that answers questions from staff."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from handbook.content.audiences import STAFF_GROUPS
from handbook.content.languages import main_path
from handbook.registers.scenarios import TOPICS, Scenario
from handbook.templating.macro import MacroError
from handbook.text.suggestions import did_you_mean
from macros.context.registry import MacroContext, macro
from macros.context.scenario_pages import page_of_card
from macros.presentation.localized import PageLink
from macros.presentation.templates import render


def _chosen(
    context: MacroContext, topic: str = "", audience: str = "", mostly_for: str | Sequence[str] = ()
) -> Mapping[str, Scenario]:
    first = _names(mostly_for)
    return {
        name: scenario
        for name, scenario in context.site.registers.scenarios.scenarios.items()
        if (not topic or topic in scenario.topics)
        and (not audience or audience in scenario.audience)
        and (not first or scenario.mostly_for in first)
    }


@macro(
    templates=("scenarios.html",),
    reviewed=_chosen,
    registers=("registers/scenarios.yml", "registers/scenarios/"),
)
def scenarios(
    context: MacroContext, topic: str = "", audience: str = "", mostly_for: str | Sequence[str] = ()
) -> str:
    """Show questions with their answers: all by topic, or those of one topic, or for one audience.

    The topics are photos, privacy, rights, brand, complaints, press, security, money, children,
    crisis, politics, ai, coworkers and profile; the audiences are work, personal and managers. A list of
    all has a link to each topic, and shows a question under the first of its topics.

    A question can be for several audiences, and is mostly for the first of them. `mostly_for` is one or
    more of the audiences, so that several pages can share the questions and none is on two of them; a
    link leads to the pages that show the others. The questions are in registers/scenarios.yml and
    registers/scenarios/.

    Example: {{ scenarios() }}
    Example: {{ scenarios(topic="photos") }}
    Example: {{ scenarios(audience="managers") }}
    Example: {{ scenarios(mostly_for="work") }}
    Example: {{ scenarios(mostly_for=["personal", "managers"]) }}
    """
    _refuse_unknown((topic,), TOPICS, "topic")
    _refuse_unknown((audience, *_names(mostly_for)), STAFF_GROUPS, "audience")
    chosen = _chosen(context, topic, audience, mostly_for)
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
    others = list(_pages_of_others(context, _names(mostly_for)))
    return render("scenarios.html", parts=shown, others=others, words=context.catalog.group("scenarios"))


def _names(given: str | Sequence[str]) -> list[str]:
    """Return the names in an argument that may be one name or several."""
    if isinstance(given, list | tuple):
        return list(given)
    return [str(given)] if given else []


def _refuse_unknown(given: Iterable[str], known: Sequence[str], what: str) -> None:
    for name in given:
        if name and name not in known:
            raise MacroError(f"there is no {what} '{name}'; {did_you_mean(str(name), known)}")


def _pages_of_others(context: MacroContext, shown: Sequence[str]) -> Iterator[PageLink]:
    """Yield a link to each page with questions that are mostly for others, if those shown are for some."""
    scenarios = context.site.registers.scenarios.scenarios.values()
    others = (scenario for scenario in scenarios if shown and scenario.mostly_for not in shown)
    paths = dict.fromkeys(page_of_card(each, context.site, context.language) for each in others)
    here = main_path(context.page.path, context.site.organization.languages) if context.page else ""
    yield from (link for path in paths if path != here and (link := context.link(path)))


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
