"""Rules of the city are kept by the day they come into force; what stood in `settings` moves.

包案领导 gets its index.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_BASIS = "升级前已设定"
_LONG_AGO = date(2000, 1, 1)
_POINTS = "satisfaction_points"
_LINE = re.compile(r"(\d{4}-\d{2}-\d{2}) +([\d/]+)(?: +(.*))?")
_MOVED = (
    "deadline_convention", "due_soon_working_days", _POINTS, "return_working_days",
    "fix_working_days", "next_round_working_days", "notice_reply_days", "longest_hang_days",
    "co_silent_working_days", "look_back_after_days",
)  # fmt: skip


def upgrade() -> None:
    versions = op.create_table(
        "rule_versions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("subject", sa.String(length=40), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("decided_by", sa.String(length=60), nullable=False),
        sa.Column("decided_at", sa.DateTime(), nullable=False),
        sa.Column("change_number", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rule_versions")),
    )
    op.create_index(
        "ix_rule_versions_name", "rule_versions", ["name", "subject", "valid_from"], unique=False
    )
    op.create_index(op.f("ix_item_texts_case_leader"), "item_texts", ["case_leader"], unique=False)
    _move(op.get_bind(), versions)


def _move(connection: sa.Connection, versions: sa.Table) -> None:
    settings = sa.table("settings", sa.column("name"), sa.column("value"))
    stood = connection.execute(
        sa.select(settings.c.name, settings.c.value).where(settings.c.name.in_(_MOVED))
    ).all()
    rows = [row for name, value in sorted(stood) for row in _rows(name, value)]
    if rows:
        connection.execute(sa.insert(versions), rows)
        connection.execute(sa.delete(settings).where(settings.c.name.in_(_MOVED)))


def _rows(name: str, value: str) -> Iterator[dict[str, Any]]:
    moved = {
        "name": name, "subject": "", "value": value, "valid_from": _LONG_AGO, "basis": _BASIS,
        "decided_by": "upgrade", "decided_at": datetime.combine(_LONG_AGO, time.min),
        "change_number": 0,
    }  # fmt: skip
    if name != _POINTS:
        yield moved
        return
    # Sets of points were dated before: one a line, with their basis.
    for line in value.splitlines():
        if (found := _LINE.fullmatch(line.strip())) is not None:
            day, basis = date.fromisoformat(found[1]), found[3] or _BASIS
            yield {**moved, "value": found[2], "valid_from": day, "basis": basis}


def downgrade() -> None:
    op.drop_index(op.f("ix_item_texts_case_leader"), table_name="item_texts")
    op.drop_index("ix_rule_versions_name", table_name="rule_versions")
    op.drop_table("rule_versions")
