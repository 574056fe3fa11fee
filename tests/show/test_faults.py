"""What goes wrong on ordinary days, through the running server: batches that come again, and one bad event among ten thousand."""

import csv
import socket
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

import pytest

from masarat.collect import door
from tests.support.loops import run
from tests.support.served import masarat, select, serving

BATCH = 2_000


@pytest.fixture
def key(tmp_path):
    made = masarat(tmp_path, "source", "add", "web")
    assert made.returncode == 0, made.stderr
    return made.stdout.strip()


def call(name, **properties):
    return {
        "type": "track",
        "event": "Page Viewed",
        "userId": "u1",
        "messageId": name,
        "properties": properties,
    }


def send(client, key, calls):
    answer = client.post("/v1/batch", json={"batch": calls, "writeKey": key})
    assert answer.status_code == 200, answer.text


def test_a_batch_five_times_at_once_and_poison_among_ten_thousand(tmp_path, key):
    again = [call(f"a{number}") for number in range(100)]
    many = [call(f"m{number}") for number in range(9_999)]
    many.insert(6_180, call("poison", revenue=1e30))
    with serving(tmp_path) as served, served.client() as client:
        with ThreadPoolExecutor(5) as threads:
            list(threads.map(lambda _: send(client, key, again), range(5)))
        for start in range(0, len(many), BATCH):
            send(client, key, many[start : start + BATCH])
        served.drained()
        _mend(tmp_path, served)
    stored = select(
        tmp_path, "SELECT count() AS n, uniqExact(event_id) AS ids, sum(revenue) AS sum FROM events"
    )
    assert stored == [{"n": 10_100, "ids": 10_100, "sum": 25.0}]


def _mend(data, served):
    """The one bad event waits in quarantine, with its reason; set right, it comes in."""
    out = data / "quarantine.csv"
    assert masarat(data, "quarantine", "export", str(out)).returncode == 0
    with out.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 1
    assert '"poison"' in rows[0]["event"]
    assert "1e30" in rows[0]["event"] or "e+30" in rows[0]["event"], rows[0]["event"]
    rows[0]["event"] = rows[0]["event"].replace("1e30", "25").replace("1e+30", "25")
    with out.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)
    said = masarat(data, "quarantine", "replay", str(out))
    assert "1 rows taken in, 0 still wrong" in said.stdout, said.stdout + said.stderr


def test_a_head_without_end_is_cut_off(served):
    url = urlsplit(served.url)
    with socket.create_connection((url.hostname, url.port), timeout=30) as connection:
        connection.sendall(b"GET /health HTTP/1.1\r\nx: " + b"x" * (70 << 10))
        assert connection.recv(1 << 12).startswith(b"HTTP/1.1 400 ")


def test_all_bodies_together_are_bounded(monkeypatch):
    monkeypatch.setattr(door, "MOST_ARRIVING", 5)
    one = door.Door(None, None, None, None, None)
    parts = iter([b"123", b"456", b"789"])

    async def receive():
        return {"type": "http.request", "body": next(parts), "more_body": True}

    with pytest.raises(door.Crowded) as refused:
        run(one._read(receive))
    assert (refused.value.status, refused.value.retry_after, one.arriving) == (503, 5, 0)
