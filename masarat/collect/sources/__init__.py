"""The sources whose files are known by themselves: one file each, listed here in the order people meet them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from masarat.collect.sheets import Sheet
from masarat.collect.sources.asterisk import ASTERISK
from masarat.collect.sources.base import Export, Source, Useless, asked, signed
from masarat.collect.sources.chatwoot import CHATWOOT
from masarat.collect.sources.daftra import DAFTRA
from masarat.collect.sources.foodics import FOODICS
from masarat.collect.sources.ga4 import GA4
from masarat.collect.sources.google_ads import GOOGLE_ADS
from masarat.collect.sources.google_forms import GOOGLE_FORMS
from masarat.collect.sources.hubspot import HUBSPOT
from masarat.collect.sources.mailchimp import MAILCHIMP
from masarat.collect.sources.meta_ads import META_ADS
from masarat.collect.sources.odoo import ODOO
from masarat.collect.sources.qoyod import QOYOD
from masarat.collect.sources.salla import SALLA
from masarat.collect.sources.search_console import SEARCH_CONSOLE
from masarat.collect.sources.shopify import SHOPIFY
from masarat.collect.sources.snapchat_ads import SNAPCHAT_ADS
from masarat.collect.sources.surveymonkey import SURVEYMONKEY
from masarat.collect.sources.threecx import THREECX
from masarat.collect.sources.tiktok_ads import TIKTOK_ADS
from masarat.collect.sources.twilio import TWILIO
from masarat.collect.sources.typeform import TYPEFORM
from masarat.collect.sources.vcard import VCARD
from masarat.collect.sources.whatsapp import WHATSAPP
from masarat.collect.sources.woocommerce import WOOCOMMERCE
from masarat.collect.sources.zatca import ZATCA
from masarat.collect.sources.zendesk import ZENDESK
from masarat.collect.sources.zid import ZID
from masarat.collect.sources.zoho_books import ZOHO_BOOKS
from masarat.errors import UnknownName

SOURCES: tuple[Source, ...] = (
    *(SALLA, ZID, SHOPIFY, WOOCOMMERCE, FOODICS, ODOO, QOYOD, DAFTRA, ZOHO_BOOKS, ZATCA),
    *(WHATSAPP, VCARD, MAILCHIMP, HUBSPOT, ZENDESK, CHATWOOT, THREECX, TWILIO, ASTERISK),
    *(META_ADS, GOOGLE_ADS, SNAPCHAT_ADS, TIKTOK_ADS, SEARCH_CONSOLE, GA4),
    *(TYPEFORM, SURVEYMONKEY, GOOGLE_FORMS),
)
BY_NAME = {source.name: source for source in SOURCES}


def source_of(name: str) -> Source:
    """The source of this name; an unknown one is answered with the nearest."""
    if name not in BY_NAME:
        raise UnknownName("source of files", name, list(BY_NAME))
    return BY_NAME[name]


def opened(path: Path, head: bytes, name: str) -> list[Sheet] | None:
    """The sheets of a file that is no table but known to one of the sources; None for any other."""
    found = (source.opens(path, head, name) for source in SOURCES if source.opens)
    return next((sheets for sheets in found if sheets is not None), None)


def readable(names: Sequence[str]) -> list[str]:
    """What there is to read among the names in an archive: all, or, where a source packed it, what that one reads."""
    found = (source.packs(names) for source in SOURCES if source.packs)
    return next((own for own in found if own), list(names))


def arranged(sheets: list[Sheet]) -> list[Sheet]:
    """The sheets of one file as the sources know them to belong together."""
    for source in SOURCES:
        if source.arranges:
            sheets = source.arranges(sheets)
    return sheets


def recognised(header: Sequence[str]) -> tuple[Source, Export] | None:
    """Whose table this surely is, by columns that no one else has; of several, the one that names most."""
    sure = [(source, export) for source in SOURCES for export in source.exports if export.is_in(header)]
    return max(sure, key=lambda one: one[1].likeness(header), default=None)


def useless(header: Sequence[str]) -> tuple[Source, Useless] | None:
    """Whose table this is and what it holds, if it is surely one that is of no use."""
    sure = [(source, each) for source in SOURCES for each in source.useless if signed(each.signs, header)]
    return max(sure, key=lambda one: len(one[1].signs), default=None)


__all__ = [
    "BY_NAME",
    "SOURCES",
    "Export",
    "Source",
    "arranged",
    "asked",
    "opened",
    "readable",
    "recognised",
    "source_of",
    "useless",
]
