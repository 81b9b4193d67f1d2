"""What each role may do besides the acts of the lifecycle table (lifecycle.md 3.1).

The acts on items have their roles in `supervision.lifecycle`; this table holds the rest:
pages, exports, personal data, administration. 三员分立: who administers does not audit, who
audits does not administer, and neither handles items.
"""

from __future__ import annotations

from supervision.scope import Role, Scope, Viewer
from supervision.vocabulary import Worded


class Right(Worded):
    """One thing a person may do; the label completes “您的角色不能…”."""

    VIEW_ITEMS = "view_items", "查看事项与指标"
    WORK_ON_ITEMS = "work_on_items", "办理事项"
    EXPORT = "export", "导出名单"
    IMPORT_LEDGER = "import_ledger", "导入台账"
    CHECK_QUALITY = "check_quality", "查看数据质量"
    RETURN_SHEETS = "return_sheets", "导出和传回回访表、反馈表"
    SEE_PERSONAL_DATA = "see_personal_data", "查看诉求人信息"
    READ_AUDIT = "read_audit", "查看审计记录"
    MANAGE_ACCOUNTS = "manage_accounts", "管理账号与权限"
    MANAGE_REGISTERS = "manage_registers", "维护单位、区划、场次与字典"
    MANAGE_RULES = "manage_rules", "调整督办规则和工作日历"
    KEEP_MATTERS = "keep_matters", "把共性问题立为类案"
    KEEP_COMMITMENTS = "keep_commitments", "登记面对面的承诺和作战节点"
    REPORT_COMMITMENTS = "report_commitments", "报告承诺的进展"
    COUNT_HOTLINE = "count_hotline", "导入热线统计"
    SHARE_VIEWS = "share_views", "共享视图"
    SEE_BELOW_TOWNSHIP = "see_below_township", "按村（社区）看每件事项"


class NotPermitted(Exception):
    """The viewer's roles do not have the right; the text is a Chinese sentence."""


_R = Right
_WORKS = frozenset({_R.VIEW_ITEMS, _R.WORK_ON_ITEMS})
_HANDLES_CASES = _WORKS | {_R.EXPORT, _R.SEE_PERSONAL_DATA, _R.SEE_BELOW_TOWNSHIP}
_KEEPS_LEDGERS = frozenset({_R.IMPORT_LEDGER, _R.RETURN_SHEETS, _R.CHECK_QUALITY})
_KEEPS_PROMISES = frozenset({_R.KEEP_COMMITMENTS, _R.REPORT_COMMITMENTS})

RIGHTS: dict[Role, frozenset[Right]] = {
    Role.LEADER: frozenset({_R.VIEW_ITEMS, _R.EXPORT, _R.CHECK_QUALITY, _R.SHARE_VIEWS,
                            _R.SEE_BELOW_TOWNSHIP}),
    Role.SUPERVISOR: _HANDLES_CASES | _KEEPS_LEDGERS | _KEEPS_PROMISES
                     | {_R.MANAGE_RULES, _R.SHARE_VIEWS, _R.KEEP_MATTERS, _R.COUNT_HOTLINE},
    Role.APPROVER: _HANDLES_CASES | _KEEPS_PROMISES
                   | {_R.CHECK_QUALITY, _R.MANAGE_RULES, _R.SHARE_VIEWS, _R.KEEP_MATTERS},
    Role.LEAD_UNIT: _WORKS | {_R.EXPORT, _R.RETURN_SHEETS, _R.REPORT_COMMITMENTS},
    Role.CO_UNIT: _WORKS,
    Role.COUNTY_ADMIN: _HANDLES_CASES | _KEEPS_LEDGERS | _KEEPS_PROMISES | {_R.SHARE_VIEWS},
    Role.CALLBACK: _WORKS | {_R.SEE_PERSONAL_DATA, _R.RETURN_SHEETS, _R.SEE_BELOW_TOWNSHIP},
    Role.AUDITOR: frozenset({_R.READ_AUDIT}),
    Role.SYSADMIN: frozenset({_R.MANAGE_ACCOUNTS, _R.MANAGE_REGISTERS}),
    # Commands at the machine's own terminal; nobody can log in as it.
    Role.SYSTEM: frozenset({_R.VIEW_ITEMS, _R.EXPORT, _R.IMPORT_LEDGER, _R.COUNT_HOTLINE,
                            _R.MANAGE_REGISTERS, _R.MANAGE_RULES,
                            _R.MANAGE_ACCOUNTS, _R.READ_AUDIT}),
}  # fmt: skip
"""Role → its rights; a cell that is not here is a no."""

_APART = (frozenset({Role.SYSADMIN}), frozenset({Role.AUDITOR}))
UNIT_ROLES = frozenset({Role.LEAD_UNIT, Role.CO_UNIT})
"""Who speaks for a department, which may be the one complained about."""
ROLES_OF_PEOPLE = tuple(role for role in Role if role is not Role.SYSTEM)
"""The roles an account may hold, in the order lists show them."""


def rights_of(roles: frozenset[Role]) -> frozenset[Right]:
    """Everything that any of these roles may do."""
    return frozenset().union(*(RIGHTS[role] for role in roles))


def may(viewer: Viewer, right: Right) -> bool:
    """Whether any of the viewer's roles has the right."""
    return right in rights_of(viewer.roles)


def require(viewer: Viewer, right: Right) -> None:
    """NotPermitted, with who may, unless the viewer has the right."""
    if not may(viewer, right):
        raise NotPermitted(refusal_of(right))


def refusal_of(right: Right) -> str:
    """The sentence for somebody without the right: what is missing and who has it."""
    holders = "、".join(role.label for role in ROLES_OF_PEOPLE if right in RIGHTS[role])
    return f"您的角色不能{right.label}，可以办理的角色：{holders}。"


def roles_refused(roles: frozenset[Role]) -> str | None:
    """Why one account must not hold these roles together; None when it may."""
    if not roles:
        return "请至少选择一个角色。"
    if Role.SYSTEM in roles:
        return "“系统”不是人员角色。"
    for apart in _APART:
        if roles & apart and roles - apart:
            name = next(iter(apart)).label
            return f"{name}不能兼任其他角色（系统管理、审计与业务三员分立）。"
    return None


def scope_refused(roles: frozenset[Role], scope: Scope) -> str | None:
    """Why these roles must not look so far; None when they may.

    Who speaks for a department sees that department's items: with more in view he would read
    who complained about others.
    """
    if not roles & UNIT_ROLES or (scope.departments and not scope.everything):
        return None
    told = "、".join(role.label for role in ROLES_OF_PEOPLE if role in roles & UNIT_ROLES)
    return f"{told}只看本单位的事项：请在可见范围里选单位，不能是全市。"


def needs_a_scope(roles: frozenset[Role]) -> bool:
    """Whether these roles see items, so that the account must say which."""
    return Right.VIEW_ITEMS in rights_of(roles)
