"""the first schema"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "audit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("actor", sa.String(length=60), nullable=False),
        sa.Column("act", sa.String(length=40), nullable=False),
        sa.Column("entity", sa.String(length=30), nullable=False),
        sa.Column("entity_id", sa.Integer(), nullable=True),
        sa.Column("before", sa.Text(), nullable=True),
        sa.Column("after", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("batch_id", sa.Integer(), nullable=True),
        sa.Column("change_number", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit")),
    )
    with op.batch_alter_table("audit", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_audit_batch_id"), ["batch_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_audit_change_number"), ["change_number"], unique=False)

    op.create_table(
        "change_counter",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_change_counter")),
    )
    op.create_table(
        "face_to_face_sessions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=True),
        sa.Column("theme", sa.String(length=120), nullable=False),
        sa.Column("host", sa.String(length=60), nullable=True),
        sa.Column("level", sa.String(length=20), nullable=True),
        sa.Column("collected", sa.Integer(), nullable=True),
        sa.Column("valid", sa.Integer(), nullable=True),
        sa.Column("represented", sa.Integer(), nullable=True),
        sa.Column("row_version", sa.Integer(), server_default="1", nullable=False),
        sa.CheckConstraint(
            "collected IS NULL OR valid IS NULL OR valid <= collected",
            name=op.f("ck_face_to_face_sessions_valid"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_face_to_face_sessions")),
        sa.UniqueConstraint("theme", "held_on", name="uq_sessions_theme"),
    )
    op.create_table(
        "import_batches",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("sender", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("stored_by", sa.String(length=60), nullable=False),
        sa.Column("stored_at", sa.DateTime(), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("new", sa.Integer(), nullable=False),
        sa.Column("updated", sa.Integer(), nullable=False),
        sa.Column("unchanged", sa.Integer(), nullable=False),
        sa.Column("refused", sa.Integer(), nullable=False),
        sa.Column("left_out", sa.Integer(), nullable=False),
        sa.Column("vanished", sa.Integer(), nullable=False),
        sa.Column("change_number", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_batches")),
    )
    with op.batch_alter_table("import_batches", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_import_batches_change_number"), ["change_number"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_import_batches_sha256"), ["sha256"], unique=False)

    op.create_table(
        "reporting_units",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("peer_group", sa.String(length=30), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reporting_units")),
        sa.UniqueConstraint("name", name=op.f("uq_reporting_units_name")),
    )
    op.create_table(
        "settings",
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("row_version", sa.Integer(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_settings")),
    )
    op.create_table(
        "terms",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_terms")),
        sa.UniqueConstraint("kind", "name", name="uq_terms_kind"),
    )
    op.create_table(
        "text_index_progress",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("change_number", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_text_index_progress")),
    )
    op.create_table(
        "work_calendar_versions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("stored_at", sa.DateTime(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("first_year", sa.Integer(), nullable=False),
        sa.Column("last_year", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_work_calendar_versions")),
    )
    op.create_table(
        "departments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("short_name", sa.String(length=40), nullable=False),
        sa.Column("peer_group", sa.String(length=30), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("reporting_unit_id", sa.Integer(), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("row_version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(
            ["reporting_unit_id"],
            ["reporting_units.id"],
            name=op.f("fk_departments_reporting_unit_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_departments")),
        sa.UniqueConstraint("name", name=op.f("uq_departments_name")),
    )
    op.create_table(
        "divisions",
        sa.Column("code", sa.String(length=12), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("level", sa.String(length=10), nullable=False),
        sa.Column("parent_code", sa.String(length=12), nullable=True),
        sa.Column("reporting_unit_id", sa.Integer(), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["parent_code"], ["divisions.code"], name=op.f("fk_divisions_parent_code")
        ),
        sa.ForeignKeyConstraint(
            ["reporting_unit_id"],
            ["reporting_units.id"],
            name=op.f("fk_divisions_reporting_unit_id"),
        ),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_divisions")),
    )
    with op.batch_alter_table("divisions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_divisions_parent_code"), ["parent_code"], unique=False)

    op.create_table(
        "import_sections",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("sheet", sa.Text(), nullable=False),
        sa.Column("first_row", sa.Integer(), nullable=False),
        sa.Column("last_row", sa.Integer(), nullable=False),
        sa.Column("mapping", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["import_batches.id"], name=op.f("fk_import_sections_batch_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_sections")),
    )
    with op.batch_alter_table("import_sections", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_import_sections_batch_id"), ["batch_id"], unique=False)

    op.create_table(
        "work_calendar_days",
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("is_working", sa.Boolean(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["work_calendar_versions.id"],
            name=op.f("fk_work_calendar_days_version_id"),
        ),
        sa.PrimaryKeyConstraint("version_id", "day", name=op.f("pk_work_calendar_days")),
    )
    op.create_table(
        "department_aliases",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("department_id", sa.Integer(), nullable=False),
        sa.Column("alias", sa.String(length=80), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["department_id"], ["departments.id"], name=op.f("fk_department_aliases_department_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_department_aliases")),
        sa.UniqueConstraint("alias", "valid_from", name="uq_department_aliases_alias"),
    )
    with op.batch_alter_table("department_aliases", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_department_aliases_department_id"), ["department_id"], unique=False
        )

    op.create_table(
        "division_aliases",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("division_code", sa.String(length=12), nullable=False),
        sa.Column("alias", sa.String(length=80), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["division_code"], ["divisions.code"], name=op.f("fk_division_aliases_division_code")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_division_aliases")),
    )
    with op.batch_alter_table("division_aliases", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_division_aliases_division_code"), ["division_code"], unique=False
        )

    op.create_table(
        "items",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=80), nullable=True),
        sa.Column("number_is_row_number", sa.Boolean(), nullable=False),
        sa.Column("fingerprint", sa.String(length=32), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=True),
        sa.Column("category_id", sa.Integer(), nullable=True),
        sa.Column("origin_id", sa.Integer(), nullable=True),
        sa.Column("reporting_unit_id", sa.Integer(), nullable=True),
        sa.Column("township_code", sa.String(length=12), nullable=True),
        sa.Column("received_on", sa.Date(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("struck_off_on", sa.Date(), nullable=True),
        sa.Column("hang_until", sa.Date(), nullable=True),
        sa.Column("flagged_on", sa.Date(), nullable=True),
        sa.Column("excluded", sa.Boolean(), nullable=False),
        sa.Column("sound", sa.Boolean(), nullable=False),
        sa.Column("look_back", sa.String(length=20), nullable=True),
        sa.Column("repeat_of_id", sa.Integer(), nullable=True),
        sa.Column("current_round", sa.Integer(), nullable=False),
        sa.Column("ledger_status", sa.String(length=20), nullable=True),
        sa.Column("created_batch_id", sa.Integer(), nullable=True),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("change_number", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["category_id"], ["terms.id"], name=op.f("fk_items_category_id")),
        sa.ForeignKeyConstraint(["origin_id"], ["terms.id"], name=op.f("fk_items_origin_id")),
        sa.ForeignKeyConstraint(["repeat_of_id"], ["items.id"], name=op.f("fk_items_repeat_of_id")),
        sa.ForeignKeyConstraint(
            ["reporting_unit_id"], ["reporting_units.id"], name=op.f("fk_items_reporting_unit_id")
        ),
        sa.ForeignKeyConstraint(
            ["session_id"], ["face_to_face_sessions.id"], name=op.f("fk_items_session_id")
        ),
        sa.ForeignKeyConstraint(
            ["township_code"], ["divisions.code"], name=op.f("fk_items_township_code")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_items")),
    )
    with op.batch_alter_table("items", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_items_change_number"), ["change_number"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_items_created_batch_id"), ["created_batch_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_items_fingerprint"), ["fingerprint"], unique=False)
        batch_op.create_index(batch_op.f("ix_items_number"), ["number"], unique=False)

    op.create_table(
        "import_flags",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("sheet", sa.Text(), nullable=False),
        sa.Column("row_no", sa.Integer(), nullable=True),
        sa.Column("cell", sa.String(length=12), nullable=True),
        sa.Column("number", sa.String(length=80), nullable=True),
        sa.Column("field", sa.String(length=40), nullable=True),
        sa.Column("severity", sa.String(length=10), nullable=False),
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("candidates", sa.Text(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["import_batches.id"], name=op.f("fk_import_flags_batch_id")
        ),
        sa.ForeignKeyConstraint(["item_id"], ["items.id"], name=op.f("fk_import_flags_item_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_flags")),
    )
    with op.batch_alter_table("import_flags", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_import_flags_batch_id"), ["batch_id"], unique=False)

    op.create_table(
        "item_texts",
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("content", sa.Text(), nullable=True),
        sa.Column("village", sa.String(length=80), nullable=True),
        sa.Column("address", sa.Text(), nullable=True),
        sa.Column("urgency", sa.String(length=40), nullable=True),
        sa.Column("people_count", sa.Integer(), nullable=True),
        sa.Column("case_leader", sa.String(length=80), nullable=True),
        sa.Column("excluded_reason", sa.Text(), nullable=True),
        sa.Column("unsound_reasons", sa.Text(), nullable=True),
        sa.Column("remarks", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["item_id"], ["items.id"], name=op.f("fk_item_texts_item_id")),
        sa.PrimaryKeyConstraint("item_id", name=op.f("pk_item_texts")),
    )
    op.create_table(
        "leader_instructions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("given_on", sa.Date(), nullable=True),
        sa.Column("leader", sa.String(length=80), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["item_id"], ["items.id"], name=op.f("fk_leader_instructions_item_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_leader_instructions")),
    )
    with op.batch_alter_table("leader_instructions", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_leader_instructions_item_id"), ["item_id"], unique=False
        )

    op.create_table(
        "look_backs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("checked_on", sa.Date(), nullable=True),
        sa.Column("outcome", sa.String(length=20), nullable=False),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("batch_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["item_id"], ["items.id"], name=op.f("fk_look_backs_item_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_look_backs")),
    )
    with op.batch_alter_table("look_backs", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_look_backs_item_id"), ["item_id"], unique=False)

    op.create_table(
        "raw_rows",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("sheet", sa.Text(), nullable=False),
        sa.Column("row_no", sa.Integer(), nullable=False),
        sa.Column("cells", sa.Text(), nullable=False),
        sa.Column("outcome", sa.String(length=20), nullable=False),
        sa.Column("outcome_reason", sa.Text(), nullable=True),
        sa.Column("item_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["import_batches.id"], name=op.f("fk_raw_rows_batch_id")
        ),
        sa.ForeignKeyConstraint(["item_id"], ["items.id"], name=op.f("fk_raw_rows_item_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_raw_rows")),
    )
    with op.batch_alter_table("raw_rows", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_raw_rows_batch_id"), ["batch_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_raw_rows_item_id"), ["item_id"], unique=False)

    op.create_table(
        "reassignment_flags",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("round_no", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=30), nullable=False),
        sa.Column("words", sa.Text(), nullable=True),
        sa.Column("flagged_by", sa.String(length=60), nullable=False),
        sa.Column("flagged_at", sa.DateTime(), nullable=False),
        sa.Column("decision", sa.String(length=20), nullable=True),
        sa.Column("decided_by", sa.String(length=60), nullable=True),
        sa.Column("decided_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["item_id"], ["items.id"], name=op.f("fk_reassignment_flags_item_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reassignment_flags")),
    )
    with op.batch_alter_table("reassignment_flags", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_reassignment_flags_item_id"), ["item_id"], unique=False
        )

    op.create_table(
        "rounds",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("round_no", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("lead_department_id", sa.Integer(), nullable=True),
        sa.Column("lead_as_printed", sa.String(length=200), nullable=True),
        sa.Column("assigned_on", sa.Date(), nullable=True),
        sa.Column("received_on", sa.Date(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("due_basis", sa.String(length=20), nullable=False),
        sa.Column("due_words", sa.Text(), nullable=True),
        sa.Column("calendar_version_id", sa.Integer(), nullable=True),
        sa.Column("extended_due_on", sa.Date(), nullable=True),
        sa.Column("feedback_on", sa.Date(), nullable=True),
        sa.Column("accepted_on", sa.Date(), nullable=True),
        sa.Column("close_due_on", sa.Date(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("returned", sa.Boolean(), nullable=False),
        sa.Column("resolved_by_unit", sa.String(length=20), nullable=True),
        sa.Column("called_on", sa.Date(), nullable=True),
        sa.Column("reached", sa.Boolean(), nullable=True),
        sa.Column("result", sa.String(length=20), nullable=True),
        sa.Column("process", sa.String(length=20), nullable=True),
        sa.Column("resolved_by_resident", sa.String(length=20), nullable=True),
        sa.CheckConstraint("round_no >= 1", name=op.f("ck_rounds_round_no")),
        sa.ForeignKeyConstraint(
            ["calendar_version_id"],
            ["work_calendar_versions.id"],
            name=op.f("fk_rounds_calendar_version_id"),
        ),
        sa.ForeignKeyConstraint(["item_id"], ["items.id"], name=op.f("fk_rounds_item_id")),
        sa.ForeignKeyConstraint(
            ["lead_department_id"], ["departments.id"], name=op.f("fk_rounds_lead_department_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rounds")),
        sa.UniqueConstraint("item_id", "round_no", name="uq_rounds_item_id"),
    )
    with op.batch_alter_table("rounds", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_rounds_item_id"), ["item_id"], unique=False)

    op.create_table(
        "callbacks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("called_on", sa.Date(), nullable=True),
        sa.Column("reached", sa.Boolean(), nullable=True),
        sa.Column("result", sa.String(length=20), nullable=True),
        sa.Column("process", sa.String(length=20), nullable=True),
        sa.Column("resolved", sa.String(length=20), nullable=True),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("batch_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["round_id"], ["rounds.id"], name=op.f("fk_callbacks_round_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_callbacks")),
    )
    with op.batch_alter_table("callbacks", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_callbacks_round_id"), ["round_id"], unique=False)

    op.create_table(
        "extensions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("approved_on", sa.Date(), nullable=True),
        sa.Column("approved_by", sa.String(length=60), nullable=True),
        sa.Column("new_due_on", sa.Date(), nullable=True),
        sa.Column("batch_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["round_id"], ["rounds.id"], name=op.f("fk_extensions_round_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_extensions")),
    )
    with op.batch_alter_table("extensions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_extensions_round_id"), ["round_id"], unique=False)

    op.create_table(
        "feedback",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("given_on", sa.Date(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["round_id"], ["rounds.id"], name=op.f("fk_feedback_round_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feedback")),
    )
    with op.batch_alter_table("feedback", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_feedback_round_id"), ["round_id"], unique=False)

    op.create_table(
        "provenance",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("round_no", sa.Integer(), nullable=True),
        sa.Column("raw_row_id", sa.Integer(), nullable=False),
        sa.Column("fields", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["items.id"], name=op.f("fk_provenance_item_id")),
        sa.ForeignKeyConstraint(
            ["raw_row_id"], ["raw_rows.id"], name=op.f("fk_provenance_raw_row_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_provenance")),
    )
    with op.batch_alter_table("provenance", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_provenance_item_id"), ["item_id"], unique=False)

    op.create_table(
        "round_co_departments",
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("department_id", sa.Integer(), nullable=False),
        sa.Column("co_role", sa.String(length=20), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["department_id"],
            ["departments.id"],
            name=op.f("fk_round_co_departments_department_id"),
        ),
        sa.ForeignKeyConstraint(
            ["round_id"], ["rounds.id"], name=op.f("fk_round_co_departments_round_id")
        ),
        sa.PrimaryKeyConstraint("round_id", "department_id", name=op.f("pk_round_co_departments")),
    )
    op.execute("INSERT INTO change_counter (id, value) VALUES (1, 0)")
    op.execute("INSERT INTO text_index_progress (id, change_number, item_id) VALUES (1, 0, 0)")
    if op.get_bind().dialect.name == "sqlite":
        op.execute("CREATE VIRTUAL TABLE item_grams USING fts5(grams)")
    else:
        op.execute("CREATE TABLE item_grams (item_id integer PRIMARY KEY, grams text[] NOT NULL)")
        op.execute("CREATE INDEX ix_item_grams_grams ON item_grams USING gin (grams)")


def downgrade() -> None:
    op.execute("DROP TABLE item_grams")
    op.drop_table("round_co_departments")
    with op.batch_alter_table("provenance", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_provenance_item_id"))

    op.drop_table("provenance")
    with op.batch_alter_table("feedback", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_feedback_round_id"))

    op.drop_table("feedback")
    with op.batch_alter_table("extensions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_extensions_round_id"))

    op.drop_table("extensions")
    with op.batch_alter_table("callbacks", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_callbacks_round_id"))

    op.drop_table("callbacks")
    with op.batch_alter_table("rounds", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_rounds_item_id"))

    op.drop_table("rounds")
    with op.batch_alter_table("reassignment_flags", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_reassignment_flags_item_id"))

    op.drop_table("reassignment_flags")
    with op.batch_alter_table("raw_rows", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_raw_rows_item_id"))
        batch_op.drop_index(batch_op.f("ix_raw_rows_batch_id"))

    op.drop_table("raw_rows")
    with op.batch_alter_table("look_backs", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_look_backs_item_id"))

    op.drop_table("look_backs")
    with op.batch_alter_table("leader_instructions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_leader_instructions_item_id"))

    op.drop_table("leader_instructions")
    op.drop_table("item_texts")
    with op.batch_alter_table("import_flags", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_import_flags_batch_id"))

    op.drop_table("import_flags")
    with op.batch_alter_table("items", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_items_number"))
        batch_op.drop_index(batch_op.f("ix_items_fingerprint"))
        batch_op.drop_index(batch_op.f("ix_items_created_batch_id"))
        batch_op.drop_index(batch_op.f("ix_items_change_number"))

    op.drop_table("items")
    with op.batch_alter_table("division_aliases", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_division_aliases_division_code"))

    op.drop_table("division_aliases")
    with op.batch_alter_table("department_aliases", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_department_aliases_department_id"))

    op.drop_table("department_aliases")
    op.drop_table("work_calendar_days")
    with op.batch_alter_table("import_sections", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_import_sections_batch_id"))

    op.drop_table("import_sections")
    with op.batch_alter_table("divisions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_divisions_parent_code"))

    op.drop_table("divisions")
    op.drop_table("departments")
    op.drop_table("work_calendar_versions")
    op.drop_table("text_index_progress")
    op.drop_table("terms")
    op.drop_table("settings")
    op.drop_table("reporting_units")
    with op.batch_alter_table("import_batches", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_import_batches_sha256"))
        batch_op.drop_index(batch_op.f("ix_import_batches_change_number"))

    op.drop_table("import_batches")
    op.drop_table("face_to_face_sessions")
    op.drop_table("change_counter")
    with op.batch_alter_table("audit", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_audit_change_number"))
        batch_op.drop_index(batch_op.f("ix_audit_batch_id"))

    op.drop_table("audit")
