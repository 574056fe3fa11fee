"""What others call the moves of a shop, and what Segment, and so we, call them. A name that is not here is kept as it came."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

import msgspec

from masarat.collect.wire.base import BadBody
from masarat.collect.wire.decoding import encode, items, members

T = TypeVar("T")

# GA4's recommended events. Umami and Plausible have no names of their own; where theirs are these, they mean the same.
GA4: dict[str, str] = {
    "page_view": "Page Viewed",
    "screen_view": "Screen Viewed",
    "search": "Products Searched",
    "view_search_results": "Products Searched",
    "view_promotion": "Promotion Viewed",
    "select_promotion": "Promotion Clicked",
    "view_item_list": "Product List Viewed",
    "select_item": "Product Clicked",
    "view_item": "Product Viewed",
    "add_to_wishlist": "Product Added to Wishlist",
    "add_to_cart": "Product Added",
    "remove_from_cart": "Product Removed",
    "view_cart": "Cart Viewed",
    "begin_checkout": "Checkout Started",
    "add_payment_info": "Payment Info Entered",
    "purchase": "Order Completed",
    "refund": "Order Refunded",
    "sign_up": "Signed Up",
    "login": "Signed In",
}
GA4_PROPERTIES: dict[str, str] = {
    "transaction_id": "order_id",
    "items": "products",
    "search_term": "query",
    "item_list_id": "list_id",
    "payment_type": "payment_method",
    "creative_name": "creative",
    "page_location": "url",
    "page_referrer": "referrer",
    "page_title": "title",
}
GA4_ITEM: dict[str, str] = {
    "item_id": "product_id",
    "item_name": "name",
    "item_category": "category",
    "item_brand": "brand",
    "item_variant": "variant",
    "index": "position",
}
POSTHOG: dict[str, str] = {
    "$pageview": "Page Viewed",
    "$screen": "Screen Viewed",
    "$identify": "Customer Identified",
    "$create_alias": "Identity Linked",
    "$merge_dangerously": "Identity Linked",
}
MATOMO_PROPERTIES: dict[str, str] = {
    "action_name": "title",
    "link": "href",
    "download": "href",
    "search": "query",
    "ec_id": "order_id",
    "ec_st": "subtotal",
    "ec_tx": "tax",
    "ec_sh": "shipping",
    "ec_dt": "discount",
    "_pks": "product_id",
    "_pkn": "name",
    "_pkc": "category",
    "_pkp": "price",
}
PLAUSIBLE: dict[str, str] = {
    "pageview": "Page Viewed",
    "engagement": "Page Left",
    "Outbound Link: Click": "Link Clicked",
    "File Download": "File Downloaded",
    "Form: Submission": "Form Submitted",
}
PLAUSIBLE_LINKS = {"url": "href"}  # of Link Clicked and File Downloaded: where the link leads


def shop_name(name: str) -> str:
    """Segment's word where the name is one of GA4's, however it is written: "Add to Cart" is add_to_cart."""
    return GA4.get(name.strip().lower().replace(" ", "_").replace("-", "_"), name)


def renamed(values: Mapping[str, T], names: Mapping[str, str]) -> dict[str, T]:
    """The members under Segment's names. One whose new name is taken already keeps its own."""
    return {names[key] if names.get(key, key) not in values else key: value for key, value in values.items()}


def shop_properties(values: dict[str, msgspec.Raw]) -> dict[str, msgspec.Raw]:
    """GA4's parameters under Segment's names, its items too."""
    found = renamed(values, GA4_PROPERTIES)
    if "products" in found and "products" not in values:
        found["products"] = _products(found["products"])
    return found


def _products(raw: msgspec.Raw) -> msgspec.Raw:
    try:
        return encode([renamed(members(item), GA4_ITEM) for item in items(bytes(raw), "items")])
    except BadBody:
        return raw  # as it came: the move counts without its lines
