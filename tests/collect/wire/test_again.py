"""What was set aside is a body of its own: sent to the address it tells, it is refused for the same reason, and taken once repaired."""

import json

import pytest

from masarat.collect.wire import ROUTES, Request
from masarat.collect.wire.base import BadBody

NOW = 1_750_000_000.0
# Address, a body with one bad part, and how that part is repaired.
CASES = [
    ("/v1/batch", {"batch": [{"type": "track", "userId": "u"}]}, ('"userId"', '"event":"x","userId"')),
    ("/batch", {"api_key": "k", "batch": [{"event": "x"}]}, ('"event"', '"distinct_id":"u","event"')),
    ("/mp/collect", {"client_id": "1", "events": [{"name": ""}]}, ('""', '"x"')),
    ("/matomo.php", {"requests": ["?idsite=1"]}, ("?idsite", "?rec=1&idsite")),
    ("/api/batch", [{"type": "dance", "payload": {"website": "w", "url": "/"}}], ("dance", "event")),
]


def send(path, body):
    return ROUTES[path](Request("POST", path, {}, {}, body, NOW))


@pytest.mark.parametrize(("path", "body", "repair"), CASES)
def test_a_part_set_aside_can_be_sent_again(path, body, repair):
    (bad,) = send(path, json.dumps(body).encode()).rejected
    try:
        again = send(bad.again, bad.raw).rejected[0].reason
    except BadBody as error:
        again = error.sentence
    assert again == bad.reason
    raw = bad.raw.replace(b": ", b":")
    assert repair[0].encode() in raw
    assert len(send(bad.again, raw.replace(*(part.encode() for part in repair))).moves) == 1
