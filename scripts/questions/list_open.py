"""`handbook questions list`: shows the open questions."""

from pathlib import Path
from typing import Any

import click

from handbook.files.tree import Folder
from handbook.registers.open_questions import OpenQuestion, load_open_questions
from handbook.text.counting import counted
from handbook.text.json_text import as_document
from handbook.text.quoting import one_line
from scripts.options import exits_with_status, format_option, require_handbook, root_option


@click.command(name="list", epilog="Exit status: 0, or 2 if the command could not run.")
@root_option
@format_option("Output format: text for people, json for programs.")
@exits_with_status
def command(root: Path, name: str) -> int:
    """Show the open questions: number, question, how often and since when, page, search, and edition."""
    require_handbook(root)
    known = load_open_questions(Folder(root)).questions
    if name == "json":
        click.echo(as_document([facts(number, question) for number, question in known.items()]), nl=False)
    else:
        lines = [shown(number, question) for number, question in known.items()]
        click.echo("\n".join(lines) or "No question is open.")
    return 0


def facts(number: int, question: OpenQuestion) -> dict[str, Any]:
    """Return a question for a JSON document."""
    return {"number": number, **question.model_dump(mode="json")}


def shown(number: int, question: OpenQuestion) -> str:
    """Return a question on one line."""
    parts = [f"asked {counted(question.count, 'time')} since {question.asked_on}"]
    parts += [question.page] if question.page else []
    parts += [f"searched: {question.query}"] if question.query else []
    parts += [f"edition {question.edition}"] if question.edition else []
    return one_line(f"{number}. {question.question} ({'; '.join(parts)})")
