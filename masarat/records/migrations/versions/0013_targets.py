"""What metrics should come to"""

import sqlalchemy as sa
from alembic import op

from masarat.records.models import UtcTime

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    op.create_table(
        "targets",
        sa.Column("metric", sa.String(length=50), nullable=False),
        sa.Column("period", sa.String(length=50), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("goal", sa.Double(), nullable=False),
        sa.Column("alert", sa.Double(), nullable=True),
        sa.Column("author", sa.String(length=600), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.PrimaryKeyConstraint("metric", "period", "since"),
    )
