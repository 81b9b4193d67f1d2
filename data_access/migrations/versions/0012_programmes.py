"""专题: versions of their definitions, and the entries of their ledgers with their origin."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "programme_versions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("definition", sa.Text(), nullable=False),
        sa.Column("in_use", sa.Boolean(), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("stored_by", sa.String(length=60), nullable=False),
        sa.Column("stored_at", sa.DateTime(), nullable=False),
        sa.Column("change_number", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_programme_versions")),
        sa.UniqueConstraint("name", "version", name=op.f("uq_programme_versions_name")),
    )
    op.create_index(op.f("ix_programme_versions_name"), "programme_versions", ["name"])
    op.create_table(
        "programme_batches",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("programme", sa.String(length=40), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("stored_by", sa.String(length=60), nullable=False),
        sa.Column("stored_at", sa.DateTime(), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("new", sa.Integer(), nullable=False),
        sa.Column("updated", sa.Integer(), nullable=False),
        sa.Column("unchanged", sa.Integer(), nullable=False),
        sa.Column("refused", sa.Integer(), nullable=False),
        sa.Column("change_number", sa.Integer(), nullable=False),
        sa.Column("undone_at", sa.DateTime(), nullable=True),
        sa.Column("undone_by", sa.String(length=60), nullable=True),
        sa.Column("undone_reason", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_programme_batches")),
    )
    op.create_index(op.f("ix_programme_batches_programme"), "programme_batches", ["programme"])
    _create_entries()


def _create_entries() -> None:
    op.create_table(
        "programme_entries",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("programme", sa.String(length=40), nullable=False),
        sa.Column("fingerprint", sa.String(length=32), nullable=False),
        sa.Column("reporting_unit_id", sa.Integer(), nullable=True),
        sa.Column("township_code", sa.String(length=12), nullable=True),
        sa.Column("department_id", sa.Integer(), nullable=True),
        sa.Column("told", sa.Text(), nullable=False),
        sa.Column("dues", sa.Text(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("change_number", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["programme_batches.id"], name=op.f("fk_programme_entries_batch_id")
        ),
        sa.ForeignKeyConstraint(
            ["department_id"], ["departments.id"], name=op.f("fk_programme_entries_department_id")
        ),
        sa.ForeignKeyConstraint(
            ["reporting_unit_id"], ["reporting_units.id"],
            name=op.f("fk_programme_entries_reporting_unit_id"),
        ),
        sa.ForeignKeyConstraint(
            ["township_code"], ["divisions.code"], name=op.f("fk_programme_entries_township_code")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_programme_entries")),
        sa.UniqueConstraint(
            "programme", "fingerprint", name=op.f("uq_programme_entries_programme")
        ),
    )  # fmt: skip
    op.create_index(op.f("ix_programme_entries_batch_id"), "programme_entries", ["batch_id"])
    op.create_index(
        "ix_programme_entries_unit", "programme_entries", ["programme", "reporting_unit_id"]
    )
    op.create_table(
        "programme_rows",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("sheet", sa.Text(), nullable=False),
        sa.Column("row_no", sa.Integer(), nullable=False),
        sa.Column("cells", sa.Text(), nullable=False),
        sa.Column("outcome", sa.String(length=20), nullable=False),
        sa.Column("outcome_reason", sa.Text(), nullable=True),
        sa.Column("fields", sa.Text(), nullable=False),
        sa.Column("before", sa.Text(), nullable=True),
        sa.Column("entry_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["programme_batches.id"], name=op.f("fk_programme_rows_batch_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_programme_rows")),
    )
    op.create_index(op.f("ix_programme_rows_batch_id"), "programme_rows", ["batch_id"])
    op.create_index(op.f("ix_programme_rows_entry_id"), "programme_rows", ["entry_id"])


def downgrade() -> None:
    for table in ("programme_rows", "programme_entries", "programme_batches", "programme_versions"):
        op.drop_table(table)
