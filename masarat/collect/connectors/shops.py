"""What connectors of shops share: orders told as their webhooks tell them, customers as rows, tokens that run out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from masarat.collect.connectors.base import Asked, Batch
from masarat.collect.sources.saved import texts
from masarat.collect.webhooks.base import Shop, text
from masarat.collect.webhooks.orders import Order, order_moves
from masarat.collect.webhooks.people import Person
from masarat.collect.wire.base import BadBody

OVERLAP = timedelta(hours=1)  # the shop's clock may be behind ours

OrderOf = Callable[[Any, Shop, float], Order]


def snapshots(
    asked: Asked, following: Any, orders: Iterable[tuple[dict[str, Any], float | None]], order_of: OrderOf
) -> Batch:
    """Orders, each with the moment at which it stood so, as the snapshots that webhooks make of them: whichever way an order comes, it is
    one. What cannot be told so (an order without an amount) becomes a row, and waits in quarantine with the reason."""
    at = asked.now.timestamp()
    batch = Batch(following)
    for body, as_of in orders:
        try:
            order = order_of(body, asked.shop, as_of or at)
            batch.moves += order_moves(asked.shop, order, at)
        except BadBody:
            batch.rows.append(_unreadable(body, as_of))
    return batch


def _unreadable(body: Mapping[str, Any], as_of: float | None) -> dict[str, str]:
    """It says the same each time it comes: in quarantine it is one."""
    number = text(body.get("reference_id"), body.get("name"), body.get("code"), body.get("id"))
    return {
        "order_id": number,
        "ts": datetime.fromtimestamp(as_of, UTC).isoformat() if as_of else "",
        "order_total": "",
    }


def contact(who: Person) -> dict[str, str]:
    """A customer as a row of `contacts`."""
    return texts({"customer_id": who.id, **who.traits()})


def changed_since(since: str, overlap: timedelta = OVERLAP) -> datetime | None:
    """From when on to ask for what changed, in UTC; None for everything."""
    return datetime.fromisoformat(since).astimezone(UTC) - overlap if since else None


def newer(asked: Asked, keys: dict[str, str], address: str, path: str, **form: str) -> dict[str, Any]:
    """Tokens in place of those that ran out (OAuth 2.0). What is new is kept before anything is asked with it, in `keys` too: a refresh
    token is good for one time only."""
    with asked.open(address, headers={"Accept": "application/json"}) as api:
        found, _ = api.ask("POST", path, data=form)
    told: dict[str, Any] = found if isinstance(found, dict) else {}
    renewed = {
        name: str(told[name])
        for name in ("access_token", "refresh_token", "authorization", "Authorization")
        if told.get(name)
    }
    if "Authorization" in renewed:
        renewed["authorization"] = renewed.pop("Authorization")
    keys.update(renewed)
    asked.keep(renewed)
    return told
