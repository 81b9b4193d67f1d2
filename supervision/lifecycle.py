"""The lifecycle table of items and rounds (lifecycle.md 3.2-3.3): the whole law on one screen.

An act that is not in the table is refused by name, in a sentence that says what is allowed
now. Guards look at explicit circumstances, never at the store.
"""

from __future__ import annotations

from dataclasses import dataclass

from supervision.guards import (
    ASSIGNMENT,
    EXTENSION,
    EXTENSION_ASKED,
    FEEDBACK,
    NOTHING_SAID,
    PLAN,
    REASON,
    REGISTRATION,
    RETURN,
    Circumstances,
    Guard,
    another_decides,
    approved_merge,
    enough_attempts,
    needs,
    one_lead,
    other_lead,
    satisfied_or_confirmed,
    solved_or_explained,
    told_what_was_answered,
    told_whether_reached,
)
from supervision.scope import Role
from supervision.vocabulary import CLOSED_STATES, OPEN_STATES, ItemState, RoundState, Worded


class Act(Worded):
    """What people (and the clock) do to an item; T numbers are lifecycle.md's."""

    REGISTER = "register", "登记立项"  # T1
    MARK_INVALID = "mark_invalid", "不予受理"  # T2
    MERGE = "merge", "并单"  # T2
    ASSIGN = "assign", "交办"  # T3
    RECEIVE = "receive", "签收"  # T4
    ASK_RETURN = "ask_return", "申请退单"  # T5
    GRANT_RETURN = "grant_return", "准予退单并改派"  # T6
    REFUSE_RETURN = "refuse_return", "驳回退单"  # T6
    ASK_EXTENSION = "ask_extension", "申请延期"  # T7
    GRANT_EXTENSION = "grant_extension", "批准延期"  # T7
    REFUSE_EXTENSION = "refuse_extension", "不批准延期"  # T7
    REPORT_PROGRESS = "report_progress", "报告进展"  # T8
    SUBMIT_FEEDBACK = "submit_feedback", "提交书面反馈"  # T9
    RETURN_FOR_FIX = "return_for_fix", "退回补正"  # T10
    RESUBMIT = "resubmit", "补正后重新提交"  # T10
    ACCEPT_AND_CLOSE = "accept_and_close", "审核通过并办结"  # T11
    ACCEPT_AND_HANG = "accept_and_hang", "审核通过并挂账"  # T11
    ISSUE_NOTICE = "issue_notice", "签发督办单"  # T12
    CALL_BACK = "call_back", "回访"  # T13
    STRIKE_OFF = "strike_off", "销号"  # T14
    FLAG_FOR_REASSIGNMENT = "flag_for_reassignment", "拟重新交办"  # T15
    REASSIGN = "reassign", "重新交办"  # T16
    KEEP_CLOSED = "keep_closed", "维持办结"  # T17
    LOOK_BACK_REBOUND = "look_back_rebound", "回头看发现反弹"  # T18
    REOPEN = "reopen", "反弹后再交办"  # T18
    HANG = "hang", "挂账"  # T19
    TAKE_OFF_HANGING = "take_off_hanging", "挂账转办理"  # T19
    ARCHIVE = "archive", "归档"  # T20
    TERMINATE = "terminate", "终止办理"  # 3.2


class ActNotAllowed(Exception):
    """The rules forbid the act; the text is a Chinese sentence for the person who tried."""


@dataclass(frozen=True, slots=True)
class States:
    """Where an item and its current round stand; no round before the first assignment."""

    item: ItemState
    round: RoundState | None


@dataclass(frozen=True, slots=True)
class Rule:
    """One line of the table. `item` or `round` None in `to`: stays as it is."""

    roles: frozenset[Role]
    items: frozenset[ItemState]
    rounds: frozenset[RoundState | None]
    to_item: ItemState | None
    to_round: RoundState | None
    sets: str
    guards: tuple[Guard, ...] = ()


_DRAFT = frozenset({ItemState.DRAFT})
_IN_ROUND = frozenset({ItemState.IN_ROUND})
_OPEN_ROUND = frozenset(
    {
        RoundState.ASSIGNED,
        RoundState.RECEIVED,
        RoundState.RETURN_PENDING,
        RoundState.EXTENSION_PENDING,
        RoundState.RETURNED_FOR_FIX,
        RoundState.SUBMITTED,
    }
)
_ANY_ROUND: frozenset[RoundState | None] = frozenset({*RoundState, None})
_NO_ROUND: frozenset[RoundState | None] = frozenset({None})
_SUPERVISORS = frozenset({Role.SUPERVISOR, Role.COUNTY_ADMIN})
_APPROVER = frozenset({Role.APPROVER})
_LEAD = frozenset({Role.LEAD_UNIT})
_CALLERS = frozenset({Role.CALLBACK, Role.SUPERVISOR, Role.COUNTY_ADMIN})


def _round(*states: RoundState) -> frozenset[RoundState | None]:
    return frozenset(states)


# 销号 in any form needs a review that was passed (3.2).
_REVIEWED = _round(RoundState.ACCEPTED, RoundState.CALLED_BACK)

I, R = ItemState, RoundState  # noqa: E741 - short, so that the table below reads as a table

RULES: dict[Act, Rule] = {
    Act.REGISTER: Rule(
        _SUPERVISORS, _DRAFT, _NO_ROUND, I.REGISTERED, None, "编号、有效标志",
        REGISTRATION,
    ),
    Act.MARK_INVALID: Rule(
        _SUPERVISORS, frozenset({I.DRAFT, I.REGISTERED}), _NO_ROUND, I.INVALID, None,
        "不予受理原因", (REASON,),
    ),
    Act.MERGE: Rule(
        frozenset({*_SUPERVISORS, Role.APPROVER}), frozenset({I.DRAFT, I.REGISTERED}), _NO_ROUND,
        I.MERGED, None, "并入的事项；保留诉求人", (REASON, approved_merge),
    ),
    Act.ASSIGN: Rule(
        _SUPERVISORS, frozenset({I.REGISTERED}), _NO_ROUND, I.IN_ROUND, R.ASSIGNED,
        "交办日期；反馈期限＝交办后15个工作日", ASSIGNMENT,
    ),
    Act.RECEIVE: Rule(_LEAD, _IN_ROUND, _round(R.ASSIGNED), None, R.RECEIVED, "签收日期"),
    Act.ASK_RETURN: Rule(
        _LEAD, _IN_ROUND, _round(R.ASSIGNED, R.RECEIVED), None, R.RETURN_PENDING,
        "期限照常计算", RETURN,
    ),
    Act.GRANT_RETURN: Rule(
        _APPROVER, _IN_ROUND, _round(R.RETURN_PENDING), None, R.ASSIGNED,
        "新牵头单位的交办日期与期限", (another_decides, one_lead, other_lead),
    ),
    Act.REFUSE_RETURN: Rule(
        _APPROVER, _IN_ROUND, _round(R.RETURN_PENDING), None, R.ASSIGNED, "原期限不变",
        (another_decides, REASON),
    ),
    Act.ASK_EXTENSION: Rule(
        _LEAD, _IN_ROUND, _round(R.RECEIVED), None, R.EXTENSION_PENDING, "延期申请",
        EXTENSION_ASKED,
    ),
    Act.GRANT_EXTENSION: Rule(
        _APPROVER, _IN_ROUND, _round(R.EXTENSION_PENDING), None, R.RECEIVED,
        "延期后期限；告知群众", (another_decides, *EXTENSION),
    ),
    Act.REFUSE_EXTENSION: Rule(
        _APPROVER, _IN_ROUND, _round(R.EXTENSION_PENDING), None, R.RECEIVED, "原期限不变",
        (another_decides, REASON),
    ),
    Act.REPORT_PROGRESS: Rule(
        frozenset({Role.LEAD_UNIT, Role.CO_UNIT}), frozenset({I.IN_ROUND, I.HANGING}),
        _round(R.RECEIVED, R.EXTENSION_PENDING, R.RETURNED_FOR_FIX, R.ACCEPTED), None, None,
        "进展记录", (needs("text", "请写明进展情况。"),),
    ),
    Act.SUBMIT_FEEDBACK: Rule(
        _LEAD, _IN_ROUND, _round(R.RECEIVED), None, R.SUBMITTED, "反馈日期",
        FEEDBACK,
    ),
    Act.RETURN_FOR_FIX: Rule(
        _SUPERVISORS, _IN_ROUND, _round(R.SUBMITTED), None, R.RETURNED_FOR_FIX,
        "补正期限＝3个工作日", (REASON,),
    ),
    Act.RESUBMIT: Rule(
        _LEAD, _IN_ROUND, _round(R.RETURNED_FOR_FIX), None, R.SUBMITTED,
        "在补正期限内的，首次反馈日期有效", FEEDBACK,
    ),
    Act.ACCEPT_AND_CLOSE: Rule(
        frozenset({*_SUPERVISORS, Role.APPROVER}), _IN_ROUND, _round(R.SUBMITTED), I.CLOSED,
        R.ACCEPTED, "审核日期、办结日期", (solved_or_explained,),
    ),
    Act.ACCEPT_AND_HANG: Rule(
        _APPROVER, _IN_ROUND, _round(R.SUBMITTED), I.HANGING, R.ACCEPTED,
        "审核日期、复查日期", PLAN,
    ),
    Act.ISSUE_NOTICE: Rule(
        _APPROVER, OPEN_STATES, _ANY_ROUND, None, None, "督办单颜色、回复期限",
        (another_decides, REASON),
    ),
    Act.CALL_BACK: Rule(
        _CALLERS, frozenset({I.CLOSED}), _REVIEWED, None, R.CALLED_BACK,
        "结果满意度、过程满意度、是否解决",
        (told_whether_reached, enough_attempts, told_what_was_answered),
    ),
    Act.STRIKE_OFF: Rule(
        _SUPERVISORS, frozenset({I.CLOSED}), _REVIEWED, I.STRUCK_OFF, None, "销号日期",
        (satisfied_or_confirmed,),
    ),
    Act.FLAG_FOR_REASSIGNMENT: Rule(
        _SUPERVISORS, frozenset({I.IN_ROUND, I.HANGING, I.CLOSED, I.REBOUNDED}),
        _round(*RoundState), I.REASSIGN_PENDING, None, "原因、标记人", (REASON,),
    ),
    Act.REASSIGN: Rule(
        _APPROVER, frozenset({I.REASSIGN_PENDING}), _ANY_ROUND, I.IN_ROUND, R.ASSIGNED,
        "第n+1轮：新交办日期与期限；告知群众", (another_decides, one_lead),
    ),
    Act.KEEP_CLOSED: Rule(
        _APPROVER, frozenset({I.REASSIGN_PENDING}), _REVIEWED, I.STRUCK_OFF, None,
        "理由；经批准可不计入考核", (another_decides, REASON),
    ),
    Act.LOOK_BACK_REBOUND: Rule(
        _CALLERS, frozenset({I.CLOSED, I.STRUCK_OFF}), _ANY_ROUND, I.REBOUNDED, None,
        "回头看结果", (REASON,),
    ),
    Act.REOPEN: Rule(
        _APPROVER, frozenset({I.REBOUNDED}), _ANY_ROUND, I.IN_ROUND, R.ASSIGNED,
        "新一轮的交办日期与期限", (one_lead,),
    ),
    Act.HANG: Rule(
        _APPROVER, _IN_ROUND, frozenset(_OPEN_ROUND), I.HANGING, None, "复查日期", PLAN
    ),
    Act.TAKE_OFF_HANGING: Rule(
        _APPROVER, frozenset({I.HANGING}), _round(*RoundState), I.IN_ROUND, R.RECEIVED,
        "恢复办理；重新确定反馈期限", (needs("new_due_on", "挂账转办理须重新确定反馈期限。"),),
    ),
    Act.ARCHIVE: Rule(
        frozenset({Role.SYSTEM}), frozenset({I.STRUCK_OFF}), _ANY_ROUND, I.ARCHIVED, None,
        "归档，只读",
    ),
    Act.TERMINATE: Rule(
        _APPROVER, OPEN_STATES, _ANY_ROUND, I.TERMINATED, None, "理由；向群众说明",
        (
            needs("reason", "终止办理须有书面理由。"),
            needs("explained", "终止办理须先向群众说明。"),
        ),
    ),
}  # fmt: skip


def is_allowed(act: Act, item: ItemState, round_state: RoundState | None) -> bool:
    """Whether the table has the act in these states."""
    rule = RULES[act]
    return item in rule.items and round_state in rule.rounds


def allowed_acts(
    item: ItemState, round_state: RoundState | None, roles: frozenset[Role] | None = None
) -> tuple[Act, ...]:
    """The acts the table has in these states, for these roles (None: for anybody)."""
    return tuple(
        act
        for act in Act
        if is_allowed(act, item, round_state) and (roles is None or RULES[act].roles & roles)
    )


def state_after(
    act: Act,
    item: ItemState,
    round_state: RoundState | None,
    *,
    circumstances: Circumstances = NOTHING_SAID,
    roles: frozenset[Role] | None = None,
) -> States:
    """The states an act leads to; ActNotAllowed with a Chinese sentence when it is refused.

    A refusal names what these roles may do now (None: what anybody may).
    """
    rule = RULES[act]
    if roles is not None and not rule.roles & roles:
        may = "、".join(role.label for role in Role if role in rule.roles)
        now = _named(allowed_acts(item, round_state, roles))
        raise ActNotAllowed(f"您的角色不能{act.label}，须由{may}办理；您现在可以：{now}。")
    if not is_allowed(act, item, round_state):
        raise ActNotAllowed(_not_now(act, item, round_state, roles))
    for guard in rule.guards:
        if (refusal := guard(circumstances)) is not None:
            raise ActNotAllowed(f"不能{act.label}：{refusal}")
    return States(rule.to_item or item, rule.to_round or round_state)


def _not_now(
    act: Act, item: ItemState, round_state: RoundState | None, roles: frozenset[Role] | None
) -> str:
    where = item.label
    if round_state is not None and item not in CLOSED_STATES:
        where += f"（{round_state.label}）"
    now = _named(allowed_acts(item, round_state, roles))
    return f"事项目前为“{where}”，不能{act.label}；现在可以：{now}。"


def _named(acts: tuple[Act, ...]) -> str:
    return "、".join(act.label for act in acts) or "查看（只读）"
