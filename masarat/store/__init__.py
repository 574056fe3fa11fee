"""The event store: the only package that speaks to ClickHouse, embedded or a cluster."""

from masarat.store.query import Query
from masarat.store.store import Row, Store

__all__ = ["Query", "Row", "Store"]
