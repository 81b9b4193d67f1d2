"""When a stored import may be taken back whole, in the sentences that a refusal gives."""

from __future__ import annotations

LONGEST_REASON = 200
NOT_SEEN = "没有这一批导入，或不在您的权限范围内。"
NO_REASON = "请写明撤销的原因。"
REASON_TOO_LONG = f"撤销的原因请写在 {LONGEST_REASON} 字以内。"
UNDONE_BEFORE = "这一批已于 {at} 由 {who} 撤销，没有重复撤销。"
BY_ACTS = "这一批是填好交回的回访或反馈名单，每一行都是一次办理，不能按台账撤销。"
NOTHING_KEPT = "这一批入库时，系统还没有留存更新前的原值，不能撤销。"
LET_GO = "这一批更新前的原值已过保留期，不再完整，不能撤销。"
REGISTERS_CHANGED = "恢复原值要用的分类、来源、场次、单位或地点已不在名录中，没有撤销。"


def changed_since_sentence(changed: int, shown: int) -> str:
    """Items have gone on since; the first few of them are listed below the sentence."""
    listed = "如下" if changed <= shown else f"先列 {shown} 件"
    return (
        f"入库以后有 {changed} 件事项又有变动（{listed}），整批不能撤销。"
        "后来的台账可先撤销后来的那一批；已有办理的，请用后续办理更正。"
    )


def reason_refused(reason: str) -> str | None:
    """Why this reason does not do; None when it does."""
    if not reason:
        return NO_REASON
    return REASON_TOO_LONG if len(reason) > LONGEST_REASON else None


def undone_sentence(
    batch_id: int, removed: int, restored: int, gathered: int = 0, promised: int = 0
) -> str:
    """What was done, in one line."""
    told = [
        f"{word} {count} 件{end}"
        for word, count, end in (("移除新增的", removed, ""), ("更新的", restored, "已恢复原值"))
        if count
    ]
    out = f"其中 {gathered} 件已移出类案。" if gathered else ""
    out += f"{promised} 项承诺不再关联这些事项。" if promised else ""
    return f"已撤销第 {batch_id} 批导入：{'，'.join(told) or '这一批没有改动事项'}。{out}"
