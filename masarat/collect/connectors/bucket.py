"""A bucket that speaks S3 (Amazon, MinIO, Cloudflare R2, …): every file under a path in it is taken in as `masarat import` takes it.

The bucket is listed page by page; what is new or was written anew, by its ETag, is fetched, the oldest first. Source:
https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html. The key needs no more than `s3:ListBucket` and `s3:GetObject`. Redirects
are not followed: what is signed goes to the address that was given, and nowhere else.
"""

from __future__ import annotations

import io
import re
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from urllib.parse import quote, unquote_plus, urlsplit
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from masarat.collect.connectors.api import Api, Unanswered
from masarat.collect.connectors.base import Ask, Asked, Connector, Page
from masarat.collect.connectors.files import (
    DATES,
    MOST,
    Fetched,
    Lying,
    digest,
    is_hidden,
    is_text,
    new_files,
)
from masarat.collect.connectors.signing import Signed
from masarat.errors import BadParameter
from masarat.settings import Settings

PLACE = re.compile(r"s3://(?P<bucket>[a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(/(?P<prefix>.*))?")
AMAZON = "https://s3.{region}.amazonaws.com"
ARCHIVED = frozenset({"GLACIER", "DEEP_ARCHIVE"})  # hours away
LONGEST_NAME = 100  # of a file on this disk, by which people know it


def _pages(asked: Asked) -> Iterator[Page]:
    name, prefix = _place(asked.given["path"])
    api = asked.open(_address(asked.given), headers={"Accept-Encoding": "identity"}, auth=_auth(asked.given))
    bucket = _Bucket(api, name, prefix, asked.settings)
    lying = list(bucket.lying())
    return new_files(asked, lying, bucket.notes, bucket.fetch)


def _place(path: str) -> tuple[str, str]:
    found = PLACE.fullmatch(path.strip())
    if not found:
        raise BadParameter(f"{path!r} is no path in a bucket.", "Write it like s3://bucket/exports/.")
    return found["bucket"], found["prefix"] or ""


def _address(given: Mapping[str, str]) -> str:
    address = given.get("endpoint") or AMAZON.format(region=given["region"])
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query:
        raise BadParameter(f"{address!r} is no address.", "Write the endpoint like https://s3.example.com.")
    return address


def _auth(given: Mapping[str, str]) -> Signed | None:
    """None for a bucket that anybody may read."""
    if bool(given.get("key")) != bool(given.get("secret")):
        raise BadParameter("A key and its secret go together.", "Give both, or neither for a public bucket.")
    return Signed(given["key"], given["secret"], given["region"]) if given.get("key") else None


@dataclass(slots=True)
class _Bucket:
    """What lies under a prefix of a bucket, and the way to it."""

    api: Api
    name: str
    prefix: str
    settings: Settings
    notes: list[str] = field(default_factory=list)  # what cannot be taken, and why

    def lying(self) -> Iterator[Lying]:
        token, seen = "", 0
        while True:
            root = self._list(token)
            decode = unquote_plus if root.findtext("{*}EncodingType") == "url" else str
            for one in root.iterfind("{*}Contents"):
                found = {child.tag.rpartition("}")[2]: child.text or "" for child in one}
                key = decode(found.get("Key", ""))
                if self._can_be_taken(key, found):
                    yield _file(key, found)
                seen += 1
            following = root.findtext("{*}NextContinuationToken") or ""
            if root.findtext("{*}IsTruncated") != "true" or not following:
                return
            if following == token:
                raise Unanswered("The same page comes again and again.", "Ask whoever runs the bucket.")
            if seen > MOST:
                raise BadParameter(
                    f"More than {MOST:,} files lie there.", "Give a path with fewer, or move the old ones."
                )
            token = following

    def _list(self, token: str) -> Element:
        query = {"continuation-token": token, "encoding-type": "url", "list-type": "2", "prefix": self.prefix}
        written = "&".join(f"{name}={_encoded(value)}" for name, value in query.items() if value)
        said = io.BytesIO()
        if not self.api.load(f"/{self.name}?{written}", said):
            raise Unanswered(
                f"There is no bucket {self.name!r}.", "Check its name, the endpoint and the region."
            )
        return _parsed(said.getvalue())

    def _can_be_taken(self, key: str, found: Mapping[str, str]) -> bool:
        if key.endswith("/") or is_hidden(key.rpartition("/")[2]):
            return False
        why = ""
        if {".", ".."} & set(key.split("/")) or not is_text(key):
            why = "has a name that cannot be asked for: rename it"
        elif found.get("Size", "").isdecimal() and int(found["Size"]) > self.settings.upload:
            why = f"is larger than {self.settings.upload:,} bytes (MASARAT_UPLOAD)"
        elif found.get("StorageClass") in ARCHIVED:
            why = "is archived: restore it there first"
        if why:
            self.notes.append(f"{key.removeprefix(self.prefix).lstrip('/') or key} {why}.")
        return not why

    def fetch(self, each: Lying, directory: Path) -> Fetched | str:
        directory.mkdir()
        if shutil.disk_usage(directory).free - each.size < self.settings.reserve:
            raise Unanswered(
                f"There is no room here for {each.name}.", "Free some, and sync again: it goes on from here."
            )
        path = directory / each.name.rpartition("/")[2][-LONGEST_NAME:]
        with path.open("wb") as file:
            if not self.api.load(f"/{self.name}/{_encoded(each.name, '/')}", file, most=self.settings.upload):
                return "it was taken away meanwhile"
            if file.tell() != each.size:
                return "it is not as large as the list says"
        return Fetched(path, digest(path))


def _file(key: str, found: Mapping[str, str]) -> Lying:
    try:
        size, changed = int(found["Size"]), datetime.fromisoformat(found["LastModified"]).timestamp()
    except (KeyError, ValueError):
        raise Unanswered(
            f"The bucket tells no size or time of {key}.", "Check the endpoint: does it speak S3?"
        ) from None
    return Lying(key, size, changed, f"{found.get('ETag', '').strip(chr(34))}-{size}")


def _parsed(content: bytes) -> Element:
    try:
        root = None if b"<!DOCTYPE" in content else ElementTree.fromstring(content)
    except ElementTree.ParseError:
        root = None
    if root is None or root.tag.rpartition("}")[2] != "ListBucketResult":
        raise Unanswered("The bucket answers with no list of files.", "Check the endpoint: does it speak S3?")
    return root


def _encoded(text: str, safe: str = "") -> str:
    return quote(text, safe=safe + "-_.~")


BUCKET = Connector(
    "bucket",
    "A bucket (S3)",
    "حاوية ملفات (S3)",
    "The path is like s3://bucket/exports/; the endpoint and region are those of whoever keeps the bucket (empty: Amazon); the key needs to "
    "list and to read, no more. Every file that is put there is taken in by itself.",
    (
        Ask("path", "Path, like s3://bucket/exports/", "المسار"),
        Ask("endpoint", "Address of the service, where it is not Amazon", "عنوان الخدمة", optional=True),
        Ask("region", "Region", "المنطقة", default="us-east-1"),
        Ask("key", "Access key", "مفتاح الدخول", secret=True, optional=True),
        Ask("secret", "Secret of the key", "سر المفتاح", secret=True, optional=True),
        DATES,
    ),
    _pages,
    arabic_about="المسار مثل ‎s3://bucket/exports/‎، وعنوان الخدمة والمنطقة عند صاحب الحاوية (فارغ: أمازون)؛ ويكفي المفتاح أن يسرد ويقرأ. وكل ملف يوضع فيها يُدخل وحده.",
)
