"""Who may log in, with which roles and scope, and who is logged in."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, DateTime, ForeignKey, Integer, String, Table, Text

from data_access.schema.base import metadata

# `password_hash` is empty for people whom a provider or proxy vouches for.
accounts = Table(
    "accounts",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("login", String(60), nullable=False, unique=True),
    Column("name", String(60), nullable=False),
    Column("active", Boolean, nullable=False),
    Column("whole_city", Boolean, nullable=False),
    Column("password_hash", String(200), nullable=True),
    Column("password_set_at", DateTime, nullable=True),
    Column("must_change", Boolean, nullable=False),
    Column("outside_subject", String(200), nullable=True, unique=True),
    Column("failures", Integer, nullable=False),
    Column("locked_until", DateTime, nullable=True),
    Column("last_login_at", DateTime, nullable=True),
    Column("created_at", DateTime, nullable=False),
    Column("row_version", Integer, nullable=False, server_default="1"),
)

account_roles = Table(
    "account_roles",
    metadata,
    Column("account_id", ForeignKey("accounts.id"), primary_key=True),
    Column("role", String(20), primary_key=True),
)

account_units = Table(
    "account_units",
    metadata,
    Column("account_id", ForeignKey("accounts.id"), primary_key=True),
    Column("reporting_unit_id", ForeignKey("reporting_units.id"), primary_key=True),
)

account_departments = Table(
    "account_departments",
    metadata,
    Column("account_id", ForeignKey("accounts.id"), primary_key=True),
    Column("department_id", ForeignKey("departments.id"), primary_key=True),
)

# The cookie's token is kept as its hash only: who reads the store cannot log in with it.
login_sessions = Table(
    "login_sessions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("account_id", ForeignKey("accounts.id"), nullable=False, index=True),
    Column("token_hash", String(64), nullable=False, unique=True),
    Column("way", String(20), nullable=False),
    Column("address", String(60), nullable=False),
    Column("browser", String(200), nullable=False),
    Column("started_at", DateTime, nullable=False),
    Column("seen_at", DateTime, nullable=False),
    Column("ended_at", DateTime, nullable=True),
    Column("ended_why", String(30), nullable=True),
)

# What was typed as a login that nobody has: counted like a real one, so that a lock tells nothing.
failed_logins = Table(
    "failed_logins",
    metadata,
    Column("login_hash", String(64), primary_key=True),
    Column("failures", Integer, nullable=False),
    Column("locked_until", DateTime, nullable=True),
    Column("last_at", DateTime, nullable=False),
)

# Residents' personal data of an item: `sealed` is encrypted, `masked` is what everyone sees.
# `lookup` is a keyed hash, so that the same phone is found again without being readable.
personal_data = Table(
    "personal_data",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("item_id", ForeignKey("items.id"), nullable=False, index=True),
    Column("field", String(40), nullable=False),
    Column("masked", Text, nullable=False),
    Column("sealed", Text, nullable=True),
    Column("lookup", String(64), nullable=True, index=True),
    Column("key_id", String(16), nullable=True),
    Column("batch_id", Integer, nullable=True),
    Column("stored_at", DateTime, nullable=False),
    Column("erased_at", DateTime, nullable=True),
    # The batch that told otherwise since: kept sealed only so that the batch can be undone.
    Column("replaced_by_batch", Integer, nullable=True),
)
