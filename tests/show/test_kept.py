"""Answers that are given again: as long as nothing changed; dear ones a little longer; never what people told or erased."""

from datetime import date

import pytest

from masarat.analyse import find, read
from masarat.records.annotations import add
from masarat.records.masks import USUAL
from masarat.shop import Shop
from masarat.show.http.kept import Kept
from tests.support.inside import inside
from tests.support.served import EVENTS
from tests.support.shop import order, write

REVENUE = read(find("revenue"), {"period": "2025"})


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def server(engine, tmp_path):
    with inside(engine.store(), tmp_path) as running:
        write(running.shop.store, EVENTS)
        yield running


@pytest.fixture
def asked(server, monkeypatch):
    """The questions that were asked of the shop, each of which takes `took` seconds."""
    clock, found, ask = Clock(), [], Shop.ask

    def slowly(shop, question, **more):
        found.append(question.name)
        clock.now += asking.took
        return ask(shop, question, **more)

    monkeypatch.setattr(Shop, "ask", slowly)
    asking = type(
        "Asking", (), {"kept": Kept(server.shop, clock), "clock": clock, "names": found, "took": 0.1}
    )()
    return asking


def test_nothing_is_found_twice_while_nothing_changes(asked):
    first, age = asked.kept.ask(REVENUE)
    asked.clock.now += 1000
    again, older = asked.kept.ask(REVENUE)
    assert (again, age, older) == (first, 0.0, pytest.approx(1000.1))
    assert asked.names == ["revenue"]


def test_what_is_found_quickly_is_found_anew_after_a_write(server, asked):
    before, _ = asked.kept.ask(REVENUE)
    write(server.shop.store, [order("user:9", "2025-05-01 10:00", 1000)])
    after, age = asked.kept.ask(REVENUE)
    assert after.numbers[0].value == before.numbers[0].value + 1000
    assert age == 0


@pytest.mark.parametrize(
    ("took", "later", "anew"), [(2, 59, False), (2, 61, True), (60, 299, False), (60, 301, True)]
)
def test_what_is_dear_may_be_a_little_old(server, asked, took, later, anew):
    asked.took = took
    asked.kept.ask(REVENUE)
    write(server.shop.store, [order("user:9", "2025-05-01 10:00", 1000)])
    asked.clock.now = later
    _, age = asked.kept.ask(REVENUE)
    assert (len(asked.names) == 2) is anew
    assert age == (0 if anew else later)


def test_it_is_found_anew_when_somebody_wants_it(asked):
    for _ in range(2):
        asked.kept.ask(REVENUE, fresh=True)
    assert asked.names == ["revenue"] * 2


def test_what_people_tell_counts_at_once(server, asked):
    asked.took = 60
    asked.kept.ask(REVENUE)
    add(server.shop.records, date(2025, 2, 1), date(2025, 2, 1), "new prices", "test")
    told, _ = asked.kept.ask(REVENUE)
    assert [one.text for one in told.noted] == ["new prices"]


def test_each_sees_customers_as_they_may(asked):
    top = read(find("top_customers"), {"period": "2025"})
    whole, _ = asked.kept.ask(top)
    hidden, _ = asked.kept.ask(
        top,
        mask=lambda rows: [{**row, "name": "…"} for row in rows] if isinstance(rows, list) else rows,
        seen=USUAL["viewer"],
    )
    assert {row["name"] for row in hidden.rows} == {"…"}
    assert asked.kept.ask(top)[0] == whole


def test_what_the_page_is_drawn_with_is_known_already_and_young(server, asked):
    assert asked.kept.held(REVENUE) is None
    found, _ = asked.kept.ask(REVENUE)
    assert asked.kept.held(REVENUE, seen=USUAL["viewer"]) is None
    write(server.shop.store, [order("user:9", "2025-05-01 10:00", 1000)])
    asked.clock.now = 299
    assert asked.kept.held(REVENUE) == found
    asked.clock.now = 301
    assert asked.kept.held(REVENUE) is None
    asked.kept.ask(REVENUE)
    add(server.shop.records, date(2025, 2, 1), date(2025, 2, 1), "new prices", "test")
    assert asked.kept.held(REVENUE) is None
    assert asked.names == ["revenue"] * 2, "it asks nothing itself"


def test_the_first_page_finds_its_answers_ready(server, asked):
    asked.kept.warm()
    before = len(asked.names)
    asked.kept.ask(read(find("revenue"), {"period": "last_30_days", "by": "day", "language": "en"}))
    assert len(asked.names) == before > 8
    asked.clock.now += 10_000
    asked.kept.warm()
    assert len(asked.names) == before, "nobody comes any more"


def test_over_http_with_its_age(server):
    with server.client(server.accounts.add_key("owner", "owner")) as client:
        assert client.get("/v1/look/revenue?period=2025").json()["age"] == 0
        kept = server.app.state.kept
        kept._clock = lambda clock=kept._clock: clock() + 120  # time goes by
        assert client.get("/v1/look/revenue?period=2025").json()["age"] == 120
        assert client.get("/v1/look/revenue?period=2025&fresh=1").json()["age"] == 0
        assert client.get("/v1/look/revenue?period=2025").json()["given"] == {"period": "2025"}


def test_what_somebody_brings_in_counts_at_once(server, asked, tmp_path):
    asked.took = 60
    before, _ = asked.kept.ask(REVENUE)
    file = tmp_path / "orders.csv"
    file.write_text("order_id,customer,date,total\nx1,user:8,2025-06-01,1000\n")
    server.shop.import_files([file])
    after, _ = asked.kept.ask(REVENUE)
    assert after.numbers[0].value == before.numbers[0].value + 1000
