"""Stored values and the Chinese words people see for them.

Every status literal of the program lives here (house rule 4); identifiers follow the
glossary, one Chinese term to one English name.
"""

from __future__ import annotations

from enum import StrEnum


class Worded(StrEnum):
    """An English stored value that carries its Chinese label."""

    label: str

    def __new__(cls, value: str, label: str = "") -> Worded:
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member


class ItemState(Worded):
    """What a leader sees of an item (事项)."""

    DRAFT = "draft", "待登记"
    INVALID = "invalid", "不予受理"
    MERGED = "merged", "已并单"
    REGISTERED = "registered", "已立项待交办"
    IN_ROUND = "in_round", "办理中"
    HANGING = "hanging", "挂账推进"
    CLOSED = "closed", "已办结待回访"
    STRUCK_OFF = "struck_off", "已销号"
    REASSIGN_PENDING = "reassign_pending", "拟重新交办"
    TERMINATED = "terminated", "终止办理"
    ARCHIVED = "archived", "已归档"
    REBOUNDED = "rebounded", "反弹"


class RoundState(Worded):
    """What a department works on: one round (轮次) of an item."""

    ASSIGNED = "assigned", "已交办待签收"
    RECEIVED = "received", "已签收办理中"
    RETURN_PENDING = "return_pending", "申请退单"
    EXTENSION_PENDING = "extension_pending", "申请延期"
    SUBMITTED = "submitted", "已反馈待审核"
    RETURNED_FOR_FIX = "returned_for_fix", "退回补正"
    ACCEPTED = "accepted", "审核通过"
    CALLED_BACK = "called_back", "已回访"


class Light(Worded):
    """亮灯: computed from the clock that is running, never stored."""

    RED = "red", "逾期"
    YELLOW = "yellow", "临期"
    GREEN = "green", "未到期"
    NO_DEADLINE = "no_deadline", "期限待核"
    UNASSIGNED = "unassigned", "未交办"
    AWAITING_CLOSURE = "awaiting_closure", "已反馈待办结"
    HANGING = "hanging", "挂账"
    REASSIGN_PENDING = "reassign_pending", "拟重新交办"
    GREY = "grey", "已办结"
    OUT = "out", "不计入"


class Satisfaction(Worded):
    """满意度: the resident's answer about the result (or the process)."""

    VERY_SATISFIED = "very_satisfied", "非常满意"
    SATISFIED = "satisfied", "满意"
    FAIRLY_SATISFIED = "fairly_satisfied", "基本满意"
    DISSATISFIED = "dissatisfied", "不满意"
    VERY_DISSATISFIED = "very_dissatisfied", "非常不满意"


class Resolution(Worded):
    """是否解决: by the resident's answer or by the unit's, stored apart."""

    RESOLVED = "resolved", "已解决"
    PARTLY_RESOLVED = "partly_resolved", "部分解决"
    UNRESOLVED = "unresolved", "未解决"


class ReassignReason(Worded):
    """Why an item is flagged for re-assignment (seed 001, JN 27)."""

    DISSATISFIED = "dissatisfied", "不满意"
    NO_CLEAR_MEASURES = "no_clear_measures", "未明确解决措施"
    DUE_BUT_UNDONE = "due_but_undone", "应办未办"
    REBOUNDED = "rebounded", "反弹"
    OTHER = "other", "其他"


class DeadlineBasis(Worded):
    """Where a stored deadline came from."""

    COMPUTED = "computed", "按工作日推算"
    STATED = "stated", "台账载明"
    PROVISIONAL = "provisional", "暂定"
    NONE = "none", "未定"


class CoRole(Worded):
    """How another department stands beside the lead department."""

    JOINT_LEAD = "joint_lead", "共同牵头"
    CO = "co", "协办"


class PeerGroup(Worded):
    """Departments are ranked only inside their peer group."""

    COUNTY = "county", "县(区)"
    FUNCTIONAL_ZONE = "functional_zone", "功能区"
    CITY_DEPARTMENT = "city_department", "市直部门"
    PUBLIC_SERVICE = "public_service", "公共服务企业"


class DivisionLevel(Worded):
    """Administrative levels, city to village."""

    CITY = "city", "市"
    COUNTY = "county", "县(区)"
    TOWNSHIP = "township", "镇(街)"
    VILLAGE = "village", "村(社区)"


class Severity(Worded):
    """How much a fault in a ledger weighs."""

    ERROR = "error", "错误"
    WARNING = "warning", "警告"
    NOTICE = "notice", "提示"


class RowOutcome(Worded):
    """What became of one row of a ledger."""

    NEW = "new", "新增"
    UPDATED = "updated", "更新"
    UNCHANGED = "unchanged", "不变"
    REFUSED = "refused", "拒绝"
    LEFT_OUT = "left_out", "未取用"


class LedgerStatus(Worded):
    """办理状态 as a ledger row tells it (ledger-contract); the state is derived, not copied."""

    CLOSED = "closed", "已办结"
    IN_PROGRESS = "in_progress", "办理中"
    NOT_STARTED = "not_started", "未启动"
    LONG_TERM = "long_term", "长期推进"
    EXPLAINED = "explained", "解释说明"
    REASSIGNED = "reassigned", "重新交办"


OUT_OF_COUNT = frozenset(
    {ItemState.DRAFT, ItemState.INVALID, ItemState.MERGED, ItemState.TERMINATED}
)
CLOSED_STATES = frozenset({ItemState.CLOSED, ItemState.STRUCK_OFF, ItemState.ARCHIVED})
OFF_THE_CLOCK = frozenset({ItemState.REGISTERED, ItemState.REBOUNDED})
"""Open, but no round is running: to be assigned first, or anew."""
OPEN_STATES = frozenset(ItemState) - OUT_OF_COUNT - CLOSED_STATES
AWAITING_FEEDBACK = frozenset(
    {
        RoundState.ASSIGNED,
        RoundState.RECEIVED,
        RoundState.RETURN_PENDING,
        RoundState.EXTENSION_PENDING,
        RoundState.RETURNED_FOR_FIX,
    }
)
CONTENT = frozenset(
    {Satisfaction.VERY_SATISFIED, Satisfaction.SATISFIED, Satisfaction.FAIRLY_SATISFIED}
)
