"""Accounts and sessions in the words of the page."""

from __future__ import annotations

from datetime import datetime

from dashboard.reads import Account
from supervision.rights import ROLES_OF_PEOPLE, needs_a_scope
from supervision.scope import Role, Viewer, scope_words

_WAYS = {"password": "账号密码", "oidc": "统一身份认证", "proxy": "单点登录网关"}


def is_locked(account: Account, now: datetime) -> bool:
    """Whether failed logins lock it at this moment."""
    return account.locked_until is not None and account.locked_until > now


def state_words(account: Account, now: datetime) -> str:
    """正常, or why its person cannot simply log in."""
    if not account.active:
        return "已停用"
    if is_locked(account, now):
        return f"已锁定，{account.locked_until:%H:%M} 解除"
    return "待改一次性密码" if account.must_change and account.has_password else "正常"


def role_words(roles: frozenset[Role]) -> str:
    """The roles in the order lists show them."""
    return "、".join(role.label for role in ROLES_OF_PEOPLE if role in roles)


def scope_told(viewer: Viewer) -> str:
    """What of the items it sees."""
    return scope_words(viewer.scope) if needs_a_scope(viewer.roles) else "不看事项"


def moment_words(instant: datetime | None) -> str:
    """2026-11-25 09:30, or that it never was."""
    return f"{instant:%Y-%m-%d %H:%M}" if instant is not None else "从未"


def way_words(way: str) -> str:
    """By which way somebody logged in."""
    return _WAYS.get(way, way)
