"""面对面: what was promised at a session, and the milestones of its plan."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "session_commitments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("promised_by", sa.String(length=60), nullable=False),
        sa.Column("department_id", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("fulfilled_on", sa.Date(), nullable=True),
        sa.Column("evidence", sa.Text(), nullable=True),
        sa.Column("withdrawn_on", sa.Date(), nullable=True),
        sa.Column("made_by", sa.String(length=60), nullable=False),
        sa.Column("row_version", sa.Integer(), server_default="1", nullable=False),
        _of("session_commitments", "session_id", "face_to_face_sessions"),
        _of("session_commitments", "department_id", "departments"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_session_commitments")),
    )
    _indexed("session_commitments", "session_id", "department_id")
    op.create_table(
        "commitment_items",
        sa.Column("commitment_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        _of("commitment_items", "commitment_id", "session_commitments"),
        _of("commitment_items", "item_id", "items"),
        sa.PrimaryKeyConstraint("commitment_id", "item_id", name=op.f("pk_commitment_items")),
    )
    _indexed("commitment_items", "item_id")
    op.create_table(
        "commitment_reports",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("commitment_id", sa.Integer(), nullable=False),
        sa.Column("told_on", sa.Date(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("told_by", sa.String(length=60), nullable=False),
        _of("commitment_reports", "commitment_id", "session_commitments"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_commitment_reports")),
    )
    _indexed("commitment_reports", "commitment_id")
    op.create_table(
        "session_milestones",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("planned_on", sa.Date(), nullable=True),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("department_id", sa.Integer(), nullable=True),
        sa.Column("leader", sa.String(length=60), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("withdrawn_on", sa.Date(), nullable=True),
        sa.Column("made_by", sa.String(length=60), nullable=False),
        sa.Column("row_version", sa.Integer(), server_default="1", nullable=False),
        _of("session_milestones", "session_id", "face_to_face_sessions"),
        _of("session_milestones", "department_id", "departments"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_session_milestones")),
    )
    _indexed("session_milestones", "session_id", "department_id")


def _of(table: str, column: str, parent: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}")
    return sa.ForeignKeyConstraint([column], [f"{parent}.id"], name=name)


def _indexed(table: str, *columns: str) -> None:
    for column in columns:
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])


def downgrade() -> None:
    for table in (
        "session_milestones", "commitment_reports", "commitment_items", "session_commitments",
    ):  # fmt: skip
        op.drop_table(table)
