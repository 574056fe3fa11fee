"""The event store: the only package that speaks to ClickHouse, embedded or a cluster."""

from masarat.store.query import Query
from masarat.store.store import AS_THEY_LIE, Row, Store

__all__ = ["AS_THEY_LIE", "Query", "Row", "Store"]
