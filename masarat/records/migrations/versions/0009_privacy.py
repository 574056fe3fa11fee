"""Erasures with their tombstones and certificates, retention, masks"""

import sqlalchemy as sa
from alembic import op

from masarat.records.models import UtcTime

revision = "0009"
down_revision = "0008"


SOURCES = sa.table("sources", sa.column("name", sa.String), sa.column("mapping", sa.JSON))


def upgrade() -> None:
    _forget_samples()
    op.create_table(
        "tombstones",
        sa.Column("mark", sa.String(length=32), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.Column("everything", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("mark"),
    )
    op.create_table(
        "certificates",
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("begun_at", UtcTime(), nullable=False),
        sa.Column("done_at", UtcTime(), nullable=True),
        sa.Column("sealed", sa.Text(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("number"),
    )
    op.create_table(
        "retention",
        sa.Column("source", sa.String(length=100), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("set_at", UtcTime(), nullable=False),
        sa.PrimaryKeyConstraint("source"),
    )
    op.create_table(
        "masks",
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("field", sa.String(length=20), nullable=False),
        sa.Column("how", sa.String(length=10), nullable=False),
        sa.PrimaryKeyConstraint("role", "field"),
    )


def _forget_samples() -> None:
    """Mappings kept a few values of each column, and these may be somebody's."""
    connection = op.get_bind()
    for name, mapping in connection.execute(sa.select(SOURCES.c.name, SOURCES.c.mapping)).all():
        for reading in mapping.values():
            for column in reading.get("mapping", {}).get("columns", {}).values():
                column["samples"] = []
        connection.execute(SOURCES.update().where(SOURCES.c.name == name).values(mapping=mapping))
