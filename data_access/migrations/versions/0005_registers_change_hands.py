"""Registers change: a merged department has a successor, a word another, a place its first name."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Added in place on both engines: a table copied on SQLite would drag its children along.
    op.add_column("departments", sa.Column("successor_id", sa.Integer(), nullable=True))
    op.add_column("terms", sa.Column("stands_for_id", sa.Integer(), nullable=True))
    op.add_column("divisions", sa.Column("first_name", sa.String(80), nullable=True))
    op.add_column(
        "divisions", sa.Column("row_version", sa.Integer(), server_default="1", nullable=False)
    )


def downgrade() -> None:
    op.drop_column("divisions", "row_version")
    op.drop_column("divisions", "first_name")
    op.drop_column("terms", "stands_for_id")
    op.drop_column("departments", "successor_id")
