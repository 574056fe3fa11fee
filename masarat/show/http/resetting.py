"""Who forgot the password: a link by letter, and the page it leads to. And a letter to oneself, to see whether letters go out."""

from __future__ import annotations

import asyncio
import logging
from html import escape
from typing import Any

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from masarat.errors import BadParameter, MasaratError, NotSignedIn, TooManyTries
from masarat.records.audit import note
from masarat.settings import Language
from masarat.show.accounts import check_email, check_password
from masarat.show.http.door import accounts, address, check_origin
from masarat.show.http.form import fields_of
from masarat.show.http.render import language, page_words, render
from masarat.show.http.users import email_of
from masarat.show.mail import Letter, MailServer
from masarat.show.resets import MINUTES
from masarat.words import speaker

BARE = str.maketrans(
    "", "", "\u2068\u2069"
)  # around a value in a sentence; a mail program would take them for a part of the link
log = logging.getLogger(__name__)


async def forgotten_page(request: Request) -> Response:
    """Where a link is asked for; without a mail server, whom to ask."""
    return _page(request)


async def forgotten(request: Request) -> Response:
    """Send the link, if somebody has an account with this address: the page says the same, and as soon, if nobody has."""
    check_origin(request)
    email, server = (await fields_of(request)).get("email", ""), _server(request)
    try:
        email = check_email(email)
        _count(request, email)
    except MasaratError as error:
        return _page(request, error=error, email=email)
    sending = asyncio.ensure_future(asyncio.to_thread(_send, request, server, email, language(request)))
    request.app.state.going.add(sending)
    sending.add_done_callback(request.app.state.going.discard)
    return _page(request, sent=True)


async def reset_page(request: Request, token: str) -> Response:
    """The page of the link in the letter."""
    try:
        user = await asyncio.to_thread(request.app.state.resets.user, token)
    except NotSignedIn as error:
        return _page(request, error=error)
    return render(request, "reset.html", error=None, email=user.email)


async def reset(request: Request, token: str) -> Response:
    """A new password; then they sign in with it, and with their code where one is asked."""
    check_origin(request)
    form, resets = await fields_of(request), request.app.state.resets
    try:
        user = await asyncio.to_thread(resets.user, token)
    except NotSignedIn as error:
        return _page(request, error=error)
    try:
        password = check_password(form.get("password", ""))
        if password != form.get("again", ""):
            raise BadParameter("The two passwords differ.", "Write the same one twice.")
        await asyncio.to_thread(resets.use, token, password)
    except BadParameter as error:
        return render(request, "reset.html", error.status, error=error, email=user.email)
    except NotSignedIn as error:
        return _page(request, error=error)
    request.app.state.attempts.succeeded(user.email, address(request))
    return RedirectResponse("/signin?changed=1", 303)


async def told(request: Request) -> dict[str, Any]:
    """Whether letters are sent, and in whose name: `{"on": true, "host": "mail.example.com", "sender": "shop@example.com"}`."""
    server: MailServer | None = request.app.state.mail
    return {
        "on": server is not None,
        "host": server.host if server else "",
        "sender": server.sender if server else "",
    }


async def test(request: Request) -> dict[str, str]:
    """Send a letter to oneself. Back comes `to`; MailFailed says why it did not go out."""
    email, server = email_of(request), _server(request)
    _count(request, email)
    letter = _letter("letter-test", language(request), link=request.app.state.shop.settings.url)
    await asyncio.to_thread(server.send, email, letter)
    return {"to": email}


def _server(request: Request) -> MailServer:
    server: MailServer | None = request.app.state.mail
    if server is None:
        raise BadParameter(
            "No letters are sent: no mail server is set.",
            "Set MASARAT_MAIL and MASARAT_URL, and start the server anew.",
        )
    return server


def _count(request: Request, email: str) -> None:
    """Each letter counts, so that nobody is flooded. TooManyTries."""
    letters = request.app.state.letters
    try:
        letters.check(email, address(request))
    except TooManyTries:
        raise TooManyTries(
            "Too many letters were asked for.", "Wait five minutes, and look among the unwanted ones."
        ) from None
    letters.failed(email, address(request))


def _send(request: Request, server: MailServer, email: str, asked: Language) -> None:
    """In a thread, after the page was answered: nobody learns by waiting whether the address is known."""
    found = request.app.state.resets.link(email)
    if found is None:
        return
    user, token = found
    wanted = user.language if user.language in ("ar", "en") else asked
    link = f"{request.app.state.shop.settings.url}/reset/{token}"
    try:
        server.send(user.email, _letter("letter-reset", wanted, link=link, minutes=MINUTES))
    except MasaratError as error:
        log.warning("A letter with a link was not sent: %s", error)
    else:
        with accounts(request).records.transaction() as t:
            note(t, f"user:{user.email}", "changed", "user", [user.email], deed="link sent")


def _letter(name: str, first: Language, **values: object) -> Letter:
    """In both languages, the reader's first."""
    order: tuple[Language, Language] = ("ar", "en") if first == "ar" else ("en", "ar")
    speakers = [speaker(page_words(), one) for one in order]
    texts = [one.say(f"{name}-text", **values).translate(BARE) for one in speakers]
    html = "<hr>".join(
        f'<div lang="{one.language}" dir="{"rtl" if one.language == "ar" else "ltr"}" style="font-family:sans-serif;font-size:16px;line-height:1.6">'
        + "".join(
            f"<p>{_linked(line, str(values['link']))}</p>" for line in text.splitlines() if line.strip()
        )
        + "</div>"
        for one, text in zip(speakers, texts, strict=True)
    )
    return Letter(
        speakers[0].say(f"{name}-subject"),
        "\n\n—\n\n".join(texts),
        f"<!doctype html><html><body>{html}</body></html>",
    )


def _linked(line: str, link: str) -> str:
    safe = escape(link)
    return escape(line).replace(safe, f'<a href="{safe}" dir="ltr">{safe}</a>')


def _page(
    request: Request, *, sent: bool = False, error: MasaratError | None = None, email: str = ""
) -> Response:
    page = {
        "sent": sent,
        "error": error,
        "email": email,
        "mail": request.app.state.mail is not None,
        "minutes": MINUTES,
    }
    return render(request, "forgotten.html", error.status if error else 200, **page)
