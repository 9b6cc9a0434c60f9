"""`handbook remind`: which pages are due for review, and letters to those who own them."""

import datetime
from collections.abc import Sequence
from email.message import EmailMessage
from pathlib import Path

import click

from handbook.errors import HandbookError
from handbook.model import Handbook
from handbook.registers.organization import MailServer, Organization
from handbook.reminders.letters import FORMATS, letter_to, subject_of
from handbook.reminders.mail import Refused, address, letter, send
from handbook.reminders.notices import Notice, notices
from handbook.reminders.sent import load_sent, save_sent
from scripts.options import exits_with_status, format_option, root_option, today_option
from scripts.site.publication import read_handbook

_GUIDE = "audit/reviews/"
_REMEMBERED = ".reminders.json"


@click.command(name="remind", epilog="Exit status: 0, or 2 when the command could not run or send a letter.")
@root_option
@today_option
@format_option("How the list is shown.", FORMATS)
@click.option("--send", "sends", is_flag=True, help="Send each owner one letter, instead of a list.")
@click.option("--dry-run", is_flag=True, help="Print the letters that --send would send, and send none.")
@click.option(
    "--sent",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help=f"Where is remembered what was sent; without it, {_REMEMBERED} beside the handbook.",
)
@exits_with_status
def command(
    root: Path, today: datetime.date | None, name: str, sends: bool, dry_run: bool, sent: Path | None
) -> int:
    """List the pages that are due in 30, 14, or 7 days, or overdue, by owner.

    With --send, each owner gets one letter about the pages that have come to a new stage: 30, 14, and 7
    days before the due day, overdue, and again after every 7 days. Run it once a day. If a run is
    missed, the next one sends what is due then; if it runs twice, nothing is sent twice. The section
    `mail` of organization.yml says by which server.
    """
    handbook, _ = read_handbook(root, today)
    found = notices(handbook)
    file = sent or root / _REMEMBERED
    if dry_run:
        return _print_letters(handbook, load_sent(file).unsent(found))
    if sends:
        return _send_letters(handbook, found, file)
    click.echo(FORMATS[name](found, handbook.today), nl=False)
    return 0


def _print_letters(handbook: Handbook, unsent: Sequence[Notice]) -> int:
    for notice in unsent:
        click.echo(f"To: {notice.recipient.email}\nSubject: {_subject(handbook, notice)}\n")
        click.echo(_text(handbook, notice))
    click.echo(_counted(len(unsent), "to send; none was sent"), err=True)
    return 0


def _send_letters(handbook: Handbook, found: Sequence[Notice], file: Path) -> int:
    """Send what is unsent, and remember each letter as soon as the server has taken it."""
    server = handbook.registers.organization.mail
    if server is None:
        raise HandbookError(
            "organization.yml names no mail server; add the section `mail` as in the sample, or use --dry-run"
        )
    sent = load_sent(file).about(found)
    unsent = sent.unsent(found)
    letters = [_letter(handbook, server, notice) for notice in unsent]
    if letters:
        save_sent(file, sent)  # Where this fails, nothing may be sent: it would be sent again tomorrow.
    taken = 0
    for notice, message in zip(unsent, letters, strict=True):
        try:
            send(server, message)
        except Refused as reason:
            click.echo(f"{message['To']}: not sent, the next run tries again; {reason}", err=True)
            continue
        sent = sent.after(notice)
        save_sent(file, sent)
        taken += 1
        click.echo(f"{message['To']}: {_pages(notice)}")
    click.echo(_counted(taken, "sent"), err=True)
    return 0 if taken == len(letters) else 2


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


def _pages(notice: Notice) -> str:
    number = len(notice.reminders)
    return "1 page" if number == 1 else f"{number:,} pages"


def _counted(number: int, what: str) -> str:
    return f"1 letter {what}" if number == 1 else f"{number:,} letters {what}"
