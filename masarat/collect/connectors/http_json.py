"""Any HTTP API that answers in JSON, described in a few lines of YAML (or JSON): where it is, how one is let in, where the rows are, how pages go on.

    address: https://api.example.com/v1/orders
    headers: {Authorization: "Bearer {token}"}
    params: {updated_after: "{since}"}
    rows: data
    pages: {by: page, param: page, size_param: per_page, size: 100}
    kind: orders
    lines: items
    fields:
      order_id: id
      ts: created_at
      phone: customer.phone
      product_id: items.sku
      line_total: items.total

`{token}` is a secret of that name. `{since}` is ten minutes before the last sync began (`{since_date}` its day, `{since_unix}` its seconds since 1970); a
parameter with it is left out the first time. A path is names with dots between them. With `lines` every entry of that list is a row.
Without `fields` all that a row has is taken, and its columns are understood as any table's.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, Literal
from urllib.parse import parse_qs, urljoin, urlsplit

from pydantic import BaseModel, ConfigDict, ValidationError

from masarat.collect.connectors.api import Api, Unanswered
from masarat.collect.connectors.base import Ask, Asked, Batch, Connector, Page, Stage, staged
from masarat.collect.connectors.plain_yaml import read_yaml
from masarat.collect.fields import FIELD_NAMES
from masarat.collect.kinds import kind_of
from masarat.errors import BadParameter, UnknownName

OVERLAP = timedelta(minutes=10)  # its clock may be behind ours
BRACED = re.compile(r"\{(\w+)\}")


class Paging(BaseModel):
    """How pages go on: by number, by how many rows went before, by a link in the answer, or by a cursor that it names."""

    model_config = ConfigDict(extra="forbid")
    by: Literal["page", "offset", "next", "cursor"]
    param: str = ""  # in which the number, the offset or the cursor is sent
    first: int = 1  # number of the first page
    size_param: str = ""
    size: int = 0  # rows of a page; a page with fewer is the last
    at: str = ""  # path of the next link or cursor in the answer
    more: str = ""  # path of what says whether there are more, where something does


class Description(BaseModel):
    """An API as its user describes it."""

    model_config = ConfigDict(extra="forbid")
    address: str
    method: Literal["GET", "POST"] = "GET"
    headers: dict[str, str] = {}
    params: dict[str, str | int] = {}
    body: dict[str, Any] | None = None
    rows: str = ""  # path of the list; empty: the answer is one
    pages: Paging | None = None
    kind: str = ""
    lines: str = ""  # path, within a row, of the list of its lines
    fields: dict[str, str] = {}  # our field, or further property, → path in a row
    nothing_is_404: bool = False

    def check(self) -> None:
        """Raises what is wrong with it beyond its shape."""
        if urlsplit(self.address).scheme not in ("http", "https"):
            raise BadParameter(f"{self.address!r} is no address.", "Begin it with https://.")
        if self.kind:
            kind_of(self.kind)
        if self.fields and not self.kind:
            raise BadParameter(
                "The description names fields and no kind.", 'Add "kind": "orders", or another.'
            )
        if self.kind and (strange := [name for name in self.fields if name in FIELD_NAMES and name not in kind_of(self.kind).fields]):  # fmt: skip
            raise UnknownName(f"field of {self.kind}", strange[0], list(kind_of(self.kind).fields))
        pages = self.pages
        if pages and not (pages.at if pages.by == "next" else pages.param):
            wanted = "at" if pages.by == "next" else "param"
            raise BadParameter(f"Pages by {pages.by} need {wanted!r}.", "Say it in the description.")
        if pages and pages.by == "cursor" and not pages.at:
            raise BadParameter("Pages by cursor need 'at'.", "Say where the answer names the next cursor.")


def _pages(asked: Asked) -> Iterator[Page]:
    about, secrets = _described(asked.given["description"]), _secrets(asked.given.get("secrets", ""))
    headers = {name: _filled(value, secrets) for name, value in about.headers.items()}
    api = asked.open("", headers={"Accept": "application/json", **headers})
    one = _Source(about, api, secrets)
    return staged(asked, [Stage("rows", about.kind, one.fetch, guessed=not about.fields)])


def _described(text: str) -> Description:
    try:
        about = Description.model_validate(_read(text))
    except ValueError as error:
        first = error.errors()[0] if isinstance(error, ValidationError) else None
        said = f"{'.'.join(map(str, first['loc']))}: {first['msg']}" if first else str(error)
        raise BadParameter(
            f"The description of the API cannot be read: {said}.", "masarat connect shows how it is written."
        ) from None
    about.check()
    return about


def _read(text: str) -> Mapping[str, Any]:
    """What stands there, in JSON or YAML."""
    try:
        found = json.loads(text) if text.lstrip().startswith("{") else read_yaml(text)
    except (json.JSONDecodeError, RecursionError):
        found = read_yaml(text)  # it may begin with a brace too, and says what is wrong
    if not isinstance(found, dict):
        raise ValueError("it names no address")
    return found


def _secrets(text: str) -> dict[str, str]:
    """`name=value`, one a line."""
    pairs = (line.partition("=") for line in text.splitlines() if line.strip())
    return {name.strip(): value.strip() for name, _, value in pairs}


def _filled(text: str, values: Mapping[str, str]) -> str:
    """The text with `{name}` replaced by what is called so."""

    def value(found: re.Match[str]) -> str:
        if found[1] not in values:
            raise UnknownName("secret", found[1], list(values))
        return values[found[1]]

    return BRACED.sub(value, text)


class _Source:
    """One list of one API."""

    def __init__(self, about: Description, api: Api, secrets: Mapping[str, str]) -> None:
        self.about, self.api, self.secrets = about, api, secrets

    def fetch(self, place: Any, since: str) -> Batch:
        place = place or {}
        said = self._ask(place, since)
        items = [] if said is None else at(said, self.about.rows)
        if not isinstance(items, list):
            raise Unanswered(
                f"The answer has no list at {self.about.rows or 'its top'!r}.", 'Say where it is with "rows".'
            )
        rows = [row for item in items for row in self._rows(item)]
        return Batch(self._following(place, said, items), rows)

    def _ask(self, place: Mapping[str, Any], since: str) -> Any:
        about, pages = self.about, self.about.pages
        values = {**self.secrets, **_since(since)}
        params: dict[str, Any] = {
            name: _filled(str(value), values)
            for name, value in about.params.items()
            if since or not any(named.startswith("since") for named in BRACED.findall(str(value)))
        }
        address = _filled(about.address, values)
        if pages and "link" in place:
            address, params = place["link"], parse_qs(urlsplit(place["link"]).query, keep_blank_values=True)
        elif pages:
            params |= self._paged(pages, place)
        options: dict[str, Any] = {"params": params} | (
            {"json": about.body} if about.body is not None else {}
        )
        return self.api.ask(about.method, address, none_is_404=about.nothing_is_404, **options)[0]

    @staticmethod
    def _paged(pages: Paging, place: Mapping[str, Any]) -> dict[str, str]:
        sent: dict[str, Any] = {pages.size_param: pages.size} if pages.size_param and pages.size else {}
        match pages.by:
            case "page":
                sent[pages.param] = place.get("page", pages.first)
            case "offset":
                sent[pages.param] = place.get("offset", 0)
            case "cursor" if "cursor" in place:
                sent[pages.param] = place["cursor"]
        return {name: str(value) for name, value in sent.items()}

    def _following(self, place: Mapping[str, Any], said: Any, items: list[Any]) -> dict[str, Any] | None:
        """The next place; None where the list is over."""
        pages = self.about.pages
        if not pages or said is None or (pages.more and not at(said, pages.more)):
            return None
        if pages.by in ("page", "offset"):
            if not items or (len(items) < pages.size and not pages.more):
                return None
            if pages.by == "page":
                return {"page": place.get("page", pages.first) + 1}
            return {"offset": place.get("offset", 0) + len(items)}
        told = at(said, pages.at)
        if not told:
            return None
        return {"cursor": told} if pages.by == "cursor" else {"link": self._same_house(str(told))}

    def _same_house(self, link: str) -> str:
        """A link that leads elsewhere is not followed: our keys would go there."""
        whole = urljoin(self.about.address, link)
        if urlsplit(whole)[:2] != urlsplit(self.about.address)[:2]:
            raise Unanswered(f"The next page is elsewhere: {urlsplit(whole).netloc}.", "It is not asked.")
        return whole

    def _rows(self, item: Any) -> Iterator[dict[str, str]]:
        lines = at(item, self.about.lines) if self.about.lines else None
        for line in lines if isinstance(lines, list) and lines else [None]:
            row = item if line is None else _with(item, self.about.lines.split("."), line)
            if self.about.fields:
                yield {name: as_text(at(row, path)) for name, path in self.about.fields.items()}
            else:
                yield dict(_flat(row, ""))


def _since(since: str) -> dict[str, str]:
    if not since:
        return {}
    moment = datetime.fromisoformat(since).astimezone(UTC).replace(microsecond=0) - OVERLAP
    return {
        "since": moment.isoformat().replace("+00:00", "Z"),
        "since_date": f"{moment:%Y-%m-%d}",
        "since_unix": str(int(moment.timestamp())),
    }


def at(value: Any, path: str) -> Any:
    """What lies at a path of names with dots between them; an entry of a list by its number. None where nothing does."""
    for name in path.split(".") if path else []:
        if isinstance(value, Mapping):
            value = value.get(name)
        elif isinstance(value, list) and name.isdigit() and int(name) < len(value):
            value = value[int(name)]
        else:
            return None
    return value


def _with(item: Any, path: list[str], line: Any) -> Any:
    """The same row with one line in place of the list of its lines."""
    if not path:
        return line
    return {**item, path[0]: _with(item[path[0]], path[1:], line)}


def _flat(value: Any, name: str) -> Iterator[tuple[str, str]]:
    """Objects within objects as columns, like `customer.phone`."""
    if isinstance(value, Mapping) and (value or name):
        for inner, one in value.items():
            yield from _flat(one, f"{name}.{inner}" if name else str(inner))
    else:
        yield name or "value", as_text(value)


def as_text(value: Any) -> str:
    if value is None:
        return ""
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list | bool) else str(value)


HTTP_JSON = Connector(
    "http_json",
    "Any JSON API",
    "أي واجهة JSON",
    'Describe the API in YAML (or JSON), from a file with --set description="$(cat orders.yaml)", with lines like `address: https://…`, '
    '`headers: {Authorization: "Bearer {token}"}`, `rows: data`, `pages: {by: page, param: page, size: 100}`, `kind: orders`, '
    "`fields: {order_id: id, …}`. Secrets are given as name=value, one a line.",
    (
        Ask("description", "Description of the API", "وصف الواجهة"),
        Ask("secrets", "Secrets, as name=value", "الأسرار: اسم=قيمة", secret=True, optional=True),
    ),
    _pages,
    arabic_about="صف الواجهة بصيغة YAML أو JSON: عنوانها address، وترويساتها headers، وموضع الصفوف rows، وصفحاتها pages، وموضوع الصف kind، وأي حقل من أي خانة fields. وتُكتب الأسرار اسم=قيمة، كل سر في سطر، ويُشار إليها في الوصف هكذا: {token}.",
)
