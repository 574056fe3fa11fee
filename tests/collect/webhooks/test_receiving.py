"""Who may send webhooks, what comes twice, what is of no use, and what cannot be read."""

import base64
import json

import pytest

from masarat.collect.webhooks import PLATFORMS, Post, find, receive
from masarat.collect.webhooks.base import amount, moment, text
from masarat.errors import NotAllowed
from tests.support.webhooks import NOW, ORDERS, SECRET, SHOP, moves, request, signed, taken

NAMES = [platform.NAME for platform in PLATFORMS]
SIGNED = ["salla", "shopify", "woocommerce"]
HEADERS = {
    "salla": "x-salla-signature",
    "zid": "authorization",
    "shopify": "x-shopify-hmac-sha256",
    "woocommerce": "x-wc-webhook-signature",
}


def test_paths_name_a_platform_and_a_key():
    platform, key = find("/hooks/salla/msw_abc/")
    assert (platform.NAME, key) == ("salla", "msw_abc")
    for path in ("/hooks/salla", "/hooks/magento/k", "/hooks/salla/a/b", "/v1/batch", "/hooks//k", "/"):
        assert find(path) is None


@pytest.mark.parametrize("name", NAMES)
def test_the_same_order_from_every_platform(name):
    """120 of goods by the customer's phone, at 08:00 UTC, whatever the platform calls it."""
    found = taken(name, ORDERS[name])
    order = found.moves[0]
    assert found.key == "KEY"
    assert (order.name, order.order_id.strip("#"), order.revenue, order.currency) == (
        "Order Completed",
        "1001",
        120,
        "SAR",
    )
    assert order.ts == 1_740_816_000  # 2025-03-01 08:00 UTC
    assert order.visitor_id == "phone:+966501234567"
    assert order.identifiers[:2] == ["phone:+966501234567", "email:sara@example.sa"]
    assert order.identifiers[2].startswith("shop:")
    assert (order.product_ids, order.product_names) == (["A", "B"], ["بن", "فلتر"])
    assert (order.product_quantities, order.product_revenues) == ([2, 1], [100, 20])
    assert order.shipping == 15
    assert "+966559999999" not in str(found.moves)  # the receiver is not the customer


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("secret", ["another", "", SECRET + " "])
def test_a_wrong_secret_is_refused(name, secret):
    with pytest.raises(NotAllowed):
        receive(request(name, ORDERS[name]), SHOP, secret, Post())


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("given", ["", "abc", "Basic", "Bearer ", "é", "0" * 64])
def test_a_wrong_or_missing_signature_is_refused(name, given):
    wrong = request(name, ORDERS[name])
    wrong.headers = {**wrong.headers, HEADERS[name]: given}
    with pytest.raises(NotAllowed):
        receive(wrong, SHOP, SECRET, Post())
    wrong.headers = {}
    with pytest.raises(NotAllowed):
        receive(wrong, SHOP, SECRET, Post())


@pytest.mark.parametrize("name", SIGNED)
def test_a_tampered_body_is_refused(name):
    right = request(name, ORDERS[name])
    right.body = right.body.replace(b"1001", b"1002")
    with pytest.raises(NotAllowed):
        receive(right, SHOP, SECRET, Post())


def test_salla_may_be_told_to_send_a_token():
    body = json.dumps(ORDERS["salla"]).encode()
    for given in (SECRET, f"Bearer {SECRET}"):
        assert taken("salla", body, x_salla_signature="", authorization=given).moves
    with pytest.raises(NotAllowed):
        taken("salla", body, x_salla_signature="0", authorization=SECRET)


def test_zids_secret_stands_in_the_address():
    plain = request("zid", ORDERS["zid"])
    plain.headers = {}
    plain.query = {"token": SECRET}
    assert receive(plain, SHOP, SECRET, Post()).moves
    plain.query = {"token": SECRET[:-1]}
    with pytest.raises(NotAllowed):
        receive(plain, SHOP, SECRET, Post())


def test_woocommerce_knocks_unsigned_and_is_answered():
    post = Post()
    found = taken("woocommerce", b"webhook_id=7", post=post, x_wc_webhook_signature="")
    assert (found.moves, found.rejected, found.reply.status) == ([], [], 200)
    assert post.ignored == {"woocommerce knock": 1}
    with pytest.raises(NotAllowed):
        taken("woocommerce", b"webhook_id=7&x=1", x_wc_webhook_signature="")


def test_a_header_that_nobody_signed_changes_nothing():
    """A captured order sent again as something else is the same order."""
    asked = [
        moves("shopify", ORDERS["shopify"], x_shopify_topic=topic)
        for topic in ("orders/create", "orders/cancelled", "")
    ]
    assert asked[0] == asked[1] == asked[2]


@pytest.mark.parametrize("name", NAMES)
def test_what_was_kept_is_not_read_again(name):
    post = Post()
    sent = request(name, ORDERS[name])
    assert receive(sent, SHOP, SECRET, post).moves
    assert receive(sent, SHOP, SECRET, post).moves  # it never became durable
    post.keep(sent)
    again = request(name, ORDERS[name], at=NOW + 60, x_shopify_webhook_id="another")
    assert receive(again, SHOP, SECRET, post).moves == []
    assert not post.ignored


def test_what_is_remembered_is_bounded():
    post = Post(most=3)
    sent = [request("shopify", {"n": n}) for n in range(5)]
    for one in sent:
        post.keep(one)
    assert [one in post for one in sent] == [False, False, True, True, True]
    for number in range(1000):
        post.ignore(f"topic {number}")
    assert len(post.ignored) == 200


@pytest.mark.parametrize(
    ("name", "body", "what"),
    [
        ("salla", {"event": "app.installed", "data": {}}, "salla app.installed"),
        ("salla", {"event": "order.deleted", "data": {"id": 1, "status": {}}}, "salla order.deleted"),
        ("salla", {}, "salla unnamed"),
        ("shopify", {"id": 1, "order_id": 2, "transactions": []}, "shopify refunds/create"),
        ("woocommerce", {"id": 5}, "woocommerce order.deleted"),
        ("zid", {"id": 5, "name": "تصنيف"}, "zid unnamed"),
    ],
)
def test_what_is_of_no_use_is_counted(name, body, what):
    post = Post()
    topics = {"x_shopify_topic": "refunds/create", "x_wc_webhook_topic": "order.deleted"}
    found = taken(name, body, post=post, **topics)
    assert (found.moves, found.rejected, found.reply.status) == ([], [], 200)
    assert post.ignored == {what: 1}


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"7", b"\xff\xfe", b"null", b"[" * 5000])
def test_what_cannot_be_read_goes_to_quarantine(name, body):
    found = taken(name, body)
    assert found.moves == []
    assert [(one.raw, one.again) for one in found.rejected] == [(body, f"/hooks/{name}")]


@pytest.mark.parametrize("name", NAMES)
def test_any_field_may_be_missing_or_of_another_type(name):
    """Each field of an order left out, emptied, or made something else: read or rejected, never a failure."""
    wrong = [None, "", "كلام", 7, -1.5, [], [1], {}, {"amount": "x"}, True, "9" * 400, "../x", 1e300, "1e12"]

    def variants(found):
        if isinstance(found, dict):
            for key in found:
                yield {other: value for other, value in found.items() if other != key}
                for value in wrong:
                    yield {**found, key: value}
                for inner in variants(found[key]):
                    yield {**found, key: inner}
        elif isinstance(found, list) and found:
            for inner in variants(found[0]):
                yield [inner, *found[1:]]

    several = list(variants(ORDERS[name]))[::13]
    for body in several:
        found = taken(name, body)
        assert all(move.source == "shop" for move in found.moves)


def test_basic_authorization_without_a_name():
    assert taken(
        "zid", ORDERS["zid"], authorization="Basic " + base64.b64encode(f":{SECRET}".encode()).decode()
    ).moves
    assert len(signed(b"x", hexadecimal=True)) == 64


def test_reading():
    assert text(None, True, {}, " \u200fأ ", "b") == "أ"
    assert (text(5), text("null", "x"), text()) == ("5", "x", "")
    assert amount({"amount": {"amount": "12.5"}}) == 12.5
    assert (amount("١٢٫٥"), amount("1,234.50 ر.س"), amount(None, "x", 3)) == (12.5, 1234.5, 3)
    assert (amount(True), amount("nan"), amount("inf"), amount({})) == (None, None, None, None)
    right = 1_740_816_000
    for said in (
        "2025-03-01T08:00:00Z",
        "2025-03-01 11:00:00.000000",
        "Sat Mar 01 2025 11:00:00 GMT+0300",
        right,
    ):
        assert moment(said, "Asia/Riyadh") == right
    for said in ("", None, "غدًا", "0000-00-00 00:00:00", -5, {}, "1970-01-01"):
        assert moment(said, "Asia/Riyadh") is None
