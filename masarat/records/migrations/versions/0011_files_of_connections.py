"""What connections that bring files remember of them"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    for table, column in (("connections", "sources"), ("sync_runs", "notes")):
        op.add_column(table, sa.Column(column, sa.JSON(), nullable=False, server_default="[]"))
