"""`duban account`: the first administrator, and a way back in when all are locked out."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Engine

from dashboard.terminal import ACCEPTED, say
from data_access import clock
from data_access.accounts.known import LOCAL, Account, account_list, account_named, has_accounts
from data_access.accounts.sample_accounts import make_sample_accounts
from data_access.accounts.upkeep import (
    AccountRefused,
    AccountWanted,
    create_account,
    reset_password,
    set_active,
    unlock_account,
)
from data_access.database import reading
from data_access.sample import is_sample
from supervision.rights import ROLES_OF_PEOPLE, needs_a_scope
from supervision.scope import Role, Scope, scope_words

FIRST_LOGIN = "admin"


def first_accounts(engine: Engine) -> None:
    """Where nobody could log in: an administrator, whose one-time password is said once."""
    if has_accounts(engine):
        return
    wanted = AccountWanted(FIRST_LOGIN, "系统管理员", frozenset({Role.SYSADMIN}), Scope())
    password = create_account(engine, wanted, viewer=LOCAL)
    say(f"已建立系统管理员账号 {FIRST_LOGIN}，一次性密码（只显示这一次）：{password}")
    if is_sample(engine):
        make_sample_accounts(engine, viewer=LOCAL)
        say("演示城市每个角色各有一个演示账号，见登录页。")


def list_accounts(engine: Engine) -> int:
    """Every account on a line: login, person, roles, what it sees, how it stands."""
    for account in account_list(engine):
        viewer = account.viewer
        roles = "、".join(role.label for role in ROLES_OF_PEOPLE if role in viewer.roles)
        seen = scope_words(viewer.scope) if needs_a_scope(viewer.roles) else "不看事项"
        say("\t".join((viewer.account, viewer.name, roles, seen, _standing(account))))
    return ACCEPTED


def make_account(
    engine: Engine,
    login: str,
    name: str,
    *,
    roles: Sequence[str],
    whole_city: bool,
    units: Sequence[str],
    departments: Sequence[str],
    subject: str | None,
) -> int:
    """A new account; says its one-time password once."""
    known = {word: role for role in ROLES_OF_PEOPLE for word in (role.value, role.label)}
    if unknown := [word for word in roles if word not in known]:
        labels = "、".join(role.label for role in ROLES_OF_PEOPLE)
        raise AccountRefused(f"没有角色“{unknown[0]}”，可用的有：{labels}。")
    scope = (
        Scope.whole_city()
        if whole_city
        else Scope(reporting_units=frozenset(units), departments=frozenset(departments))
    )
    wanted = AccountWanted(
        login, name, frozenset(known[word] for word in roles), scope, subject or None
    )
    password = create_account(engine, wanted, viewer=LOCAL)
    say(f"已建立账号 {login}，一次性密码（只显示这一次）：{password}")
    return ACCEPTED


def reset(engine: Engine, login: str) -> int:
    """A new one-time password, said once; the lock is off, every session ended."""
    account = _named(engine, login)
    password = reset_password(engine, account.id, row_version=account.row_version, viewer=LOCAL)
    say(f"账号 {login} 的一次性密码（只显示这一次）：{password}")
    if not account.active:
        say("这个账号已停用，启用后才能登录。")
    return ACCEPTED


def unlock(engine: Engine, login: str) -> int:
    """Let an account try again at once."""
    account = _named(engine, login)
    unlock_account(engine, account.id, row_version=account.row_version, viewer=LOCAL)
    say(f"账号 {login} 可以登录了。")
    return ACCEPTED


def disable(engine: Engine, login: str) -> int:
    """Switch an account off; its sessions end."""
    account = _named(engine, login)
    set_active(engine, account.id, active=False, row_version=account.row_version, viewer=LOCAL)
    say(f"账号 {login} 已停用。")
    return ACCEPTED


def _named(engine: Engine, login: str) -> Account:
    with reading(engine) as connection:
        account = account_named(connection, login)
    if account is None:
        raise AccountRefused(f"没有账号“{login}”。用 duban account list 查看全部账号。")
    return account


def _standing(account: Account) -> str:
    if not account.active:
        return "停用"
    if account.locked_until is not None and account.locked_until > clock.instant():
        return f"锁定至 {account.locked_until:%H:%M}"
    return "须改密码" if account.must_change else "正常"
