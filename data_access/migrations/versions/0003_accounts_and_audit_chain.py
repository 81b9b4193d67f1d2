"""Accounts, sessions, residents' personal data apart; audit rows are chained and only added."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

import msgspec
import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

START = "0" * 64
BLOCK = 5_000
TOLD = ("at", "actor", "act", "entity", "entity_id", "before", "after", "reason", "batch_id",
        "change_number")  # fmt: skip


def upgrade() -> None:
    _accounts()
    _sessions()
    op.create_table(
        "personal_data",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("field", sa.String(40), nullable=False),
        sa.Column("masked", sa.Text(), nullable=False),
        sa.Column("sealed", sa.Text(), nullable=True),
        sa.Column("lookup", sa.String(64), nullable=True),
        sa.Column("key_id", sa.String(16), nullable=True),
        sa.Column("batch_id", sa.Integer(), nullable=True),
        sa.Column("stored_at", sa.DateTime(), nullable=False),
        sa.Column("erased_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["item_id"], ["items.id"], name=op.f("fk_personal_data_item_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_personal_data")),
    )
    op.create_index(op.f("ix_personal_data_item_id"), "personal_data", ["item_id"])
    op.create_index(op.f("ix_personal_data_lookup"), "personal_data", ["lookup"])
    _chain()
    _only_added()


def _accounts() -> None:
    op.create_table(
        "accounts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("login", sa.String(60), nullable=False),
        sa.Column("name", sa.String(60), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("whole_city", sa.Boolean(), nullable=False),
        sa.Column("password_hash", sa.String(200), nullable=True),
        sa.Column("password_set_at", sa.DateTime(), nullable=True),
        sa.Column("must_change", sa.Boolean(), nullable=False),
        sa.Column("outside_subject", sa.String(200), nullable=True),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("locked_until", sa.DateTime(), nullable=True),
        sa.Column("last_login_at", sa.DateTime(), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("row_version", sa.Integer(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accounts")),
        sa.UniqueConstraint("login", name=op.f("uq_accounts_login")),
        sa.UniqueConstraint("outside_subject", name=op.f("uq_accounts_outside_subject")),
    )
    _of_an_account("account_roles", sa.Column("role", sa.String(20), nullable=False))
    _of_an_account(
        "account_units",
        sa.Column(
            "reporting_unit_id",
            sa.Integer(),
            sa.ForeignKey("reporting_units.id", name="fk_account_units_reporting_unit_id"),
            nullable=False,
        ),
    )
    _of_an_account(
        "account_departments",
        sa.Column(
            "department_id",
            sa.Integer(),
            sa.ForeignKey("departments.id", name="fk_account_departments_department_id"),
            nullable=False,
        ),
    )


def _of_an_account(table: str, column: sa.Column[object]) -> None:
    op.create_table(
        table,
        sa.Column("account_id", sa.Integer(), nullable=False),
        column,
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=f"fk_{table}_account_id"),
        sa.PrimaryKeyConstraint("account_id", column.name, name=f"pk_{table}"),
    )


def _sessions() -> None:
    op.create_table(
        "login_sessions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(64), nullable=False),
        sa.Column("way", sa.String(20), nullable=False),
        sa.Column("address", sa.String(60), nullable=False),
        sa.Column("browser", sa.String(200), nullable=False),
        sa.Column("started_at", sa.DateTime(), nullable=False),
        sa.Column("seen_at", sa.DateTime(), nullable=False),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.Column("ended_why", sa.String(30), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_login_sessions_account_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_login_sessions")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_login_sessions_token_hash")),
    )
    op.create_index(op.f("ix_login_sessions_account_id"), "login_sessions", ["account_id"])
    op.create_table(
        "failed_logins",
        sa.Column("login_hash", sa.String(64), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("locked_until", sa.DateTime(), nullable=True),
        sa.Column("last_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("login_hash", name=op.f("pk_failed_logins")),
    )


def _chain() -> None:
    """Seal the rows that are there; from now on each new row seals itself."""
    op.create_table(
        "audit_head",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("length", sa.Integer(), nullable=False),
        sa.Column("chain", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_head")),
    )
    with op.batch_alter_table("audit") as batch:
        batch.add_column(sa.Column("chain", sa.String(64), nullable=True))
    connection = op.get_bind()
    audit = sa.table("audit", sa.column("id"), *(sa.column(name) for name in TOLD),
                     sa.column("chain"))  # fmt: skip
    # Typed here: the driver of SQLite would give the instant as text.
    audit.c.at.type = sa.DateTime()
    length, chain = 0, START
    for rows in _blocks(connection, audit):
        sealed = []
        for row in rows:
            told = msgspec.json.encode([chain, *row[1:]])
            chain, length = hashlib.sha256(told).hexdigest(), length + 1
            sealed.append({"key": row.id, "sealed": chain})
        connection.execute(
            sa.update(audit).where(audit.c.id == sa.bindparam("key")).values(
                chain=sa.bindparam("sealed", type_=sa.String())
            ),
            sealed,
        )  # fmt: skip
    with op.batch_alter_table("audit") as batch:
        batch.alter_column("chain", existing_type=sa.String(64), nullable=False)
    connection.execute(
        sa.text("INSERT INTO audit_head (id, length, chain) VALUES (1, :length, :chain)"),
        {"length": length, "chain": chain},
    )


def _blocks(
    connection: sa.Connection, audit: sa.TableClause
) -> Iterator[list[sa.Row[tuple[object, ...]]]]:
    last = 0
    told = [audit.c.id, *(audit.c[name] for name in TOLD)]
    while rows := connection.execute(
        sa.select(*told).where(audit.c.id > last).order_by(audit.c.id).limit(BLOCK)
    ).all():
        yield list(rows)
        last = rows[-1].id


def _only_added() -> None:
    """The store itself refuses to change or delete an audit row."""
    if op.get_bind().dialect.name == "sqlite":
        for what in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER audit_no_{what.lower()} BEFORE {what} ON audit "
                "BEGIN SELECT RAISE(ABORT, 'audit rows are only added'); END"
            )
        return
    op.execute(
        "CREATE FUNCTION audit_only_added() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'audit rows are only added'; END $$"
    )
    op.execute(
        "CREATE TRIGGER audit_only_added BEFORE UPDATE OR DELETE OR TRUNCATE ON audit "
        "FOR EACH STATEMENT EXECUTE FUNCTION audit_only_added()"
    )


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TRIGGER audit_no_update")
        op.execute("DROP TRIGGER audit_no_delete")
    else:
        op.execute("DROP TRIGGER audit_only_added ON audit")
        op.execute("DROP FUNCTION audit_only_added()")
    with op.batch_alter_table("audit") as batch:
        batch.drop_column("chain")
    for table in (
        "audit_head", "personal_data", "failed_logins", "login_sessions", "account_departments",
        "account_units", "account_roles", "accounts",
    ):  # fmt: skip
        op.drop_table(table)
