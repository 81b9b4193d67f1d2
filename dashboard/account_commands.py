"""Accounts at the terminal: the first administrator, and a way back in when all are locked out."""

from __future__ import annotations

from sqlalchemy import Engine

from dashboard.terminal import say
from data_access.accounts.known import LOCAL, has_accounts
from data_access.accounts.sample_accounts import make_sample_accounts
from data_access.accounts.upkeep import AccountWanted, create_account
from data_access.sample import is_sample
from supervision.scope import Role, Scope

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
