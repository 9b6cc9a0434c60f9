"""`handbook translate status`: how the translations stand."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Final

import click

from handbook.model import Handbook
from handbook.text.json_text import as_document
from handbook.text.quoting import one_line
from handbook.translating.standing import TranslationStatus, standings
from scripts.command_name import with_real_command
from scripts.options import exits_with_status, format_option, root_option
from scripts.site.publication import read_handbook

_EPILOG: Final = "Exit status: 0 if every translation is current, 1 if one is not, 2 if the command failed."
_STATES: Final = {
    "changed": "behind, because the original has changed since",
    "unknown": "of which nobody has said what they render",
    "missing": "missing",
}


@click.command(name="status", epilog=_EPILOG)
@format_option("Output format.")
@root_option
@exits_with_status
def command(name: str, root: Path) -> int:
    """Show which pages and texts of registers are current in each language, behind, or missing.

    A translation is current if it says that it renders what the original says now. Dates are not compared.
    """
    handbook, _ = read_handbook(root)
    rows = standings(handbook)
    if name == "json":
        click.echo(as_document([asdict(row) for row in rows]), nl=False)
    else:
        click.echo(with_real_command(_as_text(handbook, rows)))
    return int(any(row.state != "current" for row in rows))


def _as_text(handbook: Handbook, rows: Sequence[TranslationStatus]) -> str:
    languages = handbook.registers.organization.languages
    if len(languages) == 1:
        return f"The handbook is written in '{languages[0]}' alone, so nothing is translated."
    lines = []
    for language in languages:
        own = [row for row in rows if row.language == language]
        if own:
            lines += _of_language(language, own)
    lines.append(
        "See what changed with `handbook translate diff FILE`, write it anew, and mark it as current"
    )
    lines.append("with `handbook translate done FILE`.")
    return "\n".join(lines)


def _of_language(language: str, rows: Sequence[TranslationStatus]) -> list[str]:
    pages = [row for row in rows if not row.place]
    texts = [row for row in rows if row.place]
    lines = [
        f"{language}: {_current(pages)} pages and {_current(texts)} texts of registers are current",
    ]
    for state, meaning in _STATES.items():
        of_state = [row for row in pages if row.state == state]
        if of_state:
            lines.append(f"  pages {meaning}:")
            lines += [f"    {one_line(row.path)}" for row in of_state]
        files = Counter(row.path for row in texts if row.state == state)
        if files:
            lines.append(f"  texts of registers {meaning}:")
            lines += [f"    {one_line(path)}: {number}" for path, number in files.items()]
    return lines


def _current(rows: Sequence[TranslationStatus]) -> str:
    return f"{sum(row.state == 'current' for row in rows)} of {len(rows)}"
