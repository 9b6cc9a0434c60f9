"""`handbook remind`: letters through a real mail server, each remembered once it was taken."""
# ruff: noqa: ARG002, N802 - names and arguments of a handler are aiosmtpd's

import asyncio
import json
import ssl
import subprocess
import sys
from collections.abc import Callable, Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from click.testing import CliRunner, Result

from scripts.cli import main
from tests.conftest import PAGE

Write = Callable[[str, str | bytes], Path]
TODAY = "2027-04-10"  # Four days before the pages are due.
PASSWORD = "a wrong horse"  # noqa: S105 - it opens the server of these tests
BOTH = {"user_variable": "HANDBOOK_MAIL_USER", "password_variable": "HANDBOOK_MAIL_PASSWORD"}


class Mailbox:
    """What the server accepted; it refuses the addresses in `refused`, and may hang up without a farewell."""

    def __init__(self) -> None:
        self.letters: list[EmailMessage] = []
        self.recipients: list[list[str]] = []
        self.encrypted: list[bool] = []
        self.users: list[str] = []
        self.refused: set[str] = set()
        self.answer = "250 taken"
        self.hangs_up = False
        self.most_logins = 99

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address in self.refused:
            return "550 5.1.1 nobody here is called that"
        envelope.rcpt_tos.append(address)
        return "250 known"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        assert isinstance(envelope.content, bytes)
        if self.answer.startswith("250"):
            self.letters.append(message_from_bytes(envelope.content, EmailMessage, policy=policy.default))
            self.recipients.append(envelope.rcpt_tos)
            assert server.transport
            self.encrypted.append(server.transport.get_extra_info("ssl_object") is not None)
        return self.answer

    async def handle_QUIT(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        if self.hangs_up:
            assert isinstance(server.transport, asyncio.Transport)
            server.transport.abort()
        return "221 bye"

    def authenticate(
        self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: object
    ) -> AuthResult:
        assert isinstance(data, LoginPassword)
        self.users.append(data.login.decode())
        known = data.password == PASSWORD.encode() and len(self.users) <= self.most_logins
        return AuthResult(success=known, handled=False)


class _Server(Controller):
    """A server on a port that the system chooses."""

    def _trigger_server(self) -> None:
        assert isinstance(self.server, asyncio.Server)
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()  # type: ignore[no-untyped-call]


@pytest.fixture
def mailbox() -> Mailbox:
    return Mailbox()


@pytest.fixture
def serve(mailbox: Mailbox) -> Iterator[Callable[..., int]]:
    """Start a server with options of aiosmtpd; return its port."""
    running: list[_Server] = []

    def start(**options: Any) -> int:
        server = _Server(mailbox, hostname="127.0.0.1", port=0, **options)
        server.start()
        running.append(server)
        return server.port

    yield start
    for server in running:
        server.stop()


@pytest.fixture(autouse=True)
def _with_three_owners(folder: Path, write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1807358400")  # 2027-04-10
    write("docs/other.md", PAGE.replace("platform-lead", "legal-lead").replace("A page", "Été, “law”, 法"))
    write("docs/third.md", PAGE.replace("platform-lead", "security-lead"))


def _configure(folder: Path, port: int, security: str = "none", **more: str) -> None:
    lines = {"host": "127.0.0.1", "port": str(port), "security": security, "sender": "handbook@example.org"}
    section = "".join(f"  {key}: {value}\n" for key, value in (lines | more).items())
    file = folder / "organization.yml"
    text = file.read_text(encoding="utf-8").partition("\nmail:")[0]
    file.write_text(f"{text}\nmail:\n{section}", encoding="utf-8")


def _remind(folder: Path, *arguments: str, today: str = TODAY) -> Result:
    options = ["remind", "--root", str(folder), "--today", today, *arguments]
    return CliRunner().invoke(main, options, catch_exceptions=False)


def _remembered(folder: Path) -> list[tuple[str, str, str]]:
    data = json.loads((folder / ".reminders.json").read_text(encoding="utf-8"))
    return [(record["page"], record["stage"], record["to"]) for record in data["sent"]]


def test_each_owner_gets_one_letter(folder: Path, mailbox: Mailbox, serve: Callable[..., int]) -> None:
    _configure(folder, serve())
    result = _remind(folder, "--send")
    assert (result.exit_code, result.stderr) == (0, "3 letters sent\n")
    assert mailbox.recipients == [["legal@example.org"], ["social@example.org"], ["security@example.org"]]
    first = mailbox.letters[0]
    assert str(first["Subject"]) == "Example Reading Network: 1 page to review (Legal lead)"
    assert str(first["From"]) == "Example Reading Network <handbook@example.org>"
    assert first["Auto-Submitted"] == "auto-generated"
    assert "Sat, 10 Apr 2027" in str(first["Date"])
    assert "Été, “law”, 法: due in 4 days, on 2027-04-14" in first.get_content()
    assert "https://handbook.example.org/audit/reviews/" in first.get_content()
    assert "https://handbook.example.org/other/" in first.get_content()


def test_a_repeated_run_sends_nothing_and_the_next_stage_is_sent(
    folder: Path, mailbox: Mailbox, serve: Callable[..., int]
) -> None:
    _configure(folder, serve())
    for today, letters in (("2027-03-20", 3), ("2027-03-30", 3), ("2027-04-10", 6), ("2027-04-14", 6)):
        result = _remind(folder, "--send", today=today)
        assert (result.exit_code, len(mailbox.letters)) == (0, letters), today
    assert _remind(folder, "--send", today="2027-04-15").stderr == "3 letters sent\n"
    assert _remind(folder, "--send", today="2027-04-21").stderr == "0 letters sent\n"
    assert _remind(folder, "--send", today="2027-04-22").stderr == "3 letters sent\n"
    assert len(_remembered(folder)) == 12


def test_the_sponsor_gets_one_letter_once_pages_are_overdue_for_two_weeks(
    folder: Path, mailbox: Mailbox, serve: Callable[..., int]
) -> None:
    _configure(folder, serve())
    for today, letters in (("2027-04-28", 3), ("2027-04-29", 7), ("2027-04-30", 7)):
        assert _remind(folder, "--send", today=today).exit_code == 0
        assert len(mailbox.letters) == letters, today
    (sponsor,) = (letter for letter in mailbox.letters if "Executive sponsor" in str(letter["To"]))
    assert str(sponsor["To"]) == "Executive sponsor <people@example.org>"
    assert sponsor.get_content().count("Please ask: ") == 3


def test_what_was_reviewed_since_is_forgotten(
    folder: Path, write: Write, mailbox: Mailbox, serve: Callable[..., int]
) -> None:
    _configure(folder, serve())
    _remind(folder, "--send", today="2027-03-20")
    write("docs/other.md", PAGE.replace("2026-10-14", "2027-04-01"))
    _remind(folder, "--send")
    assert {page for page, _, _ in _remembered(folder)} == {"docs/index.md", "docs/third.md"}


def test_a_refused_letter_keeps_no_other_from_its_way_and_is_tried_again(
    folder: Path, mailbox: Mailbox, serve: Callable[..., int]
) -> None:
    _configure(folder, serve())
    mailbox.refused = {"social@example.org"}
    result = _remind(folder, "--send")
    assert result.exit_code == 2
    assert "social@example.org>: not sent" in result.stderr
    assert ": 550" in result.stderr
    assert [to for _, _, to in _remembered(folder)] == ["legal@example.org", "security@example.org"]
    mailbox.refused = set()
    assert _remind(folder, "--send").exit_code == 0
    assert mailbox.recipients[2:] == [["social@example.org"]]


def test_what_the_server_does_not_take_is_not_remembered(
    folder: Path, mailbox: Mailbox, serve: Callable[..., int]
) -> None:
    _configure(folder, serve())
    mailbox.answer = "451 4.3.0 come back\x07 later"
    result = _remind(folder, "--send")
    assert result.exit_code == 2
    assert result.stderr.count("451 4.3.0 come back") == 3
    assert "\x07" not in result.stderr
    assert _remembered(folder) == []


def test_a_server_that_ends_the_session_oddly_has_still_taken_the_letter(
    folder: Path, mailbox: Mailbox, serve: Callable[..., int]
) -> None:
    _configure(folder, serve())
    mailbox.hangs_up = True
    result = _remind(folder, "--send")
    assert (result.exit_code, len(_remembered(folder))) == (0, 3), result.stderr


def test_a_server_that_cannot_be_reached_is_a_sentence(folder: Path, serve: Callable[..., int]) -> None:
    _configure(folder, 1)
    result = _remind(folder, "--send")
    assert result.exit_code == 2
    assert "127.0.0.1, port 1," in result.stderr
    assert "`security: none`" in result.stderr
    assert "`mail` in organization.yml" in result.stderr
    assert _remembered(folder) == []


def test_where_nothing_can_be_remembered_nothing_is_sent(
    folder: Path, mailbox: Mailbox, serve: Callable[..., int]
) -> None:
    _configure(folder, serve())
    (folder / "blocked").write_text("a file, and no folder")
    result = _remind(folder, "--send", "--sent", str(folder / "blocked" / "sent.json"))
    assert result.exit_code == 2
    assert mailbox.letters == []


@pytest.fixture
def certificate(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> ssl.SSLContext:
    """A certificate for 127.0.0.1 by an authority that this machine trusts for one test."""
    authority = trustme.CA()
    file = tmp_path / "authority.pem"
    authority.cert_pem.write_to_path(str(file))
    monkeypatch.setenv("SSL_CERT_FILE", str(file))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    return context


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_letters_and_the_password_travel_encrypted(
    folder: Path,
    mailbox: Mailbox,
    serve: Callable[..., int],
    certificate: ssl.SSLContext,
    monkeypatch: pytest.MonkeyPatch,
    security: str,
) -> None:
    monkeypatch.setenv("HANDBOOK_MAIL_USER", "handbook")
    monkeypatch.setenv("HANDBOOK_MAIL_PASSWORD", PASSWORD)
    how = {
        "tls": {"ssl_context": certificate, "auth_require_tls": False},
        "starttls": {"tls_context": certificate, "require_starttls": True},
    }
    port = serve(authenticator=mailbox.authenticate, **how[security])
    _configure(folder, port, security, **BOTH)
    result = _remind(folder, "--send")
    assert (result.exit_code, result.stderr) == (0, "3 letters sent\n")
    assert mailbox.users == ["handbook"] * 3
    assert mailbox.encrypted == [True] * 3
    monkeypatch.setenv("HANDBOOK_MAIL_PASSWORD", "wrong")
    (folder / ".reminders.json").unlink()
    wrong = _remind(folder, "--send")
    assert wrong.exit_code == 2
    assert "HANDBOOK_MAIL_USER and HANDBOOK_MAIL_PASSWORD" in wrong.stderr
    assert "wrong" not in wrong.stderr


def test_what_was_sent_before_the_run_stopped_is_remembered(
    folder: Path,
    mailbox: Mailbox,
    serve: Callable[..., int],
    certificate: ssl.SSLContext,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("HANDBOOK_MAIL_USER", "handbook")
    monkeypatch.setenv("HANDBOOK_MAIL_PASSWORD", PASSWORD)
    mailbox.most_logins = 1
    port = serve(authenticator=mailbox.authenticate, tls_context=certificate)
    _configure(folder, port, "starttls", **BOTH)
    result = _remind(folder, "--send")
    assert (result.exit_code, len(mailbox.letters)) == (2, 1)
    assert [to for _, _, to in _remembered(folder)] == ["legal@example.org"]
    mailbox.most_logins = 99
    assert _remind(folder, "--send").stderr == "2 letters sent\n"


def test_without_the_encryption_that_is_asked_for_nothing_is_sent(
    folder: Path, mailbox: Mailbox, serve: Callable[..., int]
) -> None:
    _configure(folder, serve(), "starttls")
    result = _remind(folder, "--send")
    assert result.exit_code == 2
    assert "STARTTLS extension not supported by server" in result.stderr
    assert mailbox.letters == []


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_certificate_that_nobody_vouches_for_is_refused(
    folder: Path,
    mailbox: Mailbox,
    serve: Callable[..., int],
    certificate: ssl.SSLContext,
    monkeypatch: pytest.MonkeyPatch,
    security: str,
) -> None:
    monkeypatch.delenv("SSL_CERT_FILE")
    key = {"tls": "ssl_context", "starttls": "tls_context"}[security]
    _configure(folder, serve(**{key: certificate}), security)
    result = _remind(folder, "--send")
    assert result.exit_code == 2
    assert "certificate verify failed" in result.stderr
    assert mailbox.letters == []


def test_a_password_that_is_not_set_is_a_sentence(folder: Path, serve: Callable[..., int]) -> None:
    _configure(folder, serve(), "starttls", **BOTH)
    result = _remind(folder, "--send")
    assert result.exit_code == 2
    assert "HANDBOOK_MAIL_USER" in result.stderr
    assert "`mail`" in result.stderr


@pytest.mark.parametrize(
    ("section", "named"),
    [
        ({"port": "70000"}, "'mail.port'"),
        ({"security": "ssl"}, "'mail.security' is 'ssl'"),
        ({"sender": "nobody"}, "'mail.sender'"),
        ({"sender": "a@example.org?bcc=b@example.org"}, "'mail.sender'"),
        ({"sender": "'a@example.org,b@example.org'"}, "'mail.sender'"),
        ({"user_variable": "HANDBOOK_MAIL_USER"}, "user_variable and password_variable"),
        ({**BOTH, "password_variable": "s3cret!"}, "'mail.password_variable'"),
        (BOTH, "'mail.security' is `none`"),
        ({**BOTH, "user_variable": "AWS_SECRET_ACCESS_KEY"}, "'mail.user_variable'"),
        ({**BOTH, "password_variable": "MY_HANDBOOK_MAIL_PASSWORD"}, "'mail.password_variable'"),
        ({**BOTH, "password_variable": "HANDBOOK_MAIL_"}, "'mail.password_variable'"),
        ({**BOTH, "password_variable": "handbook_mail_password"}, "'mail.password_variable'"),
        ({**BOTH, "password_variable": '"HANDBOOK_MAIL_B\\n"'}, "'mail.password_variable'"),
        ({"password": "B"}, "'mail.password'"),
        ({"host": '"a\\nb"'}, "'mail.host'"),
    ],
)
def test_a_mistake_in_the_section_names_the_key(folder: Path, section: dict[str, str], named: str) -> None:
    _configure(folder, **({"port": 25} | section))  # type: ignore[arg-type]
    result = _remind(folder)
    assert result.exit_code == 2
    assert "organization.yml:" in result.stderr
    assert named in result.stderr


def test_without_a_server_the_command_says_what_to_add(folder: Path) -> None:
    result = _remind(folder, "--send")
    assert result.exit_code == 2
    assert "the section `mail`" in result.stderr


def test_with_nothing_due_no_server_is_asked(folder: Path) -> None:
    _configure(folder, 1)
    result = _remind(folder, "--send", today="2026-11-20")
    assert (result.exit_code, result.stderr) == (0, "0 letters sent\n")
    assert not (folder / ".reminders.json").exists()


def test_a_dry_run_prints_what_would_be_sent_and_remembers_nothing(
    folder: Path, mailbox: Mailbox, serve: Callable[..., int]
) -> None:
    _configure(folder, serve())
    mailbox.refused = {"social@example.org"}
    _remind(folder, "--send")
    before = (folder / ".reminders.json").read_bytes()
    result = _remind(folder, "--send", "--dry-run")
    assert result.exit_code == 0
    assert result.stdout.startswith(
        "To: social@example.org\nSubject: Example Reading Network: 1 page to review (Platform lead)\n\n"
    )
    assert result.stderr.startswith("1 letter ")
    assert len(mailbox.letters) == 2
    assert (folder / ".reminders.json").read_bytes() == before


def test_the_list_needs_no_server(folder: Path) -> None:
    result = _remind(folder, "--format", "json")
    assert result.exit_code == 0
    assert [reminder["owner"] for reminder in json.loads(result.stdout)["reminders"]] == [
        "legal-lead",
        "platform-lead",
        "security-lead",
    ]


def test_pages_do_not_see_how_mail_is_sent(folder: Path, write: Write) -> None:
    _configure(folder, 25)
    write("docs/index.md", PAGE + "{{ organization.mail.host }}\n")
    result = CliRunner().invoke(main, ["check", "--root", str(folder), "--select", "ORG002"])
    assert "'organization' has no 'mail'" in result.stdout


def test_two_runs_at_once_send_nothing_twice(
    folder: Path, mailbox: Mailbox, serve: Callable[..., int]
) -> None:
    _configure(folder, serve())
    command = [
        sys.executable,
        "-m",
        "scripts.cli",
        "remind",
        "--send",
        "--root",
        str(folder),
        "--today",
        TODAY,
    ]
    runs = [subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in range(2)]
    shown = sorted(run.communicate()[1] for run in runs)
    assert shown == [b"0 letters sent\n", b"3 letters sent\n"]
    assert len(mailbox.letters) == 3
