"""`handbook review comment`: files what a comment or a mail says about a review."""

import datetime
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Final

import click
from pydantic import ValidationError

from handbook.errors import HandbookError
from handbook.forges.requests import Request
from handbook.forges.reviews.events import Approval, NothingToDo, read_event
from handbook.forges.reviews.forms import read_form
from handbook.forges.reviews.platform_issues import ExistingComment, read_comments
from handbook.forges.reviews.review_requests import Reply, reply_requests
from handbook.registers.filed_for import FiledFor
from scripts.exclusive import changes_files
from scripts.options import exits_with_status, root_option
from scripts.request_folder import write_requests
from scripts.review.comments.approval import record_approval
from scripts.review.comments.filing import Filing, file_form
from scripts.review.comments.options import existing_option, read_file, requests_option
from scripts.review.comments.outcome import CommentOutcome, Thread, refused
from scripts.review.options import on_option, review_option
from scripts.site.publication import read_handbook

_FILE: Final = click.Path(exists=True, dir_okay=False, path_type=Path)
# Begins each answer, so that a job finds the one to bring up to date.
_MARKER: Final = "<!-- handbook-answer: {} -->"
_BOT: Final = re.compile(r".+\[bot\]|(?:project|group)_\d+_bot\w*")


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
@existing_option
@requests_option
@exits_with_status
@changes_files()
def command(
    root: Path,
    review: str | None,
    day: datetime.date | None,
    event: Path | None,
    text: Path | None,
    account: str | None,
    existing: Path | None,
    requests: Path | None,
) -> int:
    """File what a comment says about a review: a reading, its withdrawal, or the decisions of the meeting.

    The account must hold the role in registers/owners.yml. It is taken from the event, never from the text.
    The approval of a change with the label `editorial` is recorded as an editorial change. The answer says
    what was filed, or what is missing, and on which line of the comment.
    """
    if event and not text and not account:
        outcome, thread = _from_event(root, event, day)
    elif text and account and not event:
        outcome, thread = _from_text(root, text, account, review, day), None
    else:
        raise HandbookError("give --event FILE, or --text FILE and --account ACCOUNT")
    if requests:
        _write(requests, outcome, thread, existing)
    click.echo(outcome.answer, nl=False)
    return int(outcome.result == "refused")


def _write(folder: Path, outcome: CommentOutcome, thread: Thread | None, existing: Path | None) -> None:
    """Write the requests that answer, and, in the file `commit`, the message of the commit if one is due."""
    replies = _replies(thread, outcome, existing) if thread and outcome.answer else ()
    more = {"commit": outcome.commit.encode()} if outcome.commit else {}
    write_requests(folder, replies, more)


def _replies(thread: Thread, outcome: CommentOutcome, existing: Path | None) -> Iterable[Request]:
    text = f"{thread.marker}\n{outcome.answer}"
    reply = Reply(thread.platform, thread.number, thread.marker, text, thread.is_about_change, outcome.closes)
    return reply_requests(reply, _answers(existing))


def _answers(file: Path | None) -> list[ExistingComment]:
    return read_comments(read_file(file), file.name, _is_bot) if file else []


def _is_bot(name: str) -> bool:
    return bool(_BOT.fullmatch(name))


def _from_event(root: Path, file: Path, day: datetime.date | None) -> tuple[CommentOutcome, Thread | None]:
    """Return what became of an event, and where the answer goes."""
    event = read_event(read_file(file), file.name)
    if isinstance(event, NothingToDo):
        click.echo(f"nothing to do: {event.reason}", err=True)
        return CommentOutcome("nothing"), None
    filed_for = _filed_for(event.account, event.address)
    platform = event.account.partition(":")[0]
    if isinstance(event, Approval):
        thread = Thread(
            platform, event.change, _MARKER.format(f"change {event.change}"), is_about_change=True
        )
        return record_approval(root, event, filed_for, day), thread
    if event.review is None:
        click.echo("nothing to do: the issue is not about a review", err=True)
        return CommentOutcome("nothing"), None
    outcome = _filed(root, event.text, filed_for, event.review, day)
    return outcome, Thread(platform, event.issue, _MARKER.format(event.identity))


def _from_text(
    root: Path, file: Path, account: str, review: str | None, day: datetime.date | None
) -> CommentOutcome:
    filed_for = _filed_for(account, None)
    try:
        text = read_file(file).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise HandbookError(f"{file} is not UTF-8; save it as UTF-8") from None
    outcome = _filed(root, text, filed_for, review, day)
    if outcome.result == "nothing" and not outcome.answer:
        raise HandbookError(f"{file} has no line `/sign ROLE` or `/decide`; add it above the answers")
    return outcome


def _filed(
    root: Path, text: str, filed_for: FiledFor, review: str | None, day: datetime.date | None
) -> CommentOutcome:
    form = read_form(text)
    if form is None:
        return CommentOutcome("nothing")
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
