"""`handbook remind`: lists pages that are due for review, and sends letters to their owners."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path
from urllib.parse import urljoin

import click

from handbook.errors import HandbookError
from handbook.model import Handbook
from handbook.registers.organization import Organization
from handbook.registers.services import MailServer
from handbook.reminders.letters import FORMATS, letter_to, subject_of
from handbook.reminders.mail import MessageRefused, address, letter, send
from handbook.reminders.notices import Notice, notices
from handbook.reminders.sent import load_sent, save_sent
from handbook.text.counting import counted
from scripts.exclusive import changes_files
from scripts.options import exits_with_status, format_option, root_option, today_option
from scripts.site.publication import Publication, handbook_of, read_publication

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
@changes_files("sends")
def command(
    root: Path, today: datetime.date | None, name: str, sends: bool, dry_run: bool, sent: Path | None
) -> int:
    """List the pages that are overdue or due within 30 days, and translations to bring up to date, by owner.

    With --send, each owner gets one letter about the pages that have reached a new stage: 30, 14, or 7
    days before the due day, overdue, and every 7 days after that. The letter is in the main language of the
    handbook. Run it once a day. If a run is missed,
    the next one sends the reminders of that day; if it runs twice, nothing is sent twice. The mail server
    is set in the section `mail` of organization.yml. If registers/owners.yml has an `escalation`, its role
    gets a letter about pages that have been overdue for so many days. Who owns a translation hears once of
    each change of its original.
    """
    publication = read_publication(root)
    handbook = handbook_of(publication, today)
    current = notices(handbook)
    file = sent or root / _SENT_FILE
    if dry_run:
        return _print_letters(_Office(handbook, publication), load_sent(file).unsent(current))
    if sends:
        return _send_letters(_Office(handbook, publication), current, file)
    click.echo(FORMATS[name](current, handbook.today), nl=False)
    return 0


@dataclass(frozen=True, slots=True)
class _Office:
    """What letters are written from: the handbook, and where its pages are published."""

    handbook: Handbook
    publication: Publication

    @property
    def organization(self) -> Organization:
        return self.handbook.registers.organization

    @property
    def language(self) -> str:
        return self.organization.main_language

    @property
    def name(self) -> str:
        return self.organization.say(self.organization.name, self.language)

    def letter(self, server: MailServer, notice: Notice) -> EmailMessage:
        recipient = notice.recipient
        return letter(
            address(self.name, server.sender),
            address(recipient.title, recipient.email),
            subject_of(notice, self.name, self.language),
            self.text(notice),
        )

    def text(self, notice: Notice) -> str:
        base = self.organization.handbook
        start = f"{base.rstrip('/')}/" if base else None
        addresses = self._addresses(notice, start) if start else {}
        guide = start and urljoin(start, _GUIDE)
        return letter_to(notice, self.handbook.today, guide, addresses, self.language)

    def _addresses(self, notice: Notice, start: str) -> dict[str, str]:
        site_map = self.publication.site_map()
        pages = filter(None, (self.handbook.page(reminder.path) for reminder in notice.reminders))
        return {page.path: urljoin(start, site_map.address_of(page)) for page in pages}


def _print_letters(office: _Office, unsent: Sequence[Notice]) -> int:
    for notice in unsent:
        subject = subject_of(notice, office.name, office.language)
        click.echo(f"To: {notice.recipient.email}\nSubject: {subject}\n")
        click.echo(office.text(notice))
    click.echo(f"{counted(len(unsent), 'letter')} to send; none was sent", err=True)
    return 0


def _send_letters(office: _Office, current: Sequence[Notice], file: Path) -> int:
    """Send what is unsent, and remember each letter as soon as the server has accepted it."""
    server = office.organization.mail
    if server is None:
        raise HandbookError(
            "organization.yml names no mail server; add the section `mail` as in the sample, or use --dry-run"
        )
    sent = load_sent(file).about(current)
    unsent = sent.unsent(current)
    letters = [office.letter(server, notice) for notice in unsent]
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
