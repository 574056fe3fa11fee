"""Events through the running server: taken at the door, found in the store, once, whatever happens in between."""

import signal

import pytest

from tests.support.served import masarat, select, serving


@pytest.fixture
def key(tmp_path):
    made = masarat(tmp_path, "source", "add", "web")
    assert made.returncode == 0, made.stderr
    return made.stdout.strip()


def ids(data):
    return [row["event_id"] for row in select(data, "SELECT event_id FROM events ORDER BY event_id")]


def send(client, key, *ids, **more):
    calls = [
        {"type": "track", "event": "Page Viewed", "userId": "u1", "messageId": one, **more} for one in ids
    ]
    answer = client.post("/v1/batch", json={"batch": calls, "writeKey": key})
    assert answer.status_code == 200, answer.text


def test_what_was_acknowledged_is_in_the_store_after_a_kill(tmp_path, key):
    with serving(tmp_path) as served:
        with served.client() as client:
            send(client, key, "m1", "m2")
            send(client, key, "m2", "m3")
        served.stop(signal.SIGKILL)
    with serving(tmp_path) as served:
        with served.client() as client:
            send(client, key, "m1", "m4")
        served.drained()
    assert ids(tmp_path) == ["m1", "m2", "m3", "m4"]


def test_workers_take_events_on_a_port_of_their_own(tmp_path, key):
    with serving(tmp_path, "--workers", "2", "--events-port", "0") as served:
        with served.client(url=served.events_url) as client:
            send(client, key, *(f"m{number}" for number in range(50)))
            assert client.get("/").status_code == 404
        served.drained()
    assert len(ids(tmp_path)) == 50


def test_an_unknown_key_and_a_page_of_the_app(tmp_path, key):
    with serving(tmp_path) as served, served.client() as client:
        answer = client.post(
            "/v1/batch", json={"batch": [{"type": "track", "event": "X", "userId": "1"}], "writeKey": "no"}
        )
        assert (answer.status_code, answer.json()["code"]) == (401, "unknown_key")
        assert client.get("/signin").status_code == 200
        assert client.get("/m.js").headers["content-type"].startswith("text/javascript")
