"""Sends letters by SMTP, each in a session of its own, so that a refusal affects no other letter."""

import os
import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid
from typing import Final

from handbook.clock import now
from handbook.errors import HandbookError
from handbook.registers.services import MailServer
from handbook.text.quoting import one_line

_SECONDS: Final = 30
# What can go wrong at the server or on the way to it: sockets, certificates, refusals, impossible host names.
_FAILURES: Final = (OSError, smtplib.SMTPException, UnicodeError)


class MessageRefused(HandbookError):
    """The server did not accept a message; it may accept the next one."""


def letter(sender: Address, recipient: Address, subject: str, text: str) -> EmailMessage:
    """Return a message that is marked as generated, so that no out-of-office reply answers it."""
    message = EmailMessage()
    message["From"] = sender
    message["To"] = recipient
    message["Subject"] = subject
    message["Date"] = format_datetime(now())
    message["Message-ID"] = make_msgid(domain=sender.domain)
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(text)
    return message


def address(name: str, email: str) -> Address:
    """Return a mail address with a display name.

    Raises:
        HandbookError: if the address is not valid.

    """
    try:
        return Address(display_name=one_line(name), addr_spec=email)
    except (ValueError, IndexError, MessageError):
        raise HandbookError(
            f"'{one_line(email)}' is not a valid mail address; correct it in organization.yml"
        ) from None


def send(server: MailServer, message: EmailMessage) -> None:
    """Send a letter, and return once the server has accepted it.

    Raises:
        MessageRefused: if the server works, but did not accept this letter.
        HandbookError: if the server cannot be reached, is not as secure as configured, or refuses the login.

    """
    with _session(server) as session:
        try:
            session.send_message(message)
        except _FAILURES as error:
            raise MessageRefused(f"{server.host} did not accept it: {_reason(error)}") from None


@contextmanager
def _session(server: MailServer) -> Iterator[smtplib.SMTP]:
    """Connect and log in; errors at the end of the session do not matter, because the letter was accepted."""
    login = _login(server)
    try:
        session = _connected(server, login)
    except smtplib.SMTPAuthenticationError:
        raise HandbookError(
            f"{server.host} does not accept the user name and password in {server.user_variable} and"
            f" {server.password_variable}; correct them in the environment of the command"
        ) from None
    except _FAILURES as error:
        raise HandbookError(
            f"{server.host}, port {server.port}, cannot be used with `security: {server.security}`"
            f" ({_reason(error)}); correct `mail` in organization.yml, or ask who runs the server"
        ) from None
    try:
        yield session
    finally:
        with suppress(*_FAILURES):
            session.quit()
        session.close()


def _connected(server: MailServer, login: tuple[str, str] | None) -> smtplib.SMTP:
    trusted = ssl.create_default_context()
    if server.security == "tls":
        session: smtplib.SMTP = smtplib.SMTP_SSL(server.host, server.port, timeout=_SECONDS, context=trusted)
    else:
        session = smtplib.SMTP(server.host, server.port, timeout=_SECONDS)
    try:
        if server.security == "starttls":
            session.starttls(context=trusted)
        if login:
            session.login(*login)
    except _FAILURES:
        session.close()
        raise
    return session


def _login(server: MailServer) -> tuple[str, str] | None:
    """Return user name and password from the environment, or None if organization.yml names no variables."""
    if server.user_variable is None or server.password_variable is None:
        return None
    return _from_environment(server.user_variable), _from_environment(server.password_variable)


def _from_environment(name: str) -> str:
    value = os.environ.get(name)
    if not value:
        raise HandbookError(
            f"the environment variable {name}, which organization.yml names in `mail`, is not set; set it"
            " in the environment of the command"
        )
    return value


def _reason(error: Exception) -> str:
    """Return the reason on one line; an answer of the server is quoted."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        error = smtplib.SMTPResponseException(*next(iter(error.recipients.values())))
    if isinstance(error, smtplib.SMTPResponseException):
        answer = error.smtp_error
        text = answer.decode("utf-8", "replace") if isinstance(answer, bytes) else str(answer)
        return one_line(f"{error.smtp_code} {text}")
    return one_line(str(error)) or type(error).__name__
