"""APIs that only their users know, described in JSON or YAML: every way of paging, keys by name, rows within answers, lines within rows."""

from __future__ import annotations

import json
from datetime import datetime, timedelta

import pytest

from masarat.collect import connections
from masarat.collect.connectors.api import Refused, Unanswered
from masarat.collect.connectors.plain_yaml import read_yaml
from masarat.errors import BadParameter, MasaratError
from tests.support.cutting import told_the_same_wherever_cut
from tests.support.programs import Said, program

ORDERS = [
    {
        "id": f"A{n}",
        "made": f"2025-03-{n:02}T10:00:00Z",
        "who": {"mobile": f"05512345{n:02}"},
        "basket": {"items": [{"sku": "CUP", "total": 10 * n}, {"sku": "POT", "total": 5}]},
    }
    for n in range(1, 6)
]
FIELDS = {"order_id": "id", "ts": "made", "phone": "who.mobile", "product_id": "basket.items.sku", "line_total": "basket.items.total"}  # fmt: skip
SOLD = [(f"A{n}", 10.0 * n + 5) for n in range(1, 6)]
SEEN = "2025-03-03T00:00:00Z"


class Api:
    """Five orders, two a page, in whichever way they are asked for."""

    def __init__(self):
        self.url = ""
        self.elsewhere = False

    def __call__(self, call):
        if call.headers.get("authorization") != "Key s3cret":
            return Said({"error": "no"}, 403)
        if call.path == "/none":
            return Said({"error": "nothing found"}, 404)
        found = [order for order in ORDERS if "after" not in call.query or order["made"] > SEEN]
        query = call.query
        at = int(query.get("skip") or query.get("after_id") or 2 * (int(query.get("page", 1)) - 1))
        if call.path == "/stuck":
            at = 0
        page, more = found[at : at + 2], at + 2 < len(found)
        link = f"/orders?page={at // 2 + 2}" if not self.elsewhere else "https://elsewhere.example/orders"
        links = {"next": link if more else None}
        return Said({"data": {"list": page}, "links": links, "next": str(at + 2) if more else "", "more": more})  # fmt: skip


@pytest.fixture
def made():
    return Api()


@pytest.fixture
def shop(made):
    with program(made) as served:
        made.url = served.url
        yield served


PAGES = {
    "page": {"by": "page", "param": "page", "size": 2, "size_param": "limit"},
    "offset": {"by": "offset", "param": "skip", "size": 2},
    "next": {"by": "next", "at": "links.next"},
    "cursor": {"by": "cursor", "param": "after_id", "at": "next", "more": "more"},
}


def given(shop, path="/orders", secrets="key=s3cret", **more):
    described = {
        "address": shop.url + path, "headers": {"Authorization": "Key {key}"}, "params": {"after": "{since}"}, "rows": "data.list",
        "pages": PAGES["page"], "kind": "orders", "lines": "basket.items", "fields": FIELDS, **more,
    }  # fmt: skip
    return {"description": json.dumps(described), "secrets": secrets}


def sold(store):
    rows = store.select("SELECT order_id, toFloat64(revenue) AS revenue FROM events WHERE name = 'Order Completed' ORDER BY order_id")  # fmt: skip
    return [(row["order_id"], row["revenue"]) for row in rows]


@pytest.mark.parametrize("by", PAGES)
def test_every_way_of_paging(shop, ask, store, by):
    run = ask("http_json", **given(shop, pages=PAGES[by]))
    assert (run.error, run.rejected, sold(store)) == ("", 0, SOLD)
    assert len(shop.calls) == 3
    assert ask("http_json", again=True).added == 0
    assert sold(store) == SOLD


def test_without_fields_the_columns_are_understood_as_any_tables(shop, ask, store):
    run = ask("http_json", **given(shop, fields={}, kind="", lines="basket.items"))
    assert run.rejected == 0
    # `id`, `made`, `who.mobile`, `basket.items.sku`, `basket.items.total`
    rows = store.select("SELECT DISTINCT name, arraySort(product_ids) AS products FROM events WHERE name = 'Order Completed' LIMIT 1")  # fmt: skip
    assert rows == [{"name": "Order Completed", "products": ["CUP", "POT"]}]


@pytest.mark.long
@pytest.mark.parametrize("by", ["page", "next"])
def test_cut_off_anywhere_it_goes_on(shop, told, records, by):
    for cut, more in told_the_same_wherever_cut(shop, told, records, "http_json", given(shop, pages=PAGES[by])):  # fmt: skip
        assert more == 3 - cut


def test_the_next_time_only_what_changed(shop, ask, records):
    ask("http_json", **given(shop))
    assert all("after" not in call.query for call in shop.calls)
    assert connections.find(records, "http_json").cursor.keys() == {"since"}
    shop.calls.clear()
    run = ask("http_json")
    begun = connections.runs(records, "http_json")[-1].started_at
    for call in shop.calls:
        assert call.query["after"].endswith("Z")
        assert datetime.fromisoformat(call.query["after"]) <= begun - timedelta(minutes=9), (
            "its clock may be behind"
        )
    assert (run.rows, run.added) == (6, 0)


def test_a_page_that_comes_again_ends_it(shop, ask):
    with pytest.raises(Unanswered, match="same page"):
        ask("http_json", **given(shop, "/stuck"))
    assert len(shop.calls) == 2


def test_keys_are_sent_nowhere_else(shop, made, ask):
    made.elsewhere = True
    with pytest.raises(Unanswered, match=r"elsewhere\.example"):
        ask("http_json", **given(shop, pages=PAGES["next"]))


def test_nothing_may_be_a_404(shop, ask):
    assert ask("http_json", **given(shop, "/none", nothing_is_404=True)).rows == 0
    with pytest.raises(Unanswered, match="answers 404"):
        ask("http_json", **given(shop, "/none"))


def test_too_many_requests_are_waited_for(shop, listen, waits):
    shop.first = [Said({}, 429, {"retry-after": "3"})]
    assert listen("http_json", **given(shop)).error == ""
    assert waits == [3]


def test_a_wrong_key_is_said_and_kept_secret(shop, ask, records):
    with pytest.raises(Refused):
        ask("http_json", **given(shop, secrets="key=wrong-one"))
    found = connections.find(records, "http_json")
    assert (
        "wrong-one" not in str(found.given) + found.sealed + connections.runs(records, "http_json")[0].error
    )


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"colour": "red"}, "colour"),
        ({"address": "ftp://x"}, "no address"),
        ({"kind": "nonsense"}, "nonsense"),
        ({"kind": ""}, "no kind"),
        ({"fields": {"stock": "x"}}, "stock"),
        ({"pages": {"by": "next"}}, "'at'"),
        ({"pages": {"by": "page"}}, "'param'"),
        ({"headers": {"Authorization": "{other}"}}, "other"),
        ({"rows": "nowhere"}, "no list at"),
    ],
)
def test_a_description_that_is_wrong_is_told_how(shop, ask, more, said):
    with pytest.raises(MasaratError, match=said):
        ask("http_json", **given(shop, **more))


def test_a_description_in_yaml_says_the_same(shop, ask, store):
    described = f"""
# The shop's own API
address: {shop.url}/orders
headers: {{Authorization: "Key {{key}}"}}
params:
  after: "{{since}}"
  status: no      # a word, not a lie
  from: 2025-01-01
rows: data.list
pages: {{by: page, param: page, size: 2, size_param: limit}}
kind: orders
lines: basket.items
nothing_is_404: false
fields:
{"".join(f"  {name}: {path}{chr(10)}" for name, path in FIELDS.items())}"""
    run = ask("http_json", description=described, secrets="key=s3cret")
    assert (run.error, run.rejected, sold(store)) == ("", 0, SOLD)
    assert {(call.query["status"], call.query["from"]) for call in shop.calls} == {("no", "2025-01-01")}


@pytest.mark.parametrize(
    ("described", "said"),
    [
        ("nonsense", "names no address"),
        ('{"address": ', "cannot be read"),
        ("address: [", "in line 1"),
        ("a: &a [x, x]\nb: [*a, *a]", "write it out"),
        ("address: !!python/object/apply:os.system [ls]", "leave that out"),
        ("body: !!binary aGVsbG8=", "leave that out"),
        ("rows: " + "[" * 1000, "too deeply"),
        ('{"rows": ' + "[" * 60_000, "too deeply"),
        ("rows: " + "x" * 70_000, "longer than"),
        ("address: https://x\nrows: 2025-01-01\npages: {by: page, param: p, size: many}", "pages.size"),
    ],
)
def test_a_description_that_cannot_be_read(ask, described, said):
    with pytest.raises(BadParameter, match=said):
        ask("http_json", description=described)


def test_yaml_is_read_as_what_json_could_say_too():
    text = "a: ~\nb: [1, -2.5, 1e3, 007, 0x1F, 1_000, yes, true, null, 12:30]\nc: {d: '5', e: }\n<<: {f: 1}"
    wanted = [1, -2.5, 1000.0, "007", "0x1F", "1_000", "yes", True, None, "12:30"]
    assert read_yaml(text) == {"a": None, "b": wanted, "c": {"d": "5", "e": None}, "<<": {"f": 1}}
