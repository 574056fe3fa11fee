"""A bucket: a server that speaks S3 (ListObjectsV2, GetObject, Signature Version 4), its files taken in once."""

from __future__ import annotations

import hashlib
import hmac
from datetime import UTC, datetime
from urllib.parse import quote, unquote
from xml.sax.saxutils import escape

import httpx
import pytest

from masarat.collect import connections
from masarat.collect.connectors import files
from masarat.collect.connectors.api import Refused, Unanswered
from masarat.collect.connectors.signing import Signed
from masarat.collect.syncing import sync
from masarat.errors import BadParameter
from tests.support.programs import Said, program

KEY, SECRET, REGION = "AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", "me-south-1"
HEAD = "order_id,date,phone,product_id,quantity,line_total,currency\n"
STANDING = "SELECT order_id, toFloat64(revenue) AS revenue FROM events WHERE name = 'Order Completed' ORDER BY order_id"
ARABIC = "exports/طلبات مارس + 50% (1).csv"


def order(number, total):
    return f"{number},2025-03-{number:02}T10:00:00,05512345{number:02},CUP,1,{total},SAR\n"


def _hmac(key, text):
    return hmac.new(key, text.encode(), hashlib.sha256).digest()


def _signature(call, secret):
    """What the server finds when it signs the request itself, from what it decoded."""
    query = "&".join(f"{quote(name, safe='-_.~')}={quote(value, safe='-_.~')}" for name, value in sorted(call.query.items()))  # fmt: skip
    head, _, given = call.headers["authorization"].partition(" ")
    parts = dict(part.strip().split("=", 1) for part in given.split(","))
    names = parts["SignedHeaders"].split(";")
    lines = [call.method, quote(unquote(call.path), safe="/-_.~"), query]
    lines += [f"{name}:{call.headers[name]}" for name in names]
    wanted = "\n".join([*lines, "", ";".join(names), hashlib.sha256(call.body).hexdigest()])
    _, day, region, service, last = parts["Credential"].split("/")
    key = _hmac(_hmac(_hmac(_hmac(f"AWS4{secret}".encode(), day), region), service), last)
    scope = f"{day}/{region}/{service}/{last}"
    text = "\n".join([head, call.headers["x-amz-date"], scope, hashlib.sha256(wanted.encode()).hexdigest()])
    return parts["Credential"].split("/")[0], _hmac(key, text).hex() == parts["Signature"]


class Bucket:
    """One bucket called `shop`, two objects a page."""

    def __init__(self):
        self.objects, self.at, self.public, self.storage = {}, 0, False, {}

    def put(self, key, body):
        self.at += 1
        self.objects[key] = (body if isinstance(body, bytes) else body.encode(), self.at)

    def __call__(self, call):
        if not self.public and _signature(call, SECRET) != (KEY, True):
            return Said(b"<Error><Code>SignatureDoesNotMatch</Code></Error>", 403)
        bucket, _, key = unquote(call.path).removeprefix("/").partition("/")
        if bucket != "shop":
            return Said(b"<Error><Code>NoSuchBucket</Code></Error>", 404)
        return self._object(key) if key else self._list(call.query)

    def _object(self, key):
        if key not in self.objects:
            return Said(b"<Error><Code>NoSuchKey</Code></Error>", 404)
        return Said(self.objects[key][0], 200, {"content-type": "text/csv"})

    def _list(self, query):
        keys = sorted(key for key in self.objects if key.startswith(query.get("prefix", "")))
        first = int(query.get("continuation-token", "t0")[1:])
        page, more = keys[first : first + 2], first + 2 < len(keys)
        written = "".join(map(self._entry, page))
        token = f"<NextContinuationToken>t{first + 2}</NextContinuationToken>" if more else ""
        return Said(
            f"<?xml version='1.0'?><ListBucketResult xmlns='http://s3.amazonaws.com/doc/2006-03-01/'><EncodingType>url</EncodingType>"
            f"<IsTruncated>{str(more).lower()}</IsTruncated>{token}{written}</ListBucketResult>".encode(),
            headers={"content-type": "application/xml"},
        )

    def _entry(self, key):
        body, at = self.objects[key]
        tag = f'"{hashlib.md5(body).hexdigest()}"'
        return (
            f"<Contents><Key>{escape(quote(key, safe='/'))}</Key><LastModified>2025-04-01T00:{at:02}:00.000Z</LastModified>"
            f"<ETag>{escape(tag)}</ETag><Size>{len(body)}</Size><StorageClass>{self.storage.get(key, 'STANDARD')}</StorageClass></Contents>"
        )


@pytest.fixture
def bucket():
    return Bucket()


@pytest.fixture
def served(bucket):
    with program(bucket) as running:
        yield running


def given(served, path="s3://shop/exports/", **more):
    return {"path": path, "endpoint": served.url, "region": REGION, "key": KEY, "secret": SECRET, **more}


def standing(store):
    return [(row["order_id"], row["revenue"]) for row in store.select(STANDING)]


@pytest.mark.parametrize(
    ("query", "signature"),
    [
        ("?max-keys=2&prefix=J", "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7"),
        ("?lifecycle", "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543"),
    ],
)
def test_signatures_are_those_that_amazon_publishes(query, signature):
    request = httpx.Request("GET", f"https://examplebucket.s3.amazonaws.com/{query}")
    Signed(KEY, SECRET, "us-east-1").sign(request, datetime(2013, 5, 24, tzinfo=UTC))
    assert request.headers["authorization"].endswith(f"Signature={signature}")


def test_every_file_under_the_path_comes_in_once(served, bucket, ask, store, records):
    bucket.put("exports/1.csv", HEAD + order(1, 10))
    bucket.put("exports/branch/1.csv", HEAD + order(2, 20))
    bucket.put(ARABIC, HEAD + order(3, 30))
    bucket.put("exports/", b"")
    bucket.put("exports/.hidden.csv", HEAD + order(8, 80))
    bucket.put("other/1.csv", HEAD + order(9, 90))
    run = ask("bucket", **given(served))
    assert (run.error, run.rows, run.added, run.notes) == ("", 3, 3, [])
    assert standing(store) == [("1", 10.0), ("2", 20.0), ("3", 30.0)]
    assert [call.path for call in served.calls].count("/shop") == 3, "five objects, two a page"
    served.calls.clear()
    bucket.put("exports/new.csv", HEAD + order(1, 11))
    run = ask("bucket")
    assert (run.rows, run.added, run.restated, standing(store)[0]) == (1, 0, 1, ("1", 11.0))
    assert [call.path for call in served.calls if call.path != "/shop"] == ["/shop/exports/new.csv"]
    kept = connections.find(records, "bucket")
    assert SECRET not in str(kept.given) + kept.sealed
    assert KEY not in str(kept.given) + kept.sealed


def test_cut_off_at_any_request_it_ends_the_same(served, bucket, engine, records, monkeypatch):
    monkeypatch.setattr(files, "FILES_AT_ONCE", 1)
    bucket.put("exports/.hidden", b"-")
    for number in (1, 2):
        bucket.put(f"exports/{number}.csv", HEAD + order(number, 10 * number) + order(9, number))
    wanted = [("1", 10.0), ("2", 20.0), ("9", 2.0)]
    for cut in range(4):  # two pages of the list, two files
        connections.connect(records, f"bucket {cut}", "bucket", given(served))
        store = engine.store()
        served.first = _Broken(cut)
        with pytest.raises(Unanswered):
            sync(store, records, f"bucket {cut}", list)
        served.first = []
        assert sync(store, records, f"bucket {cut}", list).rows == 2 * (2 - max(0, cut - 2)), cut
        assert standing(store) == wanted, cut


class _Broken(list):
    """The request of this number is answered with an error."""

    def __init__(self, number):
        super().__init__()
        self.number, self.seen = number, iter(range(1000))

    def __bool__(self):
        return next(self.seen) == self.number

    def pop(self, _=0):
        return Said(b"<Error/>", 400)


def test_a_busy_server_is_waited_for_and_the_request_signed_anew(served, bucket, ask, waits, store):
    bucket.put("exports/1.csv", HEAD + order(1, 10))
    served.first = [Said(b"<Error><Code>SlowDown</Code></Error>", 503, {"retry-after": "2"})]
    assert (ask("bucket", **given(served)).rows, waits) == (1, [2.0])


@pytest.mark.parametrize("wrong", [{"secret": "wrong"}, {"key": "AKIAWRONG"}])
def test_a_wrong_key_is_said_and_kept_secret(served, ask, records, wrong):
    with pytest.raises(Refused, match="refuses the key"):
        ask("bucket", **given(served, **wrong))
    assert SECRET not in connections.runs(records, "bucket")[0].error


def test_a_public_bucket_needs_no_key(served, bucket, ask):
    bucket.public = True
    bucket.put("exports/1.csv", HEAD + order(1, 10))
    assert ask("bucket", **given(served, key="", secret="")).rows == 1
    assert not any("authorization" in call.headers for call in served.calls)
    with pytest.raises(BadParameter, match="go together"):
        ask("bucket", **given(served, secret=""))


def test_what_cannot_be_taken_is_told(served, bucket, ask, store, monkeypatch):
    bucket.put("exports/large.csv", HEAD + order(1, 10) * 100)
    bucket.put("exports/../../other/1.csv", HEAD + order(2, 20))
    bucket.put("exports/cold.csv", HEAD + order(3, 30))
    bucket.put("exports/page.csv", b"<html>no</html>")
    bucket.storage["exports/cold.csv"] = "GLACIER"
    monkeypatch.setattr(store.settings, "upload", 1000)
    run = ask("bucket", **given(served))
    assert (run.rows, standing(store)) == (0, [])
    assert sorted(note.split(" ")[0] for note in run.notes) == [
        "../../other/1.csv",
        "cold.csv",
        "large.csv",
        "page.csv",
    ]
    assert not any(".." in call.path or "other" in call.path for call in served.calls)


def test_a_file_that_is_not_whole_waits(served, bucket, ask, store):
    bucket.put("exports/1.csv", HEAD + order(1, 10))
    served.first = _Short()
    run = ask("bucket", **given(served))
    assert (run.rows, run.notes) == (0, ["exports/1.csv waits: it is not as large as the list says."])
    served.first = []
    assert ask("bucket").rows == 1


class _Short(_Broken):
    def __init__(self):
        super().__init__(1)

    def pop(self, _=0):
        return Said(HEAD.encode(), 200)


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"path": "shop/exports"}, "no path in a bucket"),
        ({"path": "s3://Shop_1/x"}, "no path in a bucket"),
        ({"endpoint": "file:///etc"}, "no address"),
        ({"path": "s3://elsewhere/x"}, "no bucket 'elsewhere'"),
    ],
)
def test_what_was_given_wrong_is_told(served, ask, more, said):
    with pytest.raises((BadParameter, Unanswered), match=said):
        ask("bucket", **given(served, **more))


@pytest.mark.parametrize(
    "body", [b"<html></html>", b"nothing", b"<!DOCTYPE x [<!ENTITY a 'b'>]><ListBucketResult/>"]
)
def test_what_is_no_list_is_told(served, ask, body):
    served.first = [Said(body)]
    with pytest.raises(Unanswered, match="no list of files"):
        ask("bucket", **given(served))


def test_redirects_are_not_followed(served, ask):
    served.first = [Said(b"", 307, {"location": "http://169.254.169.254/latest"})]
    with pytest.raises(Unanswered, match="307"):
        ask("bucket", **given(served))
    assert len(served.calls) == 1
