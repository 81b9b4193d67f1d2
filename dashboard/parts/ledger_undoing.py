"""The dialog of 撤销本次导入: numbers, what stands in the way, the reason."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import streamlit as st

from dashboard.parts.safe import label, plain
from dashboard.reads import BatchUndo, ItemChange
from supervision.undoing_imports import LONGEST_REASON, NOT_SEEN

_KEPT = "原始行、问题清单和审计记录保留，批次标为已撤销；同一份文件可以再次导入。"


@dataclass(frozen=True, slots=True)
class Answer:
    """What was clicked: `reason` once it was confirmed."""

    reason: str | None = None
    closed: bool = False


def undo_form(undo: BatchUndo | None) -> Answer:
    """Tell what undoing would do and ask for the reason, or tell why it cannot be."""
    if undo is None or undo.refusal is not None:
        refusal(undo.refusal if undo and undo.refusal else NOT_SEEN, undo.changes if undo else ())
        return Answer(closed=st.button("关闭", key="undo_batch_close"))
    plain(_told(undo))
    st.caption(_KEPT)
    reason = st.text_input("撤销的原因", max_chars=LONGEST_REASON, key="undo_batch_reason")
    with st.container(horizontal=True, key="undo_batch_buttons"):
        sent = st.button("确认撤销", type="primary", key="undo_batch_send")
        closed = st.button("取消", key="undo_batch_close")
    return Answer(reason.strip() if sent else None, closed)


def refusal(sentence: str, changes: tuple[ItemChange, ...]) -> None:
    """Why nothing was done, and the first items that stand in the way."""
    st.warning(label(sentence))
    with st.container(key="undo_batch_changes"):
        for one in changes:
            plain(f"{one.number or '（无编号）'}　{one.title or ''}")
            st.caption(label(f"{one.at:%Y-%m-%d %H:%M}　{one.who}　{one.what}"))


def undone_line(batch: dict[str, Any], who: str) -> None:
    """Of a batch that was undone: when, by whom and why."""
    at = f"{batch['undone_at']:%Y-%m-%d %H:%M}"
    with st.container(key="batch_undone"):
        st.warning(label(f"已撤销：{at}，经办人 {who}，原因：{batch['undone_reason']}"),
                   icon=":material/undo:")  # fmt: skip


def _told(undo: BatchUndo) -> str:
    lines = [
        f"{word} {count} 件，{end}"
        for word, count, end in (
            ("本批新增的", undo.removed, "连同轮次、反馈、回访和诉求人信息一并移除"),
            ("本批更新的", undo.restored, "恢复入库前的原值"),
        )
        if count
    ]
    if undo.gathered:
        lines.append(
            f"其中已归入类案的 {undo.gathered} 件，一并移出类案；再次导入后不会自动归入，"
            "编号记在审计记录里，可在类案里“加入事项”"
        )
    if undo.promised:
        lines.append(
            f"{undo.promised} 项面对面承诺不再关联这些事项，承诺本身不变；再次导入后不会自动关联，"
            "编号记在审计记录里，可在承诺里“更正”"
        )
    return "\n".join(lines) or "这一批没有改动任何事项，只标为已撤销。"
