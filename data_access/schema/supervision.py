"""What supervisors do about items: acts, rulings, hangs, clocks, notices, duties beside the item.

Free texts here are masked on storing like those of ledgers; residents stay in personal_data.
"""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    DateTime,
    ForeignKey,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from data_access.schema.base import metadata

# One row per act and item, never changed but for `effects`, which is written with it.
item_acts = Table(
    "item_acts",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("item_id", ForeignKey("items.id"), nullable=False, index=True),
    Column("round_no", Integer, nullable=True),
    Column("act", String(40), nullable=False),
    Column("account", String(60), nullable=False),
    # The department on whose behalf a lead or co-department acted.
    Column("department_id", ForeignKey("departments.id"), nullable=True),
    Column("at", DateTime, nullable=False),
    Column("done_on", Date, nullable=False),
    Column("reason", Text, nullable=True),
    Column("words", Text, nullable=True),
    Column("evidence", Text, nullable=True),
    # Given by the page: the same act sent twice is done once.
    Column("token", String(80), nullable=False),
    Column("batch_id", Integer, nullable=True),
    Column("undoes_id", ForeignKey("item_acts.id"), nullable=True),
    Column("version_after", Integer, nullable=False),
    Column("change_number", Integer, nullable=False),
    # JSON: which rows were added or changed, and what they held; a counter-act reads it.
    Column("effects", Text, nullable=True),
    UniqueConstraint("token", "item_id", name="uq_item_acts_token"),
)

# 退单: asked by the lead department, ruled by the head of the office.
returns = Table(
    "returns",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("round_id", ForeignKey("rounds.id"), nullable=False, index=True),
    Column("department_id", ForeignKey("departments.id"), nullable=True),
    Column("asked_on", Date, nullable=False),
    Column("asked_by", String(60), nullable=False),
    Column("reason", Text, nullable=False),
    Column("legal_basis", Text, nullable=False),
    # The clock of the department that returned it; a granted return opens another.
    Column("assigned_on", Date, nullable=True),
    Column("due_on", Date, nullable=True),
    Column("ruling", String(20), nullable=True),
    Column("ruled_by", String(60), nullable=True),
    Column("ruled_on", Date, nullable=True),
    Column("words", Text, nullable=True),
    Column("new_department_id", ForeignKey("departments.id"), nullable=True),
)

hangs = Table(
    "hangs",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("item_id", ForeignKey("items.id"), nullable=False, index=True),
    Column("round_no", Integer, nullable=True),
    Column("plan", Text, nullable=False),
    Column("case_leader", String(80), nullable=False),
    Column("review_on", Date, nullable=False),
    Column("begun_on", Date, nullable=False),
    Column("begun_by", String(60), nullable=False),
    Column("ended_on", Date, nullable=True),
)

# A clock beside the running one: category, department or urgency changed, or a hang ended.
deadline_clocks = Table(
    "deadline_clocks",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("round_id", ForeignKey("rounds.id"), nullable=False, index=True),
    Column("cause", String(20), nullable=False),
    Column("opened_on", Date, nullable=False),
    Column("opened_by", String(60), nullable=False),
    Column("value_before", Text, nullable=True),
    Column("value_after", Text, nullable=True),
    Column("department_before_id", ForeignKey("departments.id"), nullable=True),
    # The running clock as it was, and the clock that would run by the new value.
    Column("due_before", Date, nullable=True),
    Column("feedback_before", Date, nullable=True),
    Column("due_on", Date, nullable=True),
    Column("due_basis", String(20), nullable=False),
    Column("due_convention", String(20), nullable=True),
    Column("calendar_version_id", Integer, nullable=True),
    Column("limit_words", String(40), nullable=True),
)

supervision_notices = Table(
    "supervision_notices",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("number", String(40), nullable=True, unique=True),
    Column("item_id", ForeignKey("items.id"), nullable=False, index=True),
    Column("round_no", Integer, nullable=True),
    Column("department_id", ForeignKey("departments.id"), nullable=True),
    Column("kind", String(20), nullable=False),
    Column("level", String(20), nullable=False),
    Column("trigger", String(40), nullable=False),
    Column("text", Text, nullable=False),
    Column("drafted_by", String(60), nullable=False),
    Column("drafted_at", DateTime, nullable=False),
    Column("issued_by", String(60), nullable=True),
    Column("issued_on", Date, nullable=True),
    Column("reply_due_on", Date, nullable=True),
    Column("reply", Text, nullable=True),
    Column("replied_on", Date, nullable=True),
    Column("replied_by", String(60), nullable=True),
    Column("state", String(20), nullable=False),
    Column("words", Text, nullable=True),
)

# 问责: on an item, on a department, or on a department over an item.
accountability_acts = Table(
    "accountability_acts",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("item_id", ForeignKey("items.id"), nullable=True, index=True),
    Column("department_id", ForeignKey("departments.id"), nullable=True, index=True),
    Column("kind", String(20), nullable=False),
    Column("done_on", Date, nullable=False),
    Column("words", Text, nullable=False),
    Column("outcome", Text, nullable=True),
    Column("recorded_by", String(60), nullable=False),
)

media_reports = Table(
    "media_reports",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("item_id", ForeignKey("items.id"), nullable=False, index=True),
    Column("outlet", String(80), nullable=False),
    Column("reported_on", Date, nullable=False),
    Column("words", Text, nullable=False),
    Column("link", Text, nullable=True),
    Column("recorded_by", String(60), nullable=False),
)

# 一事一专班.
task_forces = Table(
    "task_forces",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("item_id", ForeignKey("items.id"), nullable=False, index=True),
    Column("head", String(80), nullable=False),
    Column("members", Text, nullable=False),
    Column("words", Text, nullable=True),
    Column("formed_on", Date, nullable=False),
    Column("ended_on", Date, nullable=True),
    Column("recorded_by", String(60), nullable=False),
)

# Who raised or follows an item; names masked, a resident's data stay in personal_data.
followers = Table(
    "followers",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("item_id", ForeignKey("items.id"), nullable=False, index=True),
    Column("kind", String(20), nullable=False),
    Column("masked_name", String(80), nullable=True),
    # The item merged into this one, whose reporter stays with it.
    Column("from_item_id", ForeignKey("items.id"), nullable=True, index=True),
    Column("words", Text, nullable=True),
    Column("since_on", Date, nullable=False),
    Column("raised_again", Boolean, nullable=False),
    Column("answered_on", Date, nullable=True),
    Column("recorded_by", String(60), nullable=False),
)

# 首接责任: who received an item first answers until the resident is told.
first_receivers = Table(
    "first_receivers",
    metadata,
    Column("item_id", ForeignKey("items.id"), primary_key=True),
    Column("department_id", ForeignKey("departments.id"), nullable=False, index=True),
    Column("received_on", Date, nullable=False),
    Column("told_on", Date, nullable=True),
    Column("told_by", String(60), nullable=True),
)
