"""What was deleted from the records, gone from the disk too: databases keep deleted bytes until somebody overwrites them."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, and_, column, func, select, table, text

from masarat.records import Records

ROLES = table("pg_roles", column("oid"), column("rolname"), column("rolsuper"))
DATABASES = table("pg_database", column("datname"), column("datdba"))
SLOTS = table("pg_replication_slots", column("slot_name"))
REPLICAS = table("pg_stat_replication", column("pid"))


def compact(records: Records, tables: Iterable[str]) -> None:
    """Write the database anew without what was deleted: SQLite as a whole, PostgreSQL the tables named."""
    with records.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        if records.engine.dialect.name == "sqlite":
            connection.execute(text("PRAGMA secure_delete = ON"))
            connection.execute(text("VACUUM"))
            connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
            return
        for name in sorted(set(tables)):
            connection.execute(text(f"VACUUM (FULL, ANALYZE) {name}"))
        connection.execute(text("VACUUM (FULL) pg_statistic"))  # which had samples of their values
        if _may_overwrite(connection):
            _overwrite_log(connection)


def keeps_log(records: Records) -> bool:
    """Whether what was deleted stays in the database's write-ahead log for a time, because it is not ours to write it over."""
    if records.engine.dialect.name == "sqlite":
        return False
    with records.engine.connect() as connection:
        return not _may_overwrite(connection)


def _may_overwrite(connection: Connection) -> bool:
    """Whether we may, and it is kept nowhere else on purpose: in an archive, or for a replica."""
    is_super = (ROLES.c.rolname == func.current_user()) & ROLES.c.rolsuper
    may_check = (ROLES.c.rolname == "pg_checkpoint") & func.pg_has_role(ROLES.c.oid, "USAGE")
    is_ours = (DATABASES.c.datname == func.current_database()) & func.pg_has_role(DATABASES.c.datdba, "USAGE")
    conditions = (
        select(DATABASES.c.datname).where(is_ours).exists(),  # or its statistics are not ours to write anew
        func.has_function_privilege("pg_switch_wal()", "EXECUTE"),
        func.has_function_privilege("pg_ls_waldir()", "EXECUTE"),
        select(ROLES.c.oid).where(is_super | may_check).exists(),
        func.current_setting("archive_mode") == "off",
        func.coalesce(func.current_setting("wal_keep_size", True), "0") == "0",
        ~select(SLOTS.c.slot_name).exists(),
        ~select(REPLICAS.c.pid).exists(),  # which may read it without a slot
    )
    return bool(connection.scalar(select(and_(*conditions))))


def _files_ahead(connection: Connection) -> int:
    """How many files of the log wait to be used again."""
    files = func.pg_ls_waldir().table_valued("name")
    now = func.pg_walfile_name(func.pg_current_wal_lsn())
    ahead = select(func.count()).select_from(files).where(func.length(files.c.name) == 24, files.c.name > now)
    return connection.scalar(ahead) or 0


def _overwrite_log(connection: Connection) -> None:
    """Its files are kept to be used again, old bytes and all: each is closed as soon as it is begun, which fills it with zeros."""
    _next_file(connection)
    connection.execute(text("CHECKPOINT"))
    for _ in range(_files_ahead(connection) + 1):
        _next_file(connection)
    connection.execute(text("CHECKPOINT"))


def _next_file(connection: Connection) -> None:
    connection.execute(select(func.pg_logical_emit_message(False, "masarat", "")))
    connection.execute(select(func.pg_switch_wal()))
