"""Any database: what a query of your own reads from PostgreSQL, MySQL or SQLite, its columns understood as those of any table.

The query only reads, and the session is made read-only, so that it stays so whatever it calls. `{since}` in it stands for the moment at
which the last sync began, less a day for clocks and zones that differ; at first for 1970. Rows that share the value of the first column
(an order's lines, where its number comes first and the query is ordered by it) are taken in together; of a query that is ordered by its
first column, a sync that was cut off goes on behind the last value it took, of any other it begins again.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from importlib.util import find_spec
from itertools import chain, dropwhile, groupby, islice
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, create_engine, exc, text
from sqlalchemy.engine import URL, make_url

from masarat.collect.connectors.api import Refused, Unanswered
from masarat.collect.connectors.base import Ask, Asked, Connector, Page
from masarat.errors import BadParameter

A_BATCH = 20_000
MOST_ALIKE = 1_000_000  # rows that are held in memory together
OVERLAP = timedelta(days=1)
FIRST = datetime(1970, 1, 1, tzinfo=UTC)
MYSQL_DRIVERS = ("pymysql", "MySQLdb", "mysql.connector")
# Texts, quoted names and comments: what stands in them is no command.
QUOTED = re.compile(r"'(?:[^']|'')*'|\"[^\"]*\"|`[^`]*`|\$(\w*)\$.*?\$\1\$|--[^\n]*|/\*.*?\*/", re.DOTALL)
READ_ONLY = {
    "postgresql": (
        "SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY",
        "SET TIME ZONE 'UTC'",
    ),
    "mysql": (
        "SET SESSION TRANSACTION READ ONLY",
        "SET SESSION time_zone = '+00:00'",
        "SET SESSION net_write_timeout = 3600",  # seconds that it waits while we put a page into the store
    ),
    "sqlite": ("PRAGMA query_only = ON",),
}
WRONG_KEY = re.compile(r"password|authentication|access denied|permission", re.IGNORECASE)


def _pages(asked: Asked) -> Iterator[Page]:
    url, query = _address(asked.given["address"]), _checked(asked.given["query"])
    cursor = dict(asked.cursor)
    begun = cursor.get("begun") or asked.now.isoformat()
    since = _since(cursor.get("since", ""), url)
    ordered = "order by" in QUOTED.sub(" ", query).lower()
    going = {"since": cursor.get("since", ""), "begun": begun}
    with _opened(url) as connection:
        for rows, place in _batches(connection, query, since, cursor.get("place")):
            behind = {"place": place} if ordered and place is not None else {}
            yield Page({**going, **behind}, asked.given.get("kind", ""), rows, guessed=True)
    yield Page({"since": begun})


def _checked(query: str) -> str:
    """The query, if it is one that reads."""
    query = query.strip().rstrip(";").rstrip()
    bare = QUOTED.sub(" ", query).strip()
    if not re.match(r"\(*\s*(select|with)\b", bare, re.IGNORECASE) or ";" in bare:
        raise BadParameter("Only one query that reads is run.", "Begin it with SELECT or WITH.")
    return query


def _since(since: str, url: URL) -> datetime | str:
    """As databases compare it: PostgreSQL with its zone, SQLite as text, in UTC everywhere."""
    moment = datetime.fromisoformat(since).astimezone(UTC) - OVERLAP if since else FIRST
    if url.get_backend_name() == "postgresql":
        return moment
    bare = moment.replace(tzinfo=None, microsecond=0)
    return str(bare) if url.get_backend_name() == "sqlite" else bare


def _address(address: str) -> URL:
    """The address with the driver that is there."""
    if "://" not in address:
        address = f"sqlite:///{address}"
    try:
        address = re.sub(r"^(postgres|postgresql)://", "postgresql+psycopg://", address)
        url = make_url(re.sub(r"^mariadb\b", "mysql", address))
    except exc.ArgumentError:
        raise BadParameter(
            "That is no address of a database.", "Write it like postgresql://user:password@host/name."
        ) from None
    kind = url.get_backend_name()
    if kind not in READ_ONLY:
        raise BadParameter(
            f"{kind} is no database we can ask.", "Give the address of PostgreSQL, MySQL or SQLite."
        )
    needed = {"postgresql": ("psycopg",), "mysql": MYSQL_DRIVERS, "sqlite": ("sqlite3",)}[kind]
    driver = next((one for one in needed if find_spec(one.partition(".")[0])), "")
    if not driver:
        raise BadParameter(
            f"There is no driver for {kind} here.", f"Install one beside Masarat: pip install {needed[0]}."
        )
    short = {"mysql.connector": "mysqlconnector", "MySQLdb": "mysqldb", "sqlite3": "pysqlite"}
    return url.set(drivername=f"{kind}+{short.get(driver, driver)}")


@contextmanager
def _opened(url: URL) -> Iterator[Connection]:
    """A session that cannot write; errors in words, without the address and its password."""
    if url.get_backend_name() == "sqlite":
        path = Path(url.database or "")
        if not path.is_file():
            raise BadParameter(f"There is no database {path}.", "Check the path of the file.")
        url = url.set(database=path.absolute().as_uri(), query={"mode": "ro", "uri": "true"})
    engine = create_engine(url)
    try:
        with engine.connect() as connection:
            for command in READ_ONLY[url.get_backend_name()]:
                connection.exec_driver_sql(command)
            connection.commit()
            yield connection
    except exc.SQLAlchemyError as error:
        said = str(getattr(error, "orig", None) or error).strip().partition("\n")[0]
        if isinstance(url.password, str) and url.password:
            said = said.replace(url.password, "…")
        if isinstance(error, exc.OperationalError) and WRONG_KEY.search(said):
            raise Refused(f"The database refuses us: {said}", "Check the user and its password.") from None
        raise Unanswered(
            f"The database answers: {said}", "Check the address and the query; nothing is lost."
        ) from None
    finally:
        engine.dispose()


def _batches(
    connection: Connection, query: str, since: datetime | str, place: Any
) -> Iterator[tuple[list[dict[str, str]], Any]]:
    """Rows as texts, and behind which value of the first column they end; None where its values were not in order."""
    header, rows = _rows(connection, query, since)
    if place is not None:
        rows = dropwhile(lambda row: _text(row[0]) != place, rows)
        if next(rows, None) is None:  # nothing is called so any more: all of it again
            header, rows = _rows(connection, query, since)
        else:
            rows = dropwhile(lambda row: _text(row[0]) == place, rows)
    batch: list[dict[str, str]] = []
    last, rising = place, True
    for first, together in groupby(rows, key=lambda row: _text(row[0])):
        if len(batch) >= A_BATCH:
            yield batch, last if rising else None
            batch = []
        rising = rising and (last is None or _key(last) < _key(first))
        last = first
        alike = list(islice(together, MOST_ALIKE + 1))
        if len(alike) > MOST_ALIKE:
            raise BadParameter(
                f"More than {MOST_ALIKE:,} rows have the same {header[0]}, and would be taken in together.",
                "Name first, in the query, what tells rows apart: the number of an order.",
            )
        batch += [dict(zip(header, map(_text, row), strict=True)) for row in alike]
    if batch:
        yield batch, last if rising else None


def _rows(
    connection: Connection, query: str, since: datetime | str
) -> tuple[list[str], Iterator[Sequence[Any]]]:
    """What the query reads, a part at a time, and what its columns are called."""
    written = query.replace(":", r"\:")  # a colon of the query's own is no value of ours
    bound = {"since": since} if "{since}" in query else {}
    result = connection.execution_options(stream_results=True, max_row_buffer=A_BATCH).execute(
        text(written.replace("{since}", ":since")), bound
    )
    header = [name or f"column {number}" for number, name in enumerate(result.keys(), 1)]
    return header, chain.from_iterable(result.partitions(1000))


def _key(value: str) -> tuple[int, float, str]:
    """Numbers by their size, before all else by its letters."""
    try:
        return (0, float(value), "")
    except ValueError:
        return (1, 0.0, value)


def _text(value: Any) -> str:
    match value:
        case None:
            return ""
        case str() if value.startswith("0000-00-00"):  # how MySQL writes a day that is none
            return ""
        case datetime() | date() | time():
            return value.isoformat()
        case bytes() | memoryview():
            return bytes(value).hex()
        case dict() | list():
            return json.dumps(value, ensure_ascii=False, default=str)
        case _:
            return str(value)


DATABASE = Connector(
    "database",
    "Any database",
    "أي قاعدة بيانات",
    "The address is like postgresql://user:password@host/name, mysql://user:password@host/name or sqlite:////path/to/file; give us a user "
    "that may only read. The query begins with SELECT; write {since} where only rows changed since the last sync are wanted.",
    (
        Ask("address", "Address of the database", "عنوان قاعدة البيانات", secret=True),
        Ask("query", "Query", "الاستعلام"),
        Ask("kind", "What a row is about (orders, contacts, …)", "موضوع الصفوف", optional=True),
    ),
    _pages,
    arabic_about="العنوان مثل ‎postgresql://user:password@host/name‎ أو ‎mysql://user:password@host/name‎ أو ‎sqlite:////path/to/file‎؛ وأعطنا مستخدمًا لا يملك إلا القراءة. يبدأ الاستعلام بـ SELECT، واكتب {since} حيث تريد ما تغيّر منذ آخر مرة فقط.",
    here=True,
)
