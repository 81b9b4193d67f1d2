"""Making and changing accounts: the system administrator's acts, each with its audit row."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sqlalchemy import Connection, Engine, delete, insert, select, update

from data_access import clock
from data_access.accounts.known import Account, account_named, account_of
from data_access.accounts.passwords import hashed, one_time_password
from data_access.accounts.sessions import Ended, end_sessions
from data_access.database import Transaction, recording
from data_access.schema.accounts import (
    account_departments,
    account_roles,
    account_units,
    accounts,
)
from data_access.schema.registers import departments, reporting_units
from data_access.writes.record_audit import record_audit
from supervision.rights import needs_a_scope, roles_refused
from supervision.scope import Role, Scope, Viewer

_LOGIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9._@-]{1,59}")


class AccountRefused(Exception):
    """The account was not made or changed; the text is a Chinese sentence."""


@dataclass(frozen=True, slots=True)
class AccountWanted:
    """What an account is to be: login, person, roles, scope, and who outside vouches for them."""

    login: str
    name: str
    roles: frozenset[Role]
    scope: Scope
    outside_subject: str | None = None


def create_account(
    engine: Engine, wanted: AccountWanted, *, viewer: Viewer, password: str | None = None
) -> str:
    """Make an account; returns the one-time password that its first login must replace.

    A `password` given (sample accounts) need not be replaced. Raises AccountRefused.
    """
    with recording(engine) as change:
        return create_in(change, wanted, viewer=viewer, password=password)


def create_in(
    change: Transaction, wanted: AccountWanted, *, viewer: Viewer, password: str | None = None
) -> str:
    """`create_account` in a transaction that is open: many accounts, or none."""
    _refuse(change.connection, wanted)
    if account_named(change.connection, wanted.login) is not None:
        raise AccountRefused(f"账号“{wanted.login}”已经存在。")
    first = password or one_time_password()
    key = change.connection.execute(
        insert(accounts)
        .values(
            login=wanted.login,
            name=wanted.name,
            active=True,
            whole_city=wanted.scope.everything,
            password_hash=hashed(first),
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
    return first


def change_account(
    engine: Engine, account_id: int, wanted: AccountWanted, *, row_version: int, viewer: Viewer
) -> None:
    """Give an account other roles, scope or name; its sessions end. Raises AccountRefused."""
    with recording(engine) as change:
        before = _unchanged(change.connection, account_id, row_version)
        _refuse(change.connection, wanted)
        if wanted.login != before.viewer.account:
            raise AccountRefused("账号名不能改：审计记录以它为准。请新建账号并停用旧账号。")
        if before.viewer.account == viewer.account:
            raise AccountRefused("不能调整自己的权限，请由另一位系统管理员办理。")
        _keep_an_administrator(change.connection, before, wanted.roles)
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
    with recording(engine) as change:
        before = _unchanged(change.connection, account_id, row_version)
        if before.viewer.account == viewer.account:
            raise AccountRefused("不能停用自己的账号。")
        if not active:
            _keep_an_administrator(change.connection, before, frozenset())
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


def reset_password(engine: Engine, account_id: int, *, viewer: Viewer) -> str:
    """A new one-time password, the lock taken off, every session ended."""
    first = one_time_password()
    first_hash = hashed(first)
    with recording(engine) as change:
        if account_of(change.connection, account_id) is None:
            raise AccountRefused("没有这个账号。")
        change.connection.execute(
            update(accounts)
            .where(accounts.c.id == account_id)
            .values(
                password_hash=first_hash,
                password_set_at=clock.instant(),
                must_change=True,
                failures=0,
                locked_until=None,
            )
        )
        end_sessions(change.connection, Ended.PASSWORD, account_id=account_id)
        record_audit(change, viewer, act="reset_password", entity="account", entity_id=account_id)
    return first


def end_session_of(engine: Engine, session_id: int, *, viewer: Viewer) -> None:
    """End somebody's session at once."""
    with recording(engine) as change:
        if end_sessions(change.connection, Ended.BY_ADMIN, session_id=session_id):
            record_audit(
                change, viewer, act="end_session", entity="login_session", entity_id=session_id
            )


def _refuse(connection: Connection, wanted: AccountWanted) -> None:
    if not _LOGIN.fullmatch(wanted.login):
        raise AccountRefused("账号用字母、数字和 . _ @ -，2 到 60 个字符，以字母或数字开头。")
    if not wanted.name.strip() or len(wanted.name) > 60 or not wanted.name.isprintable():
        raise AccountRefused("请填写姓名（最多 60 个字）。")
    if (refusal := roles_refused(wanted.roles)) is not None:
        raise AccountRefused(refusal)
    scope = wanted.scope
    if needs_a_scope(wanted.roles) and not (
        scope.everything or scope.reporting_units or scope.departments
    ):
        raise AccountRefused("请选择可见范围：全市，或者县区、单位。")
    if not needs_a_scope(wanted.roles) and scope != Scope():
        raise AccountRefused("系统管理员和审计员不看事项，不设可见范围。")
    unknown = scope.reporting_units - _names(connection, reporting_units.c.name)
    unknown |= scope.departments - _names(connection, departments.c.name)
    if unknown:
        raise AccountRefused(f"登记册里没有：{'、'.join(sorted(unknown))}。")


def _names(connection: Connection, column: object) -> frozenset[str]:
    return frozenset(connection.execute(select(column)).scalars())  # type: ignore[call-overload]


def _unchanged(connection: Connection, account_id: int, row_version: int) -> Account:
    account = account_of(connection, account_id)
    if account is None:
        raise AccountRefused("没有这个账号。")
    if account.row_version != row_version:
        raise AccountRefused("这个账号刚被别人改过，请刷新后再改。")
    return account


def _keep_an_administrator(connection: Connection, before: Account, roles: frozenset[Role]) -> None:
    """Without one nobody could let anybody in again."""
    if Role.SYSADMIN not in before.viewer.roles or Role.SYSADMIN in roles:
        return
    others = connection.execute(
        select(accounts.c.id)
        .join(account_roles, account_roles.c.account_id == accounts.c.id)
        .where(
            account_roles.c.role == Role.SYSADMIN.value,
            accounts.c.active.is_(True),
            accounts.c.id != before.id,
        )
    ).first()
    if others is None:
        raise AccountRefused("这是最后一个可用的系统管理员，不能停用或改作其他角色。")


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
