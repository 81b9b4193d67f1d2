"""When a mistaken act may be taken back, and what may only be answered by another act."""

from __future__ import annotations

from supervision.lifecycle import Act
from supervision.vocabulary import Worded


class CounterAct(Worded):
    """The one act that takes another back."""

    COUNTER_ACT = "counter_act", "撤销误操作"


COUNTER_ACT = CounterAct.COUNTER_ACT
_ANSWERED_OTHERWISE = {
    Act.REGISTER.value: "登记不能撤销，登记有误的请改为“不予受理”。",
    Act.ARCHIVE.value: "已归档的事项只读，不能撤销。",
    COUNTER_ACT.value: "撤销本身不能再撤销，请重新办理。",
}


def refusal_to_undo(
    *, act: str, by_himself: bool, is_approver: bool, is_last: bool, reason: str
) -> str | None:
    """The Chinese sentence of a refusal, or None: the last act, by its author or an approver."""
    if act in _ANSWERED_OTHERWISE:
        return _ANSWERED_OTHERWISE[act]
    if not (by_himself or is_approver):
        return "只有办理人本人或督查室负责人可以撤销。"
    if not is_last:
        return "此后这件事项又有新的办理，不能撤销；请用后续办理更正。"
    if not reason:
        return "请写明撤销的原因。"
    return None
