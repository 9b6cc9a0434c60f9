"""`handbook remind`: lists pages that are due for review, and sends letters to their owners."""

import datetime
from collections.abc import Sequence
from email.message import EmailMessage
from pathlib import Path

import click

from handbook.errors import HandbookError
from handbook.model import Handbook
from handbook.registers.organization import MailServer, Organization
from handbook.reminders.letters import FORMATS, letter_to, subject_of
from handbook.reminders.mail import MessageRefused, address, letter, send
from handbook.reminders.notices import Notice, notices
from handbook.reminders.sent import load_sent, save_sent
from handbook.text.counting import counted
from scripts.options import exits_with_status, format_option, root_option, today_option
from scripts.site.publication import read_handbook

_GUIDE = "audit/reviews/"
_SENT_FILE = ".reminders.json"


@click.command(
    name="remind", epilog="Exit status: 0, or 2 if the command could not run or a letter was not sent."
)
@root_option
@today_option
@format_option("Output format of the list.", FORMATS)
@click.option(
    "--send", "sends", is_flag=True, help="Send one letter to each owner instead of printing a list."
)
@click.option(
    "--dry-run", is_flag=True, help="Print the letters that --send would send, without sending them."
)
@click.option(
    "--sent",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help=f"File that records what was sent; by default, {_SENT_FILE} in the handbook's folder.",
)
@exits_with_status
def command(
    root: Path, today: datetime.date | None, name: str, sends: bool, dry_run: bool, sent: Path | None
) -> int:
    """List the pages that are overdue or due within 30 days, by owner.

    With --send, each owner gets one letter about the pages that have reached a new stage: 30, 14, or 7
    days before the due day, overdue, and every 7 days after that. Run it once a day. If a run is missed,
    the next one sends the reminders of that day; if it runs twice, nothing is sent twice. The mail server
    is set in the section `mail` of organization.yml.
    """
    handbook, _ = read_handbook(root, today)
    current = notices(handbook)
    file = sent or root / _SENT_FILE
    if dry_run:
        return _print_letters(handbook, load_sent(file).unsent(current))
    if sends:
        return _send_letters(handbook, current, file)
    click.echo(FORMATS[name](current, handbook.today), nl=False)
    return 0


def _print_letters(handbook: Handbook, unsent: Sequence[Notice]) -> int:
    for notice in unsent:
        click.echo(f"To: {notice.recipient.email}\nSubject: {_subject(handbook, notice)}\n")
        click.echo(_text(handbook, notice))
    click.echo(f"{counted(len(unsent), 'letter')} to send; none was sent", err=True)
    return 0


def _send_letters(handbook: Handbook, current: Sequence[Notice], file: Path) -> int:
    """Send what is unsent, and remember each letter as soon as the server has accepted it."""
    server = handbook.registers.organization.mail
    if server is None:
        raise HandbookError(
            "organization.yml names no mail server; add the section `mail` as in the sample, or use --dry-run"
        )
    sent = load_sent(file).about(current)
    unsent = sent.unsent(current)
    letters = [_letter(handbook, server, notice) for notice in unsent]
    if letters:
        save_sent(file, sent)  # If this fails, nothing may be sent: it would be sent again tomorrow.
    accepted = 0
    for notice, message in zip(unsent, letters, strict=True):
        if _is_accepted(server, message):
            sent = sent.after(notice)
            save_sent(file, sent)
            accepted += 1
            click.echo(f"{message['To']}: {counted(len(notice.reminders), 'page')}")
    click.echo(f"{counted(accepted, 'letter')} sent", err=True)
    return 0 if accepted == len(letters) else 2


def _is_accepted(server: MailServer, message: EmailMessage) -> bool:
    try:
        send(server, message)
    except MessageRefused as reason:
        click.echo(f"{message['To']}: not sent; the next run will try again; {reason}", err=True)
        return False
    return True


def _letter(handbook: Handbook, server: MailServer, notice: Notice) -> EmailMessage:
    return letter(
        address(_name(handbook.registers.organization), server.sender),
        address(notice.recipient.title, notice.recipient.email),
        _subject(handbook, notice),
        _text(handbook, notice),
    )


def _subject(handbook: Handbook, notice: Notice) -> str:
    return subject_of(notice, _name(handbook.registers.organization))


def _text(handbook: Handbook, notice: Notice) -> str:
    base = handbook.registers.organization.handbook
    return letter_to(notice, handbook.today, f"{base.rstrip('/')}/{_GUIDE}" if base else None)


def _name(organization: Organization) -> str:
    return organization.say(organization.name, organization.languages[0])
