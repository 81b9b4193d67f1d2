"""Accounts as they are stored, read as the people they stand for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, Engine, select

from data_access.database import reading
from data_access.schema.accounts import (
    account_departments,
    account_roles,
    account_units,
    accounts,
)
from data_access.schema.registers import departments, reporting_units
from supervision.scope import Role, Scope, Viewer

LOCAL = Viewer(
    account="terminal",
    name="本机命令",
    roles=frozenset({Role.SYSTEM}),
    scope=Scope.whole_city(),
)
"""Whoever may run commands on the machine itself."""


@dataclass(frozen=True, slots=True)
class Account:
    """One account without its secrets; instants in city time."""

    id: int
    viewer: Viewer
    active: bool
    must_change: bool
    has_password: bool
    outside_subject: str | None
    locked_until: datetime | None
    last_login_at: datetime | None
    password_set_at: datetime | None
    row_version: int


def account_of(connection: Connection, account_id: int) -> Account | None:
    """The account of this id."""
    return _one(connection, accounts.c.id == account_id)


def account_named(connection: Connection, login: str) -> Account | None:
    """The account with this login, as it is written."""
    return _one(connection, accounts.c.login == login)


def account_list(engine: Engine) -> list[Account]:
    """Every account, by login."""
    with reading(engine) as connection:
        ids = connection.execute(select(accounts.c.id).order_by(accounts.c.login)).scalars().all()
        return [found for key in ids if (found := account_of(connection, key)) is not None]


def has_accounts(engine: Engine) -> bool:
    """Whether anybody could log in at all."""
    with reading(engine) as connection:
        return connection.execute(select(accounts.c.id).limit(1)).first() is not None


def _one(connection: Connection, condition: ColumnElement[bool]) -> Account | None:
    row = connection.execute(select(accounts).where(condition)).one_or_none()
    if row is None:
        return None
    return Account(
        id=row.id,
        viewer=Viewer(
            account=row.login,
            name=row.name,
            roles=_roles(connection, row.id),
            scope=_scope(connection, row.id, whole_city=row.whole_city),
        ),
        active=row.active,
        must_change=row.must_change,
        has_password=row.password_hash is not None,
        outside_subject=row.outside_subject,
        locked_until=row.locked_until,
        last_login_at=row.last_login_at,
        password_set_at=row.password_set_at,
        row_version=row.row_version,
    )


def _roles(connection: Connection, account_id: int) -> frozenset[Role]:
    found = connection.execute(
        select(account_roles.c.role).where(account_roles.c.account_id == account_id)
    ).scalars()
    return frozenset(Role(role) for role in found)


def _scope(connection: Connection, account_id: int, *, whole_city: bool) -> Scope:
    if whole_city:
        return Scope.whole_city()
    units = connection.execute(
        select(reporting_units.c.name)
        .join(account_units, account_units.c.reporting_unit_id == reporting_units.c.id)
        .where(account_units.c.account_id == account_id)
    ).scalars()
    own = connection.execute(
        select(departments.c.name)
        .join(account_departments, account_departments.c.department_id == departments.c.id)
        .where(account_departments.c.account_id == account_id)
    ).scalars()
    return Scope(reporting_units=frozenset(units), departments=frozenset(own))
