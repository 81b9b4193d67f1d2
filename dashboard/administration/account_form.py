"""The fields of an account: name, roles, what it may see, who outside vouches for it."""

from __future__ import annotations

import streamlit as st

from dashboard.acts import AccountWanted
from dashboard.parts.safe import option
from dashboard.reads import Account, NamesInUse
from supervision.rights import ROLES_OF_PEOPLE, needs_a_scope
from supervision.scope import Scope

_LONGEST = 60
_CITY, _SOME = "全市", "指定县（区）、单位"


def account_fields(names: NamesInUse, account: Account | None) -> AccountWanted:
    """Draw the fields inside a form, filled with the account as it is."""
    viewer = account.viewer if account is not None else None
    if viewer is None:
        login = st.text_input(
            "账号", max_chars=_LONGEST, placeholder="字母、数字，例如 zhangsan", key="new_login"
        )
    else:
        login = viewer.account
    name = st.text_input("姓名", value=viewer.name if viewer else "", max_chars=_LONGEST)
    labels = {role.label: role for role in ROLES_OF_PEOPLE}
    chosen = st.multiselect(
        "角色",
        list(labels),
        default=[role.label for role in ROLES_OF_PEOPLE if viewer and role in viewer.roles],
        placeholder="选择角色，可多选",
    )
    roles = frozenset(labels[word] for word in chosen)
    scope = _scope_fields(names, viewer.scope if viewer else Scope.whole_city())
    subject = st.text_input(
        "统一身份标识（没有接入统一身份认证就留空）",
        value=(account.outside_subject or "") if account else "",
        max_chars=200,
    )
    return AccountWanted(
        login=login.strip(),
        name=name.strip(),
        roles=roles,
        # Whoever sees no items has no scope, whatever stands in the fields.
        scope=scope if needs_a_scope(roles) or not roles else Scope(),
        outside_subject=subject.strip() or None,
    )


def _scope_fields(names: NamesInUse, scope: Scope) -> Scope:
    whole = st.radio(
        "可见范围",
        [_CITY, _SOME],
        index=0 if scope.everything else 1,
        horizontal=True,
        help="系统管理员和审计员不看事项，这里选什么都不起作用。",
    )
    units = _several("县（区）", names.units, scope.reporting_units)
    own = _several("牵头单位", names.departments, scope.departments)
    if whole == _CITY:
        return Scope.whole_city()
    return Scope(reporting_units=units, departments=own)


def _several(title: str, names: tuple[str, ...], held: frozenset[str]) -> frozenset[str]:
    # What the account holds stays choosable after its department has left the register.
    offered = {option(name): name for name in (*names, *sorted(held - set(names)))}
    chosen = st.multiselect(
        title,
        list(offered),
        default=[word for word, name in offered.items() if name in held],
        placeholder="选择“指定县（区）、单位”时填写",
    )
    return frozenset(offered[word] for word in chosen)
