"""masarat serve: the server, over one open shop."""

from __future__ import annotations

import contextlib
import secrets
import shutil
import socket

import click

from masarat.errors import BadParameter, StoreBusy
from masarat.shop import Shop
from masarat.show.remote import RemoteShop

GOODBYE_SECONDS = 10  # how long running questions may still take when the server is told to stop


@click.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on; 0.0.0.0 for all.")
@click.option(
    "--port", default=8787, show_default=True, type=click.IntRange(0, 65535), help="Port; 0 takes a free one."
)
@click.option(
    "--workers",
    default=0,
    show_default=True,
    type=click.IntRange(0, 64),
    help="Further processes that only take events, on the port after this one (or --events-port).",
)
@click.option("--events-port", default=None, type=click.IntRange(0, 65535), help="Port of the workers.")
@click.pass_obj
def command(shop: Shop, host: str, port: int, workers: int, events_port: int | None) -> None:
    """Serve the pages and the API, and take events in."""
    serve(shop, host, port, workers, events_port)


def serve(
    shop: Shop,
    host: str = "127.0.0.1",
    port: int = 8787,
    workers: int = 0,
    events_port: int | None = None,
) -> None:
    """Serve until told to stop; then the store is closed."""
    import uvicorn  # here, because no other command needs the server, and it takes its time

    from masarat.show.doorkeeper import Doorkeepers
    from masarat.show.http import create_app
    from masarat.show.http.front import Front, calm, leave_when_told
    from masarat.show.http.patience import Patience, open_many
    from masarat.show.http.server import Server

    if isinstance(shop, RemoteShop):
        raise StoreBusy(f"This shop is served already, at {shop.url}.", "Use that one, or stop it first.")
    open_many()
    token = secrets.token_urlsafe(32)
    with _listen(host, port) as listener, contextlib.ExitStack() as closing:
        url = _url(host, listener.getsockname()[1])
        store = shop.store  # open it before we say that we are there
        shutil.rmtree(shop.settings.data / "uploads", ignore_errors=True)  # what a killed server left behind
        app = create_app(shop, token=token, warm=True)
        if store.embedded:
            store.lock.describe(url, token)
        click.echo(f"Masarat is at {url}")
        if app.state.setup:
            click.echo(f"Make the owner's account (this link works once): {url}/setup/{app.state.setup}")
        receiving, draining = app.state.receiving, app.state.draining
        draining.start()
        receiving.remember(store)
        if workers:
            events = closing.enter_context(
                _listen(host, listener.getsockname()[1] + 1 if events_port is None else events_port)
            )
            doorkeepers = Doorkeepers(shop.settings, events, workers)
            closing.callback(doorkeepers.stop)
            click.echo(f"Its door workers take events at {_url(host, events.getsockname()[1])}")
        config = uvicorn.Config(
            Front(receiving, app),
            http=Patience,
            log_level="warning",
            server_header=False,
            timeout_graceful_shutdown=GOODBYE_SECONDS,
        )
        server = Server(config, app.state.watching)
        leave_when_told(server)
        calm()
        with contextlib.suppress(KeyboardInterrupt):
            server.run(sockets=[listener])


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=2048)
    except OSError as error:
        raise BadParameter(
            f"{host}:{port} cannot be listened on: {error.strerror}.", "Choose another with --port or --host."
        ) from None


def _url(host: str, port: int) -> str:
    """The address to open on this machine."""
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
