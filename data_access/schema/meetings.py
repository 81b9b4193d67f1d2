"""What stands beside a face-to-face session: its commitments and the milestones of its plan."""

from __future__ import annotations

from sqlalchemy import (
    Column,
    Date,
    ForeignKey,
    Integer,
    String,
    Table,
    Text,
)

from data_access.schema.base import metadata

# 承诺; what was entered by mistake is withdrawn, never deleted. Its state is asked, not stored.
session_commitments = Table(
    "session_commitments",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("session_id", ForeignKey("face_to_face_sessions.id"), nullable=False, index=True),
    Column("text", Text, nullable=False),
    # Name and office of an official, as the session's record says them.
    Column("promised_by", String(60), nullable=False),
    Column("department_id", ForeignKey("departments.id"), nullable=False, index=True),
    Column("due_on", Date, nullable=False),
    Column("fulfilled_on", Date, nullable=True),
    Column("evidence", Text, nullable=True),
    Column("withdrawn_on", Date, nullable=True),
    Column("made_by", String(60), nullable=False),
    Column("row_version", Integer, nullable=False, server_default="1"),
)

# The items that a commitment is about; they keep their own rounds and deadlines.
commitment_items = Table(
    "commitment_items",
    metadata,
    Column("commitment_id", ForeignKey("session_commitments.id"), primary_key=True),
    Column("item_id", ForeignKey("items.id"), primary_key=True, index=True),
)

commitment_reports = Table(
    "commitment_reports",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("commitment_id", ForeignKey("session_commitments.id"), nullable=False, index=True),
    Column("told_on", Date, nullable=False),
    Column("text", Text, nullable=False),
    Column("told_by", String(60), nullable=False),
)

# 作战节点; one without a planned day waits for the work calendar or for people.
session_milestones = Table(
    "session_milestones",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("session_id", ForeignKey("face_to_face_sessions.id"), nullable=False, index=True),
    Column("kind", String(20), nullable=False),
    Column("name", String(40), nullable=False),
    Column("planned_on", Date, nullable=True),
    Column("done_on", Date, nullable=True),
    Column("department_id", ForeignKey("departments.id"), nullable=True, index=True),
    Column("leader", String(60), nullable=True),
    Column("note", Text, nullable=True),
    Column("withdrawn_on", Date, nullable=True),
    Column("made_by", String(60), nullable=False),
    Column("row_version", Integer, nullable=False, server_default="1"),
)
