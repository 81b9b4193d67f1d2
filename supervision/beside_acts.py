"""Acts on an item that are no transition of the lifecycle table: who may, when, and what is needed.

They leave the states as they are, but for a refused flag: it puts the item back where it stood.
"""

from __future__ import annotations

from dataclasses import dataclass

from supervision.guards import REASON, Circumstances, Guard, another_decides, needs
from supervision.lifecycle import Act, ActNotAllowed, States, allowed_acts
from supervision.scope import Role
from supervision.vocabulary import OPEN_STATES, ItemState, RoundState, Worded


class BesideAct(Worded):
    """What people do about an item beside moving it on."""

    NOTE = "note", "补充说明"
    INSTRUCT = "instruct", "登记批示"
    ANSWER_INSTRUCTION = "answer_instruction", "回复批示"
    ATTEMPT_CALLBACK = "attempt_callback", "登记回访未接通"
    CONFIRM_LOOK_BACK = "confirm_look_back", "回头看核实"
    APPROVE_STRIKE_OFF = "approve_strike_off", "批准销号"
    REFUSE_FLAG = "refuse_flag", "不同意重新交办"
    RECLASSIFY = "reclassify", "调整分类、牵头单位或紧急程度"
    DRAFT_NOTICE = "draft_notice", "拟制督办单"
    REFUSE_NOTICE = "refuse_notice", "不同意签发督办单"
    REPLY_NOTICE = "reply_notice", "回复督办单"
    TELL_RESIDENT = "tell_resident", "告知群众"
    RECORD_FIRST_RECEIVER = "record_first_receiver", "登记首接单位"
    RECORD_ACCOUNTABILITY = "record_accountability", "登记问责"
    RECORD_MEDIA_REPORT = "record_media_report", "登记媒体报道"
    FORM_TASK_FORCE = "form_task_force", "成立一事一专班"
    ADD_FOLLOWER = "add_follower", "登记提出人或关注人"
    RAISE_AGAIN = "raise_again", "登记再次反映"


AnyAct = Act | BesideAct


@dataclass(frozen=True, slots=True)
class BesideRule:
    """One line: who, in which item states, whether a round must be there, what must be said."""

    roles: frozenset[Role]
    items: frozenset[ItemState]
    a_round: bool
    guards: tuple[Guard, ...] = ()


_SUPERVISORS = frozenset({Role.SUPERVISOR, Role.COUNTY_ADMIN})
_OFFICE = _SUPERVISORS | {Role.APPROVER}
_APPROVER = frozenset({Role.APPROVER})
_CALLERS = _SUPERVISORS | {Role.CALLBACK}
_LIVING = OPEN_STATES | {ItemState.CLOSED, ItemState.STRUCK_OFF}
_CLOSED = frozenset({ItemState.CLOSED})
_B = BesideAct
_TEXT = needs("text", "请写明内容。")

BESIDE_RULES: dict[BesideAct, BesideRule] = {
    _B.NOTE: BesideRule(
        _OFFICE | {Role.LEAD_UNIT, Role.CO_UNIT, Role.CALLBACK}, _LIVING, False, (_TEXT,)
    ),
    _B.INSTRUCT: BesideRule(_SUPERVISORS | {Role.LEADER}, _LIVING, False, (_TEXT,)),
    _B.ANSWER_INSTRUCTION: BesideRule(_OFFICE, _LIVING, False, (_TEXT,)),
    _B.ATTEMPT_CALLBACK: BesideRule(_CALLERS, _CLOSED, True),
    _B.CONFIRM_LOOK_BACK: BesideRule(
        _CALLERS, frozenset({ItemState.CLOSED, ItemState.STRUCK_OFF}), True, (_TEXT,)
    ),
    _B.APPROVE_STRIKE_OFF: BesideRule(_APPROVER, _CLOSED, True, (REASON,)),
    _B.REFUSE_FLAG: BesideRule(
        _APPROVER, frozenset({ItemState.REASSIGN_PENDING}), True, (another_decides, REASON)
    ),
    _B.RECLASSIFY: BesideRule(
        _SUPERVISORS, OPEN_STATES - {ItemState.REASSIGN_PENDING}, False, (REASON,)
    ),
    _B.DRAFT_NOTICE: BesideRule(_SUPERVISORS, OPEN_STATES, False, (_TEXT,)),
    _B.REFUSE_NOTICE: BesideRule(_APPROVER, _LIVING, False, (REASON,)),
    _B.REPLY_NOTICE: BesideRule(_SUPERVISORS | {Role.LEAD_UNIT}, _LIVING, False, (_TEXT,)),
    _B.TELL_RESIDENT: BesideRule(
        _SUPERVISORS | {Role.LEAD_UNIT, Role.CALLBACK},
        frozenset(ItemState) - {ItemState.ARCHIVED},
        False,
        (_TEXT,),
    ),
    _B.RECORD_FIRST_RECEIVER: BesideRule(_SUPERVISORS, _LIVING, False),
    _B.RECORD_ACCOUNTABILITY: BesideRule(_OFFICE, _LIVING, False, (_TEXT,)),
    _B.RECORD_MEDIA_REPORT: BesideRule(_OFFICE, _LIVING, False, (_TEXT,)),
    _B.FORM_TASK_FORCE: BesideRule(_OFFICE, OPEN_STATES, False),
    _B.ADD_FOLLOWER: BesideRule(_OFFICE, _LIVING, False),
    _B.RAISE_AGAIN: BesideRule(_CALLERS, _LIVING, False, (_TEXT,)),
}


def roles_of(act: BesideAct) -> frozenset[Role]:
    """Who may do it."""
    return BESIDE_RULES[act].roles


def allowed_beside(
    item: ItemState, round_state: RoundState | None, roles: frozenset[Role] | None = None
) -> tuple[BesideAct, ...]:
    """What these roles (None: anybody) may do beside the table's acts in these states."""
    return tuple(
        act
        for act, rule in BESIDE_RULES.items()
        if item in rule.items and (round_state is not None or not rule.a_round)
        if roles is None or rule.roles & roles
    )


def beside(
    act: BesideAct,
    item: ItemState,
    round_state: RoundState | None,
    *,
    circumstances: Circumstances,
    roles: frozenset[Role],
) -> States:
    """The states, unchanged; ActNotAllowed with a Chinese sentence when the act is refused."""
    rule = BESIDE_RULES[act]
    if not rule.roles & roles:
        may = "、".join(role.label for role in Role if role in rule.roles)
        now = _named(allowed_acts(item, round_state, roles))
        raise ActNotAllowed(f"您的角色不能{act.label}，须由{may}办理；您现在可以：{now}。")
    if act not in allowed_beside(item, round_state):
        now = _named(allowed_acts(item, round_state, roles))
        raise ActNotAllowed(f"事项目前为“{item.label}”，不能{act.label}；现在可以：{now}。")
    for guard in rule.guards:
        refusal = guard(circumstances)
        if refusal is not None:
            raise ActNotAllowed(f"不能{act.label}：{refusal}")
    return States(item, round_state)


def _named(acts: tuple[Act, ...]) -> str:
    return "、".join(act.label for act in acts) or "查看（只读）"
