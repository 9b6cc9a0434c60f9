"""A macro that answers questions that people ask."""

from collections.abc import Iterable

from handbook.registers.scenarios import AUDIENCES, TOPICS
from handbook.templating.expressions import MacroError
from handbook.text.suggestions import did_you_mean
from macros.context.registry import Here, macro
from macros.presentation.templates import render


@macro
def scenarios(here: Here, topic: str = "", audience: str = "") -> str:
    """Show questions with their answers: all, or those of one topic, or for one audience.

    The topics are photos, privacy, rights, brand, complaints, press, security, money, children,
    crisis, politics and ai; the audiences are work, personal and managers. The questions stand in
    registers/scenarios.yml.

    Example: {{ scenarios() }}
    Example: {{ scenarios(topic="photos") }}
    Example: {{ scenarios(audience="managers") }}
    """
    for given, known, what in ((topic, TOPICS, "topic"), (audience, AUDIENCES, "audience")):
        if given and given not in known:
            raise MacroError(f"there is no {what} '{given}'; {did_you_mean(str(given), known)}")
    listed = [
        {
            "anchor": "" if topic or audience else f"scenario-{name}",
            "question": here.said(one.question),
            "answer": one.answer,
            "word": here.catalog[f"answer.{one.answer}"],
            "reason": here.said(one.reason),
            "link": here.link(one.page),
            "topics": _named(here, "topic", one.topics),
            "audiences": _named(here, "for", one.audience),
        }
        for name, one in here.site.registers.scenarios.scenarios.items()
        if (not topic or topic in one.topics) and (not audience or audience in one.audience)
    ]
    return render("scenarios.html", scenarios=listed, words=here.catalog.group("scenarios"))


def _named(here: Here, group: str, names: Iterable[str]) -> list[tuple[str, str]]:
    """Return a name for scripts and a name for readers."""
    return [(f"{group}-{name}", here.catalog[f"{group}.{name}"]) for name in names]
