"""Accounts as they are stored, read as the people they stand for."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Column, ColumnElement, Connection, Engine, Row, Select, select, true

from data_access.database import reading
from data_access.schema.accounts import (
    account_departments,
    account_roles,
    account_units,
    accounts,
)
from data_access.schema.registers import departments, reporting_units
from supervision.rights import scope_refused
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
        return _found(connection, true())


def has_accounts(engine: Engine) -> bool:
    """Whether anybody could log in at all."""
    with reading(engine) as connection:
        return connection.execute(select(accounts.c.id).limit(1)).first() is not None


def _one(connection: Connection, condition: ColumnElement[bool]) -> Account | None:
    return next(iter(_found(connection, condition)), None)


def _found(connection: Connection, condition: ColumnElement[bool]) -> list[Account]:
    """The accounts, in four questions however many there are."""
    rows = connection.execute(select(accounts).where(condition).order_by(accounts.c.login)).all()
    keys = [row.id for row in rows]
    roles = _words(connection, select(account_roles.c.account_id, account_roles.c.role), keys,
                   account_roles.c.account_id)  # fmt: skip
    units = _words(
        connection,
        select(account_units.c.account_id, reporting_units.c.name).join(
            reporting_units, account_units.c.reporting_unit_id == reporting_units.c.id
        ),
        keys,
        account_units.c.account_id,
    )
    own = _words(
        connection,
        select(account_departments.c.account_id, departments.c.name).join(
            departments, account_departments.c.department_id == departments.c.id
        ),
        keys,
        account_departments.c.account_id,
    )
    return [
        _account(
            row,
            frozenset(Role(role) for role in roles[row.id]),
            _scope(roles, units, own, row),
        )
        for row in rows
    ]


def _words(
    connection: Connection,
    question: Select[int, str],
    keys: list[int],
    of: Column[int],
) -> dict[int, set[str]]:
    found: dict[int, set[str]] = defaultdict(set)
    # One account is asked for at every rerun: only its rows; else all of them.
    narrowed = question.where(of == keys[0]) if len(keys) == 1 else question
    for account_id, word in connection.execute(narrowed):
        found[account_id].add(word)
    return found


def _account(row: Row[tuple[object, ...]], roles: frozenset[Role], scope: Scope) -> Account:
    return Account(
        id=row.id,
        viewer=Viewer(account=row.login, name=row.name, roles=roles, scope=scope),
        active=row.active,
        must_change=row.must_change,
        has_password=row.password_hash is not None,
        outside_subject=row.outside_subject,
        locked_until=row.locked_until,
        last_login_at=row.last_login_at,
        password_set_at=row.password_set_at,
        row_version=row.row_version,
    )


def _scope(
    roles: dict[int, set[str]],
    units: dict[int, set[str]],
    own: dict[int, set[str]],
    account: Row[tuple[object, ...]],
) -> Scope:
    held = roles[account.id]
    if account.whole_city:
        scope = Scope.whole_city()
    else:
        departments_of = frozenset(own[account.id])
        scope = Scope(
            reporting_units=frozenset(units[account.id]),
            departments=departments_of,
            co_departments=departments_of if Role.CO_UNIT in held else frozenset(),
        )
    # Reads leave out who complained wherever a scope has departments: an account from before
    # this was asked sees nothing until it is given some.
    refused = scope_refused(frozenset(Role(role) for role in held), scope)
    return scope if refused is None else Scope()
