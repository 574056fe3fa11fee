"""What people add to a customer: notes, tags, relations, files; and which value of a fact stands"""

import sqlalchemy as sa
from alembic import op

from masarat.records.models import UtcTime

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.create_table(
        "notes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("identifier", sa.String(length=400), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("author", sa.String(length=600), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.Column("deleted_at", UtcTime(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_notes_identifier", "notes", ["identifier"])
    op.create_table(
        "tags",
        sa.Column("identifier", sa.String(length=400), nullable=False),
        sa.Column("tag", sa.String(length=100), nullable=False),
        sa.Column("written", sa.String(length=100), nullable=False),
        sa.Column("author", sa.String(length=600), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.PrimaryKeyConstraint("identifier", "tag"),
    )
    op.create_index("ix_tags_tag", "tags", ["tag"])
    op.create_table(
        "relations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("one", sa.String(length=400), nullable=False),
        sa.Column("other", sa.String(length=400), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("role", sa.String(length=200), nullable=False),
        sa.Column("since", sa.Date(), nullable=True),
        sa.Column("author", sa.String(length=600), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_relations_one", "relations", ["one"])
    op.create_index("ix_relations_other", "relations", ["other"])
    op.create_table(
        "attachments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("identifier", sa.String(length=400), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("author", sa.String(length=600), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_attachments_identifier", "attachments", ["identifier"])
    op.create_index("ix_attachments_sha256", "attachments", ["sha256"])
    op.create_table(
        "trait_rules",
        sa.Column("trait", sa.String(length=200), nullable=False),
        sa.Column("rule", sa.String(length=20), nullable=False),
        sa.Column("trusted", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("trait"),
    )
    op.create_table(
        "remembered",
        sa.Column("name", sa.String(length=50), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )
