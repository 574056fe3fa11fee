"""The four kinds of data about a customer, and which fact or move is of which: said here, and nowhere else.

Demographic is who they are, transactional what they bought and paid, behavioural what they did, psychographic what they think and like.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["demographic", "transactional", "behavioural", "psychographic"]
KINDS: tuple[Kind, ...] = ("demographic", "transactional", "behavioural", "psychographic")


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that may be known of a customer: by a fact of these names, an identifier of this kind, or a move of these names.

    With `column` only moves count in which that column of the log says something; where no move is named, all of them.
    """

    name: str
    kind: Kind
    traits: tuple[str, ...] = ()
    identifier: str = ""
    events: tuple[str, ...] = ()
    column: str = ""


# In the order in which they are shown.
ITEMS: tuple[Item, ...] = (
    Item("name", "demographic", ("name", "first_name", "last_name", "firstName", "lastName", "full_name", "$name")),
    Item("phone", "demographic", ("phone", "mobile", "$phone"), identifier="phone"),
    Item("email", "demographic", ("email", "$email"), identifier="email"),
    Item("gender", "demographic", ("gender", "sex")),
    Item("birthday", "demographic", ("birthday", "birth_date", "birthdate", "date_of_birth", "dob", "age")),
    Item("city", "demographic", ("city",), column="city"),
    Item("country", "demographic", ("country",), column="country"),
    Item("language", "demographic", ("language", "locale")),
    Item("household", "demographic", ("household", "marital_status", "children")),
    Item("work", "demographic", ("company", "company.name", "business", "industry", "job_title", "title", "employees")),
    Item("orders", "transactional", events=("Order Completed", "Order Pending", "Order Updated", "Order Cancelled")),
    Item("products", "transactional", events=("Order Completed",), column="product_ids"),
    Item("payment", "transactional", events=("Order Completed",), column="payment"),
    Item("paid", "transactional", events=("Payment Received", "Payment Info Entered", "Payment Failed")),
    Item("coupons", "transactional", events=("Order Completed",), column="coupon"),
    Item("delivery", "transactional", events=("Order Shipped", "Order Delivered", "Delivery Refused")),
    Item("returns", "transactional", events=("Order Refunded",)),
    Item("points", "transactional", ("loyalty_member",), events=("Points Earned", "Points Spent")),
    Item("visits", "behavioural", events=("Page Viewed", "Page Left", "Page Reloaded", "Screen Viewed", "Signed Up", "Signed In",
         "Signed Out", "Web Vitals Measured", "Error Seen", "Experiment Viewed", "Promotion Viewed", "Promotion Clicked")),
    Item("searches", "behavioural", events=("Products Searched",)),
    Item("looked_at", "behavioural", events=("Product Viewed", "Product Clicked", "Product List Viewed", "Product List Filtered")),
    Item("carts", "behavioural", events=("Product Added", "Product Removed", "Cart Viewed", "Checkout Started", "Checkout Step Viewed",
         "Checkout Step Completed", "Coupon Entered", "Coupon Applied", "Coupon Denied", "Coupon Removed")),
    Item("wishes", "behavioural", events=("Product Added to Wishlist", "Product Removed from Wishlist", "Wishlist Product Added to Cart")),
    Item("clicks", "behavioural", events=("Element Clicked", "Link Clicked", "File Downloaded", "Form Started", "Form Submitted",
         "Form Abandoned", "Rage Clicked", "Dead Clicked", "Video Playback Started", "Video Content Playing", "Video Playback Completed")),
    Item("messages", "behavioural", events=("Email Delivered", "Email Opened", "Email Link Clicked", "Email Bounced",
         "Email Marked as Spam", "Unsubscribed")),
    Item("service", "behavioural", events=("Ticket Opened", "Ticket Solved", "Call Received", "Call Made", "Live Chat Conversation Started",
         "Live Chat Conversation Ended")),
    Item("branches", "behavioural", events=("Branch Visited",)),
    Item("answers", "psychographic", events=("Survey Answered",)),
    Item("reviews", "psychographic", events=("Product Reviewed",)),
    Item("advocacy", "psychographic", events=("Product Shared", "Cart Shared", "Invite Sent", "Brand Mentioned")),
    Item("interests", "psychographic", ("interests", "interest", "hobbies", "preferences", "favourite", "favorite")),
    Item("values", "psychographic", ("lifestyle", "values", "motivation", "persona", "personality", "opinions")),
    Item("sentiment", "psychographic", ("sentiment", "mood")),
)  # fmt: skip

# Moves that tell who somebody is, what they agreed to, or nothing of anybody.
OF_NO_KIND = (
    *("Customer Identified", "Identity Linked", "Account Joined", "Consent Changed"),
    *("Stock Counted", "Stock Ordered", "Stock Arrived", "Search Result Shown"),
)

_OF_TRAIT = {trait: item for item in reversed(ITEMS) for trait in item.traits}
_OF_EVENT = {event: item for item in reversed(ITEMS) for event in item.events}


def item_of_trait(trait: str) -> Item | None:
    """What a fact of this name tells; none where the name is not ours."""
    return _OF_TRAIT.get(trait)


def item_of_event(name: str) -> Item | None:
    """What a move of this name tells; of several (an order tells much) the first."""
    return _OF_EVENT.get(name)


def kind_of_trait(trait: str) -> Kind:
    """The kind of a fact; one that nobody has named yet describes who somebody is."""
    item = item_of_trait(trait)
    return item.kind if item else "demographic"


def kind_of_event(name: str) -> Kind | None:
    """The kind of a move; one that nobody has named yet is something they did. None for moves that are of no kind."""
    item = item_of_event(name)
    if item:
        return item.kind
    return None if name in OF_NO_KIND else "behavioural"
