"""The audit log, which only grows"""

import sqlalchemy as sa
from alembic import op

from masarat.records.models import UtcTime

revision = "0004"
down_revision = "0003"

SQLITE = """
CREATE TRIGGER audit_no_{deed} BEFORE {deed} ON audit
BEGIN SELECT RAISE(ABORT, 'the audit log only grows'); END
"""
POSTGRESQL = (
    """
CREATE FUNCTION audit_only_grows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'the audit log only grows'; END $$
""",
    """
CREATE TRIGGER audit_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON audit
FOR EACH STATEMENT EXECUTE FUNCTION audit_only_grows()
""",
)


def upgrade() -> None:
    op.create_table(
        "audit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.Column("actor", sa.String(length=600), nullable=False),
        sa.Column("action", sa.String(length=20), nullable=False),
        sa.Column("what", sa.String(length=50), nullable=False),
        sa.Column("whom", sa.JSON(), nullable=False),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_audit_at", "audit", ["at"])
    op.create_index("ix_audit_actor", "audit", ["actor"])
    if op.get_bind().dialect.name == "sqlite":
        statements = tuple(SQLITE.format(deed=deed) for deed in ("UPDATE", "DELETE"))
    else:
        statements = POSTGRESQL
    for statement in statements:
        op.execute(statement)
