"""The kinds of lines in a timeline, and which move is of which: every name of the dictionary stands in exactly one."""

from __future__ import annotations

KINDS: dict[str, tuple[str, ...]] = {
    "visits": (
        "Page Viewed", "Page Left", "Page Reloaded", "Screen Viewed", "Element Clicked", "Link Clicked", "File Downloaded",
        "Form Started", "Form Submitted", "Form Abandoned", "Video Playback Started", "Video Content Playing",
        "Video Playback Completed", "Rage Clicked", "Dead Clicked", "Error Seen", "Web Vitals Measured", "Promotion Viewed",
        "Promotion Clicked", "Products Searched", "Search Result Shown", "Product List Viewed", "Product List Filtered", "Product Clicked",
        "Product Viewed", "Experiment Viewed", "Signed Up", "Signed In", "Signed Out", "Branch Visited",
    ),
    "carts": (
        "Product Added", "Product Removed", "Cart Viewed", "Cart Shared", "Product Added to Wishlist",
        "Product Removed from Wishlist", "Wishlist Product Added to Cart", "Coupon Entered", "Coupon Applied", "Coupon Denied",
        "Coupon Removed", "Checkout Started", "Checkout Step Viewed", "Checkout Step Completed",
    ),
    "orders": (
        "Order Pending", "Order Completed", "Order Updated", "Order Cancelled", "Order Refunded", "Order Shipped",
        "Order Delivered", "Delivery Refused", "Points Earned", "Points Spent", "Stock Counted", "Stock Ordered", "Stock Arrived",
    ),
    "payments": ("Payment Info Entered", "Payment Failed", "Payment Received"),
    "service": (
        "Ticket Opened", "Ticket Solved", "Call Received", "Call Made", "Live Chat Conversation Started", "Live Chat Conversation Ended",
    ),
    "surveys": ("Survey Answered", "Product Reviewed", "Product Shared", "Brand Mentioned", "Invite Sent"),
    "messages": (
        "Email Delivered", "Email Opened", "Email Link Clicked", "Email Bounced", "Email Marked as Spam", "Unsubscribed",
    ),
    "identity": ("Customer Identified", "Identity Linked", "Account Joined"),
    "consent": ("Consent Changed",),
    "notes": (),
    "other": (),  # names that are not in the dictionary
}  # fmt: skip
OF_NAME = {name: kind for kind, names in KINDS.items() for name in names}


def kind_of(name: str) -> str:
    return OF_NAME.get(name, "other")
