"""Items whose department must not learn who reported."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Added in place on both engines: a table copied on SQLite would drag its children along.
    op.add_column(
        "items",
        sa.Column("reporter_protected", sa.Boolean(), server_default=sa.false(), nullable=False),
    )


def downgrade() -> None:
    op.drop_column("items", "reporter_protected")
