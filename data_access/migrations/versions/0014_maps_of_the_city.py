"""地图与人口 of the city are kept in the store, version by version."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "city_maps",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("source", sa.String(length=60), nullable=True),
        sa.Column("coordinate_system", sa.String(length=20), nullable=True),
        sa.Column("review_number", sa.String(length=30), nullable=True),
        sa.Column("townships", sa.Integer(), nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("stored_at", sa.DateTime(), nullable=False),
        sa.Column("stored_by", sa.String(length=60), nullable=False),
        sa.Column("in_force", sa.Boolean(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("kind IN ('map', 'residents')", name=op.f("ck_city_maps_kind")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_city_maps")),
    )


def downgrade() -> None:
    op.drop_table("city_maps")
