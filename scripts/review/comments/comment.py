"""`handbook review comment`: files what a comment or a mail says about a review."""

import datetime
from pathlib import Path
from typing import Final

import click
from pydantic import ValidationError

from handbook.errors import HandbookError
from handbook.registers.filed_for import FiledFor
from handbook.reviews.comments.events import Approval, NothingToDo, read_event
from handbook.reviews.comments.forms import read_form
from handbook.text.json_text import as_document
from scripts.exclusive import changes_files
from scripts.options import exits_with_status, format_option, root_option
from scripts.review.comments.approval import record_approval
from scripts.review.comments.filing import Filing, file_form
from scripts.review.comments.outcome import Outcome, refused
from scripts.review.options import on_option, review_option
from scripts.site.publication import read_handbook

_FILE: Final = click.Path(exists=True, dir_okay=False, path_type=Path)
# Begins each answer, so that a job finds the one to bring up to date.
_MARKER: Final = "<!-- handbook-answer: {} -->"


@click.command(
    name="comment",
    epilog="Exit status: 0 if it was filed or asks for nothing, 1 if it was refused, 2 if this failed.",
)
@root_option
@review_option
@on_option
@click.option("--event", type=_FILE, metavar="FILE", help="The event, as GitHub or GitLab sent it (JSON).")
@click.option(
    "--text", type=_FILE, metavar="FILE", help="A text that somebody sent otherwise; needs --account."
)
@click.option("--account", metavar="ACCOUNT", help="Who sent the text: a mail address, or github:name.")
@format_option("Output format: text for people, json for the job that answers.")
@exits_with_status
@changes_files()
def command(
    root: Path,
    review: str | None,
    day: datetime.date | None,
    event: Path | None,
    text: Path | None,
    account: str | None,
    name: str,
) -> int:
    """File what a comment says about a review: a reading, its withdrawal, or the decisions of the meeting.

    The account must hold the role in registers/owners.yml. It is taken from the event, never from the text.
    The approval of a change with the label `editorial` is recorded as an editorial change. The answer says
    what was filed, or what is missing, and on which line of the comment.
    """
    if event and not text and not account:
        outcome, number, marker = _from_event(root, event, day)
    elif text and account and not event:
        outcome, number, marker = _from_text(root, text, account, review, day), None, ""
    else:
        raise HandbookError("give --event FILE, or --text FILE and --account ACCOUNT")
    if name == "json":
        click.echo(as_document(outcome.as_record(number, marker)), nl=False)
    else:
        click.echo(outcome.answer, nl=False)
    return int(outcome.result == "refused")


def _from_event(root: Path, file: Path, day: datetime.date | None) -> tuple[Outcome, int | None, str]:
    """Return what became of an event, the number of the issue or change to answer on, and a mark of it."""
    event = read_event(_read(file), file.name)
    if isinstance(event, NothingToDo):
        click.echo(f"nothing to do: {event.reason}", err=True)
        return Outcome("nothing"), None, ""
    filed_for = _filed_for(event.account, event.address)
    if isinstance(event, Approval):
        return record_approval(root, event, filed_for, day), event.change, _MARKER.format(event.commit[:12])
    if event.review is None:
        click.echo("nothing to do: the issue is not about a review", err=True)
        return Outcome("nothing"), None, ""
    outcome = _filed(root, event.text, filed_for, event.review, day)
    return outcome, event.issue, _MARKER.format(event.identity)


def _from_text(
    root: Path, file: Path, account: str, review: str | None, day: datetime.date | None
) -> Outcome:
    filed_for = _filed_for(account, None)
    try:
        text = _read(file).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise HandbookError(f"{file} is not UTF-8; save it as UTF-8") from None
    outcome = _filed(root, text, filed_for, review, day)
    if outcome.result == "nothing" and not outcome.answer:
        raise HandbookError(f"{file} has no line `/sign ROLE` or `/decide`; add it above the answers")
    return outcome


def _filed(
    root: Path, text: str, filed_for: FiledFor, review: str | None, day: datetime.date | None
) -> Outcome:
    form = read_form(text)
    if form is None:
        return Outcome("nothing")
    handbook, _ = read_handbook(root)
    try:
        return file_form(Filing(root, handbook, form, filed_for, review, day or handbook.today))
    except HandbookError as error:
        return refused([line.removeprefix("- ") for line in str(error).splitlines()])


def _filed_for(account: str, comment: str | None) -> FiledFor:
    try:
        return FiledFor(account=account, comment=comment)
    except ValidationError as error:
        problem = error.errors()[0]
        name, reason = problem["loc"][0], problem.get("ctx", {}).get("error", problem["msg"])
        raise HandbookError(f"the {name} {reason}") from None


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise HandbookError(f"{file} cannot be read ({error.strerror}); name another file") from None
