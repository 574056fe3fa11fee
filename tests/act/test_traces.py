"""How somebody is found in texts: as people write e-mails and phones, never as part of another's."""

import json

import pytest

from masarat.act.traces import Traces

NOURA = Traces.of(
    ["email:noura@example.com", "phone:+966501234567", "user:17", "anon:abcdef12", "web:name:نوره العتيبي"],
    [{"trait": "name", "value": "نورة بنت سعد"}, {"trait": "phone", "value": "0501234567"}],
    "SA",
)


@pytest.mark.parametrize(("text", "without"), [
    ("noura@example.com", "0"),
    ("Noura@Example.COM,noura@example.com.", "0,0."),
    ("?e=noura%40example.com&x=1", "?e=0&x=1"),
    ("+966501234567", "0"),
    ("00966 50 123 4567", "0"),
    ("(050) 123-4567!", "(0!"),
    ("٠٥٠١٢٣٤٥٦٧", "0"),
    ('{"p":966501234567,"q":"0501234567"}', '{"p":0,"q":"0"}'),
    ("x 0501234567 0501234567 y", "x 0 0 y"),
])  # fmt: skip
def test_their_contacts_are_found_and_taken_out(text, without):
    assert NOURA.names_them(text)
    assert NOURA.without(text) == without


@pytest.mark.parametrize("text", [
    "al.noura@example.com", "noura@example.com.sa", "noura@example.community", "anoura@example.com",
    "1501234567", "05012345678", "501.234567", "نورة", "",
])  # fmt: skip
def test_what_is_anothers_is_left(text):
    assert not NOURA.names_them(text)
    assert NOURA.without(text) == text


@pytest.mark.parametrize(("cells", "theirs"), [
    ({"الاسم": "نورة  بنت سعد"}, True),
    ({"الاسم": "نورة"}, False),
    ({"رقم العميل": "17"}, True),
    ({"الكمية": "17"}, False),
    ({"x": "abcdef12"}, True),
    ({"event": json.dumps({"userId": 17})}, True),
    ({"event": json.dumps({"traits": {"phone": "٠٥٠ ١٢٣ ٤٥٦٧"}})}, True),
    ({"event": "not json"}, False),
])  # fmt: skip
def test_rows_in_quarantine(cells, theirs):
    assert NOURA.in_cells(json.dumps(cells)) is theirs
    assert NOURA.in_cells(json.dumps(cells, ensure_ascii=False)) is theirs


def test_bytes_of_no_known_shape():
    assert NOURA.in_bytes("\xff نورة بنت سعد".encode())
    assert NOURA.in_bytes(b'{"anonymousId":"abcdef12')
    assert not NOURA.in_bytes(b"17 \xff\xfe")


def test_nobody_leaves_no_trace():
    nobody = Traces.of(["user:1"], [], "SA")
    assert (nobody.contacts, nobody.names_them("1"), nobody.without("1")) == ("", False, "1")
