"""An item's history is found by index; a computed deadline keeps how it was counted."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("audit") as audit:
        audit.create_index(audit.f("ix_audit_entity"), ["entity", "entity_id"], unique=False)
        audit.drop_index(audit.f("ix_audit_batch_id"))
        audit.drop_index(audit.f("ix_audit_change_number"))
    with op.batch_alter_table("import_flags") as flags:
        flags.create_index(flags.f("ix_import_flags_item_id"), ["item_id"], unique=False)
    with op.batch_alter_table("items") as items:
        items.drop_index(items.f("ix_items_change_number"))
        items.create_index(items.f("ix_items_change_number"), ["change_number", "id"])
    with op.batch_alter_table("rounds") as rounds:
        rounds.drop_index(rounds.f("ix_rounds_item_id"))
        rounds.add_column(sa.Column("due_convention", sa.String(20), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("rounds") as rounds:
        rounds.drop_column("due_convention")
        rounds.create_index(rounds.f("ix_rounds_item_id"), ["item_id"], unique=False)
    with op.batch_alter_table("items") as items:
        items.drop_index(items.f("ix_items_change_number"))
        items.create_index(items.f("ix_items_change_number"), ["change_number"], unique=False)
    with op.batch_alter_table("import_flags") as flags:
        flags.drop_index(flags.f("ix_import_flags_item_id"))
    with op.batch_alter_table("audit") as audit:
        audit.create_index(audit.f("ix_audit_change_number"), ["change_number"], unique=False)
        audit.create_index(audit.f("ix_audit_batch_id"), ["batch_id"], unique=False)
        audit.drop_index(audit.f("ix_audit_entity"))
