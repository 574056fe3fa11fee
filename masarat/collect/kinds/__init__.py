"""What a table can be about: orders, contacts, costs, …

Each kind is one file here with its `Kind` (see `base`), and one line in KINDS.
"""

from __future__ import annotations

from masarat.collect.kinds.answers import ANSWERS
from masarat.collect.kinds.base import Kind, Need, Origin, Told
from masarat.collect.kinds.calls import CALLS
from masarat.collect.kinds.contacts import CONTACTS
from masarat.collect.kinds.conversations import CONVERSATIONS
from masarat.collect.kinds.costs import COSTS
from masarat.collect.kinds.mails import MAILS
from masarat.collect.kinds.moves import MOVES
from masarat.collect.kinds.orders import ORDERS
from masarat.collect.kinds.payments import PAYMENTS
from masarat.collect.kinds.products import PRODUCTS
from masarat.collect.kinds.purchases import PURCHASES
from masarat.collect.kinds.searches import SEARCHES
from masarat.collect.kinds.tickets import TICKETS
from masarat.errors import UnknownName

KINDS: tuple[Kind, ...] = (
    *(ORDERS, PAYMENTS, CONTACTS, PRODUCTS, PURCHASES, COSTS, SEARCHES),
    *(TICKETS, CALLS, CONVERSATIONS, MAILS, ANSWERS, MOVES),
)
_BY_NAME = {kind.name: kind for kind in KINDS}


def kind_of(name: str) -> Kind:
    """The kind of this name; an unknown one is answered with the nearest."""
    if name not in _BY_NAME:
        raise UnknownName("kind of table", name, list(_BY_NAME))
    return _BY_NAME[name]


__all__ = ["KINDS", "ORDERS", "PURCHASES", "Kind", "Need", "Origin", "Told", "kind_of"]
