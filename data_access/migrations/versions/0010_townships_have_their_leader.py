"""联镇包片: a township names the leader who is linked to it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("divisions", sa.Column("linked_leader", sa.String(length=30), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("divisions") as table:
        table.drop_column("linked_leader")
