"""Secrets of webhooks"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.add_column("write_keys", sa.Column("secret", sa.Text(), nullable=False, server_default=""))
