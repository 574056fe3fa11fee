"""What the store holds, known part by part: every write and every deletion is seen."""

from masarat.analyse import frame
from masarat.analyse.frame import facts
from tests.support.shop import order, write


def held(store):
    return sum(facts(store, "UTC").counts.values())


def test_writes_deletions_and_merges_are_seen(store):
    write(store, [order("u1", "2025-01-01", 10), order("u2", "2025-02-01", 10)])
    assert held(store) == 2
    write(store, [order("u3", "2025-02-03", 10)])
    assert held(store) == 3
    for visitor, left in (("u3", 2), ("u1", 1)):
        store.delete("events", "visitor_id = {one:String}", {"one": visitor})
        assert [held(store), held(store)] == [left, left]
    store.command("OPTIMIZE TABLE events FINAL")
    assert held(store) == 1
    store.command("TRUNCATE TABLE events")
    assert held(store) == 0


def test_only_what_is_new_is_scanned(store, monkeypatch):
    scanned = []
    scan = frame._scan
    monkeypatch.setattr(
        frame, "_scan", lambda store, timezone, parts: scanned.append(parts) or scan(store, timezone, parts)
    )
    store.command("SYSTEM STOP MERGES events")
    write(store, [order("u1", "2025-01-01", 10)])
    held(store)
    write(store, [order("u2", "2025-01-02", 10)])
    held(store)
    held(store)
    assert [len(parts) for parts in scanned] == [1, 1]
    assert facts(store, "UTC").span(()) == facts(store, "UTC").span(("Order Completed",))
