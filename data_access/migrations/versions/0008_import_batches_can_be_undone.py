"""Import batches can be undone: what they changed is kept as it was, what they added is marked."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "items_before",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("stored", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["import_batches.id"], name=op.f("fk_items_before_batch_id")
        ),
        sa.ForeignKeyConstraint(["item_id"], ["items.id"], name=op.f("fk_items_before_item_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_items_before")),
    )
    op.create_index(op.f("ix_items_before_batch_id"), "items_before", ["batch_id"], unique=False)
    op.create_index(op.f("ix_items_before_item_id"), "items_before", ["item_id"], unique=False)
    op.create_table(
        "removed_items",
        sa.Column("item_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("change_number", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["import_batches.id"], name=op.f("fk_removed_items_batch_id")
        ),
        sa.PrimaryKeyConstraint("item_id", name=op.f("pk_removed_items")),
    )
    op.create_index(op.f("ix_removed_items_batch_id"), "removed_items", ["batch_id"], unique=False)
    op.create_index(
        op.f("ix_removed_items_change_number"), "removed_items", ["change_number"], unique=False
    )
    op.add_column(
        "import_batches",
        sa.Column("keeps_before", sa.Boolean(), server_default=sa.false(), nullable=False),
    )
    op.add_column("import_batches", sa.Column("undone_at", sa.DateTime(), nullable=True))
    op.add_column("import_batches", sa.Column("undone_by", sa.String(length=60), nullable=True))
    op.add_column("import_batches", sa.Column("undone_reason", sa.Text(), nullable=True))
    op.add_column("import_batches", sa.Column("undone_change", sa.Integer(), nullable=True))
    op.add_column("personal_data", sa.Column("replaced_by_batch", sa.Integer(), nullable=True))
    op.add_column("terms", sa.Column("created_batch_id", sa.Integer(), nullable=True))
    op.add_column(
        "face_to_face_sessions", sa.Column("created_batch_id", sa.Integer(), nullable=True)
    )
    op.create_index(op.f("ix_items_repeat_of_id"), "items", ["repeat_of_id"], unique=False)
    op.create_index(op.f("ix_followers_from_item_id"), "followers", ["from_item_id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_followers_from_item_id"), table_name="followers")
    op.drop_index(op.f("ix_items_repeat_of_id"), table_name="items")
    op.drop_column("face_to_face_sessions", "created_batch_id")
    op.drop_column("terms", "created_batch_id")
    op.drop_column("personal_data", "replaced_by_batch")
    op.drop_column("import_batches", "undone_change")
    op.drop_column("import_batches", "undone_reason")
    op.drop_column("import_batches", "undone_by")
    op.drop_column("import_batches", "undone_at")
    op.drop_column("import_batches", "keeps_before")
    op.drop_table("removed_items")
    op.drop_table("items_before")
