"""Webhooks of shops, one file each: POST /hooks/{platform}/{key}. PLATFORMS is the list of all.

Signed? → delivered before? → read into moves, with ids from which files and repeated deliveries make the same events → the door's journal.
Orders come as snapshots (`orders`); on their way into the store they go through `arriving`.
"""

from __future__ import annotations

from types import ModuleType

from masarat.collect.webhooks import salla, shopify, woocommerce, zid
from masarat.collect.webhooks.base import Post, Shop
from masarat.collect.wire.base import BadBody, Rejected, Reply, Request, Taken
from masarat.settings import Settings

PLATFORMS: tuple[ModuleType, ...] = (salla, zid, shopify, woocommerce)
BY_NAME = {platform.NAME: platform for platform in PLATFORMS}
PREFIX = "/hooks/"


def find(path: str) -> tuple[ModuleType, str] | None:
    """The platform and the key that a path names; None where it is no webhook's."""
    name, _, key = path.removeprefix(PREFIX).rstrip("/").partition("/")
    if not path.startswith(PREFIX) or name not in BY_NAME or not key or "/" in key:
        return None
    return BY_NAME[name], key


def shop_of(source: str, settings: Settings) -> Shop:
    """The shop that a source's webhooks speak of, as far as the settings know it."""
    return Shop(source, settings.currency, settings.country, settings.timezone)


def receive(request: Request, shop: Shop, secret: str, post: Post) -> Taken:
    """What a webhook says. Raises NotAllowed where its signature is wrong, and BadBody where it is no JSON object.

    `shop` and `secret` are of the key in the path. What is signed but cannot be taken is rejected, for quarantine, and answered with
    200: sent again it would be the same. What we have no use for is counted in `post`. Call `post.keep(request)` once all is durable.
    """
    found = find(request.path)
    assert found is not None, "ask `find` first"
    platform, key = found
    platform.verify(request, secret)
    if request in post:
        return Taken(key, [], Reply(b"{}"))
    taken = read(platform, request, shop)
    taken.key = key
    if not taken.moves and not taken.rejected:
        post.ignore(f"{platform.NAME} {platform.topic(request) or 'unnamed'}")
    return taken


def read(platform: ModuleType, request: Request, shop: Shop) -> Taken:
    """What a body says, whoever sent it: for pieces that were set right in quarantine, too."""
    try:
        taken: Taken = platform.read(request, shop)
    except BadBody as error:
        return Taken(
            "",
            [],
            Reply(b"{}"),
            [Rejected(request.body, error.sentence, error.remedy, PREFIX + platform.NAME)],
        )
    return taken


__all__ = ["BY_NAME", "PLATFORMS", "Post", "Shop", "find", "read", "receive", "shop_of"]
