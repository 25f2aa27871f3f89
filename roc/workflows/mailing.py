"""Mailing: the weekly report as a letter, through the owner's own server."""

import os
import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from email.message import EmailMessage

from roc.config import Config, MailSettings
from roc.errors import ConfigError, MailFailed
from roc.reports.document import Document
from roc.reports.letter import Envelope, as_letter
from roc.workflows.tokens import from_keyring

_KEY = "mail"
_IN_THE_ENVIRONMENT = "ROC_MAIL_PASSWORD"
_TLS_PORT = 465
_SECONDS = 30.0
_LOOPBACK = ("localhost", "127.0.0.1", "::1")


def letter(config: Config, page: Document, now: datetime) -> EmailMessage:
    """A report's page as the letter that is to be sent.

    Raises:
        ConfigError: nobody is to get it, or an address is none.
    """
    told = config.mail
    sender = told.sender or told.user
    if not told.to or not sender:
        raise ConfigError(
            "It is not said from whom to whom letters go.",
            hint='set [mail] to = ["you@example.org"], and user or sender, in the config.',
        )
    try:
        return as_letter(page, Envelope(sender, told.to, now))
    except ValueError as error:
        raise ConfigError(
            f"In the config's [mail] {error}.", hint="write it as you@example.org."
        ) from error


def send(config: Config, written: EmailMessage) -> None:
    """Send a letter.

    Raises:
        ConfigError: there is no server, or no password.
        MailFailed: the server is not to be reached, or does not take it.
    """
    told = config.mail
    if not told.host:
        raise ConfigError(
            "It is not said which server sends letters.",
            hint='set [mail] host = "smtp.example.org" in the config, or look at --dry-run.',
        )
    with _in_our_words(told), _server(told) as server:
        if told.user:
            server.login(told.user, _password())
        refused = server.send_message(written)
    if refused:
        raise MailFailed(
            f"{told.host} sent it, but not to {', '.join(sorted(refused))}.",
            hint="look at [mail] to in the config.",
        )


@contextmanager
def _server(told: MailSettings) -> Iterator[smtplib.SMTP]:
    """A line to the server, encrypted before anything is said unless it is on this machine."""
    context = ssl.create_default_context()
    server: smtplib.SMTP
    if told.port == _TLS_PORT:
        server = smtplib.SMTP_SSL(told.host, told.port, timeout=_SECONDS, context=context)
    else:
        server = smtplib.SMTP(told.host, told.port, timeout=_SECONDS)
    try:
        if told.port != _TLS_PORT:
            server.ehlo()
            if server.has_extn("starttls") or told.host not in _LOOPBACK:
                server.starttls(context=context)
        yield server
    finally:
        with suppress(smtplib.SMTPException, OSError):
            server.quit()


@contextmanager
def _in_our_words(told: MailSettings) -> Iterator[None]:
    """What went wrong, without what a server said: that may repeat names and addresses."""
    where = f"{told.host}, port {told.port}"
    try:
        yield
    except smtplib.SMTPAuthenticationError as error:
        raise MailFailed(
            f"{where} does not take the name or the password.",
            hint="many providers want an app password: see docs/keeping-up.md.",
        ) from error
    except smtplib.SMTPNotSupportedError as error:
        raise MailFailed(
            f"{where} does not encrypt the line, or does not let anybody sign in.",
            hint="ask your provider for the port of encrypted mail; mostly 465.",
        ) from error
    except smtplib.SMTPRecipientsRefused as error:
        raise MailFailed(
            f"{where} does not take letters to those who are to get it.",
            hint="look at [mail] to in the config.",
        ) from error
    except (smtplib.SMTPException, OSError) as error:
        what = type(error).__name__
        raise MailFailed(
            f"{where} could not be reached, or broke off ({what}).",
            hint="look at [mail] host and port, and try again later.",
        ) from error


def _password() -> str:
    found = os.environ.get(_IN_THE_ENVIRONMENT, "")
    with suppress(ConfigError):  # a keyring that does not open has no password either
        found = found or from_keyring(_KEY) or ""
    if not found:
        raise ConfigError(
            "There is no password for your mail server.",
            hint="put it into the keyring: keyring set return-on-connections mail; or into "
            f"{_IN_THE_ENVIRONMENT}.",
        )
    return found
