"""`handbook questions add`: turns an answered question into a scenario, or into words for the search."""

from pathlib import Path

import click

from handbook.content.audiences import STAFF_GROUPS
from handbook.inbox.chosen import number_of
from handbook.inbox.scenarios import ScenarioDraft, plan_scenario
from handbook.inbox.searched_words import plan_words, words_of
from handbook.registers.scenarios import ANSWERS, TOPICS
from scripts.exclusive import changes_files
from scripts.options import exits_with_status, root_option
from scripts.questions.answers import Given, completed
from scripts.restructure import EPILOG, begin, dry_run_option, finish


@click.command(name="add", epilog=EPILOG)
@click.argument("named", metavar="QUESTION")
@click.option("--scenario", metavar="NAME", help="Make it the scenario of this short name.")
@click.option("--question", metavar="TEXT", help="The question as the scenario puts it, if in other words.")
@click.option("--answer", type=click.Choice(ANSWERS), help="Answer of the scenario.")
@click.option("--reason", metavar="TEXT", help="Why, in two or three sentences.")
@click.option("--see", metavar="PAGE", help="Page with the rule, such as docs/law/photos.md#birthday-party.")
@click.option(
    "--audience", multiple=True, type=click.Choice(STAFF_GROUPS), help="Whom it is for; can be repeated."
)
@click.option(
    "--topic", "topics", multiple=True, type=click.Choice(TOPICS), help="What it is about; can be repeated."
)
@click.option("--asked-as", "place", metavar="PAGE", help="Let the search lead to this page, or PAGE#ANCHOR.")
@click.option(
    "--words",
    multiple=True,
    metavar="TEXT",
    help="Words for the search instead of those it has; can be repeated.",
)
@dry_run_option
@root_option
@exits_with_status
@changes_files()
def command(
    named: str,
    scenario: str | None,
    question: str | None,
    answer: str | None,
    reason: str | None,
    see: str | None,
    audience: tuple[str, ...],
    topics: tuple[str, ...],
    place: str | None,
    words: tuple[str, ...],
    dry_run: bool,
    root: Path,
) -> int:
    """Answer QUESTION, given by its number or by words that no other question has.

    With --scenario, it becomes a scenario in a file of its own in registers/scenarios/; the words of the
    search go with it. With --asked-as, a page has the answer already, and the search learns the words. Either
    way, the question is no longer open. In a terminal, the command asks for what is missing.
    """
    plan = begin(root)
    number = number_of(plan.before.registers.open_questions, named)
    known = plan.before.registers.open_questions.questions[number]
    given = completed(
        plan, known, Given(scenario, answer, reason, see, audience, topics, question, place, words)
    )
    if given.place:
        plan_words(plan, number, given.place, given.words or words_of(known))
    else:
        plan_scenario(plan, number, _draft(given, known.question))
    finish(root, plan, (), dry_run)
    return 0


def _draft(given: Given, question: str) -> ScenarioDraft:
    """Return the scenario; whatever it needs was given or asked."""
    return ScenarioDraft(
        given.scenario or "",
        given.answer or "",
        given.reason or "",
        given.see or "",
        given.audience,
        given.topics,
        given.question or question,
    )
