"""`handbook translate diff`: what changed in the original since a translation was written."""

from pathlib import Path
from typing import Final

import click

from handbook.content.pages import Page
from handbook.content.translation.changed_parts import Translation
from handbook.formats.redlines import as_records
from handbook.git.repository import Repository
from handbook.model import Handbook
from handbook.registers.written_texts import WrittenText
from handbook.text.json_text import as_document
from handbook.text.quoting import one_line
from handbook.text.redline import redline, shortened
from handbook.translating.former_texts import rendered_page, rendered_text
from handbook.translating.standing import place_of, state_of_text
from scripts.options import exits_with_status, format_option, repository_of, root_option
from scripts.redlines import show_redline
from scripts.site.publication import read_handbook
from scripts.translate.chosen import chosen_files

_EPILOG: Final = "Exit status: 0 if nothing changed, 1 if something did, 2 if the command failed."


@click.command(name="diff", epilog=_EPILOG)
@click.argument("paths", nargs=-1, required=True, metavar="PAGE, REGISTER, OR FOLDER...")
@root_option
@format_option("Output format: text for people, json for programs.")
@exits_with_status
def command(paths: tuple[str, ...], root: Path, name: str) -> int:
    """Show what changed in the original since it was translated, word by word.

    The text that a translation renders is looked for in the history. If it is not there, the whole text of
    the original is shown as it is now.
    """
    handbook, _ = read_handbook(root)
    chosen = chosen_files(handbook, paths, root)
    repository = repository_of(root)
    behind = [each for each in chosen.pages if not each.is_current]
    texts = [
        (text, language)
        for text in handbook.registers.written_texts.texts
        if text.file in chosen.registers
        for language in handbook.registers.organization.languages
        if language != text.original and state_of_text(handbook, text, language) == "changed"
    ]
    if name == "json":
        pages = [_record_of_page(translation, repository) for translation in behind]
        changed = [_record_of_text(text, language, handbook, repository) for text, language in texts]
        click.echo(as_document({"pages": pages, "texts": changed}), nl=False)
        return int(bool(behind or texts))
    for translation in behind:
        _show_page(translation, repository)
    for text, language in texts:
        _show_text(text, language, handbook, repository)
    if not behind and not texts:
        click.echo("nothing has changed since these translations", err=True)
    return int(bool(behind or texts))


def _record_of_page(translation: Translation, repository: Repository) -> dict[str, object]:
    """Return a page and what changed in its original; null if the history lacks the text that it renders."""
    former = rendered_page(translation, repository)
    changed = redline(_as_text(former), _as_text(translation.original)) if former else None
    paths = {"path": translation.page.path, "original": translation.original.path}
    return {**paths, "redline": as_records(changed) if changed else None}


def _record_of_text(
    text: WrittenText, language: str, handbook: Handbook, repository: Repository
) -> dict[str, object]:
    """Return a text of a register and what changed in its original; null if nobody marked what it renders."""
    former = rendered_text(text, language, handbook.registers.rendered_texts, repository)
    changed = None if former is None else as_records(redline(former, text.words))
    return {"path": text.file, "place": place_of(text), "language": language, "redline": changed}


def _show_page(translation: Translation, repository: Repository) -> None:
    former = rendered_page(translation, repository)
    click.echo(f"\n{one_line(translation.original.path)}, which {one_line(translation.page.path)} renders:")
    if former is None:
        click.echo("(the history does not have the text that was rendered; this is the text of today)\n")
        click.echo(_as_text(translation.original))
        return
    show_redline(shortened(redline(_as_text(former), _as_text(translation.original))))


def _as_text(page: Page) -> str:
    head = [page.front_matter.text(key) or "" for key in ("title", "description")]
    return "\n".join([*head, "", page.body])


def _show_text(text: WrittenText, language: str, handbook: Handbook, repository: Repository) -> None:
    former = rendered_text(text, language, handbook.registers.rendered_texts, repository)
    click.echo(f"\n{one_line(text.file)}, {place_of(text)}:")
    if former is None:
        click.echo("(nobody has said which text is rendered; this is the text of today)")
        click.echo(f"  {text.original}: {one_line(text.words)}")
    else:
        show_redline(redline(former, text.words))
    click.echo(f"  {language}: {one_line(text.texts[language])}")
