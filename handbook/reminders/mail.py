"""Sends letters by SMTP: each in a session of its own, so that one refusal keeps no other from its way."""

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
from handbook.registers.organization import MailServer
from handbook.text.quoting import one_line

_SECONDS: Final = 30
# What a server or the way to it can do wrong: sockets, certificates, refusals, names that no host can have.
_FAILURES: Final = (OSError, smtplib.SMTPException, UnicodeError)


class Refused(HandbookError):
    """The server took a message for nobody; it may take the next one."""


def letter(sender: Address, recipient: Address, subject: str, text: str) -> EmailMessage:
    """Return a message that says it was made by a program, so that no absence note answers it."""
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
    """Return a mail address with the name before it.

    Raises:
        HandbookError: when no letter can be addressed like that.

    """
    try:
        return Address(display_name=one_line(name), addr_spec=email)
    except (ValueError, IndexError, MessageError):
        raise HandbookError(
            f"'{one_line(email)}' is no mail address that can be written to; correct it in organization.yml"
        ) from None


def send(server: MailServer, message: EmailMessage) -> None:
    """Give a letter to the server, and return once it has taken it.

    Raises:
        Refused: when the server took everything but this letter.
        HandbookError: when it cannot be reached, not as safely as asked, or does not let us in.

    """
    with _session(server) as session:
        try:
            session.send_message(message)
        except _FAILURES as error:
            raise Refused(f"{server.host} did not take it: {_reason(error)}") from None


@contextmanager
def _session(server: MailServer) -> Iterator[smtplib.SMTP]:
    """Connect and log in; a server that ends the session oddly has still taken what it took."""
    login = _login(server)
    try:
        session = _connected(server, login)
    except smtplib.SMTPAuthenticationError:
        raise HandbookError(
            f"{server.host} does not accept the user name and password in {server.user_variable} and"
            f" {server.password_variable}; correct them where the command is run"
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
    """Return user name and password from the environment, where organization.yml names them."""
    if server.user_variable is None or server.password_variable is None:
        return None
    return _from_environment(server.user_variable), _from_environment(server.password_variable)


def _from_environment(name: str) -> str:
    value = os.environ.get(name)
    if not value:
        raise HandbookError(
            f"the environment variable {name}, which organization.yml names in `mail`, is not set; set it"
            " where the command is run"
        )
    return value


def _reason(error: Exception) -> str:
    """Say what went wrong on one line; what a server says is its own text."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        error = smtplib.SMTPResponseException(*next(iter(error.recipients.values())))
    if isinstance(error, smtplib.SMTPResponseException):
        said = error.smtp_error
        text = said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)
        return one_line(f"{error.smtp_code} {text}")
    return one_line(str(error)) or type(error).__name__
