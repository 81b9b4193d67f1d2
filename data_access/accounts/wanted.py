"""What an account is to be, and why it may not be so: asked before every change."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import Connection, Select, select

from data_access.accounts.known import Account, account_of
from data_access.schema.accounts import account_roles, accounts
from data_access.schema.registers import departments, reporting_units
from supervision.audit_words import ACTORS_WITHOUT_ACCOUNT
from supervision.rights import needs_a_scope, roles_refused, scope_refused
from supervision.scope import Role, Scope

_LOGIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9._@-]{1,59}")
_NO_PERSONS = frozenset(ACTORS_WITHOUT_ACCOUNT)
LONGEST_NAME, LONGEST_SUBJECT = 60, 200


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


class WantedFault(NamedTuple):
    """Why an account cannot be so: the field of AccountWanted and a Chinese sentence."""

    field: str
    sentence: str


@dataclass(frozen=True, slots=True)
class NamesInUse:
    """The names of the registers, and the logins and outside subjects that are taken."""

    units: tuple[str, ...]
    departments: tuple[str, ...]
    logins: dict[str, tuple[int, str]]
    """Login without regard to case → account id and login."""
    subjects: dict[str, tuple[int, str]]
    """Outside subject → account id and login."""


def names_in_use(connection: Connection) -> NamesInUse:
    """Asked once for many accounts."""
    known = connection.execute(
        select(accounts.c.id, accounts.c.login, accounts.c.outside_subject)
    ).all()
    return NamesInUse(
        units=_column(connection, select(reporting_units.c.name, reporting_units.c.position)),
        departments=_column(
            connection,
            select(departments.c.name, departments.c.position).where(
                departments.c.valid_to.is_(None)
            ),
        ),
        logins={row.login.casefold(): (row.id, row.login) for row in known},
        subjects={row.outside_subject: (row.id, row.login) for row in known if row.outside_subject},
    )


def _column(connection: Connection, question: Select[str, int]) -> tuple[str, ...]:
    found = sorted((position, name) for name, position in connection.execute(question))
    return tuple(name for _, name in found)


def wanted_faults(
    wanted: AccountWanted, names: NamesInUse, *, but: Account | None = None
) -> list[WantedFault]:
    """Everything that is wrong with a wanted account, `but` being what it is now."""
    own = but.id if but is not None else None
    kept = but.viewer.scope.departments if but is not None else frozenset()
    told = [
        ("login", _login_refused(wanted, names, own)),
        ("name", _name_refused(wanted.name)),
        ("roles", roles_refused(wanted.roles)),
        ("scope", _scope_refused(wanted, {*names.units}, {*names.departments, *kept})),
        ("outside_subject", _subject_refused(wanted, names, own)),
    ]
    return [WantedFault(field, sentence) for field, sentence in told if sentence is not None]


def refuse_wanted(
    connection: Connection, wanted: AccountWanted, *, but: Account | None = None
) -> None:
    """AccountRefused with the first fault, if there is one."""
    if found := wanted_faults(wanted, names_in_use(connection), but=but):
        raise AccountRefused(found[0].sentence)


def _login_refused(wanted: AccountWanted, names: NamesInUse, own: int | None) -> str | None:
    if not _LOGIN.fullmatch(wanted.login):
        return "账号用字母、数字和 . _ @ -，2 到 60 个字符，以字母或数字开头。"
    if wanted.login.casefold() in _NO_PERSONS and own is None:
        return f"“{wanted.login}”在审计记录里另有所指，请换一个账号名。"
    # Logins that differ in case only would be taken for each other.
    taken = names.logins.get(wanted.login.casefold())
    return f"账号“{taken[1]}”已经存在。" if taken is not None and taken[0] != own else None


def _name_refused(name: str) -> str | None:
    if not name.strip() or len(name) > LONGEST_NAME or not name.isprintable():
        return f"请填写姓名（最多 {LONGEST_NAME} 个字）。"
    return None


def _scope_refused(wanted: AccountWanted, units: set[str], own: set[str]) -> str | None:
    scope = wanted.scope
    if unknown := (scope.reporting_units - units) | (scope.departments - own):
        return f"登记册里没有：{'、'.join(sorted(unknown))}。"
    if not wanted.roles:
        return None
    if not needs_a_scope(wanted.roles):
        return None if scope == Scope() else "系统管理员和审计员不看事项，不设可见范围。"
    if (refused := scope_refused(wanted.roles, scope)) is not None:
        return refused
    if scope.everything or scope.reporting_units or scope.departments:
        return None
    return "请选择可见范围：全市，或者县区、单位。"


def _subject_refused(wanted: AccountWanted, names: NamesInUse, own: int | None) -> str | None:
    subject = wanted.outside_subject
    if subject is None:
        return None
    if not subject.strip() or len(subject) > LONGEST_SUBJECT or not subject.isprintable():
        return f"统一身份标识不能为空，最多 {LONGEST_SUBJECT} 个字符。"
    taken = names.subjects.get(subject)
    if taken is not None and taken[0] != own:
        return f"这个统一身份标识已经给了账号“{taken[1]}”。"
    return None


def unchanged(connection: Connection, account_id: int, row_version: int) -> Account:
    """The account, if it still is as it stood on the administrator's page."""
    account = account_of(connection, account_id)
    if account is None:
        raise AccountRefused("没有这个账号。")
    if account.row_version != row_version:
        raise AccountRefused("这个账号刚被别人改过，请刷新后再改。")
    return account


def keep_an_administrator(connection: Connection, before: Account, roles: frozenset[Role]) -> None:
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
