"""Making and changing accounts: the system administrator's acts, each with its audit row."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import Connection, Engine, delete, insert, select, update

from data_access import clock
from data_access.accounts.known import Account
from data_access.accounts.passwords import hashed, one_time_password
from data_access.accounts.sessions import Ended, end_sessions
from data_access.accounts.wanted import (
    AccountRefused,
    AccountWanted,
    keep_an_administrator,
    refuse_wanted,
    unchanged,
)
from data_access.database import Transaction
from data_access.schema.accounts import (
    account_departments,
    account_roles,
    account_units,
    accounts,
)
from data_access.schema.registers import departments, reporting_units
from data_access.writes.in_line import told_in_turn
from data_access.writes.record_audit import record_audit
from supervision.scope import Viewer

__all__ = ["AccountRefused", "AccountWanted"]


class FirstPassword(NamedTuple):
    """A password nobody has chosen, with its hash: hashing is slow and not for under a lock."""

    text: str
    hash: str


def first_password() -> FirstPassword:
    """A new one-time password."""
    text = one_time_password()
    return FirstPassword(text, hashed(text))


def create_account(
    engine: Engine, wanted: AccountWanted, *, viewer: Viewer, password: str | None = None
) -> str:
    """Make an account; returns the one-time password that its first login must replace.

    A `password` given (sample accounts) need not be replaced. Raises AccountRefused.
    """
    first = first_password() if password is None else None
    with told_in_turn(engine) as change:
        return create_in(change, wanted, viewer=viewer, password=password, first=first)


def create_in(
    change: Transaction,
    wanted: AccountWanted,
    *,
    viewer: Viewer,
    password: str | None = None,
    first: FirstPassword | None = None,
) -> str:
    """`create_account` in a transaction that is open: many accounts, or none.

    `first` is a one-time password that was hashed before.
    """
    refuse_wanted(change.connection, wanted)
    given = first or (FirstPassword(password, hashed(password)) if password else first_password())
    key = change.connection.execute(
        insert(accounts)
        .values(
            login=wanted.login,
            name=wanted.name,
            active=True,
            whole_city=wanted.scope.everything,
            password_hash=given.hash,
            password_set_at=clock.instant(),
            must_change=password is None,
            outside_subject=wanted.outside_subject,
            failures=0,
            created_at=clock.instant(),
        )
        .returning(accounts.c.id)
    ).scalar_one()
    _set_roles_and_scope(change.connection, key, wanted)
    record_audit(
        change, viewer, act="create_account", entity="account", entity_id=key,
        after=_told(wanted),
    )  # fmt: skip
    return given.text


class IssuedPassword(NamedTuple):
    """The one-time password of a new account, to be handed to its person."""

    login: str
    name: str
    password: str


def create_accounts(
    engine: Engine, wanted: Sequence[AccountWanted], *, viewer: Viewer
) -> list[IssuedPassword]:
    """Make all these accounts or none. Raises AccountRefused."""
    firsts = [first_password() for _ in wanted]
    with told_in_turn(engine) as change:
        for account, first in zip(wanted, firsts, strict=True):
            create_in(change, account, viewer=viewer, first=first)
    return [
        IssuedPassword(account.login, account.name, first.text)
        for account, first in zip(wanted, firsts, strict=True)
    ]


def change_account(
    engine: Engine, account_id: int, wanted: AccountWanted, *, row_version: int, viewer: Viewer
) -> None:
    """Give an account other roles, scope or name; its sessions end. Raises AccountRefused."""
    with told_in_turn(engine) as change:
        before = unchanged(change.connection, account_id, row_version)
        if wanted.login != before.viewer.account:
            raise AccountRefused("账号名不能改：审计记录以它为准。请新建账号并停用旧账号。")
        if before.viewer.account == viewer.account:
            raise AccountRefused("不能调整自己的权限，请由另一位系统管理员办理。")
        refuse_wanted(change.connection, wanted, but=before)
        keep_an_administrator(change.connection, before, wanted.roles)
        change.connection.execute(
            update(accounts)
            .where(accounts.c.id == account_id)
            .values(
                name=wanted.name,
                whole_city=wanted.scope.everything,
                outside_subject=wanted.outside_subject,
                row_version=row_version + 1,
            )
        )
        _set_roles_and_scope(change.connection, account_id, wanted)
        end_sessions(change.connection, Ended.RIGHTS, account_id=account_id)
        record_audit(
            change, viewer, act="change_account", entity="account", entity_id=account_id,
            before=_told(_as_wanted(before)), after=_told(wanted),
        )  # fmt: skip


def set_active(
    engine: Engine, account_id: int, *, active: bool, row_version: int, viewer: Viewer
) -> None:
    """Switch an account off (its sessions end) or on again. Raises AccountRefused."""
    with told_in_turn(engine) as change:
        before = unchanged(change.connection, account_id, row_version)
        if before.viewer.account == viewer.account:
            raise AccountRefused("不能停用自己的账号。")
        if not active:
            keep_an_administrator(change.connection, before, frozenset())
        change.connection.execute(
            update(accounts)
            .where(accounts.c.id == account_id)
            .values(active=active, failures=0, locked_until=None, row_version=row_version + 1)
        )
        end_sessions(change.connection, Ended.DISABLED, account_id=account_id)
        record_audit(
            change, viewer, act="enable_account" if active else "disable_account",
            entity="account", entity_id=account_id,
        )  # fmt: skip


def unlock_account(engine: Engine, account_id: int, *, row_version: int, viewer: Viewer) -> None:
    """Take off the lock that failed logins have set. Raises AccountRefused."""
    with told_in_turn(engine) as change:
        before = unchanged(change.connection, account_id, row_version)
        if before.locked_until is None or before.locked_until <= clock.instant():
            raise AccountRefused("这个账号没有锁定。")
        change.connection.execute(
            update(accounts)
            .where(accounts.c.id == account_id)
            .values(failures=0, locked_until=None, row_version=row_version + 1)
        )
        record_audit(
            change, viewer, act="unlock_account", entity="account", entity_id=account_id,
            before={"locked_until": before.locked_until.isoformat()}, after={"locked_until": None},
        )  # fmt: skip


def reset_password(engine: Engine, account_id: int, *, row_version: int, viewer: Viewer) -> str:
    """A new one-time password, the lock taken off, every session ended. Raises AccountRefused."""
    first = first_password()
    with told_in_turn(engine) as change:
        before = unchanged(change.connection, account_id, row_version)
        if before.viewer.account == viewer.account:
            raise AccountRefused("自己的密码请从右上角的姓名里“修改密码”。")
        change.connection.execute(
            update(accounts)
            .where(accounts.c.id == account_id)
            .values(
                password_hash=first.hash,
                password_set_at=clock.instant(),
                must_change=True,
                failures=0,
                locked_until=None,
                row_version=row_version + 1,
            )
        )
        end_sessions(change.connection, Ended.PASSWORD, account_id=account_id)
        record_audit(change, viewer, act="reset_password", entity="account", entity_id=account_id)
    return first.text


def end_session_of(engine: Engine, session_id: int, *, viewer: Viewer) -> None:
    """End somebody's session at once."""
    with told_in_turn(engine) as change:
        if end_sessions(change.connection, Ended.BY_ADMIN, session_id=session_id):
            record_audit(
                change, viewer, act="end_session", entity="login_session", entity_id=session_id
            )


def _set_roles_and_scope(connection: Connection, key: int, wanted: AccountWanted) -> None:
    for table in (account_roles, account_units, account_departments):
        connection.execute(delete(table).where(table.c.account_id == key))
    connection.execute(
        insert(account_roles),
        [{"account_id": key, "role": role.value} for role in sorted(wanted.roles)],
    )
    for table, column, register, names in (
        (account_units, "reporting_unit_id", reporting_units, wanted.scope.reporting_units),
        (account_departments, "department_id", departments, wanted.scope.departments),
    ):
        ids = connection.execute(select(register.c.id).where(register.c.name.in_(names))).scalars()
        if rows := [{"account_id": key, column: found} for found in ids]:
            connection.execute(insert(table), rows)


def _as_wanted(account: Account) -> AccountWanted:
    viewer = account.viewer
    return AccountWanted(
        viewer.account, viewer.name, viewer.roles, viewer.scope, account.outside_subject
    )


def _told(wanted: AccountWanted) -> dict[str, object]:
    return {
        "login": wanted.login,
        "name": wanted.name,
        "roles": sorted(role.value for role in wanted.roles),
        "whole_city": wanted.scope.everything,
        "units": sorted(wanted.scope.reporting_units),
        "departments": sorted(wanted.scope.departments),
        "outside_subject": wanted.outside_subject,
    }
