"""Letters to users, through the shop's own mail server; none are sent unless one is set (MASARAT_MAIL)."""

from __future__ import annotations

import smtplib
import ssl
from dataclasses import dataclass, field
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from urllib.parse import parse_qs, unquote, urlsplit

from masarat.errors import BadParameter, MasaratError
from masarat.settings import Settings

SECONDS = 10  # a mail server may take, each time that it is waited for
PORTS = {"smtp": 587, "smtps": 465}
HERE = ("localhost", "127.0.0.1", "::1")
EXAMPLE = "Write MASARAT_MAIL like smtp://user:password@mail.example.com:587?from=shop@example.com."


class MailFailed(MasaratError):
    """A letter that the mail server did not take."""

    status = 502
    code = "mail_failed"


@dataclass(frozen=True, slots=True)
class Letter:
    """What is sent, as text and as HTML."""

    subject: str
    text: str
    html: str


@dataclass(frozen=True, slots=True)
class MailServer:
    """The shop's mail server. `smtps` is encrypted from the start; `smtp` becomes so (STARTTLS) before anything is said, on another
    machine always."""

    scheme: str
    host: str
    port: int
    user: str
    password: str = field(repr=False)
    sender: str

    def send(self, to: str, letter: Letter) -> None:
        """Send a letter, within some ten seconds. MailFailed where it is not taken, with why."""
        message = EmailMessage()
        message["Subject"], message["From"], message["To"] = (
            letter.subject,
            Address("Masarat", addr_spec=self.sender),
            to,
        )
        message["Date"], message["Message-ID"] = (
            formatdate(),
            make_msgid(domain=self.sender.rpartition("@")[2]),
        )
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(letter.text)
        message.add_alternative(letter.html, subtype="html")
        try:
            with self._open() as server:
                server.send_message(message)
        except smtplib.SMTPAuthenticationError:
            raise MailFailed(f"{self.host} refused the user name or the password.", EXAMPLE) from None
        except smtplib.SMTPRecipientsRefused:
            raise MailFailed(
                f"{self.host} does not send to {to}.", "Look whether the address is right."
            ) from None
        except smtplib.SMTPSenderRefused:
            raise MailFailed(
                f"{self.host} does not send for {self.sender}.",
                "Set from= to an address that you may send from.",
            ) from None
        except ssl.SSLError as error:
            raise MailFailed(
                f"{self.host} could not be reached safely: {error.reason or error}.",
                "Give the name that its certificate has; smtps:// for encryption from the start, smtp:// for STARTTLS.",
            ) from None
        except (OSError, smtplib.SMTPException) as error:
            raise MailFailed(
                f"{self.host}:{self.port} did not take the letter: {_reason(error)}.",
                "Look at its address and port, and whether this machine may reach it.",
            ) from None

    def _open(self) -> smtplib.SMTP:
        safe = ssl.create_default_context()
        if self.scheme == "smtps":
            server: smtplib.SMTP = smtplib.SMTP_SSL(self.host, self.port, timeout=SECONDS, context=safe)
        else:
            server = smtplib.SMTP(self.host, self.port, timeout=SECONDS)
        try:
            if self.scheme == "smtp":
                server.ehlo()
                if server.has_extn("starttls"):
                    server.starttls(context=safe)
                elif self.host not in HERE:
                    raise MailFailed(
                        f"{self.host} does not encrypt.", "Use smtps://, or another mail server."
                    )
            if self.user:
                server.login(self.user, self.password)
        except BaseException:
            server.close()
            raise
        return server


def mail_server(settings: Settings) -> MailServer | None:
    """The mail server that is set, if one is. BadParameter where it cannot be understood; the password is never repeated."""
    given = settings.mail.get_secret_value().strip()
    if not given:
        return None
    try:
        parts = urlsplit(given)
        port, host = parts.port or PORTS.get(parts.scheme, 0), parts.hostname or ""
    except ValueError:
        raise BadParameter("MASARAT_MAIL is not an address.", EXAMPLE) from None
    if parts.scheme not in PORTS or not host:
        raise BadParameter("MASARAT_MAIL is not an address of a mail server.", EXAMPLE)
    user = unquote(parts.username or "")
    sender = parse_qs(parts.query).get("from", [user])[0]
    try:
        Address(addr_spec=sender)
    except (ValueError, IndexError):
        sender = ""
    if "@" not in sender:
        raise BadParameter("MASARAT_MAIL does not say who sends.", EXAMPLE)
    if not settings.url:
        raise BadParameter(
            "MASARAT_MAIL is set, but not where people open Masarat: letters have links.",
            "Set MASARAT_URL like https://masarat.example.com.",
        )
    return MailServer(parts.scheme, host, port, user, unquote(parts.password or ""), sender)


def _reason(error: Exception) -> str:
    """What went wrong, in the words of the system or of the mail server."""
    if isinstance(error, smtplib.SMTPResponseException):
        said = error.smtp_error
        return (
            said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)
        ).strip() or "no reason given"
    if isinstance(error, TimeoutError):
        return "no answer came in time"
    return getattr(error, "strerror", None) or str(error) or type(error).__name__
