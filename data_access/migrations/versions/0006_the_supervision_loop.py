"""The supervision loop: acts, rulings, hangs, clocks, notices and the duties beside an item."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _columns()
    _tables()


def _columns() -> None:
    # Added in place on both engines: a table copied on SQLite would drag its children along.
    op.add_column("callbacks", sa.Column("called_by", sa.String(length=60), nullable=True))
    op.add_column("extensions", sa.Column("asked_by", sa.String(length=60), nullable=True))
    op.add_column("extensions", sa.Column("decision", sa.String(length=20), nullable=True))
    op.add_column("extensions", sa.Column("decided_by", sa.String(length=60), nullable=True))
    op.add_column("extensions", sa.Column("decided_on", sa.Date(), nullable=True))
    op.add_column("extensions", sa.Column("decision_words", sa.Text(), nullable=True))
    op.add_column("feedback", sa.Column("given_by", sa.String(length=60), nullable=True))
    op.add_column("feedback", sa.Column("evidence", sa.Text(), nullable=True))
    op.add_column("items", sa.Column("merged_into_id", sa.Integer(), nullable=True))
    op.add_column("leader_instructions", sa.Column("given_by", sa.String(length=60), nullable=True))
    op.add_column("leader_instructions", sa.Column("answered_on", sa.Date(), nullable=True))
    op.add_column("leader_instructions", sa.Column("answer", sa.Text(), nullable=True))
    op.add_column(
        "leader_instructions", sa.Column("answered_by", sa.String(length=60), nullable=True)
    )
    op.add_column("look_backs", sa.Column("round_no", sa.Integer(), nullable=True))
    op.add_column("look_backs", sa.Column("checked_by", sa.String(length=60), nullable=True))
    op.add_column("reassignment_flags", sa.Column("decision_words", sa.Text(), nullable=True))
    op.add_column("reassignment_flags", sa.Column("evidence", sa.Text(), nullable=True))
    op.add_column("reassignment_flags", sa.Column("proposed", sa.String(length=20), nullable=True))
    op.add_column(
        "reassignment_flags", sa.Column("proposed_department_id", sa.Integer(), nullable=True)
    )
    op.add_column("reassignment_flags", sa.Column("excluded", sa.Boolean(), nullable=True))
    op.add_column(
        "reassignment_flags", sa.Column("from_state", sa.String(length=20), nullable=True)
    )
    op.add_column("rounds", sa.Column("limit_number", sa.Integer(), nullable=True))
    op.add_column("rounds", sa.Column("limit_unit", sa.String(length=20), nullable=True))
    op.add_column("rounds", sa.Column("limit_on", sa.Date(), nullable=True))
    op.add_column("rounds", sa.Column("fix_due_on", sa.Date(), nullable=True))
    op.add_column("rounds", sa.Column("first_feedback_on", sa.Date(), nullable=True))
    op.add_column(
        "rounds", sa.Column("return_ruled", sa.Boolean(), server_default=sa.false(), nullable=False)
    )
    op.add_column(
        "rounds",
        sa.Column("residents_to_inform", sa.Boolean(), server_default=sa.false(), nullable=False),
    )
    op.add_column("rounds", sa.Column("residents_told_on", sa.Date(), nullable=True))
    op.add_column("rounds", sa.Column("ended_on", sa.Date(), nullable=True))
    op.add_column("rounds", sa.Column("opened_by_act", sa.Integer(), nullable=True))


def _tables() -> None:
    op.create_table(
        "accountability_acts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=True),
        sa.Column("department_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("recorded_by", sa.String(length=60), nullable=False),
        sa.ForeignKeyConstraint(
            ["department_id"], ["departments.id"], name=op.f("fk_accountability_acts_department_id")
        ),
        sa.ForeignKeyConstraint(
            ["item_id"], ["items.id"], name=op.f("fk_accountability_acts_item_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accountability_acts")),
    )
    op.create_index(
        op.f("ix_accountability_acts_department_id"),
        "accountability_acts",
        ["department_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_accountability_acts_item_id"), "accountability_acts", ["item_id"], unique=False
    )
    op.create_table(
        "first_receivers",
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("department_id", sa.Integer(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("told_on", sa.Date(), nullable=True),
        sa.Column("told_by", sa.String(length=60), nullable=True),
        sa.ForeignKeyConstraint(
            ["department_id"], ["departments.id"], name=op.f("fk_first_receivers_department_id")
        ),
        sa.ForeignKeyConstraint(["item_id"], ["items.id"], name=op.f("fk_first_receivers_item_id")),
        sa.PrimaryKeyConstraint("item_id", name=op.f("pk_first_receivers")),
    )
    op.create_index(
        op.f("ix_first_receivers_department_id"), "first_receivers", ["department_id"], unique=False
    )
    op.create_table(
        "followers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("masked_name", sa.String(length=80), nullable=True),
        sa.Column("from_item_id", sa.Integer(), nullable=True),
        sa.Column("words", sa.Text(), nullable=True),
        sa.Column("since_on", sa.Date(), nullable=False),
        sa.Column("raised_again", sa.Boolean(), nullable=False),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("recorded_by", sa.String(length=60), nullable=False),
        sa.ForeignKeyConstraint(
            ["from_item_id"], ["items.id"], name=op.f("fk_followers_from_item_id")
        ),
        sa.ForeignKeyConstraint(["item_id"], ["items.id"], name=op.f("fk_followers_item_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_followers")),
    )
    op.create_index(op.f("ix_followers_item_id"), "followers", ["item_id"], unique=False)
    op.create_table(
        "hangs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("round_no", sa.Integer(), nullable=True),
        sa.Column("plan", sa.Text(), nullable=False),
        sa.Column("case_leader", sa.String(length=80), nullable=False),
        sa.Column("review_on", sa.Date(), nullable=False),
        sa.Column("begun_on", sa.Date(), nullable=False),
        sa.Column("begun_by", sa.String(length=60), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["item_id"], ["items.id"], name=op.f("fk_hangs_item_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hangs")),
    )
    op.create_index(op.f("ix_hangs_item_id"), "hangs", ["item_id"], unique=False)
    op.create_table(
        "item_acts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("round_no", sa.Integer(), nullable=True),
        sa.Column("act", sa.String(length=40), nullable=False),
        sa.Column("account", sa.String(length=60), nullable=False),
        sa.Column("department_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("words", sa.Text(), nullable=True),
        sa.Column("evidence", sa.Text(), nullable=True),
        sa.Column("token", sa.String(length=80), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=True),
        sa.Column("undoes_id", sa.Integer(), nullable=True),
        sa.Column("version_after", sa.Integer(), nullable=False),
        sa.Column("change_number", sa.Integer(), nullable=False),
        sa.Column("effects", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["department_id"], ["departments.id"], name=op.f("fk_item_acts_department_id")
        ),
        sa.ForeignKeyConstraint(["item_id"], ["items.id"], name=op.f("fk_item_acts_item_id")),
        sa.ForeignKeyConstraint(
            ["undoes_id"], ["item_acts.id"], name=op.f("fk_item_acts_undoes_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_item_acts")),
        sa.UniqueConstraint("token", "item_id", name="uq_item_acts_token"),
    )
    op.create_index(op.f("ix_item_acts_item_id"), "item_acts", ["item_id"], unique=False)
    op.create_table(
        "media_reports",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("outlet", sa.String(length=80), nullable=False),
        sa.Column("reported_on", sa.Date(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("link", sa.Text(), nullable=True),
        sa.Column("recorded_by", sa.String(length=60), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["items.id"], name=op.f("fk_media_reports_item_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_media_reports")),
    )
    op.create_index(op.f("ix_media_reports_item_id"), "media_reports", ["item_id"], unique=False)
    op.create_table(
        "supervision_notices",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=True),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("round_no", sa.Integer(), nullable=True),
        sa.Column("department_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("level", sa.String(length=20), nullable=False),
        sa.Column("trigger", sa.String(length=40), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("drafted_by", sa.String(length=60), nullable=False),
        sa.Column("drafted_at", sa.DateTime(), nullable=False),
        sa.Column("issued_by", sa.String(length=60), nullable=True),
        sa.Column("issued_on", sa.Date(), nullable=True),
        sa.Column("reply_due_on", sa.Date(), nullable=True),
        sa.Column("reply", sa.Text(), nullable=True),
        sa.Column("replied_on", sa.Date(), nullable=True),
        sa.Column("replied_by", sa.String(length=60), nullable=True),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("words", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["department_id"], ["departments.id"], name=op.f("fk_supervision_notices_department_id")
        ),
        sa.ForeignKeyConstraint(
            ["item_id"], ["items.id"], name=op.f("fk_supervision_notices_item_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_supervision_notices")),
        sa.UniqueConstraint("number", name=op.f("uq_supervision_notices_number")),
    )
    op.create_index(
        op.f("ix_supervision_notices_item_id"), "supervision_notices", ["item_id"], unique=False
    )
    op.create_table(
        "task_forces",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("head", sa.String(length=80), nullable=False),
        sa.Column("members", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=True),
        sa.Column("formed_on", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("recorded_by", sa.String(length=60), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["items.id"], name=op.f("fk_task_forces_item_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_task_forces")),
    )
    op.create_index(op.f("ix_task_forces_item_id"), "task_forces", ["item_id"], unique=False)
    op.create_table(
        "deadline_clocks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("cause", sa.String(length=20), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("opened_by", sa.String(length=60), nullable=False),
        sa.Column("value_before", sa.Text(), nullable=True),
        sa.Column("value_after", sa.Text(), nullable=True),
        sa.Column("department_before_id", sa.Integer(), nullable=True),
        sa.Column("due_before", sa.Date(), nullable=True),
        sa.Column("feedback_before", sa.Date(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("due_basis", sa.String(length=20), nullable=False),
        sa.Column("due_convention", sa.String(length=20), nullable=True),
        sa.Column("calendar_version_id", sa.Integer(), nullable=True),
        sa.Column("limit_words", sa.String(length=40), nullable=True),
        sa.ForeignKeyConstraint(
            ["department_before_id"],
            ["departments.id"],
            name=op.f("fk_deadline_clocks_department_before_id"),
        ),
        sa.ForeignKeyConstraint(
            ["round_id"], ["rounds.id"], name=op.f("fk_deadline_clocks_round_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deadline_clocks")),
    )
    op.create_index(
        op.f("ix_deadline_clocks_round_id"), "deadline_clocks", ["round_id"], unique=False
    )
    op.create_table(
        "returns",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("department_id", sa.Integer(), nullable=True),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("asked_by", sa.String(length=60), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("legal_basis", sa.Text(), nullable=False),
        sa.Column("assigned_on", sa.Date(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("ruling", sa.String(length=20), nullable=True),
        sa.Column("ruled_by", sa.String(length=60), nullable=True),
        sa.Column("ruled_on", sa.Date(), nullable=True),
        sa.Column("words", sa.Text(), nullable=True),
        sa.Column("new_department_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["department_id"], ["departments.id"], name=op.f("fk_returns_department_id")
        ),
        sa.ForeignKeyConstraint(
            ["new_department_id"], ["departments.id"], name=op.f("fk_returns_new_department_id")
        ),
        sa.ForeignKeyConstraint(["round_id"], ["rounds.id"], name=op.f("fk_returns_round_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_returns")),
    )
    op.create_index(op.f("ix_returns_round_id"), "returns", ["round_id"], unique=False)


def downgrade() -> None:
    op.drop_column("rounds", "opened_by_act")
    op.drop_column("rounds", "ended_on")
    op.drop_column("rounds", "residents_told_on")
    op.drop_column("rounds", "residents_to_inform")
    op.drop_column("rounds", "return_ruled")
    op.drop_column("rounds", "first_feedback_on")
    op.drop_column("rounds", "fix_due_on")
    op.drop_column("rounds", "limit_on")
    op.drop_column("rounds", "limit_unit")
    op.drop_column("rounds", "limit_number")
    op.drop_column("reassignment_flags", "from_state")
    op.drop_column("reassignment_flags", "excluded")
    op.drop_column("reassignment_flags", "proposed_department_id")
    op.drop_column("reassignment_flags", "proposed")
    op.drop_column("reassignment_flags", "evidence")
    op.drop_column("reassignment_flags", "decision_words")
    op.drop_column("look_backs", "checked_by")
    op.drop_column("look_backs", "round_no")
    op.drop_column("leader_instructions", "answered_by")
    op.drop_column("leader_instructions", "answer")
    op.drop_column("leader_instructions", "answered_on")
    op.drop_column("leader_instructions", "given_by")
    op.drop_column("items", "merged_into_id")
    op.drop_column("feedback", "evidence")
    op.drop_column("feedback", "given_by")
    op.drop_column("extensions", "decision_words")
    op.drop_column("extensions", "decided_on")
    op.drop_column("extensions", "decided_by")
    op.drop_column("extensions", "decision")
    op.drop_column("extensions", "asked_by")
    op.drop_column("callbacks", "called_by")
    op.drop_index(op.f("ix_returns_round_id"), table_name="returns")
    op.drop_table("returns")
    op.drop_index(op.f("ix_deadline_clocks_round_id"), table_name="deadline_clocks")
    op.drop_table("deadline_clocks")
    op.drop_index(op.f("ix_task_forces_item_id"), table_name="task_forces")
    op.drop_table("task_forces")
    op.drop_index(op.f("ix_supervision_notices_item_id"), table_name="supervision_notices")
    op.drop_table("supervision_notices")
    op.drop_index(op.f("ix_media_reports_item_id"), table_name="media_reports")
    op.drop_table("media_reports")
    op.drop_index(op.f("ix_item_acts_item_id"), table_name="item_acts")
    op.drop_table("item_acts")
    op.drop_index(op.f("ix_hangs_item_id"), table_name="hangs")
    op.drop_table("hangs")
    op.drop_index(op.f("ix_followers_item_id"), table_name="followers")
    op.drop_table("followers")
    op.drop_index(op.f("ix_first_receivers_department_id"), table_name="first_receivers")
    op.drop_table("first_receivers")
    op.drop_index(op.f("ix_accountability_acts_item_id"), table_name="accountability_acts")
    op.drop_index(op.f("ix_accountability_acts_department_id"), table_name="accountability_acts")
    op.drop_table("accountability_acts")
