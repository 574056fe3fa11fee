"""Journey maps"""

import sqlalchemy as sa
from alembic import op

from masarat.records.models import UtcTime

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    def drawn() -> list[sa.Column[object]]:
        return [
            sa.Column("title", sa.String(length=200), nullable=False),
            sa.Column("persona", sa.JSON(), nullable=False),
            sa.Column("stages", sa.JSON(), nullable=False),
            sa.Column("version", sa.Integer(), nullable=False),
            sa.Column("author", sa.String(length=600), nullable=False),
        ]

    op.create_table(
        "maps",
        sa.Column("id", sa.Integer(), nullable=False),
        *drawn(),
        sa.Column("changed_at", UtcTime(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "map_versions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("map_id", sa.Integer(), nullable=False),
        *drawn(),
        sa.Column("at", UtcTime(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_map_versions_map_id", "map_versions", ["map_id"])
