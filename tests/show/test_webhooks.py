"""A shop's webhooks through the running door: signed ones become orders, once; forged ones nothing."""

import base64
import hashlib
import hmac
import json

import pytest

from masarat.collect import keys
from masarat.records.secrets import seal
from tests.support.inside import inside
from tests.support.webhooks import shopify_order

SECRET = "s3cr3t"


@pytest.fixture
def served(store, tmp_path):
    with inside(store, tmp_path) as served:
        yield served


def signed(body):
    return base64.b64encode(hmac.new(SECRET.encode(), body, hashlib.sha256).digest()).decode()


def test_a_signed_webhook_is_an_order_and_a_forged_one_is_not(served):
    records, settings = served.shop.records, served.shop.settings
    key = keys.add(records, "shop", secret=seal(SECRET, settings))
    body = json.dumps(shopify_order()).encode()
    with served.client() as client:

        def post(content, signature):
            headers = {"X-Shopify-Hmac-Sha256": signature, "X-Shopify-Topic": "orders/create"}
            return client.post(f"/hooks/shopify/{key}", content=content, headers=headers).status_code

        assert [post(body, signed(body)) for _ in range(3)] == [200, 200, 200]
        assert post(body.replace(b"1", b"2"), signed(body)) == 403
        assert post(body, "") == 403
    rows = served.stored("SELECT name, source, revenue FROM events WHERE name = 'Order Completed'")
    assert [row["name"] for row in rows] == ["Order Completed"]


def test_no_sdk_may_replace_an_order(served):
    key = keys.add(served.shop.records, "shop")
    with served.client() as client:
        for one in ("0" * 32 + "-completed@" + "0" * 16, "plain"):
            call = {"userId": "1", "event": "X", "messageId": one, "writeKey": key}
            assert client.post("/v1/track", json=call).status_code == 200
    names = [row["event_id"] for row in served.stored("SELECT event_id FROM events ORDER BY event_id")]
    assert names[0] == "plain"
    assert names[1].startswith("sent:")
