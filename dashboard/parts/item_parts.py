"""What the page of one item draws: head, facts, text, rounds with their deadline's trace."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from dashboard.parts.lists import pair_list
from dashboard.parts.panels import lamp_key
from dashboard.parts.paper import seen_and_printed
from dashboard.parts.safe import clean, label, plain
from dashboard.reads import ItemHistory, RoundHistory
from supervision.deadline_trace import trace_sentences
from supervision.vocabulary import (
    CoRole,
    DeadlineBasis,
    ItemState,
    Light,
    Resolution,
    RoundState,
    Satisfaction,
)

FEEDBACK_KINDS = {
    "written": "书面反馈",
    "measures": "解决措施",
    "progress": "进展情况",
    "next_step": "下一步计划",
}


LONGEST_TITLE = 120


def item_head(history: ItemHistory) -> None:
    """Title, number, light and state."""
    title = history.texts.get("title") or history.texts.get("content") or "（无标题）"
    cut = f"{title[:LONGEST_TITLE]}……" if len(title) > LONGEST_TITLE else title
    st.header(label(cut), anchor=False)
    state = ItemState(history.item["state"]).label
    number = history.item["number"] or "（台账无编号）"
    late = f"，已逾期 {history.days_overdue} 个工作日" if history.days_overdue else ""
    with st.container(horizontal=True, vertical_alignment="center", key="item_head"):
        lamp_key([Light(history.light)])
        # As text: a number is copied from here into a search or a letter.
        plain(number)
        st.caption(f"{state}{late}", width="stretch")


def facts(history: ItemHistory) -> None:
    """Place, session, category and days, each with its name."""
    item, texts = history.item, history.texts
    pairs = {
        "县（区）": history.unit or "市本级",
        "镇（街）": history.township or "未定位",
        "村（社区）": texts.get("village"),
        "具体地点": texts.get("address"),
        "面对面场次": history.session["theme"] if history.session else None,
        "问题分类": history.category,
        "来源渠道": history.origin,
        "受理日期": item["received_on"],
        "办结日期": item["closed_on"],
        "销号日期": item["struck_off_on"],
        "紧急程度": texts.get("urgency"),
        "涉及人数": texts.get("people_count"),
        "包案领导": texts.get("case_leader"),
        "备注": texts.get("remarks"),
        "暂不计入比率": texts.get("unsound_reasons"),
        "不计入考核": texts.get("excluded_reason") if item["excluded"] else None,
    }
    st.subheader("基本情况", anchor=False)
    pair_list(pairs)


def content(history: ItemHistory) -> None:
    """The resident's problem as the ledger prints it, and leaders' instructions."""
    st.subheader("群众反映", anchor=False)
    plain(history.texts.get("content") or history.texts.get("title") or "（台账未写内容）")
    for instruction in history.instructions:
        _instruction(instruction)


def _instruction(row: dict[str, Any]) -> None:
    """A 批示 with who gave it and when, and its answer; one told by a ledger has neither."""
    said = "　".join(
        part
        for part in (row["leader"], f"{row['given_on']:%Y-%m-%d}" if row["given_on"] else None)
        if part
    )
    open_word = "（待回复）" if row["given_by"] and row["answered_on"] is None else ""
    st.caption(label(f"领导批示　{said}{open_word}".strip("　")))
    plain(row["text"])
    if row["answered_on"] is not None:
        st.caption(f"落实情况（{row['answered_on']:%Y-%m-%d} 回复）")
        plain(row["answer"])


def round_panel(history: RoundHistory, *, current: int) -> None:
    """One round: who held it, its days, what was said, how its deadline came about."""
    row = history.round
    number = row["round_no"]
    word = "当前轮次" if number == current else "已结束的轮次"
    with st.expander(f"第 {number} 轮办理（{word}）", expanded=number == current):
        others = "、".join(
            name + ("（共同牵头）" if role == CoRole.JOINT_LEAD else "")
            for name, role in history.co_departments
        )
        pair_list(
            {
                "牵头单位": history.lead or row["lead_as_printed"] or "不明",
                "协办单位": others,
                "办理状态": RoundState(row["state"]).label,
                "交办日期": row["assigned_on"],
                "签收日期": row["received_on"],
                "反馈期限": _deadline_told(row),
                "延期后期限": row["extended_due_on"],
                "反馈日期": row["feedback_on"],
                "办结期限": row["close_due_on"],
                "单位认定": _word(Resolution, row["resolved_by_unit"]),
                "群众认定": _word(Resolution, row["resolved_by_resident"]),
                "群众满意度": _word(Satisfaction, row["result"]),
                "过程满意度": _word(Satisfaction, row["process"]),
            }
        )
        for said in history.feedback:
            when = f"（{said['given_on']:%Y-%m-%d}）" if said["given_on"] else ""
            st.caption(FEEDBACK_KINDS.get(said["kind"], "说明") + when)
            plain(said["text"])
        _callbacks(history)
        _trace(history)


def _deadline_told(row: dict[str, Any]) -> str:
    basis = DeadlineBasis(row["due_basis"])
    day = f"{row['due_on']:%Y-%m-%d}" if row["due_on"] else row["due_words"] or "未定"
    return f"{day}（{basis.label}）"


def _word(words: Any, value: str | None) -> str | None:
    return words(value).label if value else None


def _callbacks(history: RoundHistory) -> None:
    if not history.callbacks:
        return
    st.caption("回访记录（每次都保留，以最近一次为准）")
    seen_and_printed(
        pd.DataFrame(
            [
                {
                    "日期": str(call["called_on"] or ""),
                    "接通": {True: "接通", False: "未接通", None: ""}[call["reached"]],
                    "结果满意度": _word(Satisfaction, call["result"]) or "",
                    "过程满意度": _word(Satisfaction, call["process"]) or "",
                    "是否解决": _word(Resolution, call["resolved"]) or "",
                    "情况": clean(call["text"]),
                }
                for call in history.callbacks
            ]
        ),
        key=f"callbacks_{history.round['round_no']}",
        alt="回访记录",
    )


def _trace(history: RoundHistory) -> None:
    if history.deadline is None:
        return
    with st.popover("期限是怎么算出来的"):
        for sentence in trace_sentences(history.deadline):
            st.text(sentence)
        stored = history.round["due_on"]
        if stored and history.deadline.due_on and stored != history.deadline.due_on:
            st.text(
                f"台账载明的期限是 {stored:%Y-%m-%d}，"
                f"与按规则推算的 {history.deadline.due_on:%Y-%m-%d} 不同，以台账为准。"
            )
