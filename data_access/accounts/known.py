"""Accounts as they are stored, read as the people they stand for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, Row, Select, bindparam, literal, select, union_all

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


_ROLE, _UNIT, _DEPARTMENT = "role", "unit", "department"
# Built once: one account is asked for at every rerun, and building takes longer than asking.
_EVERY = select(accounts).order_by(accounts.c.login)
_OF_ID = _EVERY.where(accounts.c.id == bindparam("account"))
_WORDS = union_all(
    select(
        account_roles.c.account_id, literal(_ROLE).label("kind"), account_roles.c.role.label("word")
    ),
    select(account_units.c.account_id, literal(_UNIT), reporting_units.c.name).join(
        reporting_units, account_units.c.reporting_unit_id == reporting_units.c.id
    ),
    select(account_departments.c.account_id, literal(_DEPARTMENT), departments.c.name).join(
        departments, account_departments.c.department_id == departments.c.id
    ),
).subquery()
_EVERY_WORD = select(_WORDS.c.account_id, _WORDS.c.kind, _WORDS.c.word)
_WORDS_OF_ONE = _EVERY_WORD.where(_WORDS.c.account_id == bindparam("account"))
_Words = dict[tuple[int, str], set[str]]
"""Account and kind → its roles, or the names of its units or departments."""


def account_of(connection: Connection, account_id: int) -> Account | None:
    """The account of this id."""
    return next(iter(_found(connection, _OF_ID, {"account": account_id})), None)


def account_named(connection: Connection, login: str) -> Account | None:
    """The account with this login, as it is written."""
    return next(iter(_found(connection, _EVERY.where(accounts.c.login == login))), None)


def account_list(engine: Engine) -> list[Account]:
    """Every account, by login."""
    with reading(engine) as connection:
        return _found(connection, _EVERY)


def has_accounts(engine: Engine) -> bool:
    """Whether anybody could log in at all."""
    with reading(engine) as connection:
        return connection.execute(select(accounts.c.id).limit(1)).first() is not None


def _found(
    connection: Connection, question: Select[Any], asked: Mapping[str, int] | None = None
) -> list[Account]:
    """The accounts, in two questions however many there are."""
    rows = connection.execute(question, asked).all()
    words: _Words = defaultdict(set)
    told = (
        connection.execute(_WORDS_OF_ONE, {"account": rows[0].id})
        if len(rows) == 1
        else connection.execute(_EVERY_WORD)
    )
    for account_id, kind, word in told:
        words[account_id, kind].add(word)
    return [_account(row, words) for row in rows]


def _account(row: Row[Any], words: _Words) -> Account:
    roles = frozenset(Role(role) for role in words[row.id, _ROLE])
    return Account(
        id=row.id,
        viewer=Viewer(row.login, row.name, roles, _scope(row, roles, words)),
        active=row.active,
        must_change=row.must_change,
        has_password=row.password_hash is not None,
        outside_subject=row.outside_subject,
        locked_until=row.locked_until,
        last_login_at=row.last_login_at,
        password_set_at=row.password_set_at,
        row_version=row.row_version,
    )


def _scope(row: Row[Any], roles: frozenset[Role], words: _Words) -> Scope:
    if row.whole_city:
        scope = Scope.whole_city()
    else:
        departments_of = frozenset(words[row.id, _DEPARTMENT])
        scope = Scope(
            reporting_units=frozenset(words[row.id, _UNIT]),
            departments=departments_of,
            co_departments=departments_of if Role.CO_UNIT in roles else frozenset(),
        )
    # Reads leave out who complained wherever a scope has departments: an account from before
    # this was asked sees nothing until it is given some.
    refused = scope_refused(roles, scope)
    return scope if refused is None else Scope()
