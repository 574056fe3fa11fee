"""The stages of the customer's journey"""

import sqlalchemy as sa
from alembic import op

from masarat.records.models import UtcTime

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    op.create_table(
        "journeys",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("author", sa.String(length=600), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
