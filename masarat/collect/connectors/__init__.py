"""Programs that can be asked for what they have: one file each, listed here in the order people meet them."""

from __future__ import annotations

from masarat.collect.connectors.base import Ask, Asked, Connector, Page
from masarat.collect.connectors.bucket import BUCKET
from masarat.collect.connectors.chatwoot import CHATWOOT
from masarat.collect.connectors.daftra import DAFTRA
from masarat.collect.connectors.database import DATABASE
from masarat.collect.connectors.folder import FOLDER
from masarat.collect.connectors.foodics import FOODICS
from masarat.collect.connectors.http_json import HTTP_JSON
from masarat.collect.connectors.odoo import ODOO
from masarat.collect.connectors.qoyod import QOYOD
from masarat.collect.connectors.salla import SALLA
from masarat.collect.connectors.shopify import SHOPIFY
from masarat.collect.connectors.woocommerce import WOOCOMMERCE
from masarat.collect.connectors.zendesk import ZENDESK
from masarat.collect.connectors.zid import ZID
from masarat.collect.connectors.zoho_books import ZOHO_BOOKS
from masarat.errors import UnknownName

CONNECTORS: tuple[Connector, ...] = (
    *(SALLA, ZID, SHOPIFY, WOOCOMMERCE, FOODICS, QOYOD, DAFTRA),
    *(ZOHO_BOOKS, ODOO, ZENDESK, CHATWOOT, FOLDER, BUCKET, DATABASE, HTTP_JSON),
)
BY_NAME = {connector.name: connector for connector in CONNECTORS}


def connector_of(name: str) -> Connector:
    """The connector of this name; an unknown one is answered with the nearest."""
    if name not in BY_NAME:
        raise UnknownName("connector", name, list(BY_NAME))
    return BY_NAME[name]


__all__ = ["BY_NAME", "CONNECTORS", "Ask", "Asked", "Connector", "Page", "connector_of"]
