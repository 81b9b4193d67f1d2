"""Items (事项), their rounds (轮次) and what happens in a round.

`change_number` stamps an item whenever it or anything below it changes; the facts frame
fetches only items stamped since it last looked.
"""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    false,
)

from data_access.schema.base import metadata

items = Table(
    "items",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("number", String(80), nullable=True, index=True),
    Column("number_is_row_number", Boolean, nullable=False),
    Column("fingerprint", String(32), nullable=False, index=True),
    Column("state", String(20), nullable=False),
    Column("session_id", ForeignKey("face_to_face_sessions.id"), nullable=True),
    Column("category_id", ForeignKey("terms.id"), nullable=True),
    Column("origin_id", ForeignKey("terms.id"), nullable=True),
    Column("reporting_unit_id", ForeignKey("reporting_units.id"), nullable=True),
    Column("township_code", ForeignKey("divisions.code"), nullable=True),
    Column("received_on", Date, nullable=True),
    Column("closed_on", Date, nullable=True),
    Column("struck_off_on", Date, nullable=True),
    Column("hang_until", Date, nullable=True),
    Column("flagged_on", Date, nullable=True),
    Column("excluded", Boolean, nullable=False),
    Column("sound", Boolean, nullable=False),
    Column("look_back", String(20), nullable=True),
    # Indexed for removing items: each asks who points to it.
    Column("repeat_of_id", ForeignKey("items.id"), nullable=True, index=True),
    Column("merged_into_id", Integer, nullable=True),
    Column("current_round", Integer, nullable=False),
    Column("ledger_status", String(20), nullable=True),
    Column("created_batch_id", Integer, nullable=True, index=True),
    Column("row_version", Integer, nullable=False),
    Column("change_number", Integer, nullable=False),
    # A ledger called it a complaint or asked for secrecy; once set it stays.
    Column("reporter_protected", Boolean, nullable=False, server_default=false()),
    # The text index walks the changes in this order, a batch at a time.
    Index("ix_items_change_number", "change_number", "id"),
)

# Long texts apart, so that the narrow table stays narrow (data.md).
item_texts = Table(
    "item_texts",
    metadata,
    Column("item_id", ForeignKey("items.id"), primary_key=True),
    Column("title", Text, nullable=True),
    Column("content", Text, nullable=True),
    Column("village", String(80), nullable=True),
    Column("address", Text, nullable=True),
    Column("urgency", String(40), nullable=True),
    Column("people_count", Integer, nullable=True),
    # 包案领导 is a filter of the desk.
    Column("case_leader", String(80), nullable=True, index=True),
    Column("excluded_reason", Text, nullable=True),
    Column("unsound_reasons", Text, nullable=True),
    Column("remarks", Text, nullable=True),
)

rounds = Table(
    "rounds",
    metadata,
    Column("id", Integer, primary_key=True),
    # Found by uq_rounds_item_id, which begins with it.
    Column("item_id", ForeignKey("items.id"), nullable=False),
    Column("round_no", Integer, nullable=False),
    Column("state", String(20), nullable=False),
    Column("lead_department_id", ForeignKey("departments.id"), nullable=True),
    Column("lead_as_printed", String(200), nullable=True),
    Column("assigned_on", Date, nullable=True),
    Column("received_on", Date, nullable=True),
    Column("due_on", Date, nullable=True),
    Column("due_basis", String(20), nullable=False),
    Column("due_words", Text, nullable=True),
    # How a computed deadline was counted (supervision.working_days.Convention), and by what.
    Column("due_convention", String(20), nullable=True),
    Column("calendar_version_id", ForeignKey("work_calendar_versions.id"), nullable=True),
    Column("extended_due_on", Date, nullable=True),
    Column("feedback_on", Date, nullable=True),
    Column("accepted_on", Date, nullable=True),
    Column("close_due_on", Date, nullable=True),
    Column("closed_on", Date, nullable=True),
    Column("returned", Boolean, nullable=False),
    Column("resolved_by_unit", String(20), nullable=True),
    # The latest callback of the round, copied from `callbacks` by the act that records it.
    Column("called_on", Date, nullable=True),
    Column("reached", Boolean, nullable=True),
    Column("result", String(20), nullable=True),
    Column("process", String(20), nullable=True),
    Column("resolved_by_resident", String(20), nullable=True),
    # The limit that was given, where it was given here and not by a ledger.
    Column("limit_number", Integer, nullable=True),
    Column("limit_unit", String(20), nullable=True),
    Column("limit_on", Date, nullable=True),
    Column("fix_due_on", Date, nullable=True),
    # The day that counted before the feedback was sent back for fixing.
    Column("first_feedback_on", Date, nullable=True),
    Column("return_ruled", Boolean, nullable=False, server_default=false()),
    Column("residents_to_inform", Boolean, nullable=False, server_default=false()),
    Column("residents_told_on", Date, nullable=True),
    # Since when nothing more is added to the round: a later one opened, or it was struck off.
    Column("ended_on", Date, nullable=True),
    Column("opened_by_act", Integer, nullable=True),
    UniqueConstraint("item_id", "round_no", name="uq_rounds_item_id"),
    CheckConstraint("round_no >= 1", name="round_no"),
)

round_co_departments = Table(
    "round_co_departments",
    metadata,
    Column("round_id", ForeignKey("rounds.id"), primary_key=True),
    Column("department_id", ForeignKey("departments.id"), primary_key=True),
    Column("co_role", String(20), nullable=False),
    Column("position", Integer, nullable=False),
)

feedback = Table(
    "feedback",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("round_id", ForeignKey("rounds.id"), nullable=False, index=True),
    Column("kind", String(20), nullable=False),
    Column("given_on", Date, nullable=True),
    Column("text", Text, nullable=False),
    Column("batch_id", Integer, nullable=True),
    Column("given_by", String(60), nullable=True),
    Column("evidence", Text, nullable=True),
)

extensions = Table(
    "extensions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("round_id", ForeignKey("rounds.id"), nullable=False, index=True),
    Column("asked_on", Date, nullable=True),
    Column("reason", Text, nullable=True),
    Column("approved_on", Date, nullable=True),
    Column("approved_by", String(60), nullable=True),
    Column("new_due_on", Date, nullable=True),
    Column("batch_id", Integer, nullable=True),
    Column("asked_by", String(60), nullable=True),
    Column("decision", String(20), nullable=True),
    Column("decided_by", String(60), nullable=True),
    Column("decided_on", Date, nullable=True),
    Column("decision_words", Text, nullable=True),
)

# Every call is kept; `reached` false is an answer of its own (无法接通).
callbacks = Table(
    "callbacks",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("round_id", ForeignKey("rounds.id"), nullable=False, index=True),
    Column("called_on", Date, nullable=True),
    Column("reached", Boolean, nullable=True),
    Column("result", String(20), nullable=True),
    Column("process", String(20), nullable=True),
    Column("resolved", String(20), nullable=True),
    Column("text", Text, nullable=True),
    Column("batch_id", Integer, nullable=True),
    Column("called_by", String(60), nullable=True),
)

look_backs = Table(
    "look_backs",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("item_id", ForeignKey("items.id"), nullable=False, index=True),
    Column("checked_on", Date, nullable=True),
    Column("outcome", String(20), nullable=False),
    Column("text", Text, nullable=True),
    Column("batch_id", Integer, nullable=True),
    Column("round_no", Integer, nullable=True),
    Column("checked_by", String(60), nullable=True),
)

leader_instructions = Table(
    "leader_instructions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("item_id", ForeignKey("items.id"), nullable=False, index=True),
    Column("given_on", Date, nullable=True),
    Column("leader", String(80), nullable=True),
    Column("text", Text, nullable=False),
    Column("batch_id", Integer, nullable=True),
    Column("given_by", String(60), nullable=True),
    Column("answered_on", Date, nullable=True),
    Column("answer", Text, nullable=True),
    Column("answered_by", String(60), nullable=True),
)

reassignment_flags = Table(
    "reassignment_flags",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("item_id", ForeignKey("items.id"), nullable=False, index=True),
    Column("round_no", Integer, nullable=False),
    Column("reason", String(30), nullable=False),
    Column("words", Text, nullable=True),
    Column("flagged_by", String(60), nullable=False),
    Column("flagged_at", DateTime, nullable=False),
    Column("decision", String(20), nullable=True),
    Column("decided_by", String(60), nullable=True),
    Column("decided_at", DateTime, nullable=True),
    Column("decision_words", Text, nullable=True),
    Column("evidence", Text, nullable=True),
    Column("proposed", String(20), nullable=True),
    Column("proposed_department_id", Integer, nullable=True),
    # Approved to be left out of appraisal, with 维持办结.
    Column("excluded", Boolean, nullable=True),
    # Where the item stood when it was flagged: a refused flag puts it back.
    Column("from_state", String(20), nullable=True),
)
