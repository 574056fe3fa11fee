"""One person through the real door and a real file: her phone, a laptop, the branch, a review; and the program that explains it."""

import json

import pytest
from click.testing import CliRunner

from masarat.collect.keys import add
from masarat.settings import Settings
from masarat.shop import Shop
from masarat.show.cli import main
from masarat.show.remote import Refused, RemoteShop
from tests.support.inside import inside
from tests.support.shop import order, write

AGENT = {
    "User-Agent": "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/131.0 Safari/537.36"
}

# What the browsers and the shop's server send, in order.
CALLS = [
    {"type": "track", "event": "Product Viewed", "anonymousId": "her-phone", "properties": {"sku": "بن"}},
    {"type": "identify", "anonymousId": "her-phone", "traits": {"phone": "050 123 4567"}},
    {"type": "track", "event": "Product Added", "anonymousId": "laptop", "properties": {"sku": "بن", "price": 80}},
    {"type": "identify", "anonymousId": "laptop", "userId": "17",
     "traits": {"name": "سارة العتيبي", "phone": "+966501234567", "email": "Sara@Example.SA"}},
    {"type": "track", "event": "Order Completed", "userId": "17",
     "properties": {"order_id": "A1", "revenue": 80, "currency": "SAR"}},
    {"type": "track", "event": "Product Reviewed", "userId": "17", "properties": {"sku": "بن", "rating": 5}},
]  # fmt: skip
BRANCH = "رقم الفاتورة,التاريخ,الجوال,رقم العميل,الإجمالي\nB7,2025-03-02,٠٥٠١٢٣٤٥٦٧,C-9,120\nB8,2025-03-03,0559999999,C-2,45\n"


@pytest.fixture
def lived(store, tmp_path):
    """The shop after all that."""
    file = tmp_path / "branch.csv"
    file.write_text(BRANCH, "utf-8")
    with inside(store, tmp_path) as server:
        key = add(server.shop.records, "web")
        with server.client(**AGENT) as client:
            for number, call in enumerate(CALLS):
                sent = client.post(
                    "/v1/batch", json={"batch": [{**call, "messageId": f"m{number}"}], "writeKey": key}
                )
                assert sent.status_code == 200, sent.text
        assert len(server.stored()) == len(CALLS)
        (report,) = server.shop.import_files([file], source="branch")
        assert report.customers == 2
        yield server.shop


def test_she_is_one_customer(lived):
    found = lived.ask("customers").rows
    assert [(row["customer"], row["orders"], row["revenue"]) for row in found] == [
        ("user:17", 2, 200.0),
        ("branch:C-2", 1, 45.0),
    ]
    assert (found[0]["name"], found[0]["phone"]) == ("سارة العتيبي", "+966501234567")
    her = lived.identity.show("anon:her-phone")
    assert her.customer == "user:17"
    assert sorted(her.identifiers) == [
        "anon:her-phone", "anon:laptop", "branch:C-9", "email:sara@example.sa", "phone:+966501234567", "user:17",
    ]  # fmt: skip
    assert lived.store.select(
        "SELECT count() AS n FROM events WHERE dictGetOrDefault('identity', 'owner', customer_id, owner) = xxHash64('user:17')"
    ) == [{"n": len(CALLS) + 1}], "one timeline"


def test_importing_again_changes_nothing(lived, tmp_path):
    before = lived.identity.log()
    lived.import_files([tmp_path / "branch.csv"], source="branch")
    assert lived.identity.log() == before


@pytest.fixture
def program(store, tmp_path, monkeypatch):
    """`masarat identity …` over the test's own store."""
    write(store, [order("user:1", "2025-01-01", 10), order("phone:+966501234567", "2025-01-02", 20)])
    shop = Shop()
    shop.__dict__["store"] = store
    monkeypatch.setattr(shop, "close", lambda: None)
    monkeypatch.setattr("masarat.show.remote.open_shop", lambda settings: shop)

    def run(*words, code=0):
        found = CliRunner().invoke(main, ["identity", *words])
        assert found.exit_code == code, found.output
        return found.output

    return run


def test_the_program_merges_explains_and_takes_back(program):
    said = program("merge", "user:1", "phone:+966501234567", "--why", "phoned")
    assert "1 identifier changed owners" in said
    assert "identity undo phone:+966501234567 user:1" in said
    shown = json.loads(program("show", "phone:+966501234567", "--json"))
    assert (shown["customer"], shown["decisions"][0]["why"]) == ("user:1", "phoned")
    assert "phoned" in program("log", "user:1")
    program("undo", "user:1", "phone:+966501234567")
    assert json.loads(program("show", "user:1", "--json"))["identifiers"] == ["user:1"]
    assert [row["what"] for row in json.loads(program("log", "--json"))] == ["split", "merged"]


def test_the_same_through_a_server(lived, tmp_path):
    with (
        inside(lived.store, tmp_path) as server,
        RemoteShop(Settings(data=tmp_path), server.url, server.token) as there,
    ):
        here = server.shop.identity
        assert there.identity.show("0501234567").identifiers == here.show("user:17").identifiers
        assert there.identity.merge("user:17", "branch:C-2", why="moved house") > 0
        assert here.owner("branch:C-2") == "user:17"
        assert there.identity.log("user:17", limit=1)[0]["why"] == "moved house"
        assert there.identity.undo("branch:C-2", "user:17") > 0
        assert (there.identity.fold(), there.identity.rebuild()) == (0, 0)
        with pytest.raises(Refused, match="There is no identifier"):
            there.identity.show("user:99")
        viewer = server.accounts.add_key("viewer", "viewer")
        with server.client(viewer) as client:
            assert client.get("/v1/identity", params={"of": "user:17"}).status_code == 403
        owner = server.accounts.add_key("owner", "owner")
        with server.client(owner) as client:
            for body in (
                {"do": "mix"},
                {"do": "merge", "one": "user:1"},
                {"do": "merge", "one": 1, "other": 2},
            ):
                answer = client.post("/v1/identity", json=body)
                assert answer.status_code in (404, 422), answer.text
                assert answer.json()["error"]["remedy"]


def test_the_program_says_what_it_does_not_know(program):
    assert "There is no identifier called 'user:9'" in program("show", "user:9", code=1)
    assert "There is no decision called" in program("undo", "user:1", code=1)
    program("split", "phone:+966501234567")
    assert "0 merges folded" in program("fold")
    assert "0 identifiers" in program("rebuild")
