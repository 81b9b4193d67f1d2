"""类案: kinds of problems are made matters of their own; the hotline's counts by month."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "class_matters",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("lead_department_id", sa.Integer(), nullable=True),
        sa.Column("measures", sa.Text(), nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("stands_since", sa.Date(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("result", sa.Text(), nullable=True),
        sa.Column("made_by", sa.String(length=60), nullable=False),
        sa.Column("token", sa.String(length=40), nullable=False),
        sa.Column("row_version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(
            ["lead_department_id"], ["departments.id"],
            name=op.f("fk_class_matters_lead_department_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_class_matters")),
        sa.UniqueConstraint("token", name=op.f("uq_class_matters_token")),
    )  # fmt: skip
    op.create_table(
        "class_matter_items",
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("matter_id", sa.Integer(), nullable=False),
        sa.Column("added_on", sa.Date(), nullable=False),
        sa.Column("added_by", sa.String(length=60), nullable=False),
        sa.ForeignKeyConstraint(
            ["item_id"], ["items.id"], name=op.f("fk_class_matter_items_item_id")
        ),
        sa.ForeignKeyConstraint(
            ["matter_id"], ["class_matters.id"], name=op.f("fk_class_matter_items_matter_id")
        ),
        sa.PrimaryKeyConstraint("item_id", name=op.f("pk_class_matter_items")),
    )
    op.create_index(
        op.f("ix_class_matter_items_matter_id"), "class_matter_items", ["matter_id"], unique=False
    )
    op.create_table(
        "hotline_imports",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("stored_at", sa.DateTime(), nullable=False),
        sa.Column("stored_by", sa.String(length=60), nullable=False),
        sa.Column("undone_at", sa.DateTime(), nullable=True),
        sa.Column("undone_by", sa.String(length=60), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hotline_imports")),
    )
    op.create_table(
        "hotline_counts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("import_id", sa.Integer(), nullable=False),
        sa.Column("replaced_by", sa.Integer(), nullable=True),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("theme", sa.String(length=40), nullable=False),
        sa.Column("reporting_unit_id", sa.Integer(), nullable=True),
        sa.Column("received", sa.Integer(), nullable=False),
        sa.Column("closed", sa.Integer(), nullable=True),
        sa.Column("satisfied", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["import_id"], ["hotline_imports.id"], name=op.f("fk_hotline_counts_import_id")
        ),
        sa.ForeignKeyConstraint(
            ["replaced_by"], ["hotline_imports.id"], name=op.f("fk_hotline_counts_replaced_by")
        ),
        sa.ForeignKeyConstraint(
            ["reporting_unit_id"], ["reporting_units.id"],
            name=op.f("fk_hotline_counts_reporting_unit_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hotline_counts")),
    )  # fmt: skip
    op.create_index(
        op.f("ix_hotline_counts_import_id"), "hotline_counts", ["import_id"], unique=False
    )
    op.create_index(
        op.f("ix_hotline_counts_replaced_by"), "hotline_counts", ["replaced_by"], unique=False
    )
    op.create_index("ix_hotline_counts_month", "hotline_counts", ["month"], unique=False)


def downgrade() -> None:
    for table in ("hotline_counts", "hotline_imports", "class_matter_items", "class_matters"):
        op.drop_table(table)
