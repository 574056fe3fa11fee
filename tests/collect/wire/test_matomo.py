import json
from urllib.parse import parse_qsl, urlencode

import msgspec
import pytest

from masarat.collect.wire import Request
from masarat.collect.wire.base import BadBody
from masarat.collect.wire.matomo import ROUTES
from masarat.collect.wire.sender import ADDRESS, AGENT

NOW = 1_750_000_000.0  # 2025-06-15T15:06:40Z


def get(line="", **params):
    query = dict(parse_qsl(line, keep_blank_values=True)) | {"idsite": "7", "rec": "1"} | params
    return ROUTES["/matomo.php"](Request("GET", "/matomo.php", query, {}, b"", NOW))


def post(body, **headers):
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    return ROUTES["/piwik.php"](Request("POST", "/piwik.php", {}, headers, raw, NOW))


def props(move):
    return msgspec.json.decode(move.props)


def test_a_page_as_matomo_tracker_sends_it():  # 2.2.4
    taken = get(
        "url=https%3A%2F%2Fx.sa%2Fp%3Futm_source%3Dsnap%26utm_medium%3Dcpc%26utm_campaign%3Deid&action_name=%D8%A8%D9%86"
        "&uid=u3&_id=0123456789abcdef&urlref=https%3A%2F%2Fgoogle.com%2F&idsite=7&rec=1"
    )
    (move,) = taken.moves
    assert (taken.key, taken.reply.content_type, taken.reply.body[:6]) == ("7", "image/gif", b"GIF89a")
    assert (move.name, move.identifiers, move.ts) == (
        "Page Viewed",
        ["user:u3", "anon:0123456789abcdef"],
        NOW,
    )
    assert (move.url, move.referrer) == (
        "https://x.sa/p?utm_source=snap&utm_medium=cpc&utm_campaign=eid",
        "https://google.com/",
    )
    assert (move.utm_source, move.utm_medium, move.utm_campaign) == ("snap", "cpc", "eid")
    assert props(move) == {"title": "بن"}


ORDER = {"url": "https://x.sa/ok", "idgoal": "0", "ec_id": "o9", "revenue": "67.5", "ec_st": "50", "ec_tx": "7.5", "ec_sh": "10",
         "ec_dt": "5", "ec_items": '[["A","بن","قهوة",20,2],["B","كوب",["أدوات","مطبخ"],"15"],[7]]', "send_image": "0"}  # fmt: skip


def test_an_order():
    taken = get(**ORDER)
    (move,) = taken.moves
    assert taken.reply.status == 204
    assert (move.name, move.order_id, move.revenue) == ("Order Completed", "o9", 50)
    assert (move.tax, move.shipping, move.discount, props(move)["total"]) == (7.5, 10, 5, 67.5)
    assert (move.product_ids, move.product_names) == (["A", "B", "7"], ["بن", "كوب", ""])
    assert (move.product_categories, move.product_quantities) == (["قهوة", "أدوات", ""], [2, 1, 1])
    assert move.product_revenues == [40, 15, 0]


def test_an_order_sent_twice_is_one_event():
    assert (
        get(**ORDER).moves[0].event_id
        == get(**ORDER).moves[0].event_id
        != get(**ORDER | {"ec_id": "o10"}).moves[0].event_id
    )


def test_a_cart_is_told_whole():
    move = get(idgoal="0", revenue="40", ec_items='[["A","بن","قهوة",20,2]]', _id="0123456789abcdef").moves[0]
    assert (move.name, move.revenue, move.product_ids, move.product_quantities) == (
        "Cart Viewed",
        40,
        ["A"],
        [2],
    )


@pytest.mark.parametrize(
    ("params", "name", "kept"),
    [
        ({"idgoal": "3", "revenue": "5"}, "Goal Reached", {"idgoal": "3", "revenue": "5"}),
        (
            {"e_c": "Videos", "e_a": "Play", "e_n": "فيلم", "e_v": "2"},
            "Videos Play",
            {"e_n": "فيلم", "e_v": "2"},
        ),
        ({"search": "بن", "search_count": "0"}, "Products Searched", {"query": "بن", "search_count": "0"}),
        ({"link": "https://other.sa"}, "Link Clicked", {"href": "https://other.sa"}),
        ({"download": "https://x.sa/a.pdf"}, "File Downloaded", {}),
        ({"c_n": "عرض"}, "Content Viewed", {"c_n": "عرض"}),
        ({"c_n": "عرض", "c_i": "click"}, "Content Clicked", {}),
        ({"_pkc": "قهوة"}, "Product List Viewed", {"category": "قهوة"}),
        ({"ping": "1", "action_name": "t"}, "ping", {}),
        ({"dimension1": "x", "cvar": "{}"}, "Page Viewed", {"dimension1": "x", "cvar": "{}"}),
    ],
)
def test_what_a_query_tells_of(params, name, kept):
    move = get(**params).moves[0]
    assert move.name == name
    assert kept.items() <= props(move).items()


def test_a_product_view():
    move = get(_pks="A", _pkn="بن", _pkc="قهوة", _pkp="20").moves[0]
    assert (move.name, move.product_ids, move.product_names, move.product_revenues) == (
        "Product Viewed",
        ["A"],
        ["بن"],
        [20],
    )


def test_items_that_are_none_stay_as_they_came():
    move = get(**ORDER | {"ec_items": "[[broken"}).moves[0]
    assert (move.product_ids, props(move)["ec_items"], move.revenue) == ([], "[[broken", 50)


BULK = ["?_id=AA814767-7B1F-5C81-8F1D-8E47AD7D2982&cdt=2025-06-15T02%3A32%3A22.867Z&e_c=Buy&e_a=rightButton&e_v=2&url=https%3A%2F%2Fx.sa%2F&idsite=7&rec=1",
        "?_id=b&url=https%3A%2F%2Fx.sa%2F2&idsite=7&rec=1"]  # fmt: skip


def test_many_as_matomo_tracker_sends_them():
    taken = post({"requests": BULK})
    assert (taken.key, [move.name for move in taken.moves]) == ("7", ["Buy rightButton", "Page Viewed"])
    assert taken.moves[0].ts == pytest.approx(1_749_954_742.867)
    assert msgspec.json.decode(taken.reply.body) == {"status": "success", "tracked": 2, "invalid": 0}


def test_what_is_wrong_among_many_is_set_aside():
    taken = post(
        {"requests": [*BULK, "?idsite=8&rec=1", "?rec=1", {"idsite": 7, "rec": 1, "url": "https://x.sa/"}]}
    )
    assert msgspec.json.decode(taken.reply.body) == {"status": "success", "tracked": 3, "invalid": 2}
    assert [bad.reason for bad in taken.rejected] == [
        "The request is of several sites.",
        "The request lacks idsite or rec=1.",
    ]


def test_old_moves_need_a_token_and_the_token_is_not_kept():
    old = {"cdt": "2025-06-10 10:00:00", "url": "https://x.sa/"}
    with pytest.raises(BadBody, match="more than a day old"):
        get(**old)
    move = get(**old, token_auth="secret").moves[0]
    assert (move.ts, b"secret" in bytes(move.props)) == (1_749_549_600, False)
    line = "?" + urlencode(old | {"idsite": "7", "rec": "1"})
    assert len(post({"requests": [line], "token_auth": "secret"}).moves) == 1
    assert len(post({"requests": [line]}).rejected) == 1


@pytest.mark.parametrize(
    ("cdt", "before"), [("1749999990", 10), ("2025-06-15 15:06:30", 10), ("later", 0), ("", 0)]
)
def test_clocks(cdt, before):
    assert get(cdt=cdt).moves[0].ts == NOW - before


def test_a_queued_move_tells_how_long_ago_it_was():
    assert get(cdo="90").moves[0].ts == NOW - 90


@pytest.mark.parametrize(
    ("token", "told"), [("t", {AGENT: "Phone", ADDRESS: "1.2.3.4"}), ("", {AGENT: "Phone"})]
)
def test_only_with_a_token_does_a_server_tell_the_address(token, told):
    assert props(get(cip="1.2.3.4", ua="Phone", token_auth=token).moves[0]) == told


def test_a_form_is_a_query_too():
    taken = post(
        b"idsite=7&rec=1&action_name=%D8%A8%D9%86", **{"content-type": "application/x-www-form-urlencoded"}
    )
    assert (taken.key, props(taken.moves[0])) == ("7", {"title": "بن"})


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"rec=1", b"idsite=7", b'{"requests":7}', b"\xff\xfe"])
def test_what_is_refused(body):
    with pytest.raises(BadBody):
        post(body)
