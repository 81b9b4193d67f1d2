"""Divisions, reporting units, departments, face-to-face sessions, dictionary terms."""

from __future__ import annotations

from sqlalchemy import (
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from data_access.schema.base import metadata

# 考核单位: the six counties and the functional zones, in the fixed order of bulletins.
reporting_units = Table(
    "reporting_units",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", String(60), nullable=False, unique=True),
    Column("peer_group", String(30), nullable=False),
    Column("position", Integer, nullable=False),
)

divisions = Table(
    "divisions",
    metadata,
    Column("code", String(12), primary_key=True),
    Column("name", String(80), nullable=False),
    Column("level", String(10), nullable=False),
    Column("parent_code", ForeignKey("divisions.code"), nullable=True, index=True),
    Column("reporting_unit_id", ForeignKey("reporting_units.id"), nullable=True),
    Column("valid_from", Date, nullable=True),
    Column("valid_to", Date, nullable=True),
    # What it was called when its first items came: their fingerprints hold it.
    Column("first_name", String(80), nullable=True),
    # 联镇领导 of a township: a filter of leaders' pages and the desk.
    Column("linked_leader", String(30), nullable=True),
    Column("row_version", Integer, nullable=False, server_default="1"),
)

division_aliases = Table(
    "division_aliases",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("division_code", ForeignKey("divisions.code"), nullable=False, index=True),
    Column("alias", String(80), nullable=False),
    Column("valid_from", Date, nullable=True),
    Column("valid_to", Date, nullable=True),
)

departments = Table(
    "departments",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", String(80), nullable=False, unique=True),
    Column("short_name", String(40), nullable=False),
    Column("peer_group", String(30), nullable=False),
    Column("position", Integer, nullable=False),
    Column("reporting_unit_id", ForeignKey("reporting_units.id"), nullable=True),
    Column("valid_from", Date, nullable=True),
    Column("valid_to", Date, nullable=True),
    Column("row_version", Integer, nullable=False, server_default="1"),
    # The department it was merged into: its closed rounds stay with it, its names do not.
    Column("successor_id", Integer, nullable=True),
)

department_aliases = Table(
    "department_aliases",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("department_id", ForeignKey("departments.id"), nullable=False, index=True),
    Column("alias", String(80), nullable=False),
    Column("valid_from", Date, nullable=True),
    Column("valid_to", Date, nullable=True),
    UniqueConstraint("alias", "valid_from", name="uq_department_aliases_alias"),
)

face_to_face_sessions = Table(
    "face_to_face_sessions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("held_on", Date, nullable=True),
    Column("theme", String(120), nullable=False),
    Column("host", String(60), nullable=True),
    Column("level", String(20), nullable=True),
    Column("collected", Integer, nullable=True),
    Column("valid", Integer, nullable=True),
    Column("represented", Integer, nullable=True),
    Column("row_version", Integer, nullable=False, server_default="1"),
    # The ledger that named it first.
    Column("created_batch_id", Integer, nullable=True),
    CheckConstraint("collected IS NULL OR valid IS NULL OR valid <= collected", name="valid"),
    UniqueConstraint("theme", "held_on", name="uq_sessions_theme"),
)

# 问题分类, 来源渠道: what ledgers call things, one row per word.
terms = Table(
    "terms",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("kind", String(20), nullable=False),
    Column("name", Text, nullable=False),
    # A word that ledgers go on writing after the city has renamed or merged it.
    Column("stands_for_id", Integer, nullable=True),
    Column("created_batch_id", Integer, nullable=True),
    UniqueConstraint("kind", "name", name="uq_terms_kind"),
)
